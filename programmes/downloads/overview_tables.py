"""The overviews as tables: provision, money, evidence and time, a row for each thing they count."""

from collections.abc import Iterable

from programmes.domain.entry import NOT_STATED, Development, Entry, Evaluation, SourceDocument
from programmes.domain.overview_rows import Money, PlacedDevelopment
from programmes.downloads.tables import (
    AREA,
    SPAN,
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

ENTRY, SOURCE = ["area", "programme"], ["source", "source_date", "url", "id"]
PROVISION = [*ENTRY, "dimension", "value", *SOURCE, *AREA]
MONEY = [*ENTRY, "funder", "period", "arrangement", "funded_until", "longevity", "words"]
MONEY += ["longevity_words", *SOURCE, *AREA, *SPAN]
EVIDENCE = [*ENTRY, "evaluation", "published", "words", *SOURCE, *AREA, *SPAN]
SOURCES = ["slug", "source", "source_kind", "publisher", "source_date", "source_url", "licence"]
SOURCES += ["entries", "url"]
CHANGES = [*ENTRY, "changed_on", "changes", "what", "was", "now", "url", "id", *AREA]
TIMELINE = [*ENTRY, "kind", "expected", "when", "words", *SOURCE]
TIMELINE += ["subject", "outcome", "outcome_source", "outcome_source_date", *AREA, *SPAN]


def provision(entries: Iterable[Entry], dimension: str) -> Table:
    rows = (
        entry_columns(entry) | {"dimension": dimension, "value": value}
        for entry in entries
        for value in terms(entry)[dimension]
    )
    return Table(PROVISION, rows)


def money(rows: Iterable[Money]) -> Table:
    return Table(
        MONEY,
        (
            entry_columns(row.entry)
            | {
                "funder": row.funder,
                "period": row.period,
                "arrangement": row.arrangement,
                "funded_until": date_code(row.end),
                "longevity": row.entry.reading("longevity").value,
                "words": row.entry.words("funding"),
                "longevity_words": row.entry.words("longevity"),
            }
            | span_columns(None, row.end)
            for row in rows
        ),
    )


def evidence(entries: Iterable[Entry]) -> Table:
    rows = (_evaluation(e, each) for e in entries for each in e.evaluations or (None,))
    return Table(EVIDENCE, rows)


def _evaluation(entry: Entry, stated: Evaluation | None) -> dict[str, str]:
    quotation = stated and entry.quotation(stated.rests_on)
    published = stated.published if stated else None
    columns = {
        "evaluation": stated.state if stated else NOT_STATED,
        "published": date_code(published),
        "words": quotation.words if quotation else "",
    }
    return entry_columns(entry) | columns | span_columns(published, published)


def sources(rows: Iterable[tuple[SourceDocument, int]], page: str) -> Table:
    """Each source and how many entries rest on it; `page` is the address of all sources."""
    return Table(
        SOURCES,
        (
            source_columns(source)
            | {
                "slug": source.slug,
                "source": source.title.en,
                "source_date": source.dated,
                "entries": entries,
                "url": f"{page}#{source.slug}",
            }
            for source, entries in rows
        ),
    )


def timeline(rows: Iterable[PlacedDevelopment]) -> Table:
    return Table(
        TIMELINE,
        (
            (entry_columns(row.entry) if row.entry else {"programme": "", "url": "", "id": ""})
            | {
                "area": row.place.en or NOT_STATED,
                "kind": row.development.kind,
                "expected": row.development.expected,
                "when": date_code(row.development.when),
                **area_codes(row.area),
                **span_columns(row.development.when, row.development.when),
            }
            | quotation_columns(row.quotation)
            | {"subject": row.development.subject, **_outcome(row.development)}
            for row in rows
        ),
    )


def _outcome(development: Development) -> Row:
    later = development.came_about
    source = quotation_columns(later.statement if later else None)
    columns = {f"outcome_{name}": source[name] for name in ("source", "source_date")}
    return {"outcome": development.outcome, **columns}
