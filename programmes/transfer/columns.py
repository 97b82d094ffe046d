"""The columns of the spreadsheet: what each holds, and an entry written out in them.

`state_of` says what an entry has in each column, and `written` what a cell says of it; reading a
cell (`programmes.transfer.cells`) gives the same values back, so that comparing two of them is all
it takes to see what a spreadsheet changes.
"""

import re

from programmes.models import Funding, Programme
from programmes.readings import SINGLE_READINGS
from programmes.vocabulary import (
    NOT_STATED,
    Answer,
    Arrangement,
    Field,
    Funder,
    FundingPeriod,
    Route,
    Stage,
    Status,
)

Value = str | bool | tuple[str, ...]
"""Of a cell: a text or code, yes or no, or a list of codes. A silent list is empty."""

TEXTS = ("slug", "name_en", "name_cy", "summary_en", "summary_cy")

CODES: dict[str, tuple[str, ...]] = {
    "stage": tuple(Stage.values),
    "status": tuple(Status.values),
    **{r.name: (*r.terms.values, NOT_STATED) for r in SINGLE_READINGS if r.may_be_silent},
}
"""Columns that hold one code → the codes there are."""

LISTS: dict[str, tuple[str, ...]] = {
    "routes": tuple(Route.values),
    "usual_routes": tuple(Route.values),
    "accepts": tuple(Answer.values),
    "only": tuple(Answer.values),
    "excludes": tuple(Answer.values),
}
"""Columns that hold a list of codes → the codes there are."""

WORDS: dict[str, Field] = {
    f"words_{field}": field
    for field in (
        Field.ATTENDANCE,
        Field.REFERRAL_ROUTE,
        Field.ELIGIBILITY,
        Field.FUNDING,
        Field.LONGEVITY,
        Field.STATUS,
        Field.PROGRAMME,
        Field.ABOUT,
    )
}
"""Columns that bring words of a source → what those words are about."""

NEEDED = ("area", "slug", "name_en", "stage", "status")
"""What a new entry cannot do without."""


def _any_of(codes: tuple[str, ...]) -> str:
    return ", ".join(codes)


COLUMNS: dict[str, str] = {
    "id": "The entry’s identifier, as exported. Empty: a new entry.",
    "area": "The force area as in addresses (gwent), or not-stated.",
    "slug": "The name in the address. Area and slug stay once the entry was published.",
    "name_en": "The name, as the source writes it.",
    "name_cy": "The name in Welsh; may be empty.",
    "stage": f"One of: {_any_of(CODES['stage'])}.",
    "summary_en": "The summary in English; may be empty.",
    "summary_cy": "The summary in Welsh; may be empty.",
    "status": f"One of: {_any_of(CODES['status'])}.",
    **{r.name: f"One of: {_any_of(CODES[r.name])}." for r in SINGLE_READINGS[1:]},
    "routes": f"Any of: {_any_of(LISTS['routes'])}.",
    "usual_routes": "Those of the routes that the source calls usual.",
    "only_these_routes": "yes where the source’s words leave no other route; otherwise no.",
    "accepts": f"Any of: {_any_of(LISTS['accepts'])}.",
    "only": "Those of accepts that leave no other answer to their question.",
    "excludes": "Whom the source excludes; the same codes as accepts.",
    "funding": (
        "funder:period:arrangement, such as pcc:current:sole. "
        f"Funder: {_any_of((*Funder.values, NOT_STATED))}. Period: "
        f"{_any_of(tuple(FundingPeriod.values))}. Arrangement: "
        f"{_any_of(tuple(Arrangement.values))}."
    ),
    "source": "For new words: the short name of a source that is in the directory already.",
    "place_en": "For new words: where in the source they stand.",
    "place_cy": "The same in Welsh; may be empty.",
    **{
        name: f"Word for word what the source says. About: {field.label}; may be empty."
        for name, field in WORDS.items()
    },
}
"""Every column, in order, with what an editor has to know of it."""

BRING_WORDS = ("source", "place_en", "place_cy", *WORDS)
"""Empty in an export: what an entry's words are stays with the entry."""

FORMULA = re.compile(r"'*[=+\-@\t\r]")
ESCAPED = re.compile(r"'+[=+\-@\t\r]")


def escaped(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; `unescaped` gives the text back."""
    return f"'{text}" if FORMULA.match(text) else text


def unescaped(cell: str) -> str:
    return cell[1:] if ESCAPED.match(cell) else cell


def funding_code(row: Funding) -> str:
    return f"{row.funder}:{row.period}:{row.arrangement}"


def state_of(programme: Programme) -> dict[str, Value]:
    """What the entry has in each column that a spreadsheet can change."""
    saved = programme.pk is not None
    routes = list(programme.referrals.all()) if saved else []
    criteria = list(programme.criteria.all()) if saved else []
    accepted = [row for row in criteria if row.accepted]
    return {
        "area": programme.area_slug,
        **{name: getattr(programme, name) for name in (*TEXTS, *CODES)},
        "routes": tuple(row.route for row in routes),
        "usual_routes": tuple(row.route for row in routes if row.usual),
        "only_these_routes": programme.routes_are_all,
        "accepts": tuple(row.answer for row in accepted),
        "only": tuple(row.answer for row in accepted if row.only),
        "excludes": tuple(row.answer for row in criteria if not row.accepted),
        "funding": tuple(map(funding_code, programme.fundings.all())) if saved else (),
    }


def written(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(value) or NOT_STATED
    return value


def same(one: Value, other: Value) -> bool:
    """Whether two values say the same: order and line ends are the spreadsheet's business."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return sorted(one) == sorted(other)
    if isinstance(one, str) and isinstance(other, str):
        return one.strip().splitlines() == other.strip().splitlines()
    return one == other


def cells_of(programme: Programme) -> dict[str, str]:
    """The row of one entry, ready for a spreadsheet."""
    state = {name: escaped(written(value)) for name, value in state_of(programme).items()}
    cells = {"id": str(programme.uuid)} | state | dict.fromkeys(BRING_WORDS, "")
    return {name: cells[name] for name in COLUMNS}
