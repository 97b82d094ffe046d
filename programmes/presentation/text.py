"""Words about an entry in the language of the page: its age, its dates, its terms."""

import datetime
from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from forces.models import ForceArea
from programmes.domain.briefing import Briefing
from programmes.domain.contact_rules import is_old
from programmes.domain.entry import (
    NOT_STATED,
    STOPPED,
    Bilingual,
    Contact,
    Entry,
    PartialDate,
    SourceDocument,
)
from programmes.readings import SINGLE_READINGS
from programmes.vocabulary import (
    CheckOutcome,
    DevelopmentKind,
    Field,
    Longevity,
    Outcome,
    Precision,
    SourceKind,
    Status,
    TakingReferrals,
    label,
)

Day = datetime.date | None

TAKING: dict[str, Any] = {
    TakingReferrals.YES: gettext_lazy("Took referrals on %(date)s"),
    TakingReferrals.PAUSED: gettext_lazy("Referrals paused on %(date)s"),
    TakingReferrals.NO: gettext_lazy("Took no referrals on %(date)s"),
}
"""The labels of these terms, with the date of the source that a page knows."""


def badge(entry: Entry) -> str:
    """A few words where its status changes what somebody would do; "" in the ordinary case."""
    stops = [when(d.when) for d in entry.developments if d.kind == DevelopmentKind.STOP]
    words = {
        Status.STOPPED: " ".join(filter(None, [pgettext("badge", "Stopped"), *stops])),
        Status.SPOT_PURCHASE: pgettext("badge", "Bought case by case"),
        Status.LAUNCHING: "" if launched(entry) else pgettext("badge", "Launch not confirmed"),
    }
    return words.get(Status(entry.known_status), "")


def status(entry: Entry) -> str:
    """What is stated of whether it runs; of a launch, with its date or the want of one."""
    if entry.last_checked and entry.check_outcome == STOPPED:
        found = _("Stopped: found by a check on %(date)s")
        return found % {"date": date_format(entry.last_checked)}
    stated = entry.reading("status").value
    if stated == Status.SAID_TO_RUN:
        return _("Said to be running on %(date)s") % {"date": date_format(_stated(entry, "status"))}
    if stated != Status.LAUNCHING:
        return word(Status, stated)
    if outcome := launched(entry):
        return _("Launch planned. %(outcome)s") % {"outcome": outcome}
    launches = [d for d in entry.developments if d.kind == DevelopmentKind.LAUNCH and d.when]
    if not launches:
        return _("No launch date; not confirmed")
    return _("Launch date given as %(date)s; not confirmed") % {"date": when(launches[0].when)}


def launched(entry: Entry) -> str:
    """What became of a planned launch; "" where nobody has said."""
    launches = (d for d in entry.developments if d.kind == DevelopmentKind.LAUNCH)
    return "".join(word(Outcome, launch.outcome) for launch in launches if launch.outcome)


def age(entry: Entry) -> str:
    """How old the facts are, and whether somebody has checked them since."""
    stated = information_from(entry.first_stated, entry.last_stated)
    if not entry.last_checked:
        return f"{stated} {_('Nothing has been checked since.')}"
    checked = _("Checked on %(date)s: %(outcome)s.")
    if not entry.checked_on:
        checked = _("Checked in part on %(date)s: %(outcome)s.")
    words = {"date": date_format(entry.last_checked), "outcome": check_outcome(entry)}
    return f"{stated} {checked % words}"


def information_from(first: datetime.date, last: datetime.date) -> str:
    days = {"stated": date_format(first), "date": date_format(last)}
    if first == last:
        return _("Information from %(stated)s.") % days
    return _("Information from %(stated)s to %(date)s.") % days


def age_of_all(
    entries: int, first: Day, last: Day, checked: int, in_part: int, newer: int = 0
) -> str:
    """How old the facts of some entries are, and how many were told of or checked since."""
    if first is None or last is None:
        return ""
    parts = [_("Checked since: %(checked)d of %(of)d.")] if checked else []
    parts += [_("Checked in part: %(in_part)d of %(of)d.")] if in_part else []
    since = " ".join(parts) or _("Nothing has been checked since.")
    numbers = {"checked": checked, "in_part": in_part, "of": entries}
    stated = information_from(first, last)
    if newer and newer < entries:
        text = _("Information from %(stated)s, newer about %(newer)d of %(of)d (up to %(date)s).")
        days = {"stated": date_format(first), "date": date_format(last)}
        stated = text % {"newer": newer, "of": entries, **days}
    return f"{stated} {since % numbers}"


def check_outcome(entry: Entry) -> str:
    """What came of the last check: what was confirmed, or that it was no confirmation."""
    confirmed = ", ".join(label(Field, entry.confirmed)).lower()
    if entry.check_outcome == CheckOutcome.CHANGED and confirmed:
        return _("something had changed; confirmed: %(fields)s") % {"fields": confirmed}
    others = {"changed": _("something had changed"), "stopped": _("it had stopped")}
    return others.get(entry.check_outcome, confirmed)


def contact_age(contact: Contact, today: Day = None) -> str:
    """When a contact was checked, and whether it has to be confirmed before it is used."""
    text = _("Checked on %(date)s, more than six months ago: make sure it is still right.")
    if not is_old(contact.checked_on, today or timezone.localdate()):
        text = _("Checked on %(date)s.")
    return text % {"date": date_format(contact.checked_on)}


def office_age(office: Briefing) -> str:
    """Whether somebody confirmed how to reach an office, or only saw it."""
    if office.ask_checked_on:
        return _("Checked on %(date)s.") % {"date": date_format(office.ask_checked_on)}
    if office.ask_seen_on:
        seen = _("Seen on %(date)s, not yet confirmed by us.")
        return seen % {"date": date_format(office.ask_seen_on)}
    return _("We have not checked this link.")


def caution(entry: Entry) -> str:
    """What is not known of whether it runs, beside its age: nobody is referred on a name alone."""
    if entry.known_status == Status.LISTED:
        return _("We do not know whether it is still running.")
    if entry.known_status == Status.LAUNCHING and not launched(entry):
        return _("We do not know whether it has started.")
    return f"{status(entry)}."


def renewal(entry: Entry, today: datetime.date) -> str:
    """What must have come up for a decision since the facts were stated; "" where none is due."""
    since = _stated(entry, "longevity")
    within_a_year = (today.year - 1, today.month, today.day) < (since.year, since.month, since.day)
    if entry.known_status in (Status.STOPPED, Status.LAUNCHING) or within_a_year:
        return ""
    if ends := entry.funding_ends:
        passed = all(end.has_passed(today) for end in ends)
        return _("The end date has passed, so it may have ended since.") if passed else ""
    moving = _("It was annual, moving towards multi-year, so it may have been renewed since.")
    known: dict[str, str] = {
        Longevity.ANNUAL: _("It was annual, so it may have been renewed or ended since."),
        Longevity.ANNUAL_TO_MULTI_YEAR: moving,
        Longevity.MULTI_YEAR: _("No end date is given, so it may have ended since."),
    }
    unknown = _("The length is not given, so it may have ended since.")
    return known.get(entry.reading("longevity").value, unknown)


def in_language(text: Bilingual) -> str:
    """The text in the language of the page, else in the one there is."""
    return getattr(text, get_language() or "en") or text.en or text.cy


def coverage_note(area: ForceArea, authorities: Collection[str]) -> str:
    """What is not known of the council areas covered, going by those of all its entries."""
    if NOT_STATED not in authorities:
        return ""
    looked = _("We looked at the whole %(area)s police area.") % {"area": area.name}
    silent = _("No source says which council areas a programme covers.")
    if len(authorities) > 1:
        silent = _("For some programmes, no source says which council areas they cover.")
    return f"{looked} {silent}"


def area_name(entry: Entry) -> str:
    return in_language(entry.area_name) or _("No area given")


def name_and_area(entry: Entry) -> str:
    """Two entries may have one name."""
    return ", ".join(filter(None, (in_language(entry.name), in_language(entry.area_name))))


def titled(source: SourceDocument) -> str:
    return f"{in_language(source.title)}, {date_format(source.dated)}"


def licence(source: SourceDocument) -> str:
    if not source.licence:
        return _("Licence not checked")
    return _("Licence: %(licence)s") % {"licence": in_language(source.licence)}


def details(source: SourceDocument) -> str:
    kind = word(SourceKind, source.kind)
    known = in_language(source.publisher), kind, licence(source), source.address
    return "; ".join(filter(None, known))


def when(date: PartialDate | None) -> str:
    """A date as exactly as its source gives it, "" where it gives none."""
    if date is None:
        return ""
    if date.precision == Precision.FINANCIAL_YEAR:
        return date.code
    formats = {Precision.DAY: "j F Y", Precision.MONTH: "F Y", Precision.YEAR: "Y"}
    return date_format(date.day, formats[Precision(date.precision)])


def _stated(entry: Entry, name: str) -> datetime.date:
    """The date of the source of a reading; that of the oldest words where nothing is stated."""
    rests_on = entry.quotation(entry.reading(name).rests_on)
    return rests_on.source.dated if rests_on else entry.first_stated


def word(terms, code: str) -> str:
    return label(terms, [code])[0]


def words(terms, codes) -> list[str]:
    """The labels of codes; none for "not stated", which the page says in its own way."""
    return label(terms, [code for code in codes if code != NOT_STATED])


def reading_words(entry: Entry, name: str) -> list[str]:
    """The label of a reading that has one value; none where that is not stated."""
    [reading] = (each for each in SINGLE_READINGS if each.name == name)
    if name == "taking_referrals" and (dated := TAKING.get(entry.reading(name).value)):
        return [dated % {"date": date_format(_stated(entry, name))}]
    return words(reading.terms, [entry.reading(name).value])
