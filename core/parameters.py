"""The parameters of a page: only those that the forms beside its address declare reach it."""

from collections.abc import Callable, Collection, Iterable
from functools import wraps
from typing import Any, Protocol
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

View = Callable[..., HttpResponseBase]


class Declaring(Protocol):
    """A form, or what reads a query like one."""

    @classmethod
    def parameter_names(cls) -> Iterable[str]: ...


def restrict_to_declared(view: View, forms: Iterable[type[Declaring]]) -> View:
    """A view whose `request.GET` holds only the parameters of these forms."""
    names = frozenset(name for form in forms for name in form.parameter_names())

    @wraps(view)
    def restricted(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        request.META["QUERY_STRING"] = declared_part(query, names)
        # Django reads it when it is first asked for, which may have been before.
        request.__dict__.pop("GET", None)
        return view(request, **kwargs)

    restricted.parameters = names  # type: ignore[attr-defined]
    return restricted


def parameters_at(path: str) -> frozenset[str] | None:
    """What reaches the page at a path; None where there is no page."""
    try:
        return getattr(resolve(path).func, "parameters", frozenset())
    except Resolver404:
        return None


def declared_part(query: str, names: Collection[str]) -> str:
    """The parameters of these names in a query, letter for letter."""
    pairs = query.split("&")
    return "&".join(pair for pair in pairs if unquote_plus(pair.partition("=")[0]) in names)
