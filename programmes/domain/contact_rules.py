"""What may stand in a contact: a role or a team, never a person and never a personal telephone.

Each rule is a sentence that an editor is told when it is broken. Plain Python, no Django. A rule
cannot know every name: what it lets through, whoever publishes still has to look at.
"""

import datetime
import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from programmes.domain.contact_words import (
    DIRECT,
    FREE_MAIL,
    FREE_MAIL_DOMAINS,
    MAIL_ROLES,
    MAIL_STEMS,
    NAMES,
    NETWORKS,
    ONLY_ALONE,
    ROLES,
    ROLES_CY,
    SAINTS,
    TITLES,
)

MONTHS_UNTIL_OLD = 6

PHONE = re.compile(r"[0-9+() -]+")
EXTENSION = re.compile(r"ext|est|x\s*\d|#|,|;", re.IGNORECASE)
AREA_NUMBER = re.compile(r"0(1\d{8,9}|2\d{9}|3\d{9}|5[56]\d{8}|8\d{8,9})")
FOR_EVERYONE = ("101", "111")
DATE_IN_TEXT = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?!\d)"
)
# One that is said to be a telephone number may lack what one begins with.
NUMBER_IN_TEXT = re.compile(
    r"(?:(?<![\d/-])(?:\+|0)|\b(?:tel|telephone|phone|ring|call|ffôn|ffoniwch)\W{1,3}\d)"
    r"(?:[ ().-]{0,2}\d){8,}",
    re.IGNORECASE,
)
CAPITALISED = re.compile(r"\b[A-ZÀ-Ý]\w*")
DETECTIVE_INSPECTOR = re.compile(r"\bDI\b")


def team_problem(text: str, language: str = "en") -> str:
    """What is wrong with the name of a role or team, in words for its editor; "" for nothing."""
    words = _words(text)
    if person := _title(text) or _given_name(words):
        return (
            f"“{person}” looks like a person’s name or title. Name the role or team instead: "
            "“Referral team”, “Duty desk”."
        )
    if "@" in text or len(re.sub(r"\D", "", text)) > 4:
        return "Name the role or team alone: telephone and e-mail have places of their own."
    folded = f" {' '.join(words)} "
    if direct := next((term for term in DIRECT if f" {term} " in folded), ""):
        return f"“{direct}”: a personal or direct number is never taken. Give the team’s own."
    if language == "cy" and not ROLES_CY.intersection(words):
        return (
            "Say in Welsh which role or team this is, as “tîm”, “gwasanaeth”, “swyddfa” or "
            "“llinell” do; or leave it empty, and the English is shown."
        )
    if language == "en" and not ROLES.intersection(words):
        return "Say which role or team this is, as “team”, “service”, “office” or “helpline” do."
    return ""


def note_problem(text: str) -> str:
    """What is wrong with a text of editors, which names roles and never persons; "" for nothing.

    Only capitalised words count as names: “dod i ben” is Welsh for coming to an end.
    """
    words = " ".join(CAPITALISED.findall(text))
    if person := _title(words) or _given_name(_words(words)):
        return (
            f"“{person}” looks like a person’s name or title. Say the role or team instead, as "
            "“the provider’s referral team”."
        )
    if "@" in text or NUMBER_IN_TEXT.search(DATE_IN_TEXT.sub(",", text)):
        return (
            "Leave out telephone numbers and e-mail addresses: contacts have a place of their own."
        )
    return ""


def email_problem(email: str, own: Iterable[str] = ()) -> str:
    """`own` are names that the entry goes by: addresses such as drive@… are of the programme."""
    local, _at, domain = email.lower().rpartition("@")
    labels = domain.split(".")
    if labels[0] in FREE_MAIL or domain in FREE_MAIL_DOMAINS:
        return (
            f"Addresses at {domain} can belong to anybody. Give the organisation’s own address, "
            "or only its page."
        )
    parts = [part for part in re.split(r"[^a-z]+", fold(local)) if part]
    if person := next((p for part in parts for p in (part, _without_role(part)) if p in NAMES), ""):
        return f"“{person}” looks like a person’s name. Give the address of a role or team."
    if any(len(part) == 1 for part in parts):
        return "A single letter looks like a person’s initial. Give the address of a role or team."
    names = {*_joined(own), *labels[:-1]}
    if any(map(_is_role, parts)) or _is_own(parts, names):
        return ""
    return (
        "This may be a person’s own address. Give one that says a role or team, such as "
        "referrals@, info@ or enquiries@, or the programme’s name; or give only the page."
    )


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
    path = unquote(f"{address.path} {address.query} {address.fragment}")
    if person := _given_name(_words(path)):
        return f"“{person}” in the address looks like a person’s page. Give the team’s page."
    return ""


def checked_on_problem(
    checked_on: datetime.date, source_dated: datetime.date | None, today: datetime.date
) -> str:
    if checked_on > today:
        return "This day has not come yet."
    if source_dated and checked_on < source_dated:
        return (
            f"The source is of {source_dated:%d/%m/%Y}: a contact is checked on that day or later."
        )
    return ""


def is_old(checked_on: datetime.date, today: datetime.date) -> bool:
    """Whether more than six calendar months have gone by; 31 August is old on 1 March."""
    return today > _months_later(checked_on, MONTHS_UNTIL_OLD)


def last_old_day(today: datetime.date) -> datetime.date:
    """The latest day whose contacts are old today."""
    day = _months_later(today, -MONTHS_UNTIL_OLD)
    while not is_old(day, today):
        day -= datetime.timedelta(1)
    return day


def dialled(phone: str) -> str:
    """The digits that somebody in the United Kingdom dials: “+44 (0)1633 …” becomes 01633…"""
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    if phone.strip().startswith(("+", "(+")):
        # Of another country: what is left of it is no number here, and is told as such.
        return f"0{digits.removeprefix('44')}" if digits.startswith("44") else f"+{digits}"
    return f"0{digits.removeprefix('0044')}" if digits.startswith("0044") else digits


def as_link(phone: str) -> str:
    """The number as a `tel:` address has it, without spaces: +441633838838."""
    number = dialled(phone)
    return f"+44{number[1:]}" if number.startswith("0") else number


def fold(text: str) -> str:
    """In small letters, without accents: “Siân” as “sian”."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or the last of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return datetime.date(year, month, min(day.day, monthrange(year, month)[1]))


def _words(text: str) -> list[str]:
    return re.findall("[a-z]+", fold(text))


def _title(text: str) -> str:
    if found := DETECTIVE_INSPECTOR.search(text):
        return found[0]
    return next((word.capitalize() for word in _words(text) if word in TITLES), "")


def _given_name(words: list[str]) -> str:
    """The first word that is a given name and not that of a place; "" where none is."""
    for previous, word in zip(["", *words], words, strict=False):
        if word in NAMES and previous not in SAINTS:
            return word.capitalize()
    return ""


def _is_role(part: str) -> bool:
    if any(stem in part for stem in MAIL_STEMS) or part in MAIL_ROLES:
        return True
    return part.endswith(tuple(MAIL_ROLES - ONLY_ALONE))


def _without_role(part: str) -> str:
    """What is left of “sarahreferrals” when the role is taken away."""
    for role in sorted((*MAIL_STEMS, *MAIL_ROLES), key=len, reverse=True):
        if part.startswith(role) or role in part[1:]:
            before, _role, after = part.partition(role)
            return before or after
    return part


def _joined(names: Iterable[str]) -> Iterator[str]:
    """The words of names, and each name as one word: “south”, “wales”, “southwales”."""
    for name in names:
        words = _words(name)
        yield from (word for word in words if len(word) > 2)
        yield "".join(words)


def _is_own(parts: list[str], names: set[str]) -> bool:
    """Whether an address is made of the names of the entry and of its own domain, and no others."""
    known = {name for name in names if len(name) > 2}
    if len(parts) == 1 and len(parts[0]) > 3 and any(n.startswith(parts[0]) for n in known):
        return True
    return bool(parts) and all(_is_made_of(part, known) for part in parts)


def _is_made_of(part: str, names: set[str]) -> bool:
    reached = {0}
    for at in range(len(part)):
        if at in reached:
            reached |= {at + len(name) for name in names if part.startswith(name, at)}
    return len(part) in reached
