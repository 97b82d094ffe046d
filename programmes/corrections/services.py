"""Corrections from the public: taken in within limits, and their words deleted in time."""

import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from programmes.models import Correction, Edition
from programmes.vocabulary import CorrectionState

HOUR, DAY, YEAR = (datetime.timedelta(hours=hours) for hours in (1, 24, 365 * 24))

MOST_FROM_CLIENT = 5  # an hour
MOST_ABOUT_ENTRY = 20  # a day

UNDECIDED_TEXTS_KEPT = YEAR


class TooManyError(Exception):
    """A message that was not kept, for how many came before it; says so to whoever sent it."""


FROM_CLIENT = _("Several messages came from your connection within the last hour.")
ABOUT_ENTRY = _("Many messages about this entry came within the last day.")


@transaction.atomic
def take_in(message: dict[str, str], edition: Edition, client: str) -> str:
    """The reference of the message; sent twice within an hour, it is one message still."""
    # One at a time for an entry: of two taps on a button, the second finds what the first stored.
    about = Edition.objects.current().filter(programme=edition.programme_id)
    list(about.select_for_update().values("pk"))
    earlier = Correction.objects.filter(programme=edition.programme_id)
    now = timezone.now()
    same = earlier.filter(**message, sent_at__gt=now - HOUR).first()
    if same:
        return same.reference
    if earlier.filter(sent_at__gt=now - DAY).count() >= MOST_ABOUT_ENTRY:
        raise TooManyError(ABOUT_ENTRY)
    if _sent_by(client) > MOST_FROM_CLIENT:
        raise TooManyError(FROM_CLIENT)
    stored: dict[str, Any] = {**message, "programme_id": edition.programme_id}
    return Correction.objects.create(**stored, language=get_language()).reference


def _sent_by(client: str) -> int:
    """How many came from an address within an hour, this one included.

    The address itself is stored nowhere: what the cache forgets after the hour is a keyed hash.
    """
    day = timezone.localdate()
    name = salted_hmac(__name__, f"{day} {client}", algorithm="sha256").hexdigest()
    cache.add(name, 0, HOUR.total_seconds())
    try:
        return cache.incr(name)
    except ValueError:  # the hour has ended just now
        return 1


def forget_texts() -> str:
    """Delete the words of what was decided a set time ago, or has waited for a year."""
    now = timezone.now()
    over = Q(decided_at__lt=now - settings.CORRECTION_TEXTS_KEPT)
    over |= Q(state=CorrectionState.WAITING, sent_at__lt=now - UNDECIDED_TEXTS_KEPT)
    written = Correction.objects.exclude(text="")
    number = written.filter(over).update(text="", text_deleted_at=now)
    return f"Texts of corrections deleted: {number}."
