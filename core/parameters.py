"""Parameters of a page: only those declared by the forms beside its address reach its view."""

from collections.abc import Callable, Collection, Iterable
from functools import wraps
from typing import Any, Protocol
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

View = Callable[..., HttpResponseBase]


class Declaring(Protocol):
    """A form or a filter set."""

    @classmethod
    def parameter_names(cls) -> Iterable[str]: ...


def restrict_to_declared(view: View, forms: Iterable[type[Declaring]]) -> View:
    """A view whose `request.GET` holds only the parameters of these forms."""
    names = frozenset(name for form in forms for name in form.parameter_names())

    @wraps(view)
    def restricted(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        request.META["QUERY_STRING"] = declared_part(query, names)
        # Django may have read the query before.
        request.__dict__.pop("GET", None)
        return view(request, **kwargs)

    restricted.parameters = names  # type: ignore[attr-defined]
    return restricted


def parameters_at(path: str) -> frozenset[str] | None:
    """The parameters of the page at a path; None where there is no page."""
    try:
        return getattr(resolve(path).func, "parameters", frozenset())
    except Resolver404:
        return None


def declared_part(query: str, names: Collection[str]) -> str:
    """The part of a query that has these names, letter for letter."""
    pairs = query.split("&")
    return "&".join(pair for pair in pairs if unquote_plus(pair.partition("=")[0]) in names)
