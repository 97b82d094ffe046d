"""An entry in the words of schema.org, for programs that read pages. Only what is stated."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from programmes.domain.entry import Entry
from programmes.presentation.text import in_language, status, word
from programmes.vocabulary import OrganisationRole, Stage


def service(entry: Entry) -> dict[str, Any]:
    """A schema.org Service: no offers, hours or availability, of which nobody has stated any."""
    address = reverse(f"{get_language()}:entry", args=[entry.area_slug, entry.slug])
    providers = [
        _thing("Organization", name=in_language(each.organisation), url=each.page)
        for each in entry.involvements
        if each.role == OrganisationRole.PROVIDER
    ]
    documents = [
        _thing(
            "CreativeWork",
            name=in_language(source.title),
            datePublished=source.dated.isoformat(),
            url=source.address,
        )
        for source in entry.sources
    ]
    area = _thing("AdministrativeArea", name=in_language(entry.area_name)) if entry.area else None
    service = _thing(
        "Service",
        identifier=f"urn:uuid:{entry.uuid}",
        url=settings.SITE_URL + address,
        name=in_language(entry.name),
        description=f"{in_language(entry.summary)} {status(entry)}.".strip(),
        serviceType=word(Stage, entry.stage),
        areaServed=area,
        provider=providers,
        subjectOf=documents,
    )
    return {"@context": "https://schema.org", **service}


def _thing(kind: str, **properties: Any) -> dict[str, Any]:
    """Without the properties of which nothing is known."""
    return {"@type": kind} | {name: value for name, value in properties.items() if value}
