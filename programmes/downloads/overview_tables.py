"""The overviews as tables: provision, money, evidence and time, a row for each thing they count."""

from collections.abc import Iterable

from programmes.domain.entry import NOT_STATED, Entry, Evaluation, Funding, SourceDocument
from programmes.domain.overview_rows import PlacedDevelopment
from programmes.downloads import tables
from programmes.readings import terms


def provision(entries: Iterable[Entry], dimension: str) -> tables.Table:
    rows = (
        tables.entry_columns(entry) | {"dimension": dimension, "value": value}
        for entry in entries
        for value in terms(entry)[dimension]
    )
    return tables.Table("provision", rows)


def money(rows: Iterable[tuple[Entry, Funding]]) -> tables.Table:
    return tables.Table("money", map(money_columns, rows))


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


def evidence(entries: Iterable[Entry]) -> tables.Table:
    rows = (_evaluation(e, each) for e in entries for each in e.evaluations or (None,))
    return tables.Table("evidence", rows)


def _evaluation(entry: Entry, stated: Evaluation | None) -> tables.Row:
    quotation = stated and entry.quotation(stated.rests_on)
    published = stated.published if stated else None
    return {
        **tables.entry_columns(entry),
        **tables.span_columns(published, published),
        "evaluation": stated.state if stated else NOT_STATED,
        "published": tables.date_code(published),
        "words": quotation.words if quotation else "",
    }


def sources(rows: Iterable[tuple[SourceDocument, int]], page: str) -> tables.Table:
    """Each source and how many entries rest on it; `page` is the address of all sources."""
    columns = (
        tables.source_columns(source)
        | {
            "slug": source.slug,
            "source": source.title.en,
            "source_date": source.dated,
            "entries": entries,
            "url": f"{page}#{source.slug}",
        }
        for source, entries in rows
    )
    return tables.Table("sources", columns)


def timeline(rows: Iterable[PlacedDevelopment]) -> tables.Table:
    return tables.Table("timeline", map(_development, rows))


def _development(row: PlacedDevelopment) -> tables.Row:
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
