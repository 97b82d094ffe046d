"""The overviews as tables: provision, money, evidence and time, a row for each thing they count."""

from collections.abc import Iterable, Iterator

from programmes.domain.entry import (
    NOT_STATED,
    Bilingual,
    Entry,
    Evaluation,
    Funding,
    SourceDocument,
)
from programmes.domain.overview_rows import PlacedDevelopment
from programmes.downloads import tables
from programmes.readings import terms


def provision(entries: Iterable[Entry], dimension: str) -> Iterator[tables.Row]:
    for entry in entries:
        for value in terms(entry)[dimension]:
            yield tables.entry_columns(entry) | {"dimension": dimension, "value": value}


def money_columns(row: tuple[Entry, Funding]) -> tables.Row:
    entry, funding = row
    return {
        **tables.entry_columns(entry),
        **tables.span_columns(None, funding.end),
        "funder": funding.funder,
        "period": funding.period,
        "arrangement": funding.arrangement,
        "funded_until": tables.date_code(funding.end),
        "longevity": entry.reading("longevity").value,
        "words": entry.words("funding"),
        "longevity_words": entry.words("longevity"),
    }


def evidence(entries: Iterable[Entry]) -> Iterator[tables.Row]:
    silent = Evaluation(NOT_STATED, Bilingual(), rests_on=0)
    for entry in entries:
        for each in entry.evaluations or (silent,):
            quotation = entry.quotation(each.rests_on)
            yield {
                **tables.entry_columns(entry),
                **tables.span_columns(each.published, each.published),
                "evaluation": each.state,
                "published": tables.date_code(each.published),
                "words": quotation.words if quotation else "",
            }


def used_source_columns(source: SourceDocument, entries: int, page: str) -> tables.Row:
    """A source and how many entries rest on it; `page` is the address of all sources."""
    return {
        **tables.source_columns(source),
        "slug": source.slug,
        "source": source.title.en,
        "source_date": source.dated,
        "entries": entries,
        "url": f"{page}#{source.slug}",
    }


def development_columns(row: PlacedDevelopment) -> tables.Row:
    development, later = row.development, row.development.came_about
    outcome = tables.quotation_columns(later.statement if later else None)
    none = {"programme": "", "url": "", "id": ""}
    return {
        **(tables.entry_columns(row.entry) if row.entry else none),
        **tables.area_codes(row.area),
        **tables.span_columns(development.when, development.when),
        **tables.quotation_columns(row.quotation),
        "area": row.place.en or NOT_STATED,
        "kind": development.kind,
        "expected": development.expected,
        "when": tables.date_code(development.when),
        "subject": development.subject,
        "outcome": development.outcome,
        "outcome_source": outcome["source"],
        "outcome_source_date": outcome["source_date"],
    }
