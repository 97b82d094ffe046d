"""The table of readings, one row a reading: what our terms say of an entry.

Constraints, drafts, loading back, filters, downloads, pages, the feed and the admin go by it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import KW_ONLY, dataclass
from operator import attrgetter
from typing import Any, get_type_hints

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from programmes import vocabulary
from programmes.domain import entry as published
from programmes.domain.entry import GROUPS, NOT_STATED, Entry
from programmes.vocabulary import Field, Precision, SourceKind

COVERAGE = "coverage"
"""The dimension of `stated_topics`."""

AUTHORITY = "authority"
"""The dimension of `Entry.authorities`."""

ROWS_OF_ENTRY: dict[str, Any] = get_type_hints(Entry)

OF_SOURCE = "source:"
"""What the topic of a source begins with; its slug follows."""


@dataclass(frozen=True)
class Dimension:
    """Codes and their labels. What has a `column` of spreadsheets, by its English heading, is a
    filter and a facet too; `fixtures/columns.toml` has the Welsh one."""

    name: str
    label: Any  # a lazy text: its language is that of the page that shows it
    terms: type[TextChoices]
    _: KW_ONLY
    may_be_silent: bool = True
    read: Callable[[Entry], Iterable[str]] | None = None
    column: str = ""

    @property
    def choices(self) -> list[tuple[str, Any]]:
        silence = [(NOT_STATED, vocabulary.NOT_STATED_LABEL)] if self.may_be_silent else []
        return [*self.terms.choices, *silence]

    def codes(self, entry: Entry) -> Iterable[str]:
        """In the order of the source. Where it is silent, none, or `not-stated`."""
        return self.read(entry) if self.read else ()


@dataclass(frozen=True, kw_only=True)
class SingleReading(Dimension):
    """One value at most, in two columns of a programme, such as `status` and `status_rests_on`."""

    label_when_missing: Any = ""
    """How the page of an entry names this reading among what is not stated."""

    @property
    def about(self) -> Field:
        """The field of the statement that it rests on where a transcription names none."""
        own = Field.PROGRAMME if self.name == Field.STATUS else self.name
        return Field(own) if own in Field.values else Field.ABOUT

    def codes(self, entry: Entry) -> Iterable[str]:
        return [entry.known(self.name).value]

    @property
    def topic(self) -> str:
        return self.name.replace("_", "-")


@dataclass(frozen=True, kw_only=True)
class RowReading(Dimension):
    """Any number of values, each a row that rests on a statement.

    `rows` is the attribute of an entry and of a programme, and the name in a transcription; `code`
    is a row's attribute for the value, `dates` those for dates; `more` gives codes that qualify it.
    """

    rows: str
    code: str
    more: Callable[[Any, Entry], Iterable[str]] = lambda row, entry: ()
    dates: tuple[str, ...] = ()

    @property
    def face(self) -> type[published.Row]:
        """The type of a row in an entry."""
        return ROWS_OF_ENTRY[self.rows].__args__[0]

    @property
    def about(self) -> str:
        """The field of the statement that a row rests on where a transcription names none."""
        return published.FIELDS_OF_ROWS[self.rows]

    def codes(self, entry: Entry) -> Iterable[str]:
        return self.read(entry) if self.read else map(self.code_of, getattr(entry, self.rows))

    def code_of(self, row: published.Row) -> str:
        return attrgetter(self.code)(row)


def _of_route(route: published.Referral, entry: Entry) -> Iterator[str]:
    if route.usual:
        yield "usual"
    if entry.routes_are_all:
        yield "only-these"


def _of_criterion(criterion: published.Criterion, entry: Entry) -> Iterator[str]:
    yield "accepted" if criterion.accepted else "excluded"
    if criterion.only:
        yield "only-these"
    if criterion.former:
        yield "former"


def _of_development(development: published.Development, entry: Entry) -> Iterator[str]:
    return filter(None, ["expected" if development.expected else "happened", development.outcome])


def _groups(entry: Entry) -> Iterator[str]:
    accepted = (criterion.answer for criterion in entry.current_criteria if criterion.accepted)
    return (GROUPS[answer] for answer in accepted if answer in GROUPS)


def _funders(entry: Entry) -> Iterator[str]:
    return (each.funder for each in entry.current_fundings if each.funder != NOT_STATED)


def _evaluated(entry: Entry) -> Iterator[str]:
    as_published = {"limited": "published", "underway": "under-way"}
    return (as_published.get(each.state, each.state) for each in entry.evaluations)


READINGS: tuple[Dimension, ...] = (
    Dimension(
        "stage",
        _("Stage"),
        vocabulary.Stage,
        may_be_silent=False,  # every entry has one, and it rests on no statement
        read=lambda entry: [entry.stage],
        column="stage",
    ),
    SingleReading("status", _("Running?"), vocabulary.Status, may_be_silent=False, column="status"),
    SingleReading("attendance", _("Attendance"), vocabulary.Attendance, column="attendance_term"),
    RowReading(
        "route",
        _("Who could refer"),
        vocabulary.Route,
        rows="referrals",
        code="route",
        more=_of_route,
        column="routes",
    ),
    RowReading(
        "criterion",
        _("Eligibility, as question and answer"),
        vocabulary.Answer,
        rows="criteria",
        code="answer",
        more=_of_criterion,
    ),
    Dimension(
        "risk", _("Risk level"), vocabulary.Risk, read=Entry.risk_levels, column="risk_levels"
    ),
    Dimension("group", _("Who it is for"), vocabulary.Group, read=_groups, column="client_groups"),
    RowReading(
        "funder",
        _("Funded by"),
        vocabulary.Funder,
        rows="fundings",
        code="funder",
        more=lambda funding, entry: (funding.period, funding.arrangement),
        dates=("start", "end"),
        read=_funders,
        column="funders",
    ),
    Dimension(
        "arrangement", _("Arrangement of funding"), vocabulary.Arrangement, may_be_silent=False
    ),
    SingleReading("longevity", _("How long"), vocabulary.Longevity, column="longevity_term"),
    RowReading(
        "evaluation",
        _("Evaluation"),
        vocabulary.EvaluationState,
        rows="evaluations",
        code="state",
        dates=("published",),
    ),
    Dimension(
        "evaluation",
        _("Whether it was evaluated"),
        vocabulary.Evaluated,
        read=_evaluated,
        column="evaluation",
    ),
    RowReading(
        "development",
        _("Developments"),
        vocabulary.DevelopmentKind,
        may_be_silent=False,
        rows="developments",
        code="kind",
        more=_of_development,
        dates=("when",),
    ),
    Dimension("subject", _("Wider system"), vocabulary.Subject, may_be_silent=False),
    Dimension("outcome", _("Outcome"), vocabulary.Outcome, may_be_silent=False),
    RowReading(
        "organisation",
        "",  # its value is a name, so the dictionary has no codes for it
        vocabulary.OrganisationRole,
        rows="involvements",
        code="organisation.en",
        more=lambda involvement, entry: [involvement.role],
    ),
    RowReading(
        AUTHORITY,
        "",  # its values are the local authorities
        TextChoices,
        rows="coverage",
        code="authority.slug",
    ),
    SingleReading(
        "delivery_language",
        _("Language of delivery"),
        vocabulary.DeliveryLanguage,
        label_when_missing=_("the language of delivery"),
    ),
    SingleReading(
        "accreditation",
        _("Accreditation"),
        vocabulary.Accreditation,
        label_when_missing=_("accreditation"),
    ),
    SingleReading(
        "partner_support",
        _("Partners and ex-partners"),
        vocabulary.PartnerSupport,
        label_when_missing=_("that partners and ex-partners are supported"),
    ),
    SingleReading(
        "taking_referrals",
        _("Takes referrals"),
        vocabulary.TakingReferrals,
        label_when_missing=_("whether it takes referrals now"),
    ),
)

SINGLE_READINGS = tuple(each for each in READINGS if isinstance(each, SingleReading))
ROW_READINGS = tuple(each for each in READINGS if isinstance(each, RowReading))
SERVICE_READINGS = tuple(each for each in SINGLE_READINGS if each.name not in Field.values)
"""Single readings that have no column in a table of a source."""

DIMENSIONS = tuple(each for each in READINGS if each.column)
"""Those with a `column`. The force area is none of them: its values are the areas themselves."""

FIRST, LAST = ("stage", "route", "risk", "group"), ("status", "evaluation")
ON_PAGES = tuple(sorted(DIMENSIONS, key=lambda d: (d.name not in FIRST) + (d.name in LAST)))
"""The same in the order of forms."""


def terms(entry: Entry) -> dict[str, tuple[str, ...]]:
    """Dimension → codes in the order of the source, `not-stated` where it is silent."""
    codes = {each.name: tuple(dict.fromkeys(each.codes(entry))) for each in DIMENSIONS}
    return {"area": (entry.area_slug,)} | {name: c or (NOT_STATED,) for name, c in codes.items()}


def stated_topics(entry: Entry) -> tuple[str, ...]:
    """What is stated beside the terms, and by which sources; `joint:…` is a joint funder."""
    stated = {
        "contact": entry.contacts,
        "provider": entry.quotations_about("provider"),
        "commissioner": [each for each in entry.involvements if each.role == "commissioner"],
        **{each.topic: each.name in entry.readings for each in SERVICE_READINGS},
        "women": [c for c in entry.current_criteria if c.accepted and c.answer == "sex:woman"],
        "evaluation": entry.evaluations,
        "development": entry.developments,
        "funding-end": entry.funding_ends,
    }
    joint = (f for f in entry.current_fundings if f.arrangement == "joint")
    jointly = dict.fromkeys(f"joint:{f.funder}" for f in joint if f.funder != NOT_STATED)
    sources = dict.fromkeys(f"{OF_SOURCE}{source.slug}" for source in entry.every_source)
    topics = (topic for topic, is_stated in stated.items() if is_stated)
    return (*topics, *jointly, *sources) or (NOT_STATED,)


def vocabularies() -> Iterator[Dimension]:
    """All whose codes stand in downloads: the dimensions of the list first."""
    yield from DIMENSIONS
    yield Dimension("about", _("About"), Field, may_be_silent=False)
    yield from (each for each in READINGS if each.label and each not in DIMENSIONS)
    yield Dimension("read", _("How the words were read"), vocabulary.Basis, may_be_silent=False)
    yield Dimension("precision", _("How exact a date is"), Precision, may_be_silent=False)
    yield Dimension("source_kind", _("Kind of source"), SourceKind, may_be_silent=False)
