"""Kinds of changes between editions, and pairs of an edition and the one before it. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from programmes.domain.entry import NO_CHECK, STOPPED, Entry
from programmes.models import Edition
from programmes.vocabulary import ChangeKind

CHECKS = (ChangeKind.CHECKED, ChangeKind.CHECK_TAKEN_BACK)
"""Kinds whose editions differ alike, so that whoever publishes has to say which it is."""


def kinds_of(
    before: Entry | None, after: Entry | None, checks: Iterable[ChangeKind] = (ChangeKind.CHECKED,)
) -> Iterator[ChangeKind]:
    """What became of an entry, None where it was not public; `checks` are for verifications."""
    if before is None or after is None:
        if before != after:
            yield ChangeKind.WITHDRAWN if before else ChangeKind.ADDED
        return
    if replace(before, **NO_CHECK) != replace(after, **NO_CHECK):
        yield ChangeKind.CHANGED
    if any(getattr(before, name) != getattr(after, name) for name in NO_CHECK):
        yield from checks
    if after.known_status == STOPPED != before.known_status:
        yield ChangeKind.STOPPED


def shown(edition: Edition | None) -> Entry | None:
    """The entry that an edition showed; None for a withdrawal."""
    return None if edition is None or edition.withdrawn else edition.entry


@dataclass(frozen=True)
class Changed:
    """Two editions of one entry, the first None where there was none."""

    before: Edition | None
    after: Edition
    checks: Sequence[ChangeKind] = (ChangeKind.CHECKED,)

    @property
    def kinds(self) -> list[ChangeKind]:
        return list(kinds_of(shown(self.before), shown(self.after), self.checks))


def changed(after: Iterable[Edition], before: Iterable[Edition]) -> list[Changed]:
    """Each edition with the last of its entry before it, if given."""
    earlier = sorted(before, key=lambda edition: edition.pk, reverse=True)

    def previous(edition: Edition) -> Edition | None:
        same = (each for each in earlier if each.programme_id == edition.programme_id)
        return next((each for each in same if each.pk < edition.pk), None)

    return [Changed(previous(edition), edition) for edition in after]
