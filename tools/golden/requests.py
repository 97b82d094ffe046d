"""What is asked beside what links lead to: errors, queries of the list and the feed, and posts."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlencode

from tools.golden.roles import ANYBODY, session_key

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Request:
    """An address, who asks it, and what they post, if they post."""

    path: str
    who: str = ANYBODY
    posted: Fields | None = None
    client: int = 0

    def __str__(self) -> str:
        what = self.path if self.posted is None else f"POST {self.path} {urlencode(self.posted)}"
        return what if self.who == ANYBODY else f"{what} as {self.who}"

    @property
    def headers(self) -> dict[str, str]:
        """Each client has an address of its own: few posts are taken from one."""
        token = "x" * 32
        cookies = f"csrftoken={token}; sessionid={session_key(self.who)}"
        known = {} if self.who == ANYBODY else {"Cookie": cookies}
        return {"X-Forwarded-For": f"10.0.{self.client // 250}.{self.client % 250 + 1}"} | known


FEED = ("services", "taxonomies", "taxonomy_terms", "organizations", "service_at_locations")
FEED_QUERIES = [
    *("page=2", "per_page=3&page=2", "page=0", "per_page=1000", "minimal=true", "full=true"),
    *("search=drive", "area=gwent", "risk=nothing", "taxonomy_id=no", "modified_after=yesterday"),
]
ERRORS = {
    "": [
        *("/nothing/", "/programmes/nowhere/nothing/", "/programmes/gwent/nothing/"),
        *("/forces/nowhere/", "/programmes/gwent/nothing/correction/", "/api/services/nothing"),
        *("/programmes", "/check/?programme=gwent/nothing", "/check/?programme=no", "/%00/"),
        *("/compare/?programme=gwent/nothing", "/provision/?by=nothing", "/evidence/?as-at=never"),
        *("/changes/?since=yesterday", "/changes/?kind=nothing", "/compare.csv?programme=no"),
        "/long/" * 200,
    ],
    "/cy": [
        *("/dim/", "/rhaglenni/gwent/dim/", "/heddluoedd/dim/", "/rhaglenni", "/api/services/dim"),
        *("/gwirio/?programme=gwent/dim", "/darpariaeth/?by=dim", "/tystiolaeth/?as-at=doe"),
        *("/newidiadau/?since=doe", "/cymharu/?programme=gwent/dim"),
    ],
}
MORE = {
    "": [
        *("/changes/feed/", "/changes/?net=1", "/changes/?since=2020-01-01&area=gwent"),
        *("/provision/?as-at=2020-01-01", "/evidence/?as-at=2020-01-01", "/data/statements.csv"),
        "/compare/?programme=dyfed-powys/intervention-hub&programme=north-wales/intervention-hub",
        *("/check/?programme=gwent/phoenix-das", "/programmes/gwent/cara/?as-at=2020-01-01"),
    ],
    "/cy": [
        *("/newidiadau/ffrwd/", "/newidiadau/?net=1", "/darpariaeth/?as-at=2020-01-01"),
        "/cymharu/?programme=dyfed-powys/intervention-hub&programme=north-wales/intervention-hub",
        *("/gwirio/?programme=gwent/phoenix-das", "/rhaglenni/gwent/cara/?as-at=2020-01-01"),
    ],
}
LIST = {"": "/programmes", "/cy": "/rhaglenni"}
LIST_QUERIES = [
    # The form of the list leads to each of its values alone.
    *(
        "area=gwent&risk=high",
        "area=gwent&area=south-wales",
        "route=self&risk=medium&risk=standard",
    ),
    *("stage=community&funder=pcc&sort=name", "authority=cardiff&sort=checked", "area=not-stated"),
    *("group=men&attendance=voluntary", "longevity=annual&status=listed", "risk=high&q=drive"),
    *(
        "q=drive",
        "q=teuluoedd",
        "q=PHOENIX",
        "q=perpetrators+stalking",
        "q=%22early+intervention%22",
    ),
    *("q=zzz", "q=...", "q=", "q=" + "a" * 201, "q=drive&sort=relevance", "q=drive&sort=name"),
    *("as-at=2020-01-01", "as-at=2999-01-01", "as-at=yesterday", "as-at=2026-02-30"),
    *("area=nowhere", "risk=HIGH", "sort=random", "page=2", "page=0", "page=x", "q=a&q=b"),
    *("area=gwent&area=nowhere", "authority=nowhere", "unknown=1", "area=gwent&unknown=1", "area="),
    *("route=police&route=nothing&risk=low", "funder=moj&longevity=ended&stage=statutory"),
]
START = [
    "/",
    "/cy/",
    "/sitemap.xml",
    "/robots.txt",
    "/.well-known/security.txt",
    "/healthz",
    "/readyz",
]


def public_requests() -> Iterator[Request]:
    """Where following links begins."""
    yield from map(Request, START)
    for language, programmes in LIST.items():
        yield from (Request(language + path) for path in (*ERRORS[language], *MORE[language]))
        for kind, query in product(("/", ".csv", ".json", ".xlsx"), LIST_QUERIES):
            yield Request(f"{language}{programmes}{kind}?{query}")
        yield from (Request(f"{language}/api/{name}") for name in ("", "openapi.json", *FEED))
        for name, query in product(FEED, FEED_QUERIES):
            yield Request(f"{language}/api/{name}?{query}")


WHERE = ("", "gwent", "south-wales", "north-wales", "dyfed-powys")
REFERRERS = (
    *("police", "childrens-services", "probation", "health", "other", "self", "being-hurt"),
)
CASES: list[Fields] = [
    (("step", "start"),),
    (("step", "questions"), ("risk", "high")),
    (("step", "result"),),
    (("step", "result"), ("risk", "high"), ("marac", "yes"), ("sex", "man"), ("stalking", "yes")),
    (
        ("step", "result"),
        ("risk", "medium"),
        ("willing", "yes"),
        ("children", "yes"),
        ("marac", "no"),
    ),
    (
        ("step", "result"),
        ("risk", "unknown"),
        ("order", "probation"),
        ("relationship", "continuing"),
    ),
]
OTHER_CASES: list[Fields] = [
    (),
    (("where", "nowhere"), ("referrer", "nobody"), ("step", "result")),
    (("where", "cardiff"), ("referrer", "police"), ("risk", "low"), ("step", "result")),
    (("where", "gwent"), ("referrer", "worried"), ("step", "result")),
    (("programme", "gwent/phoenix-das"), ("referrer", "self"), ("step", "result")),
    (("programme", "gwent/nothing"), ("step", "result")),
    (("where", "a" * 9000),),
]


def posted_checks() -> Iterator[Request]:
    cases = [
        (("where", where), ("referrer", referrer), *case)
        for where, referrer, case in product(WHERE, REFERRERS, CASES)
    ]
    for path, case in product(("/check/", "/cy/gwirio/"), [*cases, *OTHER_CASES]):
        yield Request(path, posted=case)


ENTRIES = {
    "/programmes/gwent/phoenix-das/correction/": "It moved.",
    "/cy/rhaglenni/gwent/phoenix-das/cywiriad/": "Symudodd.",
    "/programmes/south-wales/clear/correction/": "",
    "/programmes/gwent/nothing/correction/": "Nothing.",
}


def posted_corrections() -> Iterator[Request]:
    """One after the other, since each that is valid is stored."""
    kinds = ("stopped", "route", "other", "nothing", "")
    for number, (path, kind) in enumerate(product(ENTRIES, kinds)):
        valid = (("kind", kind), ("sender", "provider"), ("text", ENTRIES[path]))
        yield Request(path, posted=valid, client=number)
    for path in ENTRIES:
        sent: list[Fields] = [
            (),
            (("kind", "other"), ("sender", "other"), ("text", "a" * 601)),
            (("kind", "other"), ("sender", "other"), ("homepage", "https://example.org/")),
            (("step", "start"), ("kind", "route")),
            (("step", "sent"), ("reference", "BCDF-GHJK")),
        ]
        yield from (Request(path, posted=fields, client=99) for fields in sent)
    for number in range(7):
        many = (("kind", "other"), ("sender", "other"), ("text", f"The {number}th of many."))
        yield Request("/programmes/gwent/cara/correction/", posted=many, client=98)
