"""Obstacles to publishing a drafted entry, in sentences for its editor."""

from collections.abc import Iterator
from typing import Any

from programmes.domain.entry import Entry, Quotation
from programmes.models import Programme
from programmes.readings import ROW_READINGS
from programmes.vocabulary import COLUMNS, Field, label

ADD_READING = "add a reading that rests on them, “Described in other words” where no term fits."


def obstacles(entry: Entry) -> list[str]:
    own = {quotation.id: quotation for quotation in entry.quotations}
    if not own:
        return ["Add a statement with its source first: without one nothing can be shown."]
    problems = []
    for name, rests_on in readings_with_statements(entry):
        if rests_on is None:
            problems.append(f"Say which statement “{name}” rests on.")
        elif rests_on not in own:
            problems.append(f"“{name}” rests on a statement about something else.")
        elif not own[rests_on].words:
            problems.append(f"“{name}” rests on a blank cell, which states nothing.")
    for quotation in words_without_reading(entry):
        words = f"“{quotation.words}” ({Field(quotation.field).label})"
        problems.append(f"Nothing is read from the words {words}: {ADD_READING}")
    return problems


def words_without_reading(entry: Entry) -> list[Quotation]:
    """Standing words about a column on which no reading rests: they would count as silence."""
    rested_on = {rests_on for _name, rests_on in readings_with_statements(entry)}
    standing = (q for q in entry.standing if q.words and q.field in COLUMNS)
    return [quotation for quotation in standing if quotation.id not in rested_on]


def readings_with_statements(entry: Entry) -> Iterator[tuple[str, int | None]]:
    """Every stated reading of an entry, and the statement it points to."""
    for name, reading in entry.readings.items():
        yield name_of_reading(name), reading.rests_on
    for kind in ROW_READINGS:
        for row in getattr(entry, kind.rows):
            words = "".join(label(kind.terms, [kind.code_of(row)]))
            yield f"{name_of_reading(kind.rows)}: {words}", row.rests_on


def name_of_reading(name: str) -> str:
    """As the page of an entry calls a field, or a row."""
    field: Any = Programme._meta.get_field(name)
    return str((field.related_model._meta if field.one_to_many else field).verbose_name)
