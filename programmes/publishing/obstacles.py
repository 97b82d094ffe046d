"""What stands in the way of publishing an entry as it was drafted, in words for its editor."""

from collections.abc import Iterator

from programmes.domain.entry import Entry
from programmes.models import Programme
from programmes.readings import ROW_READINGS, RowReading
from programmes.vocabulary import label


def obstacles(entry: Entry) -> list[str]:
    own = {quotation.id: quotation for quotation in entry.quotations}
    if not own:
        return ["Add a statement with its source first: without one nothing can be shown."]
    found = []
    for name, rests_on in what_rests_on_words(entry):
        if rests_on is None:
            found.append(f"Say which statement “{name}” rests on.")
        elif rests_on not in own:
            found.append(f"“{name}” rests on a statement about something else.")
        elif not own[rests_on].words:
            found.append(f"“{name}” rests on a blank cell, which states nothing.")
    return found


def what_rests_on_words(entry: Entry) -> Iterator[tuple[str, int | None]]:
    """Every reading of an entry that says something, and the statement it points to."""
    for name, reading in entry.readings.items():
        yield name.replace("_", " "), reading.rests_on
    for kind in ROW_READINGS:
        for row in getattr(entry, kind.rows):
            code = kind.code_of(row)
            words = "".join(label(kind.terms, [code])) or code
            yield f"{_name(kind)}: {words}", row.rests_on


def _name(kind: RowReading) -> str:
    """What editors call such a row."""
    return str(getattr(Programme, kind.rows).rel.related_model._meta.verbose_name)
