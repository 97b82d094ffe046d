"""Checks: since when an entry counts as checked. Plain Python."""

import datetime

from programmes.domain.entry import STOPPED, Entry

TO_CONFIRM = ("referral_route", "eligibility", "status")
"""Fields of which each must be confirmed before an entry counts as checked."""


def unconfirmed(entry: Entry) -> list[str]:
    """Those that nobody has confirmed since the newest words about them. A stop answers all."""
    return [field for field in TO_CONFIRM if not _is_confirmed(entry, field)]


def _is_confirmed(entry: Entry, field: str) -> bool:
    day = entry.confirmed_on.get(field)
    newer = (q for q in entry.quotations_about(field) if day and q.source.dated > day)
    return entry.check_outcome == STOPPED or (day is not None and not any(newer))


def checked_on(entry: Entry) -> datetime.date | None:
    """Since when all of them are confirmed; None where none are, or in part."""
    if entry.check_outcome == STOPPED:
        return entry.last_checked
    return None if unconfirmed(entry) else min(entry.confirmed_on[f] for f in TO_CONFIRM)
