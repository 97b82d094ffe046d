"""Hands an entry over to whoever publishes it, and back, and mails the other side.

None is returned where nothing waits any more.
"""

from django.db import transaction

from accounts.models import User
from programmes.models import Handover, Programme
from programmes.publishing.editions import locked, log_change
from programmes.publishing.notices import notify, people_of
from programmes.publishing.publish import is_changed


def say_ready(programme: Programme, *, by: User, note: str) -> Handover | None:
    with transaction.atomic():
        if not is_changed(locked(programme)):
            return None
        state = {"ready_by": by, "by": by, "note": note, "sent_back": False}
        handover, _new = Handover.objects.update_or_create(programme=programme, defaults=state)
        log_change(programme, by=by, message=f"ready to publish: {note}")
    others = [each for each in people_of(programme, "programmes.publish_programme") if each != by]
    notify(others, "Ready to publish", programme, "programme_publish", programme.pk)
    return handover


def send_back(programme: Programme, *, by: User, note: str) -> Handover | None:
    with transaction.atomic():
        locked(programme)
        handover = Handover.objects.filter(programme=programme, sent_back=False).first()
        if handover is None:
            return None
        handover.sent_back, handover.by, handover.note = True, by, note
        handover.save()
        log_change(programme, by=by, message=f"sent back: {note}")
    notify([handover.ready_by], "Sent back", programme, "programme_change", programme.pk)
    return handover
