"""The admin's log, written in the transaction of what it tells."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Model

from accounts.models import User


def log_change(row: Model, *, by: User | None, message: str) -> None:
    """Note who did something to a row; what nobody in particular did is not noted."""
    if by:
        LogEntry.objects.log_actions(
            by.pk, [row], CHANGE, change_message=message, single_object=True
        )
