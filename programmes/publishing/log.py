"""The admin's log, written in the transaction of the change itself."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Model

from accounts.models import User


def log_change(row: Model, *, by: User | None, message: str) -> None:
    """Log who changed a row, unless nobody in particular did."""
    if by:
        LogEntry.objects.log_actions(
            by.pk, [row], CHANGE, change_message=message, single_object=True
        )
