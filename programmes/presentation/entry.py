"""Whom to ask about an entry, and what nobody states of it, in words. Queries nothing."""

from collections.abc import Container

from django.utils.translation import gettext as _

from programmes.domain.entry import Contact, Entry
from programmes.readings import SERVICE_READINGS
from programmes.vocabulary import Audience


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
