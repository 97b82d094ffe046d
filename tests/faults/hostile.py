"""Requests that nobody honest sends: every address there is, with what does not belong into it.

All of it comes from a seed, so that a request that was found to do harm can be sent again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from urllib.parse import quote, quote_plus

from django.urls import get_resolver
from django.urls.resolvers import RoutePattern, URLResolver

CANARY = "zq7canary"
ECHO = f"\"'><{CANARY} x=1>"
"""Seen in a page as it stands here, it was not escaped."""

IMPOSSIBLE = [
    "\0",
    f"a\0{ECHO}",
    "9" * 30,
    "-" + "9" * 30,
    "9223372036854775808",
    "9" * 5000,
]
"""What no field of any form can hold: sent by anybody, it must change nothing."""

ODD = [
    "",
    " ",
    "-1",
    "0",
    "2147483648",
    "1e400",
    "NaN",
    "٣",
    ECHO,
    f"<script>{CANARY}</script>",
    f"' OR 1=1 -- {ECHO}",
    f"{{{{7*7}}}}{ECHO}",
    "../../../../etc/passwd",
    "%",
    "%s%n%d",
    "_",
    "\\",
    "\r\nX-Injected: 1",
    "\ud800",
    "\ufeff\u202e\u0000"[:2],
    "ŵ" * 300,
    "x" * 3_000,
    "x" * 20_000,
    '"' * 200,
    "(" * 300,
    "2026-13-45",
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "0001-01-01T00:00:00+14:00",
    "None",
    "[]",
    '{"$ne": null}',
    "1,2,3",
    "1-2-3",
    "gwent/cara/../x",
    "00000000-0000-0000-0000-000000000000",
]
RAW = [
    "%00",
    "%ff%fe",
    "%c0%ae",
    "%",
    "%zz",
    "%u0041",
    "%ed%a0%80",
    "&" * 50,
    "=&=&=",
    ";;",
    "?",
    "+",
]
"""Pieces of a query or a body that are sent as they stand."""

METHODS = [
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "FOO",
    "GET\u00e9",
    "get",
]

NAMES = [
    *(
        "q",
        "area",
        "stage",
        "status",
        "attendance",
        "route",
        "risk",
        "group",
        "funder",
        "longevity",
    ),
    *("sort", "page", "as-at", "authority", "by", "programme", "kind", "net", "entry", "search"),
    *("per_page", "full", "minimal", "modified_after", "taxonomy_id", "parent_id"),
    *("organization_id", "taxonomy_term_id", "step", "referrer", "about", "next", "unknown"),
]
ADMIN_NAMES = [
    *("q", "p", "o", "e", "all", "next", "_popup", "_to_field", "_changelist_filters", "against"),
    *("id", "pk", "id__exact", "id__in", "id__gt", "id__isnull", "id__regex", "pk__in", "due"),
    *("area", "area__id__exact", "area__slug", "area__slug__regex", "area__isnull", "slug"),
    *("stage__exact", "stage__in", "stage__nothing", "status__exact__exact", "name_en__regex"),
    *("programme__area__id__exact", "programme__id__exact", "programme", "source__id__exact"),
    *("source", "statement", "by__password__startswith", "user__password", "is_staff__exact"),
    *("groups__id__exact", "published_at__year", "published_at__month", "published_at__day"),
    *("checked_on__year", "checked_on__month", "checked_on__gte", "replaced_at__isempty"),
    *("withdrawn__exact", "expected__exact", "when", "dated", "last_login__gte", "username"),
    *("app_label", "model_name", "field_name", "term", "page", "uuid", "uuid__in", "basis"),
]
MORE_FIELDS = [
    *("_selected_action", "action", "select_across", "index", "_save", "_continue", "_saveasnew"),
    *("post", "held", "file", "format", "resource", "export_items", "seen", "why", "state"),
    *("version", "statements-TOTAL_FORMS", "contacts-0-id", "contacts-TOTAL_FORMS", "area"),
    *("username", "password", "code", "next", "reference", "homepage", "decision"),
]
HEADERS = {
    "cookie": [
        'sessionid="\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"',
        "csrftoken=" + "x" * 5_000,
        'messages="\\000"; csrftoken="\\000"',
        "=;;;=" * 50,
    ],
    "host": ["evil.example", "[", "a b", "127.0.0.1:99999999", "%00", "127.0.0.1@evil.example", ""],
    "accept-language": [ECHO, "x" * 5_000, "cy;q=9e999"],
    "referer": [ECHO, "https://[", "\\000"],
    "origin": ["null", "https://[", "evil"],
    "x-forwarded-for": ["9" * 5_000, ECHO, ","],
    "x-forwarded-proto": ["https", ECHO],
    "if-none-match": ['"', "W/" * 500, "*"],
    "if-modified-since": ["yesterday", "Thu, 99 Foo 99999 99:99:99 GMT"],
    "range": ["bytes=-1-", "bytes=999999999999999999999-"],
    "accept-encoding": ["\u00ff", "gzip;q=NaN"],
    "sec-fetch-site": ["cross-site", ECHO],
    "content-length": ["-1", "abc", "9" * 30, "8193"],
    "transfer-encoding": ["chunked", "nonsense"],
    "x-requested-with": ["XMLHttpRequest"],
}
TYPES = [
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=rot13",
    "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data; boundary=zz; charset=hex",
    "multipart/form-data; boundary=zz; charset=rot13",
    "multipart/form-data; boundary=zz",
    "multipart/form-data",
    "multipart/form-data; boundary=\u00e9",
    "multipart/form-data; boundary=" + "z" * 300,
    "application/json",
    "text/plain; charset=nonsense",
    ";;;",
    "",
]
PART = b"--zz\r\nContent-Disposition: form-data; name="
BODIES = [
    b"",
    b"\0" * 100,
    b"{",
    b"%00=%00",
    PART + b'"q"\r\n\r\n\0\r\n--zz--\r\n',
    PART + b'"file"; filename="../\0x.csv"\r\n\r\nid\0,slug\r\n--zz--',
    PART + b'"file"; filename="x.xlsx"\r\n\r\nPK\3\4nonsense\r\n--zz--',
    PART + b"q\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%\r\n--zz--",
    b"--zz\r\n" * 50,
    b"a=1&" * 1_500,
    b"x" * 9_000,
    b"q=" + b"x" * 3_000_000,
]
TEXT_OF_ROUTE = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Hostile:
    """One request; `query` and `path` are as they stand on the wire."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    content_type: str = "application/octet-stream"
    headers: dict[str, str] = field(default_factory=dict)
    harmless: bool = True
    """Whether nothing in it could rightly be saved, whoever sends it."""


def routes() -> list[str]:
    """Every address of the site, as `urls.py` and the admin write them."""
    return sorted(set(_walk(get_resolver().url_patterns, "")))


def _walk(patterns: list, before: str) -> Iterator[str]:
    for each in patterns:
        if isinstance(each.pattern, RoutePattern):
            address = before + str(each.pattern)
            if isinstance(each, URLResolver):
                yield from _walk(each.url_patterns, address)
            else:
                yield address


Sent = dict[str, str | list[str]]


def values_of(sent: str | list[str]) -> list[str]:
    return [sent] if isinstance(sent, str) else sent


class Fields(HTMLParser):
    """What the first form of a page would send that changes something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: Sent = {}
        self._select = ""
        self._area = ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        has = {name: value or "" for name, value in attributes}
        name = has.get("name", "")
        if tag == "input" and name and has.get("type") not in ("submit", "file", "button"):
            if has.get("type") not in ("checkbox", "radio"):
                self.found[name] = has.get("value", "")
            elif "checked" in has:
                self._choose(name, has.get("value", "on"))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in has:
            self._choose(self._select, has.get("value", ""))
        elif tag == "textarea":
            self._area = name
            self.found[name] = ""

    def _choose(self, name: str, value: str) -> None:
        """One more value of a field that may have several."""
        before = self.found.get(name)
        self.found[name] = value if before is None else [*values_of(before), value]

    def handle_data(self, data):
        if self._area:
            # The line break that a page puts after the tag is not part of the text.
            self.found[self._area] += data if self.found[self._area] else data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""


def encoded(text: str) -> str:
    return quote_plus(text.encode("utf-8", "surrogatepass"))


class Attacker:
    """Makes requests one after the other. `known` is what stands for each part of an address."""

    def __init__(self, seed: int, known: dict[str, list[str]]) -> None:
        self.random = Random(seed)  # noqa: S311 - to be repeated, not to be kept secret
        self.routes = routes()
        self.known = known

    def any_of(self, *lists: list) -> str:
        return self.random.choice(self.random.choice(lists))

    def path(self, odds: float = 0.3) -> str:
        """An address, some parts of which are not what they should be."""

        def part(found: re.Match) -> str:
            name = found[2]
            if self.random.random() < odds:
                value = self.any_of(IMPOSSIBLE, ODD)
                return self.random.choice(RAW) if self.random.random() < 0.2 else encoded(value)
            return quote(self.random.choice(self.known.get(name, ["1"])), safe="")

        return "/" + TEXT_OF_ROUTE.sub(part, self.random.choice(self.routes))

    def names(self, path: str) -> list[str]:
        return ADMIN_NAMES if path.startswith("/admin/") else NAMES

    def query(self, path: str) -> str:
        parts = []
        for _each in range(self.random.randint(1, 4)):
            name = self.any_of(self.names(path), self.names(path), MORE_FIELDS)
            value = self.any_of(IMPOSSIBLE, ODD, ODD)
            roll = self.random.random()
            if roll < 0.1:
                parts.append(self.random.choice(RAW))
            elif roll < 0.2:
                parts.append(f"{name}={self.random.choice(RAW)}")
            elif roll < 0.25:
                parts.append(f"{encoded(value)}={name}")
            else:
                parts.append(f"{name}={encoded(value)}")
        return "&".join(parts)

    def headers(self) -> dict[str, str]:
        chosen = self.random.sample(sorted(HEADERS), self.random.randint(1, 2))
        return {name: self.random.choice(HEADERS[name]) for name in chosen}

    def asking(self) -> Hostile:
        path = self.path()
        return Hostile("GET", path, self.query(path) if self.random.random() < 0.8 else "")

    def odd_method(self) -> Hostile:
        return Hostile(self.random.choice(METHODS), self.path(odds=0.1))

    def odd_headers(self) -> Hostile:
        path = self.path(odds=0)
        return Hostile(self.any_of(["GET", "HEAD"]), path, headers=self.headers())

    def odd_body(self) -> Hostile:
        """A body that is no form, or one whose fields nobody asked for."""
        path, kind = self.path(odds=0.05), self.random.choice(TYPES)
        body, harmless = self.random.choice(BODIES), False
        if self.random.random() < 0.5:
            harmless = True
            kind = TYPES[0]
            pairs = [
                f"{self.any_of(MORE_FIELDS, self.names(path))}={encoded(self.any_of(IMPOSSIBLE))}"
                for _each in range(self.random.randint(1, 5))
            ]
            body = "&".join(pairs).encode()
        headers = self.headers() if self.random.random() < 0.1 else {}
        headers.pop("content-length", "")
        return Hostile("POST", path, "", body, kind, headers, harmless)

    def spoilt(self, path: str, fields: Sent) -> Hostile:
        """A form as its page would send it, but for one or two of its fields."""
        sent, harmless = dict(fields), False
        names = {*fields, self.random.choice(MORE_FIELDS)} - {"csrfmiddlewaretoken"}
        for name in self.random.sample(sorted(names), min(len(names), self.random.randint(1, 2))):
            pool = self.random.choice([IMPOSSIBLE, ODD])
            sent[name] = self.random.choice(pool)
            harmless = harmless or pool is IMPOSSIBLE
        body = "&".join(
            f"{encoded(name)}={encoded(value)}"
            for name, values in sent.items()
            for value in values_of(values)
        )
        return Hostile("POST", path, body=body.encode(), content_type=TYPES[0], harmless=harmless)
