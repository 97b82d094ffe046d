"""What entries rest on, row by row: every statement of a source, and every reading of ours.

The list has one row an entry; these two tables have one a statement and one a reading, joined by
the number of the statement. Codes and the source's words; the columns are only ever added to.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from programmes.domain.entry import NOT_STATED, Entry, PartialDate
from programmes.downloads.overview_tables import Row, Table
from programmes.downloads.spreadsheets import address_of
from programmes.listing.provenance import Provenance

STATEMENTS = ["id", "area", "programme", "statement", "about", "words", "words_welsh", "place"]
STATEMENTS += ["read", "cell_of_a_table", "replaces", "source", "source_date", "source_url", "url"]
READINGS = ["id", "area", "programme", "about", "value", "more", "from", "until", "statement"]
READINGS += ["words", "source", "source_date", "url"]

SINGLE = (
    "attendance",
    "longevity",
    "delivery_language",
    "accreditation",
    "partner_support",
    "taking_referrals",
)
"""Readings of which an entry has exactly one, beside its status."""


@dataclass(frozen=True)
class ReadingRow:
    """One thing that we read from a statement; `more` are codes that qualify it."""

    about: str
    value: str
    rests_on: int | None = None
    more: tuple[str, ...] = ()
    start: PartialDate | None = None
    end: PartialDate | None = None


def readings_of(entry: Entry) -> Iterator[ReadingRow]:
    """Everything that our terms say of an entry, with a row "not-stated" where one is silent."""
    yield ReadingRow("stage", entry.stage)
    # A stop that a check found rests on no words.
    stopped_since = entry.known_status != entry.status.value
    status_rests_on = None if stopped_since else entry.status.rests_on
    yield ReadingRow("status", entry.known_status, status_rests_on)
    for name in SINGLE:
        reading = getattr(entry, name)
        yield ReadingRow(name, reading.value, reading.rests_on)
    only = ("only-these",) if entry.routes_are_all else ()
    for route in entry.referrals:
        more = (*(("usual",) if route.usual else ()), *only)
        yield ReadingRow("route", route.route, route.rests_on, more)
    for criterion in entry.criteria:
        more = ("accepted" if criterion.accepted else "excluded",)
        more += ("only-these",) if criterion.only else ()
        yield ReadingRow("criterion", criterion.answer, criterion.rests_on, more)
    for funding in entry.fundings:
        more = (funding.period, funding.arrangement)
        yield ReadingRow(
            "funder", funding.funder, funding.rests_on, more, funding.start, funding.end
        )
    for evaluation in entry.evaluations:
        rests_on = evaluation.rests_on
        yield ReadingRow("evaluation", evaluation.state, rests_on, start=evaluation.published)
    for development in entry.developments:
        more = ("expected" if development.expected else "happened",)
        rests_on = development.rests_on
        yield ReadingRow("development", development.kind, rests_on, more, development.when)
    for involvement in entry.involvements:
        name = involvement.organisation.en
        yield ReadingRow("organisation", name, involvement.rests_on, (involvement.role,))
    yield from _silences(entry)


def _silences(entry: Entry) -> Iterator[ReadingRow]:
    rows = {"route": entry.referrals, "criterion": entry.criteria, "funder": entry.fundings}
    rows |= {"evaluation": entry.evaluations, "organisation": entry.involvements}
    yield from (ReadingRow(about, NOT_STATED) for about, found in rows.items() if not found)


def statements_as_csv(entries: list[Entry], about: Provenance, language: str) -> bytes:
    return Table(STATEMENTS, list(_statements(entries, language))).as_csv(language)


def readings_as_csv(entries: list[Entry], about: Provenance, language: str) -> bytes:
    return Table(READINGS, list(_readings(entries, language))).as_csv(language)


def _statements(entries: Iterable[Entry], language: str) -> Iterator[Row]:
    for entry in entries:
        for quotation in entry.quotations:
            yield {
                **_of(entry, language),
                "statement": str(quotation.id),
                "about": quotation.field,
                "words": quotation.words,
                "words_welsh": quotation.words_cy,
                "place": quotation.place.cy if language == "cy" else quotation.place.en,
                "read": quotation.basis,
                "cell_of_a_table": "yes" if quotation.in_table else "no",
                "replaces": str(quotation.replaces or ""),
                "source": quotation.source.title.en,
                "source_date": quotation.source.dated.isoformat(),
                "source_url": quotation.source.address,
            }


def _readings(entries: Iterable[Entry], language: str) -> Iterator[Row]:
    for entry in entries:
        for row in readings_of(entry):
            quotation = entry.quotation(row.rests_on)
            yield {
                **_of(entry, language),
                "about": row.about,
                "value": row.value,
                "more": "; ".join(row.more),
                "from": row.start.code if row.start else "",
                "until": row.end.code if row.end else "",
                "statement": str(row.rests_on or ""),
                "words": quotation.words if quotation else "",
                "source": quotation.source.title.en if quotation else "",
                "source_date": quotation.source.dated.isoformat() if quotation else "",
            }


def _of(entry: Entry, language: str) -> Row:
    return {
        "id": entry.uuid,
        "area": entry.area_slug,
        "programme": entry.name.en,
        "url": address_of(entry, language),
    }
