"""Questions that sources leave open, worded as one would ask them: on a page, and to send."""

from collections.abc import Container, Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from programmes.domain.briefing import Briefing
from programmes.domain.entry import NOT_STATED, Entry, sources_of
from programmes.downloads.views import as_file, refusal
from programmes.listing.filters import entries_of, select
from programmes.listing.forms import DayForm
from programmes.listing.provenance import Provenance, provenance
from programmes.overviews.tables import COMMUNITY, briefings
from programmes.presentation.text import in_language, titled
from programmes.readings import stated_topics, terms

QUESTIONS = {
    "commissioner": gettext_lazy(
        "Do the police commission it, or can they only refer people to it?"
    ),
    "taking-referrals": gettext_lazy("Is it running and taking referrals?"),
    "contact": gettext_lazy("Whom should people contact?"),
    "provider": gettext_lazy("Who provides it?"),
    "partner-support": gettext_lazy("Are partners and ex-partners supported?"),
    "women": gettext_lazy("Does it take women, under-18s and LGBT+ people?"),
    "delivery-language": gettext_lazy("Can people take part in Welsh?"),
    "accreditation": gettext_lazy("Is it accredited?"),
    "places": gettext_lazy("How many places are there, and at what cost?"),
    "funding-end": gettext_lazy("When does its funding end?"),
}
"""Topic of `stated_topics` → question; nothing states the places yet."""

OF_SOME = {
    "risk": gettext_lazy("Which levels of risk does it take?"),
    "route": gettext_lazy("Who can refer?"),
    "funder": gettext_lazy("Who funds it?"),
    "longevity": gettext_lazy("For how long is it funded?"),
    "evaluation": gettext_lazy("Has it been evaluated?"),
}


def questions(stated: Container[str]) -> list[str]:
    """What no programme answers."""
    return [str(asked) for topic, asked in QUESTIONS.items() if topic not in stated]


@require_safe
def questions_file(request: HttpRequest) -> HttpResponse:
    """What to send to the four offices."""
    asked = DayForm(request.GET)
    if not asked.is_valid():
        return refusal(asked.errors.as_text())
    selection = select(COMMUNITY, asked.day)
    entries = entries_of(selection)
    about = provenance(selection, sources_of(entries), len(entries))
    text = as_text(entries, briefings(asked.day), about)
    return as_file(request, text.encode(), about.as_at)


def as_text(entries: list[Entry], briefings: Iterable[Briefing], about: Provenance) -> str:
    lines = [_("Questions nobody has answered"), about.address, *map(titled, about.sources)]
    for briefing in briefings:
        here = [entry for entry in entries if entry.area == briefing.area]
        lines += ["", "", in_language(briefing.ask), in_language(briefing.ask_page), *_ask(here)]
    unplaced = [entry for entry in entries if not entry.area]
    lines += ["", "", _("No area given"), *_ask(unplaced)] if unplaced else []
    return "\r\n".join([*lines, ""])


def _ask(entries: list[Entry]) -> Iterator[str]:
    """First what is asked of each of these, then what is asked of some."""
    asked = {entry.uuid: _open(entry) for entry in entries}
    every = [q for q in next(iter(asked.values()), []) if all(q in a for a in asked.values())]
    yield from ["", _("Of each programme:"), *(f"- {question}" for question in every)]
    for entry in entries:
        own = [f"- {question}" for question in asked[entry.uuid] if question not in every]
        yield from ["", in_language(entry.name), *own] if own else []


def _open(entry: Entry) -> list[str]:
    stated, codes = stated_topics(entry), terms(entry)
    silent = [str(asked) for name, asked in OF_SOME.items() if codes[name] == (NOT_STATED,)]
    return [*questions(stated), *silent]
