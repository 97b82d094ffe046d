"""A test client that asks as visitors do: through all that stands around Django."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import Error
from django.http import HttpResponse
from django.test.client import Client, ClientHandler

from core.body_limit import BodyLimit
from core.caching.page_cache import PageCache
from programmes.listing.term_index import TermIndex, TermIndexBuilder
from programmes.models import Edition
from programmes.publishing.edition_poller import EditionPoller


class SameThread(ThreadPoolExecutor):
    """Runs at once what is submitted: another thread would not see what a test has changed."""

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(function(*args, **kwargs))
        return done


class ServedHandler(ClientHandler):
    """The layers of `config.wsgi` around the test client's Django.

    The state is polled before each request, since no test waits for a quarter of a second.
    """

    def __init__(self) -> None:
        super().__init__(enforce_csrf_checks=False)
        self.poller = EditionPoller()
        limited = BodyLimit(self.ask_django)
        limited.forms.at_once = limited.strangers.at_once = SameThread(1)
        self.application = PageCache(limited, self.poller, settings.PAGE_CACHE_ROOM)

    def ask_django(self, environ: dict[str, Any], begin: Callable[..., Any]) -> Iterable[bytes]:
        response = super().__call__(environ)
        headers = list(response.items())
        if response.cookies:
            headers.append(("Set-Cookie", response.cookies.output(header="", sep=";")))
        begin(f"{response.status_code} {response.reason_phrase}", headers)
        return [b"".join(response)]

    def __call__(self, environ: dict[str, Any]) -> Any:
        with suppress(Error):
            self.poller.poll()
        begun: list[Any] = []
        body = b"".join(self.application(environ, lambda *head: begun.extend(head)))
        status, headers = begun
        fields = dict(headers)
        cookies = fields.pop("Set-Cookie", "")
        response: Any = HttpResponse(body, status=int(status[:3]), headers=fields)
        response.cookies.load(cookies)
        response.wsgi_request = WSGIRequest(environ)
        return response


class ServedClient(Client):
    def __init__(self) -> None:
        super().__init__(HTTP_HOST="testserver")
        self.handler = ServedHandler()


class PromptTermIndexBuilder(TermIndexBuilder):
    """Makes the index at once instead of in the background."""

    def current(self) -> TermIndex:
        version = Edition.objects.newest()
        if self._index is None or self._index.version != version:
            self._index = TermIndex(version)
        return self._index
