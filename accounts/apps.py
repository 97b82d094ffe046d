"""Accounts, and Django's admin with our site in the place of its own: still one registry."""

from django.apps import AppConfig
from django.contrib.admin import apps


class AdminConfig(apps.AdminConfig):
    default_site = "accounts.site.EditorsSite"


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from accounts import audit  # noqa: F401 - it listens from now on
        from core import older_database  # noqa: F401 - `migrate` asks it from now on
