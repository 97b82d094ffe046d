"""The admin's log, written in the transaction of the change itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import Model

from accounts.models import User
from programmes.models import Programme
from programmes.publishing.editions import locked


@contextmanager
def logged_change(programme: Programme, *, by: User | None, message: str) -> Iterator[Programme]:
    """One transaction with its line in the log, of the programme as it is now, and locked."""
    with transaction.atomic():
        programme = locked(programme)
        yield programme
        log_change(programme, by=by, message=message)


def log_change(row: Model, *, by: User | None, message: str) -> None:
    """Log who changed a row, unless nobody in particular did."""
    if by:
        LogEntry.objects.log_actions(
            by.pk, [row], CHANGE, change_message=message, single_object=True
        )
