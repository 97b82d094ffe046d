"""What publishing changed: which kinds of change there were, and what the next edition followed.

Pure: compares entries, words nothing and queries nothing.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from programmes.entry import NO_CHECK, STOPPED, Entry
from programmes.models import Edition
from programmes.vocabulary import ChangeKind, Field


def kinds_of(before: Entry | None, after: Entry | None) -> Iterator[ChangeKind]:
    """What became of an entry between two times; None where the public did not see it."""
    if after is None:
        if before is not None:
            yield ChangeKind.WITHDRAWN
        return
    if before is None:
        yield ChangeKind.ADDED
        return
    if _but_for_checks(before) != _but_for_checks(after):
        yield ChangeKind.CHANGED
    if _check(before) != _check(after):
        yield ChangeKind.CHECKED
    if after.known_status == STOPPED != before.known_status:
        yield ChangeKind.STOPPED


def _check(entry: Entry) -> tuple:
    return entry.last_checked, entry.check_outcome, entry.confirmed


def _but_for_checks(entry: Entry) -> Entry:
    return replace(entry, **NO_CHECK)


def check_was_taken_back(before: Entry, after: Entry) -> bool:
    """Days of checks only ever move on, and a confirmation alone lifts a stop of the same day."""
    was, now = before.last_checked, after.last_checked
    if was is None or now != was:
        return was is not None and (now is None or now < was)
    lifted = before.check_outcome == STOPPED != after.check_outcome
    return lifted and Field.STATUS not in after.confirmed


def shown(edition: Edition | None) -> Entry | None:
    """What the public saw by an edition: nothing where it was taken back."""
    return None if edition is None or edition.withdrawn else edition.entry


@dataclass(frozen=True)
class Changed:
    """Two states of one entry, the first None where there was none, and the days between them."""

    before: Edition | None
    after: Edition

    @property
    def kinds(self) -> list[ChangeKind]:
        return list(kinds_of(shown(self.before), shown(self.after)))

    @property
    def day(self) -> datetime.date:
        return self.after.day


def changed(after: Iterable[Edition], before: Iterable[Edition]) -> list[Changed]:
    """Each edition with the one that it followed: the last of its entry before it, if given."""
    earlier = sorted(before, key=lambda edition: edition.pk)
    return [
        Changed(
            before=next(
                (
                    edition
                    for edition in reversed(earlier)
                    if edition.programme_id == each.programme_id and edition.pk < each.pk
                ),
                None,
            ),
            after=each,
        )
        for each in after
    ]
