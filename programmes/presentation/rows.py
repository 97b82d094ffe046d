"""Rows of the table of programmes: the source's words where they are short, else our terms."""

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext

from programmes.domain.entry import Entry, Quotation
from programmes.presentation.facts import required
from programmes.presentation.text import words
from programmes.readings import terms
from programmes.vocabulary import OTHER_LABEL, Field, Funder, Group, Longevity, Risk, Route

LONGEST_QUOTED = 80
"""Characters of a source that a cell has room for."""


def cells(entry: Entry) -> list[dict[str, str]]:
    """Each column of a row: its label on a phone, and the source's words or our terms.

    Neither: the source does not say. `dated` is set where the words are of a later source.
    """
    codes = terms(entry)
    people = [*words(Risk, codes["risk"]), *words(Group, codes["group"]), *required(entry)]
    longevity = words(Longevity, codes["longevity"])
    columns = [
        (pgettext("column", "Refer"), Field.REFERRAL_ROUTE, words(Route, codes["route"])),
        (pgettext("column", "For"), Field.ELIGIBILITY, people),
        (pgettext("column", "Funded"), Field.FUNDING, words(Funder, codes["funder"])),
        (pgettext("column", "Length"), Field.LONGEVITY, longevity),
    ]
    return [{"label": label, **_cell(entry, field, ours)} for label, field, ours in columns]


def _cell(entry: Entry, field: Field, ours: list[str]) -> dict[str, str]:
    latest = _latest(entry, field)
    quoted = " ".join(quotation.words for quotation in latest)
    # Words that no term of ours fits are shown themselves. Else a Welsh page has Welsh terms.
    shown = [term for term in ours if term != str(OTHER_LABEL)]
    if shown == ours != [] and (len(quoted) > LONGEST_QUOTED or get_language() == "cy"):
        quoted = ""
    dated = {q.source.dated for q in latest} - {entry.source.dated}
    day = "".join(map(date_format, dated))
    return {"words": quoted, "terms": " · ".join(shown), "dated": day}


def _latest(entry: Entry, field: Field) -> list[Quotation]:
    """The newest words about a field; of one source, the cell of its table before its text."""
    ended = {criterion.rests_on for criterion in entry.criteria if criterion.former}
    about = [q for q in entry.quotations_about(field) if q.field == field and q.words]
    standing = [q for q in about if q.id not in ended and not entry.replacement(q)]
    newest = max((each.source.dated for each in standing), default=None)
    latest = [each for each in standing if each.source.dated == newest]
    return [each for each in latest if each.in_table] or latest
