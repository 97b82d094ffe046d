"""Records a verification of an entry, and takes one back: public at once."""

from accounts.models import User
from programmes.models import Edition, Mistake, Programme, Verification
from programmes.publishing import editions
from programmes.publishing.draft import for_entries, last_check
from programmes.publishing.log import logged_change
from programmes.vocabulary import ChangeKind


def record_verification(verification: Verification, *, by: User) -> Edition | None:
    """Keep a verification, and publish it at once and alone; None where nothing public changes."""
    outcome = verification.get_outcome_display()
    with logged_change(verification.programme, by=by, message=f"check: {outcome}") as programme:
        verification.by = by
        verification.save()
        why = f"A check was recorded: {outcome.lower()}."
        return _show_last_check(programme.pk, by, why, ChangeKind.CHECKED)


def take_back_verification(verification: Verification, *, by: User, why: str) -> Edition | None:
    """Keep that one was recorded by mistake, and publish the entry without it."""
    message = f"check recorded by mistake: {verification}"
    with logged_change(verification.programme, by=by, message=message) as programme:
        mistake = {"why": why.strip(), "by": by}
        Mistake.objects.get_or_create(verification=verification, defaults=mistake)
        outcome = verification.get_outcome_display().lower()
        why = f"A check had been recorded by mistake: {outcome}."
        return _show_last_check(programme.pk, by, why, ChangeKind.CHECK_TAKEN_BACK)


def _show_last_check(number: int, by: User, why: str, kind: ChangeKind) -> Edition | None:
    programme = for_entries(Programme.objects.all()).get(pk=number)
    return editions.amend(programme, by=by, why=why, checked=kind, **last_check(programme))
