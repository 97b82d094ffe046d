"""Publishing of force areas: whom to ask there, and its developments."""

from dataclasses import replace

from django.db import transaction

from accounts.models import User
from forces.models import ForceArea
from programmes.domain.briefing import Briefing
from programmes.domain.values import same_document
from programmes.models import Edition
from programmes.publishing.draft import briefing_of
from programmes.publishing.editions import log_change, replace_standing


@transaction.atomic
def publish_changed_areas(
    *, by: User | None, why: str, ask_of: ForceArea | None = None
) -> list[ForceArea]:
    """Publish each area that differs from what is public, or whom to ask in that one alone."""
    # Locked, so that a second publisher finds nothing left to publish.
    list(ForceArea.objects.select_for_update())
    areas = changed_areas(ask_of)
    for area in areas:
        _public, briefing = public_and_draft(area, ask_of is not None)
        replace_standing(
            programme=None,
            by=by,
            why=why,
            document=briefing.as_document(),
            area=area.slug,
            area_position=area.position,
            slug="",
            name=area.name_en,
        )
        log_change(area, by=by, message=f"publish: {why}")
    return areas


def changed_areas(*ask_of: ForceArea | None) -> list[ForceArea]:
    """Force areas that differ in the working tables from what is public, or those of `ask_of` of
    which whom to ask does: developments can concern all of Wales."""
    alone = any(ask_of)
    areas = (area for area in ForceArea.objects.all() if area in ask_of or not alone)
    return [area for area in areas if not same_document(*public_and_draft(area, alone))]


def public_and_draft(area: ForceArea, ask_alone: bool) -> tuple[Briefing | None, Briefing]:
    standing, draft = Edition.objects.areas().filter(area=area.slug).first(), briefing_of(area)
    public = standing.briefing if standing else None
    was = public.developments if public else ()
    return public, replace(draft, developments=was) if ask_alone else draft
