"""Providers and commissioners, and a placeholder for a provider whom no source names."""

from collections.abc import Iterable
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _
from msgspec import UNSET

from programmes.domain.entry import Bilingual, Involvement
from programmes.models import Edition
from programmes.open_referral.schemas import NO_PROVIDER, Organization, identifier
from programmes.presentation.text import in_language, word
from programmes.vocabulary import OrganisationRole


def identifier_of(involvement: Involvement) -> UUID:
    """Its own, or one made of its name where an edition is older than its own."""
    if involvement.uuid:
        return UUID(involvement.uuid)
    return identifier("organization", involvement.organisation.en)


def providers_of(involvements: Iterable[Involvement]) -> list[UUID]:
    """Who provides an entry, in the order of its sources; HSDS has room for the first alone."""
    providers = [i for i in involvements if i.role == OrganisationRole.PROVIDER]
    return [identifier_of(each) for each in providers] or [NO_PROVIDER]


def provider_of(involvements: Iterable[Involvement]) -> Organization:
    for each in involvements:
        if each.role == OrganisationRole.PROVIDER:
            return organization(each, word(OrganisationRole, each.role))
    return Organization(
        id=NO_PROVIDER,
        name=_("Provider not stated in the source"),
        description=_(
            "This is no organisation: it stands where no source names a provider, and with entries "
            "that were withdrawn."
        ),
    )


def organizations() -> list[Organization]:
    """Each once, by name, after the placeholder, without reading the rest of the documents."""
    roles: dict[UUID, list[str]] = {}
    last: dict[UUID, Involvement] = {}
    parts = ("document__name", "document__area_name", "document__involvements")
    rows = Edition.objects.current().order_by("area_position", "search_name", "pk")
    for *names, involvements in rows.values_list(*parts):
        name_and_area = (in_language(msgspec.convert(name, Bilingual)) for name in names)
        where = ", ".join(filter(None, name_and_area))
        for each in msgspec.convert(involvements, list[Involvement]):
            key, role = identifier_of(each), word(OrganisationRole, each.role)
            roles.setdefault(key, []).append(f"{role}: {where}")
            last[key] = each
    named = [organization(i, "; ".join(roles[key]) + ".") for key, i in last.items()]
    return [provider_of([]), *sorted(named, key=lambda each: (each.name, each.id))]


def organization(involvement: Involvement, description: str) -> Organization:
    return Organization(
        id=identifier_of(involvement),
        name=in_language(involvement.organisation),
        description=description,
        website=involvement.page or UNSET,
    )
