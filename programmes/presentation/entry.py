"""Puts words to entries, in the language of the page. Pure: reads an `Entry`, queries nothing."""

import datetime
from collections.abc import Container
from dataclasses import dataclass

from django.utils.translation import gettext as _

from programmes.domain.contact_rules import is_old
from programmes.domain.entry import Contact, Development, Entry, Evaluation
from programmes.presentation.developments import Event, development_event
from programmes.presentation.facts import Fact, Quoted, facts, quoted
from programmes.presentation.text import age, badge, caution, contact_age, when, word, words
from programmes.readings import SERVICE_READINGS, stated_topics
from programmes.vocabulary import (
    Audience,
    DeliveryLanguage,
    EvaluationState,
    Stage,
)


@dataclass(frozen=True)
class Ask:
    """A contact: for whom, in which languages, when it was checked, and the contact itself."""

    audience: str
    languages: list[str]
    age: str
    is_old: bool
    contact: Contact


@dataclass(frozen=True)
class EntryPage:
    entry: Entry
    badge: str
    stage: str
    age: str
    caution: str
    facts: list[Fact]
    contacts: list[Ask]
    evaluations: list[Event]
    developments: list[Event]
    unstated: list[str]


def entry_page(entry: Entry, today: datetime.date) -> EntryPage:
    return EntryPage(
        entry=entry,
        badge=badge(entry),
        stage=word(Stage, entry.stage),
        age=age(entry),
        caution=caution(entry),
        facts=facts(entry, today),
        contacts=asks(entry, today),
        evaluations=[evaluation_event(entry, each) for each in entry.evaluations],
        developments=[
            development_event(each, rested_on(entry, each), today) for each in entry.developments
        ],
        unstated=unstated(stated_topics(entry)),
    )


def rested_on(entry: Entry, row: Development | Evaluation) -> Quoted:
    """The words an event rests on; a document without them would not be one."""
    return quoted(entry, [q for q in entry.quotations if q.id == row.rests_on])[0]


def asks(entry: Entry, today: datetime.date, first: str = Audience.PROFESSIONALS) -> list[Ask]:
    """The contacts of an entry, those for the audience `first` before the others."""
    contacts = sorted(entry.contacts, key=lambda contact: contact.audience != first)
    return [
        Ask(
            audience=word(Audience, contact.audience),
            languages=words(DeliveryLanguage, [contact.languages]),
            age=contact_age(contact, today),
            is_old=is_old(contact.checked_on, today),
            contact=contact,
        )
        for contact in contacts
    ]


def evaluation_event(entry: Entry, evaluation: Evaluation) -> Event:
    kind, day = word(EvaluationState, evaluation.state), when(evaluation.published)
    return Event(kind, day, evaluation.summary, rested_on(entry, evaluation))


def unstated(stated: Container[str]) -> list[str]:
    """What referrers ask for and is not among the topics stated of one entry, or of several."""
    asked = {
        "contact": _("a contact"),
        "provider": _("who provides it"),
        **{
            each.topic: str(each.label_when_missing)
            for each in reversed(SERVICE_READINGS)
            if each.label_when_missing
        },
        "evaluation": _("an evaluation"),
    }
    silent = [words for topic, words in asked.items() if topic not in stated]
    # The directory has no term for the last two yet, so nothing can state them.
    return [*silent, *unserved(stated), _("how many people it can take"), _("what it costs")]


def unserved(stated: Container[str]) -> list[str]:
    """Whom nothing is said to serve. The directory has no term yet for the last two."""
    women = [] if "women" in stated else [_("that it serves women")]
    return [*women, _("that it serves people under 18"), _("that it serves LGBT+ people")]
