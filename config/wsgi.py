"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()

# What stands around Django reads its settings and its models, which are ready from here on.
from core.body_limit import Admission  # noqa: E402
from core.caching import page_cache  # noqa: E402

application = page_cache.around(Admission(django))
