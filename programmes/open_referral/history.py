"""The history of an entry, as the page of changes words it.

Contacts are left out: what was hidden must not come back as a former value. So are the editors'
names and their reasons.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from programmes.changes.presenters import change, rows
from programmes.models import Edition
from programmes.open_referral.identifiers import identifier
from programmes.open_referral.schemas import Action, Metadata
from programmes.publishing.changes import Changed, changed
from programmes.vocabulary import NOT_STATED_LABEL, ChangeKind


def history(service: UUID, editions: Sequence[Edition]) -> Iterator[Metadata]:
    """`editions` are all of one entry, the oldest first."""
    for each in changed(editions, editions):
        for number, (action, field, was, now) in enumerate(_actions(each)):
            yield Metadata(
                id=identifier(each.after.published_at.isoformat(), str(number), owner=service),
                resource_id=service,
                resource_type="service",
                last_action_date=each.after.day,
                last_action_type=action,
                field_name=field,
                previous_value=was,
                replacement_value=now,
                updated_by=_("The directory’s editors"),
            )


def _actions(changed: Changed) -> Iterator[tuple[Action, str, str, str]]:
    """What was done: the field that it was done to, the former value and the later one."""
    outside, inside = _("Not in the directory"), _("In the directory")
    if ChangeKind.ADDED in changed.kinds:
        yield "create", "status", outside, inside
    elif ChangeKind.WITHDRAWN in changed.kinds:
        yield "delete", "status", inside, outside
    for row in rows(change(changed)):
        was, now = (row[name] or str(NOT_STATED_LABEL) for name in ("was", "now"))
        if was != now:
            yield "update", row["what"], was, now
