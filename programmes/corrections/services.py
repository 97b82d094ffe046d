"""Corrections from the public: all are taken in, surplus is held apart, words go in time."""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from programmes.models import Correction, CorrectionAddress, Edition
from programmes.models.correction import CorrectionState
from programmes.publishing.notices import notify, people_of
from programmes.vocabulary import CorrectionKind

HOUR, DAY, YEAR = (datetime.timedelta(hours=hours) for hours in (1, 24, 365 * 24))
MOST_FROM_ADDRESS = 20  # about one entry, a day: a whole office may share an address
MOST_WAITING = 1000  # about one entry
MOST_HELD = 200  # about one entry


URGENT = (CorrectionKind.STOPPED, CorrectionKind.CONTACT)
"""What editors are mailed at once: somebody may be referred in vain, or be found."""


def take_in(
    message: dict[str, str], edition: Edition, addresses: list[str], *, automatic: bool
) -> str:
    """The reference of the message; editors are mailed when the first of an urgent kind waits."""
    alike = Correction.objects.filter(programme=edition.programme_id, kind=message["kind"])
    waiting = alike.filter(state=CorrectionState.WAITING, held=False)
    first = not waiting.exists()
    reference = _store(message, edition, addresses, automatic)
    if first and message["kind"] in URGENT and (sent := waiting.first()):
        people = people_of(sent.programme, "programmes.change_correction")
        what = CorrectionKind(sent.kind).label
        notify(people, what, sent.programme, "correction_change", sent.pk)
    return reference


@transaction.atomic
def _store(message: dict[str, str], edition: Edition, addresses: list[str], automatic: bool) -> str:
    """Sent twice within an hour, it is one message still.

    `addresses` are the sender's hashes of today and of yesterday. What is `automatic`, or is
    surplus, is held: the sender cannot tell, and editors find it apart.
    """
    # One at a time for an entry: of two taps on a button, the second finds what the first stored.
    about = Edition.objects.current().filter(programme=edition.programme_id)
    list(about.select_for_update().values("pk"))
    earlier = Correction.objects.filter(programme=edition.programme_id)
    held = automatic or _is_surplus(earlier, addresses)
    same = earlier.filter(**message, sent_at__gt=timezone.now() - HOUR)
    if not held:
        # A program that sends what others are likely to choose must not have theirs held.
        same = same.filter(held=False)
    if earlier_one := same.first():
        return earlier_one.reference
    stored: dict[str, Any] = {**message, "programme_id": edition.programme_id, "held": held}
    new = Correction.objects.create(**stored, language=get_language())
    CorrectionAddress.objects.create(correction=new, address=addresses[0])
    _drop_oldest_held(earlier)
    return new.reference


def _is_surplus(earlier: QuerySet[Correction], addresses: list[str]) -> bool:
    today = earlier.filter(came_from__address__in=addresses, sent_at__gt=timezone.now() - DAY)
    waiting = earlier.filter(state=CorrectionState.WAITING, held=False)
    return today.count() >= MOST_FROM_ADDRESS or waiting.count() >= MOST_WAITING


def _drop_oldest_held(earlier: QuerySet[Correction]) -> None:
    """Nothing is refused, so this is what keeps a flood from filling the disk."""
    waiting = earlier.filter(state=CorrectionState.WAITING, held=True)
    newest_first = waiting.order_by("-sent_at", "-pk").values_list("pk", flat=True)
    waiting.filter(pk__in=list(newest_first[MOST_HELD:])).delete()


def forget_addresses() -> str:
    """Delete the hashes of addresses, once the limits do not ask for them any more."""
    over = CorrectionAddress.objects.filter(correction__sent_at__lt=timezone.now() - DAY)
    return f"Addresses of corrections deleted: {over.delete()[0]}."


def forget_texts() -> str:
    """Delete the words of what was decided a set time ago, or has waited for a year."""
    now = timezone.now()
    over = Q(decided_at__lt=now - settings.CORRECTION_TEXTS_KEPT)
    over |= Q(state=CorrectionState.WAITING, sent_at__lt=now - YEAR)
    written = Correction.objects.exclude(text="")
    number = written.filter(over).update(text="", text_deleted_at=now)
    return f"Texts of corrections deleted: {number}."
