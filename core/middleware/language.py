"""The language of a page, by its address: `/cy/…` is Welsh, everything else is English."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

LANGUAGES = ("en", "cy")


def other(language: str) -> str:
    return "en" if language == "cy" else "cy"


def language_from_path(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable:
    """Instead of Django's LocaleMiddleware, which makes unprefixed pages vary by the browser."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        language = "cy" if f"{request.path_info}/".startswith("/cy/") else "en"
        # `{% url "directory:…" %}` then stays in the language of the page.
        request.current_app = language
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return answer
