"""Django's admin, with our site in the place of its own, so that there is still one registry."""

from django.contrib.admin import apps


class AdminConfig(apps.AdminConfig):
    default_site = "accounts.site.EditorsSite"
