"""Words about an entry in the language of the page: its age, its dates, its terms."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

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
    SUBMISSION,
    CheckOutcome,
    DevelopmentKind,
    Field,
    Longevity,
    Precision,
    Status,
    label,
)


def badge(entry: Entry) -> str:
    """A few words where its status changes what somebody would do; "" in the ordinary case."""
    stops = [when(d.when) for d in entry.developments if d.kind == DevelopmentKind.STOP]
    words = {
        Status.STOPPED: " ".join(filter(None, [pgettext("badge", "Stopped"), *stops])),
        Status.SPOT_PURCHASE: pgettext("badge", "Bought case by case"),
        Status.LAUNCHING: pgettext("badge", "Launch not confirmed"),
    }
    return words.get(Status(entry.known_status), "")


def status(entry: Entry) -> str:
    """What is stated of whether it runs; of a launch, with its date or the want of one."""
    if entry.last_checked and entry.check_outcome == STOPPED:
        return _("Stopped: found by a check on %(date)s") % {
            "date": date_format(entry.last_checked)
        }
    stated = entry.reading("status")
    rests_on = entry.quotation(stated.rests_on)
    if stated.value == Status.LISTED and rests_on and rests_on.source.slug != SUBMISSION:
        return _("Named on %(date)s; whether it runs today is not stated") % {
            "date": date_format(rests_on.source.dated)
        }
    if stated.value != Status.LAUNCHING:
        return word(Status, stated.value)
    launches = [d.when for d in entry.developments if d.kind == DevelopmentKind.LAUNCH and d.when]
    if not launches:
        return _("Launch date not stated")
    return _("Launch date given as %(date)s; not confirmed") % {"date": when(launches[0])}


def age(entry: Entry, today: datetime.date) -> str:
    """How old the facts are, and whether somebody has checked them since."""
    stated = date_format(entry.source.dated)
    if entry.last_checked:
        return _("Stated on %(stated)s; checked on %(checked)s: %(outcome)s.") % {
            "stated": stated,
            "checked": date_format(entry.last_checked),
            "outcome": check_outcome(entry),
        }
    years = _whole_years(entry.source.dated, today)
    if years == 0:
        return _("Stated on %(stated)s; not checked since.") % {"stated": stated}
    return ngettext(
        "Stated %(years)d year ago, on %(stated)s; not checked since.",
        "Stated %(years)d years ago, on %(stated)s; not checked since.",
        years,
    ) % {"years": years, "stated": stated}


def check_outcome(entry: Entry) -> str:
    """What came of the last check: what was confirmed, or that it was no confirmation."""
    confirmed = ", ".join(label(Field, entry.confirmed)).lower()
    if entry.check_outcome == CheckOutcome.CHANGED and confirmed:
        return _("something had changed; confirmed: %(fields)s") % {"fields": confirmed}
    return {
        "changed": _("something had changed"),
        "stopped": _("it had stopped"),
        "confirmed": confirmed,
    }[entry.check_outcome]


def contact_age(contact: Contact, today: datetime.date) -> str:
    """When a contact was checked, and whether it has to be confirmed before it is used."""
    text = _("Checked on %(date)s.")
    if is_old(contact.checked_on, today):
        text = _("Checked on %(date)s, more than six months ago: make sure it is still right.")
    return text % {"date": date_format(contact.checked_on)}


def caution(entry: Entry) -> str:
    """What is not known of whether it runs, beside its age: nobody is referred on a name alone."""
    if entry.known_status == Status.LISTED:
        return _("Whether it runs today is not stated.")
    if entry.known_status == Status.LAUNCHING:
        return _("Whether it started is not stated.")
    return f"{status(entry)}."


def renewal(entry: Entry, today: datetime.date) -> str:
    """What must have come up for a decision since the facts were stated; "" where none is due."""
    years = _whole_years(entry.source.dated, today)
    if entry.known_status in (Status.STOPPED, Status.LAUNCHING) or years == 0:
        return ""
    longevity = entry.reading("longevity").value
    if longevity == Longevity.ANNUAL:
        return _("Stated as annual: it may have come up for renewal, or ended, since.")
    if longevity == Longevity.ANNUAL_TO_MULTI_YEAR:
        return _(
            "Its funding was annual, moving towards multi-year: it may have come up for renewal "
            "since."
        )
    if longevity == Longevity.MULTI_YEAR:
        return _("Its funding ran for several years; no end is stated, so it may have ended since.")
    return _("How long it is funded is not stated, so it may have ended since.")


def in_language(text: Bilingual) -> str:
    """The text in the language of the page, else in the one there is."""
    return getattr(text, get_language() or "en") or text.en or text.cy


def area_name(entry: Entry) -> str:
    return in_language(entry.area_name) or _("No area given")


def name_and_area(entry: Entry) -> str:
    """Two entries may have one name."""
    return ", ".join(filter(None, (in_language(entry.name), in_language(entry.area_name))))


def titled(source: SourceDocument) -> str:
    """A source by its title and its date."""
    return f"{in_language(source.title)}, {date_format(source.dated)}"


def when(date: PartialDate | None) -> str:
    """A date as exactly as its source gives it, "" where it gives none."""
    if date is None:
        return ""
    if date.precision == Precision.FINANCIAL_YEAR:
        return date.code
    formats = {Precision.DAY: "j F Y", Precision.MONTH: "F Y", Precision.YEAR: "Y"}
    return date_format(date.day, formats[Precision(date.precision)])


def _whole_years(since: datetime.date, today: datetime.date) -> int:
    before_anniversary = (today.month, today.day) < (since.month, since.day)
    return today.year - since.year - before_anniversary


def word(terms, code: str) -> str:
    return label(terms, [code])[0]


def words(terms, codes) -> list[str]:
    """The labels of codes; none for "not stated", which the page says in its own way."""
    return label(terms, [code for code in codes if code != NOT_STATED])


def reading_words(entry: Entry, name: str) -> list[str]:
    """The label of a reading that has one value; none where that is not stated."""
    [reading] = (each for each in SINGLE_READINGS if each.name == name)
    return words(reading.terms, [entry.reading(name).value])
