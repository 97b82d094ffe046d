"""The overviews as tables: provision, money, evidence and time, a row for each thing they count."""

from collections.abc import Iterable

from programmes.domain.entry import NOT_STATED, Entry, Evaluation, SourceDocument
from programmes.domain.overview_rows import Money, PlacedDevelopment
from programmes.downloads.tables import (
    Row,
    Table,
    area_codes,
    date_code,
    entry_columns,
    quotation_columns,
    source_columns,
    span_columns,
)
from programmes.readings import terms


def provision(entries: Iterable[Entry], dimension: str) -> Table:
    rows = (
        entry_columns(entry) | {"dimension": dimension, "value": value}
        for entry in entries
        for value in terms(entry)[dimension]
    )
    return Table("provision", rows)


def money(rows: Iterable[Money]) -> Table:
    return Table("money", map(money_columns, rows))


def money_columns(row: Money) -> Row:
    return {
        **entry_columns(row.entry),
        **span_columns(None, row.end),
        "funder": row.funder,
        "period": row.period,
        "arrangement": row.arrangement,
        "funded_until": date_code(row.end),
        "longevity": row.entry.reading("longevity").value,
        "words": row.entry.words("funding"),
        "longevity_words": row.entry.words("longevity"),
    }


def evidence(entries: Iterable[Entry]) -> Table:
    rows = (_evaluation(e, each) for e in entries for each in e.evaluations or (None,))
    return Table("evidence", rows)


def _evaluation(entry: Entry, stated: Evaluation | None) -> Row:
    quotation = stated and entry.quotation(stated.rests_on)
    published = stated.published if stated else None
    return {
        **entry_columns(entry),
        **span_columns(published, published),
        "evaluation": stated.state if stated else NOT_STATED,
        "published": date_code(published),
        "words": quotation.words if quotation else "",
    }


def sources(rows: Iterable[tuple[SourceDocument, int]], page: str) -> Table:
    """Each source and how many entries rest on it; `page` is the address of all sources."""
    columns = (
        source_columns(source)
        | {
            "slug": source.slug,
            "source": source.title.en,
            "source_date": source.dated,
            "entries": entries,
            "url": f"{page}#{source.slug}",
        }
        for source, entries in rows
    )
    return Table("sources", columns)


def timeline(rows: Iterable[PlacedDevelopment]) -> Table:
    return Table("timeline", map(_development, rows))


def _development(row: PlacedDevelopment) -> Row:
    development, later = row.development, row.development.came_about
    outcome = quotation_columns(later.statement if later else None)
    return {
        **(entry_columns(row.entry) if row.entry else {"programme": "", "url": "", "id": ""}),
        **area_codes(row.area),
        **span_columns(development.when, development.when),
        **quotation_columns(row.quotation),
        "area": row.place.en or NOT_STATED,
        "kind": development.kind,
        "expected": development.expected,
        "when": date_code(development.when),
        "subject": development.subject,
        "outcome": development.outcome,
        "outcome_source": outcome["source"],
        "outcome_source_date": outcome["source_date"],
    }
