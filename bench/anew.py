"""Settings of the site that keeps nothing it has drawn: what the first reader of a page costs."""

from config.settings import *  # noqa: F403 - the site's own, but for these

CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
PAGE_CACHE = PAGE_PARTS = False
