"""Asks a provider whether what is public is still right; nothing counts until an editor accepts."""

import datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from programmes.models import ConfirmationRequest, Edition, Programme, Source, Verification
from programmes.publishing.amendments import record_verification
from programmes.publishing.editions import locked, log_change, logged_change
from programmes.vocabulary import CheckedWith, CheckOutcome, Decision, SourceKind

SIGNER = Signer(salt="confirmation by a provider")
OPEN_FOR, KEPT = datetime.timedelta(days=30), datetime.timedelta(days=365)


def ask(programme: Programme, *, by: User) -> str:
    """The token of a new link, which takes the place of one that nobody used."""
    message = "asked the provider to confirm"
    with logged_change(programme, by=by, message=message) as programme:
        ConfirmationRequest.objects.filter(programme=programme, answered_at=None).delete()
        new = ConfirmationRequest.objects.create(programme=programme, by=by)
    return SIGNER.sign(str(new.key))


def open_requests() -> QuerySet[ConfirmationRequest]:
    since = timezone.now() - OPEN_FOR
    return ConfirmationRequest.objects.filter(answered_at=None, made_at__gt=since)


def find_open(token: str) -> ConfirmationRequest | None:
    """None for a link that is forged, used or expired."""
    try:
        key = SIGNER.unsign(token)
    except BadSignature:
        return None
    return open_requests().filter(key=key).first()


def take_answers(
    request: ConfirmationRequest, edition: Edition, answers: dict[str, list[str]]
) -> bool:
    """Whether they were taken in: of two that come at once, the first is."""
    answered = {"answers": answers, "edition": edition, "answered_at": timezone.now()}
    return bool(open_requests().filter(pk=request.pk).update(**answered))


def accept(
    request: ConfirmationRequest, fields: list[str], answered_by: dict[str, str], *, by: User
) -> Edition | None:
    """Record a check of what is accepted, and keep words of changes for editing.

    Raises ConfirmationRequest.DoesNotExist where somebody has decided already.
    """
    with transaction.atomic():
        programme = locked(request.programme)
        request = ConfirmationRequest.objects.get(pk=request.pk)
        request.programme = programme
        request.delete()
        if not fields:
            log_change(programme, by=by, message="answers of the provider not accepted")
            return None
        still = [f for f in fields if request.answers[f][0] == Decision.STILL]
        check = Verification(programme=programme, checked_with=CheckedWith.IN_WRITING)
        check.checked_on = timezone.localdate(request.answered_at)
        check.outcome = CheckOutcome.CONFIRMED if still == fields else CheckOutcome.CHANGED
        check.confirmed, check.note = still, f"Answered by: {answered_by['publisher_en']}"
        words = {f: request.answers[f][1] for f in fields if f not in still}
        _keep_words(request, check.checked_on, {f: w for f, w in words.items() if w}, answered_by)
        return record_verification(check, by=by)


def _keep_words(
    request: ConfirmationRequest, day: datetime.date, words: dict[str, str], by: dict[str, str]
) -> None:
    if not words:
        return
    source = Source(slug=f"told-{request.key}", dated=day, **by)
    source.kind = SourceKind.WRITTEN_CONFIRMATION
    for language in ("en", "cy"):
        with translation.override(language):
            title = _("The provider told us on %(date)s") % {"date": date_format(day)}
            setattr(source, f"title_{language}", title)
    source.save()
    for field, text in words.items():
        row = {"field": field, "text": text, "place_en": "Answer", "place_cy": "Ateb"}
        request.programme.statements.create(source=source, **row)
    request.programme.version += 1
    request.programme.save(update_fields=["version"])


def forget_requests() -> str:
    """Delete links that nobody used in time, and answers that waited for a year."""
    now = timezone.now()
    over = Q(answered_at=None, made_at__lt=now - OPEN_FOR) | Q(answered_at__lt=now - KEPT)
    number = ConfirmationRequest.objects.filter(over).delete()[0]
    return f"Requests to providers deleted: {number}."
