"""The language of a page, by its address: `/cy/…` is Welsh, everything else is English."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

LANGUAGES = ("en", "cy")


def language_of(path: str) -> str:
    return "cy" if path == "/cy" or path.startswith("/cy/") else "en"


def other(language: str) -> str:
    return "en" if language == "cy" else "cy"


def language_from_path(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable:
    """Instead of Django's LocaleMiddleware, which makes unprefixed pages vary by the browser."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        language = language_of(request.path_info)
        # `{% url "directory:…" %}` then stays in the language of the page.
        request.current_app = language
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return answer
