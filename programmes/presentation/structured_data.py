"""An entry in the words of schema.org, for programs that read pages. Only what is stated."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from programmes.domain.entry import Bilingual, Entry, SourceDocument
from programmes.presentation.text import in_language, status, word
from programmes.vocabulary import OrganisationRole, Stage


def service(entry: Entry) -> dict[str, Any]:
    """A schema.org Service: no offers, hours or availability, of which nobody has stated any."""
    address = reverse(f"{get_language()}:entry", args=[entry.area_slug, entry.slug])
    providers = [
        _organisation(involvement.organisation, involvement.page)
        for involvement in entry.involvements
        if involvement.role == OrganisationRole.PROVIDER
    ]
    area = {"@type": "AdministrativeArea", "name": in_language(entry.area_name)}
    found = {
        "@context": "https://schema.org",
        "@type": "Service",
        "identifier": f"urn:uuid:{entry.uuid}",
        "url": settings.SITE_URL + address,
        "name": in_language(entry.name),
        "description": f"{in_language(entry.summary)} {status(entry)}.".strip(),
        "serviceType": word(Stage, entry.stage),
        "areaServed": area if entry.area else None,
        "provider": providers,
        "subjectOf": [_document(source) for source in entry.sources],
    }
    return {name: value for name, value in found.items() if value}


def _organisation(name: Bilingual, page: str) -> dict[str, str]:
    found = {"@type": "Organization", "name": in_language(name), "url": page}
    return {key: value for key, value in found.items() if value}


def _document(source: SourceDocument) -> dict[str, str]:
    found = {
        "@type": "CreativeWork",
        "name": in_language(source.title),
        "datePublished": source.dated.isoformat(),
        "url": source.address,
    }
    return {key: value for key, value in found.items() if value}
