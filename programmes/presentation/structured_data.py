"""Pages in the words of schema.org, for programs that read them. Only what is stated."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programmes.domain.entry import Entry
from programmes.domain.overview_rows import WALES
from programmes.presentation.text import area_name, in_language, status, word
from programmes.vocabulary import OrganisationRole, Stage


def entry_page(entry: Entry) -> dict[str, Any]:
    """The page of an entry, where it stands, and the service that it is about."""
    address, service = _address("entry", entry.area_slug, entry.slug), _service(entry)
    all_entries = _address("programmes")
    steps = [
        (_("Programmes"), all_entries),
        (area_name(entry), f"{all_entries}?area={entry.area_slug}"),
        (service["name"], address),
    ]
    listed = [
        _thing("ListItem", position=number, name=name, item=item)
        for number, (name, item) in enumerate(steps, start=1)
    ]
    page = _thing(
        "WebPage",
        **{"@id": address},
        url=address,
        name=service["name"],
        inLanguage=get_language(),
        mainEntity={"@id": service["@id"]},
        breadcrumb=_thing("BreadcrumbList", itemListElement=listed),
    )
    return {"@context": "https://schema.org", "@graph": [page, service]}


def dataset(files: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """All that can be taken away, and the catalogue it is in; `files` are names and media types."""
    address, publisher = _address("data"), settings.PUBLISHER[get_language() or "en"]
    title = _("Domestic abuse perpetrator programmes in Wales")
    downloads = [
        _thing("DataDownload", name=name, contentUrl=_address(name), encodingFormat=kind)
        for name, kind in files
    ]
    organization = _thing("Organization", name=publisher, url=settings.SITE_URL)
    catalogue = _thing("DataCatalog", **{"@id": f"{address}#catalogue"}, name=title, url=address)
    data = _thing(
        "Dataset",
        **{"@id": f"{address}#dataset"},
        url=address,
        name=title,
        description=_(
            "What public sources state of domestic abuse perpetrator programmes in Wales, word for "
            "word, and how this directory reads it."
        ),
        inLanguage=["en", "cy"],
        isAccessibleForFree=True,
        license=settings.DATA_LICENCE["path"],
        usageInfo=_address("sources"),
        creator=organization,
        spatialCoverage=_thing("Place", name=in_language(WALES)),
        includedInDataCatalog=catalogue,
        distribution=downloads,
    )
    return {"@context": "https://schema.org", **data}


def _service(entry: Entry) -> dict[str, Any]:
    """A schema.org Service: no offers, hours or availability, of which nobody has stated any."""
    address = _address("entry", entry.area_slug, entry.slug)
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
    return _thing(
        "Service",
        **{"@id": f"{address}#service"},
        identifier=f"urn:uuid:{entry.uuid}",
        url=address,
        name=in_language(entry.name),
        description=f"{in_language(entry.summary)} {status(entry)}.".strip(),
        serviceType=word(Stage, entry.stage),
        areaServed=area,
        provider=providers,
        subjectOf=documents,
    )


def _address(name: str, *arguments: str) -> str:
    return settings.SITE_URL + reverse(f"{get_language()}:{name}", args=arguments)


def _thing(kind: str, **properties: Any) -> dict[str, Any]:
    """Without the properties of which nothing is known."""
    return {"@type": kind} | {name: value for name, value in properties.items() if value}
