"""Recording a verification of an entry, and taking one back: public at once."""

from dataclasses import replace

from django.db import transaction

from accounts.models import User
from programmes.models import Edition, Mistake, Programme, Verification
from programmes.publishing import editions
from programmes.publishing.draft import for_entries, last_check
from programmes.publishing.log import log_change
from programmes.vocabulary import ChangeKind


def record_verification(verification: Verification, *, by: User) -> Edition | None:
    """Keep a verification, and let the public see at once what came of it.

    The standing edition is followed by one that differs in the check alone: what else waits to be
    published goes on waiting. None where nothing public changes, because the entry is not public,
    nobody was reached or a later check is known.
    """
    with transaction.atomic():
        programme = editions.locked(verification.programme)
        verification.by = by
        verification.save()
        outcome = verification.get_outcome_display()
        log_change(programme, by=by, message=f"check: {outcome}")
        why = f"A check was recorded: {outcome.lower()}."
        return _show_last_check(programme.pk, by, why, ChangeKind.CHECKED)


def take_back_verification(verification: Verification, *, by: User, why: str) -> Edition | None:
    """Keep that one was recorded by mistake, and let the public see at once what is left.

    Editions that told of it stay, as all do. None where nothing public changes.
    """
    with transaction.atomic():
        programme = editions.locked(verification.programme)
        said = {"why": why.strip(), "by": by}
        Mistake.objects.get_or_create(verification=verification, defaults=said)
        log_change(programme, by=by, message=f"check recorded by mistake: {verification}")
        outcome = verification.get_outcome_display().lower()
        why = f"A check had been recorded by mistake: {outcome}."
        return _show_last_check(programme.pk, by, why, ChangeKind.CHECK_TAKEN_BACK)


def _show_last_check(number: int, by: User, why: str, kind: ChangeKind) -> Edition | None:
    programme = for_entries(Programme.objects.all()).get(pk=number)
    public = editions.public_edition(programme)
    if public is None:
        return None
    entry = replace(public.entry, **last_check(programme))
    if entry == public.entry:
        return None
    exception = editions.to_follow(public)
    return editions.write(programme, entry, by=by, why=why, to_follow=exception, checked=kind)
