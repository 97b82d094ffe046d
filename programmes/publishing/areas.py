"""Publishing of force areas: whom to ask there, and its developments."""

from dataclasses import replace

from django.db import transaction

from accounts.models import User
from forces.models import ForceArea
from programmes.domain.briefing import Briefing
from programmes.domain.values import same_document
from programmes.models import Edition
from programmes.publishing.draft import briefing_of
from programmes.publishing.editions import replace_standing
from programmes.publishing.log import log_change
from programmes.publishing.publish import NothingToPublishError


def publish_area(area: ForceArea, *, by: User | None, why: str, ask_alone: bool = False) -> Edition:
    """Raises NothingToPublishError when the standing edition says the same."""
    with transaction.atomic():
        area = ForceArea.objects.select_for_update().get(pk=area.pk)
        standing = Edition.objects.areas().filter(area=area.slug).first()
        public = standing.briefing if standing else None
        briefing = _draft(area, public, ask_alone)
        if public and same_document(public, briefing):
            raise NothingToPublishError
        edition = replace_standing(
            programme=None,
            by=by,
            why=why.strip(),
            document=briefing.as_document(),
            area=area.slug,
            area_position=area.position,
            slug="",
            name=area.name_en,
        )
        log_change(area, by=by, message=f"publish: {why}")
        return edition


def publish_changed_areas(
    *, by: User, why: str, ask_of: ForceArea | None = None
) -> list[ForceArea]:
    with transaction.atomic():
        # Locked, so that a second publisher finds nothing left to publish.
        list(ForceArea.objects.select_for_update())
        areas = changed_areas(ask_of)
        for area in areas:
            publish_area(area, by=by, why=why, ask_alone=ask_of is not None)
    return areas


def changed_areas(*ask_of: ForceArea | None) -> list[ForceArea]:
    """Force areas that differ in the working tables from what is public, or those of `ask_of` of
    which whom to ask does: developments can concern all of Wales."""
    alone = any(ask_of)
    standing = {edition.area: edition.briefing for edition in Edition.objects.areas()}
    public = ((area, standing.get(area.slug)) for area in ForceArea.objects.all())
    changed = (area for area, was in public if not same_document(was, _draft(area, was, alone)))
    return [area for area in changed if area in ask_of or not alone]


def _draft(area: ForceArea, public: Briefing | None, ask_alone: bool) -> Briefing:
    briefing = briefing_of(area)
    was = public.developments if public else ()
    return replace(briefing, developments=was) if ask_alone else briefing
