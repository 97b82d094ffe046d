"""The changes of a spreadsheet written into the working tables, many entries at a time."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model

from programmes.models import Criterion, Funding, Programme, Referral, Statement
from programmes.models.welsh import bonds_of
from programmes.transfer.plan import EntryChange

ROWS: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Referral, ("usual", "statement")),
    (Criterion, ("accepted", "only", "statement")),
    (Funding, ("funder", "period", "arrangement", "statement")),
)
"""Tables of an entry's readings, and their columns that a spreadsheet can change."""


def write(changes: Sequence[EntryChange], by: User | None) -> None:
    """Inside the caller's transaction. Entries are changed and not published, nor checked."""
    # A new entry says nothing before it has the words that its readings rest on.
    Programme.objects.bulk_create(change.programme for change in changes if change.is_new)
    Statement.objects.bulk_create(chain.from_iterable(c.statements for c in changes))
    for change in changes:
        moved: dict[str, Any] = {} if change.is_new else {"version": F("version") + 1}
        programme = change.programme
        moved["welsh_of"] = bonds_of(programme)
        Programme.objects.filter(pk=programme.pk).update(**change.columns, **moved)
    for model, columns in ROWS:
        _write_rows(model, columns, changes)
    if by:
        _log(changes, by)


def _write_rows(
    model: type[Model], columns: tuple[str, ...], changes: Sequence[EntryChange]
) -> None:
    def of_model(rows: str) -> list[Model]:
        every = chain.from_iterable(getattr(change, rows) for change in changes)
        return [row for row in every if isinstance(row, model)]

    model._default_manager.filter(pk__in=[row.pk for row in of_model("removed")]).delete()
    model._default_manager.bulk_create(of_model("added"))
    model._default_manager.bulk_update(of_model("altered"), columns)


def _log(changes: Sequence[EntryChange], by: User) -> None:
    kind = ContentType.objects.get_for_model(Programme)
    LogEntry.objects.bulk_create(
        LogEntry(
            user=by,
            content_type=kind,
            object_id=str(change.programme.pk),
            object_repr=str(change.programme)[:200],
            action_flag=ADDITION if change.is_new else CHANGE,
            change_message=f"import: {', '.join(each.column for each in change.shown)}",
        )
        for change in changes
    )
