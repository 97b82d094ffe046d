"""The referral check on the seeded directory: every case of `referral_cases.toml`, in full."""

import re
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from programmes.domain.eligibility import (
    QUESTIONS,
    Case,
    Question,
    Reason,
    Referrer,
    Verdict,
    asks_about_marac,
    questions_for,
    verdict,
    verdicts,
)
from programmes.domain.entry import Entry
from programmes.models import Edition
from programmes.vocabulary import SUBMISSION

pytestmark = pytest.mark.django_db

TABLE = tomllib.loads(Path(__file__).with_name("referral_cases.toml").read_text(encoding="utf-8"))
LETTERS = "FRANS"
BLANK = {Reason.ROUTE_NOT_STATED: "route", Reason.ELIGIBILITY_NOT_STATED: "eligibility"}


@pytest.fixture
def entries() -> list[Entry]:
    return [edition.entry for edition in Edition.objects.current()]


def case_of(row: dict[str, Any]) -> Case:
    return Case(
        Referrer(row["referrer"]) if "referrer" in row else None,
        row.get("going_to_marac"),
        {Question(question): answer for question, answer in row.get("answers", {}).items()},
    )


def shown(entries: list[Entry], area: str | None) -> dict[str, Entry]:
    """What a result shows, under the names that the table gives it."""
    if area is None:
        return {f"{entry.area_slug}/{entry.slug}": entry for entry in entries}
    return {entry.slug: entry for entry in entries if entry.area in (area, None)}


def decision(found: Verdict) -> str:
    """A verdict as the table writes it, without the words."""
    letter = LETTERS[found.group - 1]
    if letter == "F":
        routes = (
            "whoever refers" if found.route.outcome == "open" else ", ".join(found.route.routes)
        )
        return f"F by {routes}"
    if letter == "R":
        return f"R {', '.join(found.route.routes)}"
    grounds = [ground.question or BLANK.get(ground.reason, "") for ground in found.decided_by]
    return f"{letter} {', '.join(grounds)}".strip()


def words(found: Verdict) -> str:
    """What the decision quotes."""
    quoted = [found.entry.quotation(i) for ground in found.decided_by for i in ground.rests_on]
    return " ".join(quotation.words for quotation in quoted)


def as_expected(found: Verdict, expected: str) -> str:
    """The verdict in the words of the table, where the quotation has the words that it expects."""
    part = "".join(re.findall(" “.*”$", expected))
    quoted = words(found)
    agrees = part.strip(" “”") in quoted if part else not quoted
    return decision(found) + (part if agrees else f" “{quoted}”")


@pytest.mark.parametrize(
    "row", [*TABLE["worked"], *TABLE["more"]], ids=lambda row: row["case"].replace(",", "")
)
def test_case(entries, row):
    found = {
        name: verdict(entry, case_of(row))
        for name, entry in shown(entries, row.get("area")).items()
    }
    expected = row["results"]
    assert set(found) == set(expected)
    assert {name: as_expected(found[name], expected[name]) for name in found} == expected


def told(found: Verdict) -> dict[str, tuple[str, str]]:
    """Question → what the row tells of it beside what decided, and the words it quotes."""
    return {
        finding.question: (
            finding.outcome,
            " ".join(found.entry.quotation(i).words for i in finding.rests_on),
        )
        for finding in found.findings
    }


PARTIES = "Parties with children, looking to continue relationship"
TOLD = [
    # a worked case, an entry of its result, what its row tells
    (
        "police, Dyfed-Powys, stalking",
        "stalking-intervention",
        {
            "risk": ("silent", "Identified based on risk"),
            "stalking": ("fits", "Stalking intervention"),
            "willing": ("open", "Voluntary"),
        },
    ),
    (
        "Children’s Services, Dyfed-Powys, a family staying together",
        "choices",
        {
            "children": ("silent", ""),
            "relationship": ("silent", ""),
            "willing": ("open", "Voluntary"),
        },
    ),
    (
        "the person, a man, South Wales",
        "inspiring-families",
        {
            "sex": ("silent", ""),
            "children": ("open", PARTIES),
            "relationship": ("open", PARTIES),
            "willing": ("open", "Voluntary"),
        },
    ),
    (
        "the person, a man, South Wales",
        "driving-change",
        {
            "risk": ("open", "Medium/ Standard risk"),
            "sex": ("silent", ""),
            "willing": ("open", "Voluntary"),
        },
    ),
    (
        "probation, North Wales, a man with a probation order after conviction",
        "building-better-relationships",
        {
            "order": (
                "fits",
                "Building Better Relationships (BBR) is provided by HMPPS Interventions Services "
                "for those with a probation order.",
            ),
            "sex": (
                "fits",
                "BBR is for adult men convicted of an Intimate Partner Violence (IPV) offence.",
            ),
        },
    ),
]


@pytest.mark.parametrize(("case", "name", "expected"), TOLD)
def test_lines_of_a_row_beside_its_reasons(entries, case, name, expected):
    row = next(row for row in TABLE["worked"] if row["case"] == case)
    entry = shown(entries, row["area"])[name]
    assert told(verdict(entry, case_of(row))) == expected


def test_what_bbr_requires_that_nobody_is_asked(entries):
    groups = verdicts(entries, Case())
    required = {
        found.entry.slug: [criterion.answer for criterion in found.also_required]
        for group in groups.values()
        for found in group
        if found.also_required
    }
    assert required == {"building-better-relationships": ["age:adult", "conviction:ipv"]}


QUESTIONS_ASKED: dict[str | None, list[str]] = {
    "dyfed-powys": ["order", "risk", "sex", "stalking", "willing"],
    "south-wales": ["order", "risk", "sex", "children", "relationship", "willing"],
    "north-wales": ["order", "risk", "sex", "willing"],
    "gwent": ["order", "sex", "willing"],
    None: ["order", "risk", "sex", "stalking", "children", "relationship", "willing"],
}


@pytest.mark.parametrize("area", QUESTIONS_ASKED)
def test_questions_of_an_area(entries, area):
    there = list(shown(entries, area).values())
    asked = QUESTIONS_ASKED[area]
    of_self = [question for question in asked if question not in ("risk", "relationship")]
    assert questions_for(there, Referrer.POLICE) == questions_for(there, None) == asked
    assert questions_for(there, Referrer.SELF) == of_self
    assert asks_about_marac(there, None) == (area in ("south-wales", "north-wales", None))
    assert not asks_about_marac(there, Referrer.SELF)


def every_single_answer() -> Iterator[Case]:
    answers = [{question: a} for question in Question for a in QUESTIONS[question].answers]
    for referrer, marac in product([None, *Referrer], [None, True, False]):
        yield from (Case(referrer, marac, answer) for answer in [{}, *answers])


def transcribed() -> set[str]:
    """All cells and sentences of the transcription."""
    folder = settings.BASE_DIR / "fixtures" / SUBMISSION
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*.toml")]
    rows = [row for table in tables for row in table.get("entry", [])]
    cells = {words for row in rows for words in row.get("cells", {}).values()}
    return cells | {sentence["text"] for row in rows for sentence in row.get("sentences", [])}


def test_every_quotation_is_in_the_transcription_word_for_word(entries):
    transcription = transcribed()
    for entry, case in product(entries, every_single_answer()):
        found = verdict(entry, case)
        ids = {i for ground in found.decided_by for i in ground.rests_on}
        ids |= {i for finding in found.findings for i in finding.rests_on}
        ids |= {*found.route.rests_on, *(row.rests_on for row in found.also_required)}
        quoted = {entry.quotation(i).words for i in ids}
        assert quoted <= transcription - {""}
