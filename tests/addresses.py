"""A page of every kind, good and bad, in both languages."""

from typing import Any

import pytest

PAGES = [
    "/",
    "/programmes/",
    "/programmes/?area=gwent&risk=high",
    "/programmes/?area=south-wales&route=self&risk=medium&risk=standard",
    "/programmes/?area=nowhere",
    "/programmes/?area=gwent&risk=high",
    "/programmes/south-wales/drive-project/",
    "/programmes/north-wales/relate-cymru-choose2change/",
    "/programmes/gwent/cara/",
    "/programmes/gwent/cara/correction/",
    "/programmes/nothing/",
    "/place/",
    "/check/",
    "/provision/",
    "/provision/?by=route",
    "/provision/?by=nothing",
    "/compare/",
    "/compare/?programme=gwent/nothing",
    "/compare/?programme=dyfed-powys/intervention-hub&programme=north-wales/intervention-hub",
    "/evidence/",
    "/timeline/",
    "/changes/",
    "/changes/?since=2023-11-01&until=2023-12-01&area=gwent",
    "/changes/?since=yesterday",
    "/programmes/gwent/cara/?as-at=2020-01-01",
    "/evidence/?as-at=yesterday",
    "/forces/",
    "/forces/south-wales/",
    "/forces/gwent/",
    "/data/",
    "/sources/",
    "/about/",
    "/help/",
    "/safety/",
    "/accessibility/",
    "/privacy/",
    "/contact/",
]
WELSH = {
    "/correction/": "/cywiriad/",
    "/programmes/": "/rhaglenni/",
    "/place/": "/lle/",
    "/check/": "/gwirio/",
    "/forces/": "/heddluoedd/",
    "/provision/": "/darpariaeth/",
    "/compare/": "/cymharu/",
    "/evidence/": "/tystiolaeth/",
    "/timeline/": "/llinell-amser/",
    "/changes/": "/newidiadau/",
    "/sources/": "/ffynonellau/",
    "/about/": "/ynghylch/",
    "/help/": "/cymorth/",
    "/safety/": "/diogelwch/",
    "/accessibility/": "/hygyrchedd/",
    "/privacy/": "/preifatrwydd/",
    "/contact/": "/cysylltu/",
}


def in_welsh(path: str) -> str:
    for english, welsh in WELSH.items():
        path = path.replace(english, welsh, 1)
    return f"/cy{path}"


BOTH = [*PAGES, *map(in_welsh, PAGES)]


def by_language(english: object, welsh: object) -> list[Any]:
    """One case in English and its twin in Welsh: in `make test` one database has each."""
    return [
        pytest.param(english, marks=pytest.mark.english_sweep),
        pytest.param(welsh, marks=pytest.mark.welsh_sweep),
    ]


SWEEP = [case for path in PAGES for case in by_language(path, in_welsh(path))]

ENOUGH = [
    "/",
    "/programmes/",
    "/programmes/?area=south-wales&route=self&risk=medium&risk=standard",
    "/programmes/?area=nowhere",
    "/programmes/?area=gwent&risk=high",
    "/programmes/south-wales/drive-project/",
    "/programmes/gwent/cara/",
    "/programmes/nothing/",
    "/place/",
    "/provision/",
    "/provision/?by=nothing",
    "/compare/?programme=dyfed-powys/intervention-hub&programme=north-wales/intervention-hub",
    "/evidence/",
    "/timeline/",
    "/changes/",
    "/changes/?since=2023-11-01&until=2023-12-01&area=gwent",
    "/changes/?since=yesterday",
    "/programmes/gwent/cara/?as-at=2020-01-01",
    "/evidence/?as-at=yesterday",
    "/forces/",
    "/forces/gwent/",
    "/data/",
    "/sources/",
    "/about/",
    "/help/",
    "/safety/",
    "/accessibility/",
    "/privacy/",
    "/contact/",
]
"""Pages that show every template, and every element in each of its states, at least once."""
APART = ["/check/", "/programmes/gwent/cara/correction/"]
"""Forms, which tests of their own look at step by step."""


IN_SOAK = [pytest.mark.english_sweep, pytest.mark.welsh_sweep]
"""Of a case that `make soak` has with either database, and `make test` with neither."""


def in_soak(*cases: object) -> list[Any]:
    return [pytest.param(case, marks=IN_SOAK) for case in cases]


def welsh_later(english: object, welsh: object) -> list[Any]:
    """One case in English, for `make test`; its twin in Welsh, for `make soak`."""
    return [pytest.param(english, marks=pytest.mark.english_sweep), *in_soak(welsh)]


def english_later(english: object, welsh: object) -> list[Any]:
    """The other way round. Whoever tries several things takes them in turn."""
    return [*in_soak(english), pytest.param(welsh, marks=pytest.mark.welsh_sweep)]


def by_turns(path: str, english: list[str]) -> list[Any]:
    """In `make test` a page in one language: what looks knows none."""
    welsh = in_welsh(path)
    if path not in ENOUGH:
        return in_soak(path, welsh)
    return welsh_later(path, welsh) if path in english else english_later(path, welsh)


# Axe looks at a page in one language, and what is lost to the eye is looked for in the other.
AXE = [case for path in PAGES for case in by_turns(path, ENOUGH[::2])]
LOOKED_AT = [case for path in PAGES for case in by_turns(path, ENOUGH[1::2])]
