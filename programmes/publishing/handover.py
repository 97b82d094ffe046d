"""Hands an entry over to whoever publishes it, and back, and mails the other side.

NothingToPublishError is raised where nothing waits any more.
"""

from accounts.models import User
from programmes.models import Handover, Programme
from programmes.publishing.editions import logged_change
from programmes.publishing.notices import notify, people_of
from programmes.publishing.publish import NothingToPublishError, is_changed


def say_ready(programme: Programme, *, by: User, note: str) -> None:
    message = f"ready to publish: {note}"
    with logged_change(programme, by=by, message=message) as programme:
        if not is_changed(programme):
            raise NothingToPublishError
        state = {"ready_by": by, "by": by, "note": note, "sent_back": False}
        Handover.objects.update_or_create(programme=programme, defaults=state)
    others = [each for each in people_of(programme, "programmes.publish_programme") if each != by]
    notify(others, "Ready to publish", programme, "programme_publish", programme.pk)


def send_back(programme: Programme, *, by: User, note: str) -> None:
    with logged_change(programme, by=by, message=f"sent back: {note}"):
        handover = Handover.objects.filter(programme=programme, sent_back=False).first()
        if handover is None:
            raise NothingToPublishError
        handover.sent_back, handover.by, handover.note = True, by, note
        handover.save()
    notify([handover.ready_by], "Sent back", programme, "programme_change", programme.pk)
