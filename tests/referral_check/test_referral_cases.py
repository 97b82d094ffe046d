"""The referral check on the seeded directory: every case of `referral_cases.toml`, in full."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from programmes.domain.eligibility import (
    OPEN_ROUTES,
    QUESTIONS,
    Case,
    Outcome,
    Question,
    RouteOutcome,
    Verdict,
    VerdictGroup,
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
CASES = pytest.mark.parametrize(
    "row", TABLE["case"], ids=lambda row: re.sub("[^A-Za-z]+", "-", row["case"])
)
ANSWERS = ("marac", *Question)


@pytest.fixture
def entries() -> list[Entry]:
    return [edition.entry for edition in Edition.objects.current()]


def area_of(place: str) -> str:
    folder = settings.BASE_DIR / "fixtures"
    areas = tomllib.loads((folder / "forces.toml").read_text(encoding="utf-8"))["area"]
    slugs = {area["slug"]: {each["slug"] for each in area["authorities"]} for area in areas}
    return next(area for area, within in slugs.items() if place == area or place in within)


def case_of(row: dict[str, Any]) -> Case:
    answers = {Question(name): row[name] for name in Question if name in row}
    return Case(row["referrer"], {"yes": True, "no": False}.get(row.get("marac", "")), answers)


def there(entries: list[Entry], area: str | None) -> list[Entry]:
    return [entry for entry in entries if area is None or entry.area in (area, None)]


def words_on(found: Verdict, topic: str) -> str | None:
    """The words that a verdict rests on in one topic; None where it says nothing of it."""
    if topic == "status":
        ids: tuple[int | None, ...] = (found.entry.reading("status").rests_on,)
    elif topic == "route":
        ids = found.route.rests_on
        assert bool(ids) == (found.route.outcome is not RouteOutcome.NOT_STATED)
    else:
        finding = next((f for f in found.findings if f.question == topic), None)
        if finding is None:
            return None
        ids = finding.rests_on
    return " ".join(found.entry.quotation(i).words for i in ids)


def as_expected(found: Verdict, expected: str) -> str:
    """The verdict in the words of the table, with the source's own words where the two differ."""
    parts = []
    for topic, part in re.findall(r"(\w+) (?:“([^”]*)”|blank)", expected):
        words = words_on(found, topic)
        agrees = words is not None and (part in words if part else not words)
        quoted = part if agrees else words
        parts.append(f"{topic} “{quoted}”" if quoted else f"{topic} blank")
    return ", ".join(parts)


@CASES
def test_groups_order_and_words_that_decide(entries, row):
    groups = verdicts(there(entries, area_of(row["where"])), case_of(row))
    expected = row["groups"]
    assert [group for group in groups if groups[group]] == list(expected)
    assert {group: [each.entry.slug for each in groups[group]] for group in expected} == {
        group: list(rows) for group, rows in expected.items()
    }
    for group, rows in expected.items():
        found = {
            each.entry.slug: as_expected(each, rows[each.entry.slug]) for each in groups[group]
        }
        assert found == rows


@CASES
def test_the_first_topic_of_what_does_not_match_is_the_one_that_decides(entries, row):
    expected = row["groups"].get("no", {})
    for found in verdicts(there(entries, area_of(row["where"])), case_of(row))[VerdictGroup.NO]:
        assert expected[found.entry.slug].split()[0] == found.conflict.question


def shown(page: str) -> dict[str, list[str]]:
    """Group → addresses of its entries, as the page has them."""
    sections = re.findall(r'<section[^>]*data-group="(\w+)".*?</section>', page, re.DOTALL)
    bodies = re.findall(r'<section[^>]*data-group="\w+"(.*?)</section>', page, re.DOTALL)
    names = [re.findall(r'<h3[^>]*><a href="[^"]*/([\w-]+)/"', body) for body in bodies]
    return dict(zip(sections, names, strict=True))


@CASES
@pytest.mark.parametrize("path", ["/check/", "/cy/gwirio/"])
def test_one_request_gives_the_page_of_a_case(client, path, row):
    asked = {name: row[name] for name in ("where", "referrer", *ANSWERS) if name in row}
    page = client.post(path, asked).content.decode()
    assert list(shown(page).items()) == [(g, list(rows)) for g, rows in row["groups"].items()]


def test_the_table_awaits_its_signature_and_has_every_referrer_and_group():
    text = Path(__file__).with_name("referral_cases.toml").read_text(encoding="utf-8")
    assert "NOT SIGNED YET. Before launch a named safeguarding lead reads and signs" in text
    assert {row["referrer"] for row in TABLE["case"]} == set(OPEN_ROUTES)
    assert {group for row in TABLE["case"] for group in row["groups"]} == set(VerdictGroup)


QUESTIONS_ASKED: dict[str | None, list[str]] = {
    "dyfed-powys": ["order", "sex", "stalking", "willing"],
    "south-wales": ["order", "sex", "children", "relationship", "willing"],
    "north-wales": ["order", "sex", "willing"],
    "gwent": ["order", "sex", "willing"],
    None: ["order", "sex", "stalking", "children", "relationship", "willing"],
}


@pytest.mark.parametrize("area", QUESTIONS_ASKED)
def test_questions_of_an_area(entries, area):
    here = there(entries, area)
    asked = QUESTIONS_ASKED[area]
    of_self = [question for question in asked if question != "relationship"]
    assert questions_for(here, Case("police")) == questions_for(here, Case()) == asked
    assert questions_for(here, Case("self")) == of_self
    assert asks_about_marac(here, Case()) == (area in ("south-wales", "north-wales", None))
    assert not asks_about_marac(here, Case("self"))


def every_single_answer() -> Iterator[Case]:
    answers = [{question: a} for question in Question for a in QUESTIONS[question].answers]
    for referrer, marac in product([None, *OPEN_ROUTES], [None, True, False]):
        yield from (Case(referrer, marac, answer) for answer in [{}, *answers])


BEST_FIRST = [
    {VerdictGroup.MATCH},
    {VerdictGroup.ASK, VerdictGroup.ELSEWHERE},
    {VerdictGroup.NO},
    {VerdictGroup.STOPPED},
]


def rank(found: Verdict) -> int:
    return next(n for n, groups in enumerate(BEST_FIRST) if found.group in groups)


@pytest.mark.english_sweep
@pytest.mark.welsh_sweep  # long: `make soak` alone
def test_nothing_is_better_for_a_question_left_open(entries):
    for entry in entries:

        @cache
        def ranked(referrer: str | None, marac: bool | None, answers: frozenset[Any]) -> int:
            return rank(verdict(entry, Case(referrer, marac, dict(answers))))  # noqa: B023

        for case in every_single_answer():
            who, answers = (case.referrer, case.going_to_marac), case.answers.items()
            for question in set(Question) - set(case.answers):
                answered = [
                    ranked(*who, frozenset({*answers, (question, answer)}))
                    for answer in QUESTIONS[question].answers
                ]
                left_open = ranked(*who, frozenset(answers))
                assert left_open >= min(answered), (entry.address, case, question)
            found = verdict(entry, case)
            if found.group is VerdictGroup.MATCH:
                outcomes = {f.question: f.outcome for f in found.findings}
                assert Outcome.MET in (outcomes[Question.RISK], outcomes.get(Question.ORDER))


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
        ids = {i for finding in found.findings for i in finding.rests_on} | {*found.route.rests_on}
        quoted = {entry.quotation(i).words for i in ids}
        assert quoted <= transcription - {""}
