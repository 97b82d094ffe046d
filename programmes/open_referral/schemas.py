"""The objects of HSDS that the feed sends, with every field that it may send and no other.

The OpenAPI document is made of these, so nothing can be sent that it does not declare. What is
empty or not set is left out.
"""

import datetime
from typing import Annotated, Generic, Literal, TypeVar
from uuid import UUID, uuid5

from msgspec import UNSET, Meta, Struct, UnsetType

T = TypeVar("T")
Uri = Annotated[str, Meta(extra_json_schema={"format": "uri"})]
Time = Annotated[datetime.datetime, Meta(tz=True)]
Email = Annotated[str, Meta(extra_json_schema={"format": "email"})]
LanguageCode = Literal["en", "cy"]
ServiceStatus = Literal["active", "inactive", "defunct"]
Action = Literal["create", "update", "delete"]

LINK_TYPE = """The taxonomy by its code; provider or commissioner for an organisation; \
first_stated or last_stated for the day of the oldest or newest words."""
STATUS = """active: named by a source, see alert; inactive: stopped, as a source or a check \
says, not confirmed as started, or bought case by case; defunct: withdrawn from the directory."""
ASSURED = "The day of the last check, where that check confirmed something."


OURS = UUID("5d0f4a5e-3c0b-4c58-9a34-6a5a4c2f3b71")
"""The namespace of all identifiers made of codes. Other people's data rests on it: never change."""


def identifier(*parts: str, owner: UUID = OURS) -> UUID:
    """The same at every reading, in both languages, while what it stands for says the same."""
    return uuid5(owner, ":".join(parts))


NO_PROVIDER = identifier("organization")
"""The placeholder where no source names a provider."""


class Object(Struct, omit_defaults=True, forbid_unknown_fields=True):
    """What all have in common."""


class Identified(Object):
    """What has an identifier that stays."""

    id: UUID


class ApiDetails(Object):
    """What this feed is and where it is described."""

    version: str
    profile: Uri
    openapi_url: Uri


class Error(Object):
    """Something wrong with a request; `values` are those that the parameter takes."""

    message: str
    parameter: str = ""
    values: list[str] = []


class Errors(Object):
    """Why there is no answer, in the language of the address."""

    errors: list[Error]


class Page(Object, Generic[T]):
    """One page of a list."""

    total_items: int
    total_pages: int
    page_number: int
    size: Annotated[int, Meta(description="How many objects this page holds.")]
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[T]


class TaxonomyTerm(Identified):
    """One term of the directory: our reading of a source's words. Its code never changes."""

    code: str
    name: str
    description: str
    taxonomy: str
    taxonomy_id: UUID
    language: LanguageCode
    term_uri: Annotated[Uri, Meta(description="The list of the entries that have this term.")]


class Taxonomy(Identified):
    """A dimension by which entries can be narrowed."""

    name: str
    description: str
    uri: Uri
    taxonomy_terms: list[TaxonomyTerm] = []


class Attribute(Identified):
    """A term that a service has or, without one, an organisation or how old its facts are."""

    link_id: UUID
    link_type: Annotated[str, Meta(description=LINK_TYPE)]
    link_entity: Literal["service"]
    value: Annotated[str, Meta(description="The name of the organisation, or the day.")] = ""
    taxonomy_term_id: UUID | UnsetType = UNSET
    taxonomy_term: TaxonomyTerm | UnsetType = UNSET


class Organization(Identified):
    """A provider or commissioner, or the one that stands where no source names a provider."""

    name: str
    description: str
    website: Uri | UnsetType = UNSET


class ServiceArea(Identified):
    """The police force area of which a source speaks."""

    service_id: UUID
    name: str
    extent: Annotated[str, Meta(description="The GSS code of the police force area.")]
    uri: Uri
    extent_type: Literal["text"]


class Language(Identified):
    """A language in which a service is delivered or a telephone answered, where that is stated."""

    name: str
    code: LanguageCode
    service_id: UUID | UnsetType = UNSET
    phone_id: UUID | UnsetType = UNSET


class Funding(Identified):
    """A funder, current or former on the date of the source."""

    service_id: UUID
    source: str


class Phone(Identified):
    """The telephone of a team, never of a person."""

    contact_id: UUID
    number: str
    languages: list[Language] = []


class Contact(Identified):
    """A role or a team, never a person."""

    service_id: UUID
    name: Annotated[str, Meta(description="The role or team.")]
    title: Annotated[str, Meta(description="For whom it is.")]
    email: Email | UnsetType = UNSET
    phones: list[Phone] = []


class Metadata(Identified):
    """One change that was published. The first is `create`; a withdrawal is `delete`."""

    resource_id: UUID
    resource_type: Literal["service"]
    last_action_date: datetime.date
    last_action_type: Action
    field_name: str
    previous_value: str
    replacement_value: str
    updated_by: Annotated[str, Meta(description="Never a person's name.")]


class Service(Identified):
    """One programme in one force area, as its sources state it. None is said to run today."""

    organization_id: UUID
    name: str
    status: Annotated[ServiceStatus, Meta(description=STATUS)]
    alert: Annotated[str, Meta(description="If it runs, as stated; how old that is; why it went.")]
    last_modified: Annotated[Time, Meta(description="When it was published as it is here.")]
    url: Annotated[Uri, Meta(description="Its page in this directory.")]
    description: Annotated[str, Meta(description="What is stated and what is not.")] = ""
    email: Email | UnsetType = UNSET
    application_process: Annotated[str, Meta(description="How to refer, as stated.")] = ""
    eligibility_description: Annotated[str, Meta(description="Who it is for, as stated.")] = ""
    minimum_age: Annotated[int | UnsetType, Meta(description="18 if for adults alone.")] = UNSET
    accreditations: str = ""
    assured_date: Annotated[datetime.date | UnsetType, Meta(description=ASSURED)] = UNSET
    organization: Organization | UnsetType = UNSET
    service_areas: list[ServiceArea] = []
    languages: list[Language] = []
    funding: list[Funding] = []
    contacts: list[Contact] = []
    attributes: list[Attribute] = []
    metadata: list[Metadata] = []


class ServiceAtLocation(Identified):
    """A service at a venue. None is published, so no list holds one."""


class ServiceStamp(Identified):
    """What `minimal` leaves of a service."""

    modified_date: Time
