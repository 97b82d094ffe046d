"""Pages in the words of schema.org, for programs that read them. Only what is stated."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.addresses import whole_address
from programmes.domain.entry import Entry
from programmes.domain.overview_rows import WALES
from programmes.presentation.text import area_name, in_language, status, word
from programmes.vocabulary import OrganisationRole, Stage


def entry_page(entry: Entry) -> dict[str, Any]:
    """The page of an entry, where it stands, and the service that it is about."""
    service, all_entries = _service(entry), whole_address("programmes")
    steps = [
        (_("Programmes"), all_entries),
        (area_name(entry), f"{all_entries}?area={entry.area_slug}"),
        (service["name"], service["url"]),
    ]
    listed = [
        _thing("ListItem", position=number, name=name, item=item)
        for number, (name, item) in enumerate(steps, start=1)
    ]
    page = _thing(
        "WebPage",
        service["url"],
        url=service["url"],
        name=service["name"],
        inLanguage=get_language(),
        mainEntity={"@id": service["@id"]},
        breadcrumb=_thing("BreadcrumbList", itemListElement=listed),
    )
    return {"@context": "https://schema.org", "@graph": [page, service]}


def dataset(files: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """All that can be taken away, and the catalogue it is in; `files` are names and media types."""
    address, publisher = whole_address("data"), settings.PUBLISHER[get_language() or "en"]
    title = _("Domestic abuse perpetrator programmes in Wales")
    data = _thing(
        "Dataset",
        f"{address}#dataset",
        url=address,
        name=title,
        description=_(
            "What public sources state of domestic abuse perpetrator programmes in Wales, word for "
            "word, and how this directory reads it."
        ),
        inLanguage=["en", "cy"],
        isAccessibleForFree=True,
        license=settings.DATA_LICENCE["path"],
        usageInfo=whole_address("sources"),
        creator=_thing("Organization", name=publisher, url=settings.SITE_URL),
        spatialCoverage=_thing("Place", name=in_language(WALES)),
        includedInDataCatalog=_thing(
            "DataCatalog", f"{address}#catalogue", name=title, url=address
        ),
        distribution=[
            _thing("DataDownload", name=name, contentUrl=whole_address(name), encodingFormat=kind)
            for name, kind in files
        ],
    )
    return {"@context": "https://schema.org", **data}


def _service(entry: Entry) -> dict[str, Any]:
    """A schema.org Service: no offers, hours or availability, of which nobody has stated any."""
    address = whole_address("entry", entry.area_slug, entry.slug)
    area = _thing("AdministrativeArea", name=in_language(entry.area_name))
    return _thing(
        "Service",
        f"{address}#service",
        identifier=f"urn:uuid:{entry.uuid}",
        url=address,
        name=in_language(entry.name),
        description=f"{in_language(entry.summary)} {status(entry)}.".strip(),
        serviceType=word(Stage, entry.stage),
        areaServed=area if entry.area else None,
        provider=[
            _thing("Organization", name=in_language(each.organisation), url=each.page)
            for each in entry.involvements
            if each.role == OrganisationRole.PROVIDER
        ],
        subjectOf=[
            _thing(
                "CreativeWork",
                name=in_language(source.title),
                datePublished=source.dated.isoformat(),
                url=source.address,
            )
            for source in entry.sources
        ],
    )


def _thing(kind: str, identifier: str = "", /, **properties: Any) -> dict[str, Any]:
    """Without the properties of which nothing is known."""
    known = {"@type": kind, "@id": identifier} | properties
    return {name: value for name, value in known.items() if value}
