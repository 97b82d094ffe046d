"""Answers of a server, as lines to compare: parsed text with white space collapsed."""

import csv
import http.client
import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO, StringIO
from urllib.parse import quote, urlencode, urljoin, urlsplit

import openpyxl

INLINE = {"a", "abbr", "b", "cite", "em", "i", "q", "small", "span", "strong", "time"}
"""Elements that do not end a line of text."""

KEPT = {
    *("action", "alt", "checked", "content", "datetime", "disabled", "for", "hidden", "href"),
    *("id", "lang", "method", "name", "open", "role", "selected", "src", "title", "type", "value"),
}
"""Attributes that somebody would notice, beside `aria-…`."""

VOLATILE = {"connection", "content-length", "date", "etag", "expires", "last-modified", "server"}

RANDOM = {
    r'(name="csrfmiddlewaretoken" value=")\w+': r"\1token",
    r"(/static/[^\"' )]+)\.[0-9a-f]{12}(\.\w+)": r"\1\2",
    # The reference of a correction.
    r"(?<![\w-])[2-9B-DF-HJ-NP-TV-Z]{4}-[2-9B-DF-HJ-NP-TV-Z]{4}(?![\w-])": "reference",
    # The secret of an app that is not enrolled yet.
    r"\b([A-Z2-7]{4} ){7}[A-Z2-7]{4}\b": "secret",
    # The server's clock, as the admin and as machines write it.
    r"\b(\d+(:\d\d)? [ap]\.m\.|noon|midnight)(?!\w)": "time",
    r"\b(\d{4}-\d\d-\d\dT)[\d:.]+": r"\g<1>00:00",
}
"""What differs between any two servers: pattern → what stands for it."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[str]
    body: bytes

    @property
    def kind(self) -> str:
        kinds = [line for line in self.headers if line.startswith("content-type: ")]
        return kinds[0].removeprefix("content-type: ").partition(";")[0] if kinds else ""


def fetch(port: int, path: str, posted: dict[str, str] | None, headers: dict[str, str]) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        body = None if posted is None else urlencode(posted)
        kind = {} if body is None else {"Content-Type": "application/x-www-form-urlencoded"}
        method = "GET" if body is None else "POST"
        connection.request(method, path, body, {"Host": "localhost"} | kind | headers)
        response = connection.getresponse()
        return Answer(response.status, list_headers(response), hide_random(response.read()))
    finally:
        connection.close()


def list_headers(response: http.client.HTTPResponse) -> list[str]:
    pairs = [(name.lower(), value) for name, value in response.getheaders()]
    return sorted(
        f"{name}: {hide_cookie(value) if name == 'set-cookie' else hide_random_text(value)}"
        for name, value in pairs
        if name not in VOLATILE
    )


def hide_cookie(value: str) -> str:
    return re.sub("^([^=]+)=[^;]*|(expires)=[^;]*", r"\1\2=…", value)


def hide_random(body: bytes) -> bytes:
    try:
        return hide_random_text(body.decode()).encode()
    except UnicodeDecodeError:
        return body


def hide_random_text(text: str) -> str:
    for pattern, instead in RANDOM.items():
        text = re.sub(pattern, instead, text)
    return text


def parse_lines(answer: Answer) -> list[str]:
    """The body, parsed by what it says it is."""
    kind = answer.kind
    if kind.endswith("spreadsheetml.sheet"):
        return list_cells(answer.body)
    text = answer.body.decode(errors="replace")
    if kind == "text/csv":
        return [cell for row in csv.reader(StringIO(text)) for cell in row]
    if kind.endswith("json"):
        return json.dumps(json.loads(text), ensure_ascii=False, indent=0, sort_keys=True).split(
            "\n"
        )
    if kind.endswith(("html", "xml")):
        return Page(text).lines
    return [" ".join(line.split()) for line in text.splitlines()]


def list_cells(workbook: bytes) -> list[str]:
    lines = []
    for sheet in openpyxl.load_workbook(BytesIO(workbook)):
        lines.append(f"sheet {sheet.title}")
        lines += [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    return lines


class Page(HTMLParser):
    """Its text, a block a line, and the addresses that its links and its forms lead to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.links: list[str] = []
        self._line: list[str] = []
        self._form: str | None = None
        self._field = ""
        self.feed(text)
        self.close()
        self._end_line()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self._end_line()
        kept = sorted((k, v or "") for k, v in attrs if k in KEPT or k.startswith("aria-"))
        if kept:
            words = " ".join(f'{name}="{value}"' for name, value in kept)
            self._line.append(f" <{tag} {words}> ")
        self._follow(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self._end_line()

    def handle_data(self, data: str) -> None:
        self._line.append(data)

    def _end_line(self) -> None:
        if line := " ".join("".join(self._line).split()):
            self.lines.append(line)
        self._line = []

    def _follow(self, tag: str, attributes: dict[str, str | None]) -> None:
        """A form that is not posted leads to an address for each of its choices."""
        if tag in ("a", "link"):
            self.links.append(attributes.get("href") or "")
        elif tag == "form":
            asks = (attributes.get("method") or "get").lower() == "get"
            self._form = attributes.get("action") or "" if asks else None
        elif tag in ("select", "input"):
            self._field = attributes.get("name") or ""
        is_choice = tag == "option" or attributes.get("type") in ("checkbox", "radio")
        value = attributes.get("value")
        if self._form is not None and is_choice and self._field and value:
            self.links.append(f"{self._form}?{urlencode({self._field: value})}")


def find_links(path: str, answer: Answer) -> set[str]:
    """The addresses of our own that an answer leads to."""
    text = answer.body.decode(errors="replace")
    if answer.kind == "application/json" and "/api/" in path:
        rows = json.loads(text).get("contents", [])
        return {f"{path.rstrip('/')}/{row['id']}" for row in rows}
    if path == "/sitemap.xml":
        found = re.findall("<loc>(.*?)</loc>", text)
    else:
        found = Page(text).links if answer.kind.endswith(("html", "xml")) else []
    base = f"http://localhost{path}"
    parts = [urlsplit(urljoin(base, link)) for link in found if link]
    ours = [each for each in parts if each.hostname == "localhost"]
    return {
        quote(each._replace(scheme="", netloc="", fragment="").geturl(), safe="/?&=%+:,~-._")
        for each in ours
        if not each.path.startswith("/static/")
    }
