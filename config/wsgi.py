"""The WSGI application that granian serves."""

import gc
import os
from threading import Thread

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()

# What stands around Django reads its settings and its models, which are ready from here on.
from core.body_limit import BodyLimit  # noqa: E402
from core.caching.page_cache import PageCache  # noqa: E402
from core.traffic import traffic  # noqa: E402
from programmes.publishing.edition_poller import poller  # noqa: E402

limited, room = BodyLimit(django), settings.PAGE_CACHE_ROOM
application = PageCache(limited, poller, room) if settings.PAGE_CACHE else limited
# Else a collection looks through all that was loaded: seventy milliseconds without an answer.
gc.freeze()

for work in (poller.poll_for_ever, traffic.report_for_ever):
    Thread(target=work, daemon=True).start()
