"""What waits for an editor, in their force areas: the home page of the admin, and its mail."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.areas import areas_open_to
from accounts.models import User
from core.welsh import is_older
from forces.models import ForceArea
from programmes import models
from programmes.domain.contact_rules import last_old_day
from programmes.models.correction import CorrectionState
from programmes.publishing.areas import changed_areas
from programmes.publishing.draft import entry_of, for_entries
from programmes.publishing.publish import has_unpublished_changes
from programmes.publishing.translations import older_texts
from programmes.vocabulary import CheckOutcome

KINDS = {
    "corrections": "corrections from the public",
    "answers": "answers of providers",
    "handovers": "what is ready to publish or sent back",
    "unpublished": "changes not yet published",
    "areas": "whom to ask in a force area",
    "languages": "a language that is to follow",
    "older_welsh": "Welsh older than its English",
    "contacts": "contacts older than six months",
}
"""What can wait beside checks; where nothing does, one line names them all."""


def to_do(user: User) -> dict[str, Any]:
    """Everything that waits for somebody, in a fixed number of queries."""
    editions = own(models.Edition.objects.current(), user)
    entries = list(for_entries(own(models.Programme.objects.all(), user, "area")))
    missing = editions.exclude(language_due=None).order_by("language_due", "pk")
    old = last_old_day(timezone.localdate())
    contacts = models.Contact.objects.filter(hidden_at=None, checked_on__lte=old)
    handovers = models.Handover.objects.select_related("by").order_by("sent_back", "at")
    sent = own(models.Correction.objects.filter(state=CorrectionState.WAITING), user)
    waiting: dict[str, Any] = {
        "due": sorted(due(user), key=lambda edition: edition.area_position),
        "corrections": sent.filter(held=False),
        "answers": own(models.ConfirmationRequest.objects.exclude(answered_at=None), user),
        "handovers": own(handovers, user),
        "areas": list(_areas(user)),
        "unpublished": [each for each in entries if has_unpublished_changes(each)],
        "older_welsh": [each for each in entries if any(older_texts(entry_of(each)))],
        "languages": missing,
        "contacts": own(contacts.order_by("checked_on", "pk"), user),
    }
    return waiting | {
        "held": sent.filter(held=True).count(),
        "empty": [words for name, words in KINDS.items() if not waiting[name]],
    }


def _areas(user: User) -> Iterator[tuple[ForceArea, str]]:
    """Developments wait for whoever sees all of Wales; whom to ask also for those of its area."""
    areas = list(own(ForceArea.objects.all(), user, "pk"))
    limits = [] if areas_open_to(user) is None else areas
    changed = changed_areas(*limits) if areas else []
    yield from ((area, "not yet published") for area in changed)
    yield from ((a, "its Welsh is older than its English") for a in areas if is_older(a, "ask"))


def due(user: User) -> QuerySet[models.Edition]:
    """What somebody has to check, the oldest first, and when somebody last tried in vain."""
    in_vain = models.Verification.objects.filter(
        outcome=CheckOutcome.NOBODY_REACHED, mistake=None, programme=OuterRef("programme")
    )
    tried_on = Subquery(in_vain.order_by("-checked_on").values("checked_on")[:1])
    editions = own(models.Edition.objects.current().due_for_check(timezone.localdate()), user)
    return editions.defer("document", "search_text").annotate(tried_on=tried_on)


def own(rows: QuerySet, user: User, area_path: str = "programme__area") -> QuerySet:
    """The rows of the force areas that are open to somebody, with their areas."""
    areas = areas_open_to(user)
    if area_path != "pk":
        rows = rows.select_related(area_path)
    return rows if areas is None else rows.filter(**{f"{area_path}__in": areas})
