"""What is wrong with the working tables, each problem as a sentence an editor can act on.

One small generator a kind of problem; `CHECKS` is the list. Nothing here changes anything.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from django.utils.formats import date_format

from forces.models import ForceArea
from programmes.models import Programme
from programmes.publishing import draft
from programmes.publishing.publish import standing_edition, terms_of
from programmes.publishing.translations import (
    Text,
    missing,
    missing_texts,
    older,
    older_texts,
    texts_of_no_entry,
)
from programmes.vocabulary import (
    NOT_STATED,
    Arrangement,
    Attendance,
    Longevity,
    Route,
    Stage,
    Status,
)

ROWS = {"referral_route": "referrals", "funding": "fundings"}
"""Column of the submission → the rows in which its reading stands, where it has to have any."""


def of_entry(programme: Programme) -> Iterator[str]:
    for check in CHECKS:
        yield from check(programme)


def lacks_a_reading(programme: Programme) -> Iterator[str]:
    """A column with words of which no term of ours was read, where there always is one."""
    words = {s.field for s in programme.statements.all() if s.in_table and s.text}
    for column in ("attendance", "longevity"):
        if column in words and getattr(programme, column) == NOT_STATED:
            yield f"the source has words on {column}, but our reading is “not stated”."
    for column, rows in ROWS.items():
        if column in words and not getattr(programme, rows).all():
            yield f"the source has words on {column}, but nothing was read from them."


def contradicts_itself(programme: Programme) -> Iterator[str]:
    routes = {referral.route for referral in programme.referrals.all()}
    if programme.routes_are_all and not routes:
        yield "“only the routes listed” is ticked, but no route is listed."
    if programme.routes_are_all and Route.ANY_AGENCY in routes:
        yield "says that any agency refers and also that no other route is left."
    if Route.POLICE in routes and len(routes) > 1:
        yield "says “police only” and lists another route."
    if programme.stage == Stage.COMMUNITY and programme.attendance == Attendance.REQUIRED:
        yield "is a community programme whose attendance is required."
    if programme.status == Status.STOPPED and programme.longevity not in (
        Longevity.ENDED,
        NOT_STATED,
    ):
        yield "has stopped, but its longevity says that it goes on."
    bought = {funding.arrangement for funding in programme.fundings.all()}
    if programme.status == Status.SPOT_PURCHASE and Arrangement.SPOT_PURCHASE not in bought:
        yield "is said to be bought case by case, but no funding row says so."
    yield from _criteria_that_contradict(programme)


def rests_on_replaced_words(programme: Programme) -> Iterator[str]:
    """A reading that was not read anew when newer words took the place of its own."""
    replaced = {s.replaces_id for s in programme.statements.all() if s.replaces_id}
    for name, rests_on in draft.readings_of(programme):
        if rests_on in replaced:
            yield f"“{name}” still rests on words that newer ones replace."


def has_contacts_to_look_at(programme: Programme) -> Iterator[str]:
    """Contacts that are old, break a rule or may name a person; nobody relies on hidden ones."""
    for contact in programme.contacts.all():
        if contact.hidden_at:
            continue
        found = chain((problem for _, problem in contact.problems()), contact.warnings())
        yield from (f"the contact “{contact}”: {problem}" for problem in found)
        if contact.is_old:
            day = date_format(contact.checked_on)
            yield (
                f"the contact “{contact}” was checked on {day}, more than six months ago: confirm "
                "it, and set the new day."
            )


def differs_from_its_edition(programme: Programme) -> Iterator[str]:
    """The terms that lists count must be those of the document that pages show."""
    edition = standing_edition(programme)
    if edition and not edition.withdrawn:
        terms = terms_of(edition.entry)
        expected = {(name, code) for name, codes in terms.items() for code in codes}
        if expected != set(edition.terms.values_list("dimension", "value")):
            yield "the terms of its edition are not those of its document; publish it again."


CHECKS: list[Callable[[Programme], Iterable[str]]] = [
    draft.obstacles,
    lacks_a_reading,
    contradicts_itself,
    missing_texts,
    older_texts,
    rests_on_replaced_words,
    has_contacts_to_look_at,
    differs_from_its_edition,
]


def of_the_rest() -> Iterator[str]:
    """What belongs to no entry: sources, organisations, areas and developments of areas."""
    of_areas = (Text("office to ask", a, "ask") for a in ForceArea.objects.all())
    for text in chain(texts_of_no_entry(), of_areas):
        for problem in chain(missing(text), older(text)):
            yield f"{text.row}: {problem}"


def problems() -> list[str]:
    programmes = draft.for_entries(Programme.objects.all())
    of_entries = (f"{each}: {problem}" for each in programmes for problem in of_entry(each))
    return [*of_entries, *of_the_rest()]


def _criteria_that_contradict(programme: Programme) -> Iterator[str]:
    by_question: dict[str, list] = {}
    for criterion in programme.criteria.all():
        by_question.setdefault(criterion.answer.partition(":")[0], []).append(criterion)
    for question, criteria in by_question.items():
        if len({criterion.only for criterion in criteria if criterion.accepted}) > 1:
            yield f"some answers about {question} are “the only ones” and some are not."
        if any(criterion.only and not criterion.accepted for criterion in criteria):
            yield f"an answer about {question} is excluded and also “the only one”."
