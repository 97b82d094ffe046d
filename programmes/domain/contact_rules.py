"""Rules for contacts: a role or a team, never a person or a personal telephone. Plain Python.

A problem refuses a value, a warning asks to look at it; each is a sentence for the editor, "" for
none. No rule knows every name: whoever edits a contact ticks that it names no person.
"""

import datetime
import re
from calendar import monthrange
from urllib.parse import urlsplit

MONTHS_UNTIL_OLD = 6

PHONE = re.compile(r"[0-9+() -]+")
EXTENSION = re.compile(r"ext|est|x\s*\d|#|,|;", re.IGNORECASE)
AREA_NUMBER = re.compile(r"0(1\d{8,9}|2\d{9}|3\d{9}|5[56]\d{8}|8\d{8,9})")
FOR_EVERYONE = ("101", "111")
DIRECT = re.compile(
    r"\b(?:direct\W+(?:dial|line|number)|mobile|personal"
    r"|(?:llinell|rhif)\W+uniongyrchol|symudol|personol)\b",
    re.IGNORECASE,
)
DATE_IN_TEXT = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?!\d)"
)
# A number that is called one may lack the prefix.
NUMBER_IN_TEXT = re.compile(
    r"(?:(?<![\d/-])(?:\+|0)|\b(?:tel|telephone|phone|ring|call|ffôn|ffoniwch)\W{1,3}\d)"
    r"(?:[ ().-]{0,2}\d){8,}",
    re.IGNORECASE,
)
# With their capitals: “di” is a word in Welsh.
TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Rev|Revd|Parch|PC|PCSO|PS|DC|DI|DS|DCI|Sgt|Insp|Supt)(?![A-Za-z])"
)
# A postcode, a building, a street or a time: where people meet is never told.
PLACE = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b\d{1,2}[:.]\d\d ?(?:am|pm)?\b|\b\d{1,2} ?[ap]m\b"
    r"|\b(?:venues?|street|road|avenue|hall|church|chapel|house|centres?|building|rooms?|floor"
    r"|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?"
    r"|lleoliad(?:au)?|stryd|heol|ffordd|neuadd|eglwys|capel|canolfan|adeilad|ystafell"
    r"|dydd (?:llun|mawrth|mercher|iau|gwener|sadwrn|sul))\b",
    re.IGNORECASE,
)
PARTNERS = re.compile(
    r"\b(?:(?:ex-?)?partners?(?! (?:agenc|organisation))|victims?|survivors?|wives|wife"
    r"|girlfriends?|(?:cyn-?)?[bp]artneriaid|cyn-?[bp]artner|bartner|dioddefwyr|goroeswyr|gwragedd)\b",
    re.IGNORECASE,
)
FIRST_LAST = re.compile(r"[a-z'-]+\.[a-z'-]+\d*@", re.IGNORECASE)

# Hosts that give anybody an address, the first ones under any country.
FREE_MAIL = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|msn|yahoo|ymail|icloud|aol|protonmail|gmx|btinternet"
    r"|btopenworld|talktalk|virginmedia|ntlworld|tiscali|fastmail|tutanota)\..+"
    r"|(?:live|me|mac|mail|sky|hey|zoho)\.com|live\.co\.uk|(?:pm|proton)\.me"
)
NETWORKS = {"linkedin", "facebook", "fb", "x", "twitter", "instagram", "tiktok", "threads"}


def team_problem(text: str) -> str:
    if "@" in text or len(re.sub(r"\D", "", text)) > 4:
        return "Name the role or team alone: telephone and e-mail have places of their own."
    if direct := DIRECT.search(text):
        return f"“{direct[0]}”: a personal or direct number is never taken. Give the team’s own."
    return ""


def person_warning(text: str) -> str:
    if title := TITLE.search(text):
        return f"“{title[0]}” is a person’s title: name the role or team instead."
    if FIRST_LAST.match(text):
        return f"“{text}” looks like a person’s own address: give that of a role or team."
    return ""


def note_problem(text: str) -> str:
    """What is wrong with an editor's note, which names roles and never persons."""
    if title := TITLE.search(text):
        return (
            f"“{title[0]}” is a person’s title. Say the role or team instead, as “the provider’s "
            "referral team”."
        )
    if "@" in text or NUMBER_IN_TEXT.search(DATE_IN_TEXT.sub(",", text)):
        return (
            "Leave out telephone numbers and e-mail addresses: contacts have a place of their own."
        )
    return ""


def names_place_or_partners(text: str) -> str:
    """The word that names a venue, a time of meeting or the support of partners; "" for none."""
    found = PLACE.search(text) or PARTNERS.search(text)
    return found[0] if found else ""


def email_problem(email: str) -> str:
    domain = email.lower().rpartition("@")[2]
    if FREE_MAIL.fullmatch(domain):
        return (
            f"Addresses at {domain} can belong to anybody. Give the organisation’s own address, "
            "or only its page."
        )
    return ""


def phone_problem(phone: str) -> str:
    if EXTENSION.search(phone):
        return "Extensions lead to one desk. Give the number of the team or the switchboard alone."
    if not PHONE.fullmatch(phone):
        return "Write the number with digits and spaces only: 01633 838838 or +44 1633 838838."
    number = dialled(phone)
    if number.startswith("07"):
        return "Mobile and personal numbers are never taken. Give the number of an office or line."
    if number.startswith("09"):
        return "Numbers at premium rates are not taken. Give the number of an office or line."
    if number not in FOR_EVERYONE and not AREA_NUMBER.fullmatch(number):
        return "This is no United Kingdom number: it begins with 0 or +44 and has 10 or 11 digits."
    return ""


def page_problem(page: str) -> str:
    try:
        address = urlsplit(page)
    except ValueError:
        return "This is no address of a page on the web."
    labels = (address.hostname or "").split(".")
    if address.scheme not in ("http", "https"):
        return "Give a page on the web, whose address begins with https:// or http://."
    if address.username is not None:
        return "Leave out the name before the @ of the address."
    if len(labels) > 1 and labels[-2] in NETWORKS:
        return (
            "A page on a social network can be a person’s. Give a page of the organisation’s own "
            "site."
        )
    return ""


def checked_on_problem(
    day: datetime.date, source_day: datetime.date | None, today: datetime.date
) -> str:
    if day > today:
        return "This day has not come yet."
    if source_day and day < source_day:
        return (
            f"The source is of {source_day:%-d %B %Y}: a contact is checked on that day or later."
        )
    return ""


def is_old(checked_on: datetime.date | None, today: datetime.date) -> bool:
    return checked_on is not None and checked_on <= last_old_day(today)


def last_old_day(today: datetime.date) -> datetime.date:
    """The last from which more than six calendar months have gone by: on 1 March, 31 August."""
    years, month = divmod(today.month - 1 - MONTHS_UNTIL_OLD, 12)
    first = datetime.date(today.year + years, month + 1, 1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return min(first + datetime.timedelta(today.day - 2), last)


def dialled(phone: str) -> str:
    """The digits that somebody in the United Kingdom dials: “+44 (0)1633 …” becomes 01633…"""
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    if phone.strip().startswith(("+", "(+")):
        # A number of another country keeps its +, so no rule takes it.
        return f"0{digits.removeprefix('44')}" if digits.startswith("44") else f"+{digits}"
    return f"0{digits.removeprefix('0044')}" if digits.startswith("0044") else digits


def as_link(phone: str) -> str:
    """The number as a `tel:` address has it, without spaces: +441633838838."""
    number = dialled(phone)
    return f"+44{number[1:]}" if number.startswith("0") else number
