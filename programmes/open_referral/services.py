"""An edition as a service of HSDS. Pure: reads what it is given, queries nothing."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from msgspec import UNSET

from programmes.changes.presenters import change, rows
from programmes.domain.entry import Contact, Entry
from programmes.downloads.tables import address_of, area_codes
from programmes.models import Edition
from programmes.open_referral import plain_text, schemas
from programmes.open_referral.organizations import identifier_of, provider_of
from programmes.open_referral.schemas import NO_PROVIDER, identifier
from programmes.open_referral.taxonomies import STATUSES, Vocabulary
from programmes.presentation.entry import contacts_of
from programmes.presentation.facts import facts
from programmes.presentation.text import in_language, reading_words, word
from programmes.publishing.changes import Changed, changed
from programmes.readings import terms
from programmes.vocabulary import (
    NOT_STATED_LABEL,
    Answer,
    Audience,
    ChangeKind,
    CheckOutcome,
    DeliveryLanguage,
    Field,
    OrganisationRole,
)

LANGUAGES: dict[schemas.LanguageCode, DeliveryLanguage] = {
    "cy": DeliveryLanguage.WELSH,
    "en": DeliveryLanguage.ENGLISH,
}
STATISTICAL_GEOGRAPHY = "http://statistics.data.gov.uk/id/statistical-geography/"
"""The address that the Office for National Statistics gives each area by its GSS code."""


def service_of(
    edition: Edition,
    vocabulary: Vocabulary,
    today: datetime.date,
    past: Sequence[Edition] | None = None,
) -> schemas.Service:
    """With its `past`, it has what HSDS keeps for the details too."""
    if edition.withdrawn:
        return _withdrawn(edition, past or ())
    entry = edition.entry
    provider, contacts = provider_of(entry.involvements), contacts_of(entry)
    texts = {fact.id: plain_text.fact_text(fact, entry) for fact in facts(entry, today)}
    reached_by = [plain_text.contact_text(each, today) for each in contacts]
    for_adults = [c for c in entry.current_criteria if c.accepted and c.answer == Answer.ADULT]
    checked = entry.check_outcome == CheckOutcome.CONFIRMED and entry.last_checked
    service = schemas.Service(
        id=UUID(entry.uuid),
        organization_id=provider.id,
        name=in_language(entry.name),
        status=STATUSES[entry.known_status],
        alert=plain_text.alert(entry),
        last_modified=edition.published_at,
        description=plain_text.description(entry, texts.values()),
        url=address_of(entry),
        email=next((each.email for each in contacts if each.email), UNSET),
        application_process="\n\n".join([texts[Field.REFERRAL_ROUTE], *reached_by]),
        eligibility_description=texts[Field.ELIGIBILITY],
        minimum_age=18 if any(each.only for each in for_adults) else UNSET,
        accreditations="; ".join(reading_words(entry, "accreditation")),
        assured_date=checked or UNSET,
        organization=provider,
    )
    if past is not None:
        own, spoken = service.id, entry.reading("delivery_language").value
        service.service_areas = [_area(entry, own)] if entry.area else []
        service.languages = _languages(spoken, own, "language", service_id=own)
        service.funding = _fundings(entry, own)
        service.contacts = [_contact(each, own) for each in entry.contacts]
        service.attributes = list(_attributes(entry, own, provider.id, vocabulary))
        service.metadata = list(history(own, past))
    return service


def _attributes(
    entry: Entry, own: UUID, provider: UUID, vocabulary: Vocabulary
) -> Iterator[schemas.Attribute]:
    """Its terms and what HSDS has no field for: all organisations but one, and its age."""

    def attribute(link_type: str, *parts: str, **fields: Any) -> schemas.Attribute:
        key = identifier(*parts, owner=own)
        return schemas.Attribute(
            id=key, link_id=own, link_type=link_type, link_entity="service", **fields
        )

    for dimension, codes in terms(entry).items():
        for code in codes:
            term = vocabulary[dimension][code]
            of_term = {"taxonomy_term_id": term.id, "taxonomy_term": term}
            yield attribute(dimension, "term", dimension, code, **of_term)
    for each in entry.involvements:
        organisation = identifier_of(each)
        if each.role != OrganisationRole.PROVIDER or organisation != provider:
            name = in_language(each.organisation)
            yield attribute(each.role, each.role, str(organisation), value=name)
    for name in ("first_stated", "last_stated"):
        yield attribute(name, name, value=getattr(entry, name).isoformat())


def _withdrawn(edition: Edition, past: Sequence[Edition]) -> schemas.Service:
    """What stays of a withdrawn entry: its name, when it was withdrawn and why."""
    entry = edition.entry
    own, day, why = UUID(entry.uuid), date_format(edition.day), plain_text.marked(edition.reason)
    gone = _("This entry was withdrawn from the directory.")
    return schemas.Service(
        id=own,
        organization_id=NO_PROVIDER,
        name=in_language(entry.name),
        status="defunct",
        alert=f"{gone} {_('When')}: {day}. {_('Why')}: {why}",
        last_modified=edition.published_at,
        url=address_of(entry),
        organization=provider_of([]),
        # The former values of a withdrawn entry are not published.
        metadata=[each for each in history(own, past) if each.last_action_type != "update"],
    )


def _area(entry: Entry, own: UUID) -> schemas.ServiceArea:
    code = area_codes(entry.area_slug)["area_gss"]
    return schemas.ServiceArea(
        id=identifier("area", code, owner=own),
        service_id=own,
        name=in_language(entry.area_name),
        extent=code,
        extent_type="text",
        uri=STATISTICAL_GEOGRAPHY + code,
    )


def _fundings(entry: Entry, own: UUID) -> list[schemas.Funding]:
    fundings = {}
    for each in entry.fundings:
        start = each.start.code if each.start else ""
        key = identifier("funding", each.funder, each.period, each.arrangement, start, owner=own)
        source = plain_text.funding_text(each, entry)
        fundings[key] = schemas.Funding(id=key, service_id=own, source=source)
    return list(fundings.values())


def _contact(contact: Contact, own: UUID) -> schemas.Contact:
    key = identifier("contact", str(contact.id or contact.team.en), owner=own)
    return schemas.Contact(
        id=key,
        service_id=own,
        name=plain_text.marked(contact.team),
        title=word(Audience, contact.audience),
        email=contact.email or UNSET,
        phones=[_phone(contact, key)] if contact.phone else [],
    )


def _phone(contact: Contact, contact_key: UUID) -> schemas.Phone:
    own = identifier("phone", contact.phone, owner=contact_key)
    spoken = _languages(contact.languages, own, phone_id=own)
    return schemas.Phone(id=own, contact_id=contact_key, number=contact.phone, languages=spoken)


def _languages(stated: str, owner: UUID, *parts: str, **of: UUID) -> list[schemas.Language]:
    """Those that a term of ours stands for, of a service or a telephone."""
    return [
        schemas.Language(
            id=identifier(*parts, code, owner=owner),
            name=word(DeliveryLanguage, term),
            code=code,
            **of,
        )
        for code, term in LANGUAGES.items()
        if stated in (term, DeliveryLanguage.BOTH)
    ]


def history(service: UUID, editions: Sequence[Edition]) -> Iterator[schemas.Metadata]:
    """As the page of changes words it; `editions` are all of one entry, the oldest first.

    Contacts are left out: what was hidden must not come back as a former value. So are the editors'
    names and their reasons.
    """
    for each in changed(editions, editions):
        for number, (action, field, was, now) in enumerate(_actions(each)):
            yield schemas.Metadata(
                id=identifier(each.after.published_at.isoformat(), str(number), owner=service),
                resource_id=service,
                resource_type="service",
                last_action_date=each.day,
                last_action_type=action,
                field_name=field,
                previous_value=was,
                replacement_value=now,
                updated_by=_("The directory’s editors"),
            )


def _actions(changed: Changed) -> Iterator[tuple[schemas.Action, str, str, str]]:
    outside, inside = _("Not in the directory"), _("In the directory")
    if ChangeKind.ADDED in changed.kinds:
        yield "create", "status", outside, inside
    elif ChangeKind.WITHDRAWN in changed.kinds:
        yield "delete", "status", inside, outside
    for row in rows(change(changed)):
        was, now = (row[name] or str(NOT_STATED_LABEL) for name in ("was", "now"))
        if was != now:
            yield "update", row["what"], was, now
