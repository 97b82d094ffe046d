"""Whom to ask about an entry, what is stated of each field, and what nobody states. Pure."""

import datetime
from collections.abc import Container, Iterable
from typing import Any

from django.utils.translation import gettext as _

from programmes.domain.entry import Contact, Entry
from programmes.presentation.developments import evaluations
from programmes.presentation.facts import Line, facts, involved, plain
from programmes.presentation.text import in_language
from programmes.readings import SERVICE_READINGS
from programmes.vocabulary import Audience, Field


def contacts_of(entry: Entry, first: str = Audience.PROFESSIONALS) -> list[Contact]:
    """Those for the audience `first` before the others."""
    return sorted(entry.contacts, key=lambda contact: contact.audience != first)


def unstated(stated: Container[str]) -> list[str]:
    """What referrers ask for and is not among the topics stated of one entry, or of several."""
    service = {each.topic: each.label_when_missing for each in reversed(SERVICE_READINGS)}
    asked = {
        "contact": _("a contact"),
        "provider": _("who provides it"),
        **{topic: str(label) for topic, label in service.items() if label},
        "evaluation": _("an evaluation"),
    }
    silent = [words for topic, words in asked.items() if topic not in stated]
    # The directory has no term for the last two yet, so nothing can state them.
    return [*silent, *unserved(stated), _("how many people it can take"), _("what it costs")]


def unserved(stated: Container[str]) -> list[str]:
    """Whom nothing is said to serve. The directory has no term yet for the last two."""
    women = [] if "women" in stated else [_("that it serves women")]
    return [*women, _("that it serves people under 18"), _("that it serves LGBT+ people")]


NOT_A_PROVIDERS = (Field.FUNDING, Field.LONGEVITY, Field.EVALUATION, Field.DEVELOPMENT)
"""What others can say better, or more freely."""


def fields_in_words(entry: Entry, today: datetime.date) -> dict[Field, str]:
    """The fields of which something is stated."""
    texts: dict[str, str] = {
        Field.PROGRAMME: in_language(entry.name),
        Field.PROVIDER: _in_words(involved(entry)),
        Field.EVALUATION: "; ".join(event.kind for event in evaluations(entry)),
        Field.ABOUT: in_language(entry.summary),
        Field.DEVELOPMENT: "; ".join(in_language(each.summary) for each in entry.developments),
        **{fact.id: _in_words(fact.lines) for fact in facts(entry, today)},
    }
    # A source's words of which we read no term say something too.
    quoted = {f: [f"“{q.words}”" for q in entry.quotations_about(f) if q.words] for f in Field}
    words = {field: texts.get(field) or "; ".join(quoted[field]) for field in Field}
    return {field: text for field, text in words.items() if text}


def fields_to_ask(entry: Entry, today: datetime.date) -> dict[Field, str]:
    stated = fields_in_words(entry, today)
    return {field: text for field, text in stated.items() if field not in NOT_A_PROVIDERS}


def stated_about(entry: Entry, field: str) -> tuple[Any, ...]:
    columns = {
        Field.PROGRAMME: entry.name,
        Field.ABOUT: entry.summary,
        Field.REFERRAL_ROUTE: entry.routes_are_all,
    }
    readings, words = entry.readings_about(field), entry.quotations_about(field)
    return columns.get(Field(field)), readings, words


def _in_words(lines: Iterable[Line]) -> str:
    return "; ".join(plain(value) for line in lines for value in line.values)
