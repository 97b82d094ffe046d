"""Providers and commissioners, and a placeholder for a provider whom no source names."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _
from msgspec import UNSET

from programmes.domain.entry import Bilingual, Involvement
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


def organizations(rows: Iterable[tuple[Bilingual, Bilingual, Involvement]]) -> list[Organization]:
    """Each once, by name, after the placeholder; `rows` name entries, their areas, and those."""
    roles: dict[UUID, list[str]] = {}
    last: dict[UUID, Involvement] = {}
    for name, area, involvement in rows:
        where = ", ".join(filter(None, (in_language(name), in_language(area))))
        role = f"{word(OrganisationRole, involvement.role)}: {where}"
        roles.setdefault(identifier_of(involvement), []).append(role)
        last[identifier_of(involvement)] = involvement
    named = [organization(i, "; ".join(roles[key]) + ".") for key, i in last.items()]
    return [provider_of([]), *sorted(named, key=lambda each: (each.name, each.id))]


def organization(involvement: Involvement, description: str) -> Organization:
    return Organization(
        id=identifier_of(involvement),
        name=in_language(involvement.organisation),
        description=description,
        website=involvement.page or UNSET,
    )
