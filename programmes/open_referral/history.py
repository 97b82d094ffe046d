"""The history of an entry, from its editions one after another.

Contacts are left out: what was hidden must not come back as a former value. So are the editors'
names and their reasons.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from programmes.domain.entry import Entry
from programmes.models import Edition
from programmes.open_referral import plain_text
from programmes.open_referral.identifiers import identifier
from programmes.open_referral.schemas import Action, Metadata
from programmes.open_referral.statuses import confirmed_on, status_of
from programmes.presentation.facts import facts as facts_of
from programmes.presentation.text import in_language, reading_words, status
from programmes.readings import terms
from programmes.vocabulary import NOT_STATED_LABEL, Field, OrganisationRole


def history(service: UUID, editions: Sequence[Edition]) -> Iterator[Metadata]:
    """`editions` are all of one entry, the oldest first."""
    if not editions:
        return
    yield _listed(service, editions[0], "create")
    for before, after in pairwise(editions):
        if after.withdrawn:
            yield _listed(service, after, "delete")
        elif before.withdrawn:
            yield _listed(service, after, "create")
        else:
            yield from _changes(service, before, after)


def _listed(service: UUID, edition: Edition, action: Action) -> Metadata:
    outside, inside = _("Not in the directory"), _("In the directory")
    previous, following = (inside, outside) if action == "delete" else (outside, inside)
    return _metadata(service, edition, action, "status", previous, following)


def _changes(service: UUID, before: Edition, after: Edition) -> Iterator[Metadata]:
    old, new = _fields(before.entry, after), _fields(after.entry, after)
    silence = str(NOT_STATED_LABEL)
    for name, value in new.items():
        if old[name] != value:
            yield _metadata(service, after, "update", name, old[name] or silence, value or silence)


def _fields(entry: Entry, seen: Edition) -> dict[str, str]:
    """The fields of an entry as the feed words them, without what depends on the day."""
    facts = {fact.id: fact for fact in facts_of(entry, localdate(seen.published_at))}
    providers = [i for i in entry.involvements if i.role == OrganisationRole.PROVIDER]
    confirmed = confirmed_on(entry)
    attributes = (f"{name}: {', '.join(codes)}" for name, codes in terms(entry).items())
    return {
        "name": in_language(entry.name),
        "description": plain_text.marked(entry.summary),
        "status": status_of(entry),
        "alert": status(entry),
        "assured_date": confirmed.isoformat() if confirmed else "",
        "application_process": plain_text.fact_text(facts[Field.REFERRAL_ROUTE], entry),
        "eligibility_description": plain_text.fact_text(facts[Field.ELIGIBILITY], entry),
        "organization": "; ".join(in_language(each.organisation) for each in providers),
        "service_areas": in_language(entry.area_name),
        "funding": " ".join(plain_text.funding_text(each, entry) for each in entry.fundings),
        "languages": "; ".join(reading_words(entry, "delivery_language")),
        "accreditations": "; ".join(reading_words(entry, "accreditation")),
        "attributes": "; ".join(attributes),
    }


def _metadata(
    service: UUID, edition: Edition, action: Action, field: str, previous: str, following: str
) -> Metadata:
    return Metadata(
        id=identifier(edition.published_at.isoformat(), field, owner=service),
        resource_id=service,
        resource_type="service",
        last_action_date=localdate(edition.published_at),
        last_action_type=action,
        field_name=field,
        previous_value=previous,
        replacement_value=following,
        updated_by=_("The directory’s editors"),
    )
