"""Pages drawn once for what they show. They outlive a publish of what they do not show."""

from collections.abc import Callable

from django.core.cache import cache
from django.core.cache.utils import make_template_fragment_key
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone


def drawn_once(
    request: HttpRequest, template: str, shown: Callable[[], list], context: Callable[[], dict]
) -> HttpResponse:
    """A page for an address and a day, kept for as long as `shown` stays the same.

    `shown` has the keys of the editions, which never change, and the numbers beside them.
    """
    before = shown()
    on = [request.path, request.GET.urlencode(), timezone.localdate(), *before]
    key = make_template_fragment_key(template, on)
    page = cache.get(key)
    if page is None:
        page = render_to_string(template, context(), request)
        # Drawn while something was published, it may be half of one state, half of another.
        if shown() == before:
            cache.set(key, page, timeout=None)
    return HttpResponse(page)
