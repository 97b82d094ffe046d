"""Whom to ask about an entry, and what nobody states of it, in words. Queries nothing."""

import datetime
from collections.abc import Container
from dataclasses import dataclass

from django.utils.translation import gettext as _

from programmes.domain.contact_rules import is_old
from programmes.domain.entry import Contact, Entry
from programmes.presentation.text import contact_age, word, words
from programmes.readings import SERVICE_READINGS
from programmes.vocabulary import Audience, DeliveryLanguage


@dataclass(frozen=True)
class Ask:
    """A contact: for whom, in which languages, when it was checked, and the contact itself."""

    audience: str
    languages: list[str]
    age: str
    is_old: bool
    contact: Contact


def asks(entry: Entry, today: datetime.date, first: str = Audience.PROFESSIONALS) -> list[Ask]:
    """The contacts of an entry, those for the audience `first` before the others."""
    return [
        Ask(
            audience=word(Audience, contact.audience),
            languages=words(DeliveryLanguage, [contact.languages]),
            age=contact_age(contact, today),
            is_old=is_old(contact.checked_on, today),
            contact=contact,
        )
        for contact in sorted(entry.contacts, key=lambda contact: contact.audience != first)
    ]


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
