"""The table of readings: everything that our terms say of an entry.

One row a reading. The constraints of the database, drafting and loading back, filters and their
counts, downloads and their dictionary, pages, the feed and the admin's form all go by it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from programmes import vocabulary as v
from programmes.domain import entry as published
from programmes.domain.entry import NOT_STATED, Entry
from programmes.vocabulary import Field

COVERAGE = "coverage"
"""The dimension of what sources state beside the terms that filters use (`stated_topics`)."""


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """Codes and their words; with a `heading`, something that entries can be narrowed by.

    It is a list parameter, a facet and a kind of term then. `heading` is its column of the list's
    spreadsheet, in English and in Welsh, and `on_card` what its line on a card is called, where it
    has one. Forms and cards go by `place`, and by the order of the table within one place.
    """

    name: str
    label: Any  # a lazy text: its language is that of the page that shows it
    terms: type[TextChoices]
    may_be_silent: bool = True
    read: Callable[[Entry], Iterable[str]] | None = None
    heading: tuple[str, str] = ("", "")
    on_card: Any = ""
    place: int = 3
    always_read: bool = False
    """Whether there is a term for whatever a cell about it says."""
    derived: tuple["Dimension", ...] = ()
    """What else follows from it: codes to narrow by, or codes that qualify its own."""

    @property
    def choices(self) -> list[tuple[str, Any]]:
        silence = [(NOT_STATED, v.NOT_STATED_LABEL)] if self.may_be_silent else []
        return [*self.terms.choices, *silence]

    def codes(self, entry: Entry) -> Iterable[str]:
        """In the order of the source; none where it is silent."""
        return self.read(entry) if self.read else ()


@dataclass(frozen=True, kw_only=True)
class SingleReading(Dimension):
    """One value at most, in two columns of a programme: `name`, and `name` with `_rests_on`."""

    about: Field
    """The field of the statement that it rests on where a transcription names none."""
    asked: Any = ""
    """What referrers look for where nothing is stated."""

    def codes(self, entry: Entry) -> Iterable[str]:
        return [entry.known(self.name).value]

    @property
    def topic(self) -> str:
        return self.name.replace("_", "-")


@dataclass(frozen=True, kw_only=True)
class RowReading(Dimension):
    """Any number of values, each a row that rests on a statement.

    `rows` is what an entry and a programme both call the rows, `face` what one is in an entry, and
    `code` which attribute of it holds the value. `more` gives the codes that qualify the value, and
    `dates` are the attributes that say from when and until when it holds.
    """

    rows: str
    face: type[published.Row]
    code: str
    more: Callable[[Any, Entry], Iterable[str]] = lambda row, entry: ()
    dates: tuple[str, ...] = ()
    transcribed: str = ""
    """What a transcription calls the rows, where it has any."""

    def codes(self, entry: Entry) -> Iterable[str]:
        return self.read(entry) if self.read else map(self.code_of, getattr(entry, self.rows))

    def code_of(self, row: published.Row) -> str:
        return attrgetter(self.code)(row)


def _of_route(route: published.Referral, entry: Entry) -> Iterator[str]:
    yield from ["usual"] * route.usual
    yield from ["only-these"] * entry.routes_are_all


def _of_criterion(criterion: published.Criterion, entry: Entry) -> Iterator[str]:
    yield "accepted" if criterion.accepted else "excluded"
    yield from ["only-these"] * criterion.only


STAGE = Dimension(
    name="stage",
    label=_("Stage"),
    terms=v.Stage,
    may_be_silent=False,
    read=lambda entry: [entry.stage],
    heading=("stage", "cam"),
    place=1,
)
"""Every entry has one, and it rests on no statement."""

READINGS: tuple[SingleReading | RowReading, ...] = (
    SingleReading(
        name="status",
        label=_("Whether it runs, as stated"),
        terms=v.Status,
        may_be_silent=False,
        about=Field.PROGRAMME,
        heading=("status", "statws"),
        place=4,
    ),
    SingleReading(
        name="attendance",
        label=_("Attendance"),
        terms=v.Attendance,
        about=Field.ATTENDANCE,
        always_read=True,
        heading=("attendance_term", "term_presenoldeb"),
        on_card=_("Attendance"),
    ),
    RowReading(
        name="route",
        label=_("Referral route, as worded"),
        terms=v.Route,
        rows="referrals",
        face=published.Referral,
        code="route",
        more=_of_route,
        transcribed="routes",
        always_read=True,
        heading=("routes", "llwybrau"),
        on_card=_("Referral route"),
        place=2,
    ),
    RowReading(
        name="criterion",
        label=_("Eligibility, as question and answer"),
        terms=v.Answer,
        rows="criteria",
        face=published.Criterion,
        code="answer",
        more=_of_criterion,
        transcribed="criteria",
        derived=(
            Dimension(
                name="risk",
                label=_("Risk level, as worded"),
                terms=v.Risk,
                read=Entry.risk_levels,
                heading=("risk_levels", "lefelau_risg"),
                on_card=_("Risk level"),
                place=2,
            ),
            Dimension(
                name="group",
                label=_("Client group, as worded"),
                terms=v.Group,
                read=Entry.client_groups,
                heading=("client_groups", "grwpiau"),
                on_card=_("Client group"),
                place=2,
            ),
        ),
    ),
    RowReading(
        name="funder",
        label=_("Funder, on that date"),
        terms=v.Funder,
        rows="fundings",
        face=published.Funding,
        code="funder",
        more=lambda funding, entry: (funding.period, funding.arrangement),
        dates=("start", "end"),
        transcribed="funding",
        always_read=True,
        read=Entry.current_funders,
        heading=("funders", "arianwyr"),
        on_card=_("Funder, on that date"),
        derived=(
            Dimension(
                name="arrangement",
                label=_("Arrangement of funding"),
                terms=v.Arrangement,
                may_be_silent=False,
            ),
        ),
    ),
    SingleReading(
        name="longevity",
        label=_("How long (funding or service), as stated"),
        terms=v.Longevity,
        about=Field.LONGEVITY,
        always_read=True,
        heading=("longevity_term", "term_hyd"),
        on_card=_("How long"),
    ),
    RowReading(
        name="evaluation",
        label=_("Evaluation"),
        terms=v.EvaluationState,
        rows="evaluations",
        face=published.Evaluation,
        code="state",
        dates=("published",),
        transcribed="evaluations",
    ),
    RowReading(
        name="development",
        label=_("Developments"),
        terms=v.DevelopmentKind,
        may_be_silent=False,
        rows="developments",
        face=published.Development,
        code="kind",
        more=lambda development, entry: ["expected" if development.expected else "happened"],
        dates=("when",),
        transcribed="developments",
    ),
    RowReading(
        name="organisation",
        label="",  # its value is a name, so the dictionary has no codes for it
        terms=v.OrganisationRole,
        rows="involvements",
        face=published.Involvement,
        code="organisation.en",
        more=lambda involvement, entry: [involvement.role],
    ),
    SingleReading(
        name="delivery_language",
        label=_("Language of delivery"),
        terms=v.DeliveryLanguage,
        about=Field.ABOUT,
        asked=_("the language of delivery"),
    ),
    SingleReading(
        name="accreditation",
        label=_("Accreditation"),
        terms=v.Accreditation,
        about=Field.ABOUT,
        asked=_("accreditation"),
    ),
    SingleReading(
        name="partner_support",
        label=_("Partners and ex-partners"),
        terms=v.PartnerSupport,
        about=Field.ABOUT,
        asked=_("that partners and ex-partners are supported"),
    ),
    SingleReading(
        name="taking_referrals",
        label=_("Takes referrals"),
        terms=v.TakingReferrals,
        about=Field.ABOUT,
        asked=_("whether it takes referrals now"),
    ),
)

SINGLE_READINGS = tuple(each for each in READINGS if isinstance(each, SingleReading))
ROW_READINGS = tuple(each for each in READINGS if isinstance(each, RowReading))
SERVICE_READINGS = tuple(each for each in SINGLE_READINGS if each.name not in Field.values)
"""Those that the submission has no column for: pages have them together."""

VOCABULARIES = (STAGE, *(each for reading in READINGS for each in (reading, *reading.derived)))
DIMENSIONS = tuple(each for each in VOCABULARIES if any(each.heading))
"""Every dimension but the force area, whose values are the areas themselves."""

ON_PAGES = tuple(sorted(DIMENSIONS, key=lambda dimension: dimension.place))


def terms(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Dimension → codes in the order of the source, `not-stated` where it is silent."""
    codes = {each.name: tuple(dict.fromkeys(each.codes(entry))) for each in DIMENSIONS}
    return {"area": (entry.area_slug,)} | {name: c or (NOT_STATED,) for name, c in codes.items()}


def stated_topics(entry: Entry) -> tuple[str, ...]:
    """What is stated of an entry beside its terms; `joint:…` names who funds it jointly."""
    current = [funding for funding in entry.fundings if funding.period == "current"]
    stated = {
        "contact": entry.contacts,
        "provider": entry.quotations_about("provider"),
        **{each.topic: each.name in entry.readings for each in SERVICE_READINGS},
        "women": [c for c in entry.criteria if c.accepted and c.answer == "sex:woman"],
        "evaluation": entry.evaluations,
        "development": entry.developments,
        "funding-end": [funding for funding in current if funding.end],
    }
    joint = (f for f in current if f.arrangement == "joint" and f.funder != NOT_STATED)
    jointly = dict.fromkeys(f"joint:{funding.funder}" for funding in joint)
    return (*(topic for topic, found in stated.items() if found), *jointly) or (NOT_STATED,)


def vocabularies() -> Iterator[Dimension]:
    """All whose codes stand in downloads: the dimensions of the list first."""
    yield from DIMENSIONS
    yield Dimension(name="about", label=_("About"), terms=Field, may_be_silent=False)
    yield from (each for each in VOCABULARIES if each.label and each not in DIMENSIONS)
    how = _("How the words were read")
    yield Dimension(name="read", label=how, terms=v.Basis, may_be_silent=False)
