"""What publishing changed: which kinds of change there were, and what the next edition followed.

Pure: compares entries, words nothing and queries nothing.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from programmes.domain.entry import NO_CHECK, STOPPED, Entry
from programmes.models import Edition
from programmes.vocabulary import ChangeKind

CHECKS = (ChangeKind.CHECKED, ChangeKind.CHECK_TAKEN_BACK)
"""Kinds that two documents do not tell apart: whoever publishes says which it was."""


def kinds_of(
    before: Entry | None,
    after: Entry | None,
    checks: Iterable[ChangeKind] = (ChangeKind.CHECKED,),
) -> Iterator[ChangeKind]:
    """What became of an entry between two times; None where the public did not see it.

    `checks` is what to say where the last check is another one.
    """
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
        yield from checks
    if after.known_status == STOPPED != before.known_status:
        yield ChangeKind.STOPPED


def _check(entry: Entry) -> tuple:
    return entry.last_checked, entry.check_outcome, entry.confirmed


def _but_for_checks(entry: Entry) -> Entry:
    return replace(entry, **NO_CHECK)


def shown(edition: Edition | None) -> Entry | None:
    """What the public saw by an edition: nothing where it was taken back."""
    return None if edition is None or edition.withdrawn else edition.entry


@dataclass(frozen=True)
class Changed:
    """Two states of one entry, the first None where there was none, and the days between them."""

    before: Edition | None
    after: Edition
    checks: Sequence[ChangeKind] = (ChangeKind.CHECKED,)
    """What came of its checks in between, as it was kept with the editions."""

    @property
    def kinds(self) -> list[ChangeKind]:
        return list(kinds_of(shown(self.before), shown(self.after), self.checks))

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
