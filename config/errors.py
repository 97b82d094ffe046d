"""Error pages in the language of the address, without the database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

WORDS = {
    400: (
        _("We could not read this request"),
        _("Something in the address or the form was not as expected. Nothing was changed."),
    ),
    403: (
        _("You cannot do this here"),
        _("You may need to sign in again, or to go back and send the form once more."),
    ),
    404: (
        _("Page not found"),
        _("No page has this address. If you typed it, check it; if a link led here, it is wrong."),
    ),
    413: (
        _("This form is too large"),
        _("It holds more than its questions can be answered with. Nothing was kept."),
    ),
    500: (
        _("Sorry, there is a problem with the service"),
        _("Something went wrong on our side. Try again in a few minutes."),
    ),
}


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    title, text = WORDS[status]
    return render(request, "error.html", {"title": title, "text": text}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500)
