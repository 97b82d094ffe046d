"""Checks: since when an entry counts as checked. Plain Python."""

import datetime

from programmes.domain.entry import STOPPED, Entry

TO_CONFIRM = ("referral_route", "eligibility", "status")
"""Fields of which each must be confirmed before an entry counts as checked."""


def checked_on(entry: Entry) -> datetime.date | None:
    """Since when all of them are confirmed; None where none are, or in part. A stop answers all."""
    if entry.check_outcome == STOPPED:
        return entry.last_checked
    confirmed = [
        day
        for field, day in entry.confirmed_on.items()
        if field in TO_CONFIRM and not _has_newer_words(entry, field, day)
    ]
    return min(confirmed) if len(confirmed) == len(TO_CONFIRM) else None


def _has_newer_words(entry: Entry, field: str, confirmed_on: datetime.date) -> bool:
    return any(q.source.dated > confirmed_on for q in entry.quotations_about(field))
