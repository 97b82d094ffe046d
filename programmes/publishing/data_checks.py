"""Data checks: what is wrong with the working tables, in sentences for editors.

`obstacles` stand in the way of publishing; the others are worth a look.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from programmes import vocabulary
from programmes.domain.entry import Entry, Quotation
from programmes.models import Programme
from programmes.publishing.draft import entry_of, for_entries
from programmes.publishing.editions import edition_terms, public_edition
from programmes.publishing.translations import missing_texts, older_texts, problems_outside_entries
from programmes.readings import DIMENSIONS, ROW_READINGS
from programmes.vocabulary import COLUMNS, NOT_STATED, Field, Route, Status, label

ADD_READING = "add a reading that rests on them, “Described in other words” where no term fits."


def problems_of_entry(programme: Programme) -> Iterator[str]:
    """What all checks find in an entry and in the rows beside it."""
    entry = entry_of(programme)
    of_entry = (obstacles, contradicts_itself, missing_texts, older_texts, rests_on_replaced_words)
    beside = (has_contacts_to_look_at, reads_otherwise_than_summed_up, differs_from_its_edition)
    yield from chain.from_iterable(check(entry) for check in of_entry)
    yield from chain.from_iterable(check(programme) for check in beside)


def obstacles(entry: Entry) -> list[str]:
    own = {quotation.id: quotation for quotation in entry.quotations}
    if not own:
        return ["Add a statement with its source first: without one nothing can be shown."]
    problems = []
    for name, rests_on in readings_with_statements(entry):
        if rests_on is None:
            problems.append(f"Say which statement “{name}” rests on.")
        elif rests_on not in own:
            problems.append(f"“{name}” rests on a statement about something else.")
        elif not own[rests_on].words:
            problems.append(f"“{name}” rests on a blank cell, which states nothing.")
    for quotation in words_without_reading(entry):
        words = f"“{quotation.words}” ({Field(quotation.field).label})"
        problems.append(f"Nothing is read from the words {words}: {ADD_READING}")
    return problems


def words_without_reading(entry: Entry) -> list[Quotation]:
    """Standing words about a column on which no reading rests: they would count as silence."""
    rested_on = {rests_on for _name, rests_on in readings_with_statements(entry)}
    standing = (q for q in entry.standing if q.words and q.field in COLUMNS)
    return [quotation for quotation in standing if quotation.id not in rested_on]


def readings_with_statements(entry: Entry) -> Iterator[tuple[str, int | None]]:
    """Every stated reading of an entry, and the statement it points to."""
    for name, reading in entry.readings.items():
        yield name_of_reading(name), reading.rests_on
    for kind in ROW_READINGS:
        for row in getattr(entry, kind.rows):
            words = "".join(label(kind.terms, [kind.code_of(row)]))
            yield f"{name_of_reading(kind.rows)}: {words}", row.rests_on


def name_of_reading(name: str) -> str:
    """As the page of an entry calls a field, or a row."""
    field: Any = Programme._meta.get_field(name)
    return str((field.related_model._meta if field.one_to_many else field).verbose_name)


def contradicts_itself(entry: Entry) -> Iterator[str]:
    routes = {referral.route for referral in entry.referrals}
    status, longevity = entry.reading("status").value, entry.reading("longevity").value
    if entry.routes_are_all and not routes:
        yield "“only the routes listed” is ticked, but no route is listed."
    if entry.routes_are_all and Route.ANY_AGENCY in routes:
        yield "says that any agency refers and also that no other route is left."
    if Route.POLICE in routes and len(routes) > 1:
        yield "says “police only” and lists another route."
    required = entry.reading("attendance").value == vocabulary.Attendance.REQUIRED
    if entry.stage == vocabulary.Stage.COMMUNITY and required:
        yield "is a community programme whose attendance is required."
    if status == Status.STOPPED and longevity not in (vocabulary.Longevity.ENDED, NOT_STATED):
        yield "has stopped, but its longevity says that it goes on."
    bought = {funding.arrangement for funding in entry.fundings}
    if status == Status.SPOT_PURCHASE and vocabulary.Arrangement.SPOT_PURCHASE not in bought:
        yield "is said to be bought case by case, but no funding row says so."
    yield from _criteria_that_contradict(entry)


def rests_on_replaced_words(entry: Entry) -> Iterator[str]:
    replaced = {quotation.replaces for quotation in entry.quotations if quotation.replaces}
    for name, rests_on in readings_with_statements(entry):
        if rests_on in replaced:
            yield f"“{name}” still rests on words that newer ones replace."


def has_contacts_to_look_at(programme: Programme) -> Iterator[str]:
    """Shown contacts that are old, break a rule or may name a person."""
    for contact in programme.contacts.all():
        if not contact.hidden_at:
            for problem in (*contact.problems().values(), *contact.warnings()):
                yield f"the contact “{contact}”: {problem}"


def reads_otherwise_than_summed_up(programme: Programme) -> Iterator[str]:
    """Readings that have changed since the public summary, which has not."""
    edition, entry = public_edition(programme), entry_of(programme)
    if edition is None or edition.entry.summary.en != entry.summary.en:
        return
    before, now = edition_terms(edition.entry), edition_terms(entry)
    for each in DIMENSIONS:
        if before.get(each.name) != now.get(each.name):
            yield f"“{each.label}” has changed and the summary has not: does it still fit?"


def differs_from_its_edition(programme: Programme) -> Iterator[str]:
    """An edition whose terms, which lists count, are not those of its document."""
    if edition := public_edition(programme):
        terms = edition_terms(edition.entry).items()
        expected = {(name, code) for name, codes in terms for code in codes}
        if expected != set(edition.terms.values_list("dimension", "value")):
            yield "the terms of its edition are not those of its document; publish it again."


def problems() -> list[str]:
    programmes = for_entries(Programme.objects.all())
    of_entries = (f"{each}: {text}" for each in programmes for text in problems_of_entry(each))
    return [*of_entries, *(f"{row}: {text}" for row, text in problems_outside_entries())]


def _criteria_that_contradict(entry: Entry) -> Iterator[str]:
    by_question: dict[str, list] = {}
    for criterion in entry.current_criteria:
        by_question.setdefault(criterion.answer.partition(":")[0], []).append(criterion)
    for question, criteria in by_question.items():
        if len({criterion.only for criterion in criteria if criterion.accepted}) > 1:
            yield f"some answers about {question} are “the only ones” and some are not."
        if any(criterion.only and not criterion.accepted for criterion in criteria):
            yield f"an answer about {question} is excluded and also “the only one”."
