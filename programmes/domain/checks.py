"""Checks: since when an entry counts as checked. Plain Python."""

import datetime

from programmes.domain.entry import STOPPED, Entry

TO_CONFIRM = ("referral_route", "eligibility", "status")
"""Fields of which each must be confirmed before an entry counts as checked."""


def checked_on(entry: Entry) -> datetime.date | None:
    """Since when all of them are confirmed; None where none are, or in part. A stop answers all."""
    if entry.check_outcome == STOPPED:
        return entry.last_checked
    days = {field: day for field, day in entry.confirmed_on.items() if field in TO_CONFIRM}
    newer = (
        q for field in days for q in entry.quotations_about(field) if q.source.dated > days[field]
    )
    return min(days.values()) if len(days) == len(TO_CONFIRM) and not any(newer) else None
