"""What one cell says, or in plain words why it cannot be read. Nothing here asks the database."""

import re
from collections import Counter
from collections.abc import Callable

from programmes.transfer.columns import CODES, LISTS, TEXTS, Value
from programmes.transfer.problems import CellError, shortened
from programmes.vocabulary import NOT_STATED, Arrangement, Funder, FundingPeriod

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
YES_NO = {"yes": True, "no": False}
FUNDING_PARTS = {
    "funder": (*Funder.values, NOT_STATED),
    "period": tuple(FundingPeriod.values),
    "arrangement": tuple(Arrangement.values),
}


def text(cell: str) -> str:
    if CONTROL.search(cell):
        raise CellError("an unprintable character is in it; type the text anew.")
    return cell


def code(cell: str, known: tuple[str, ...]) -> str:
    if not cell:
        wanted = NOT_STATED if NOT_STATED in known else f"one of: {', '.join(known)}"
        raise CellError(f"the cell is blank; write {wanted}.")
    if cell not in known:
        raise CellError(unknown([cell], known))
    return cell


def codes(cell: str, known: tuple[str, ...]) -> tuple[str, ...]:
    items = listed(cell)
    if wrong := [item for item in items if item not in known]:
        raise CellError(unknown(wrong, known))
    return tuple(items)


def yes_or_no(cell: str) -> bool:
    if cell.lower() not in YES_NO:
        raise CellError(f"“{shortened(cell)}” is neither yes nor no.")
    return YES_NO[cell.lower()]


def funding(cell: str) -> tuple[str, ...]:
    # Not `listed`, which drops repetitions: funders that are not stated may well be several.
    items = split(cell)
    wrong = [problem for item in items for problem in _funding_problems(item)]
    payers = Counter(item.rpartition(":")[0] for item in items if not item.startswith(NOT_STATED))
    wrong += [
        f"“{payer}” stands there twice; a funder is listed once for the same period."
        for payer, times in payers.items()
        if times > 1
    ]
    if wrong:
        raise CellError(" ".join(wrong))
    return tuple(items)


def _funding_problems(item: str) -> list[str]:
    parts = item.split(":")
    if len(parts) != len(FUNDING_PARTS):
        return [f"“{shortened(item)}” is not funder:period:arrangement."]
    named = zip(FUNDING_PARTS.items(), parts, strict=True)
    wrong = [unknown([part], known, name) for (name, known), part in named if part not in known]
    if parts[0] == parts[2] == NOT_STATED:
        wrong.append("Name a funder or an arrangement; where neither is stated, leave it out.")
    return wrong


def listed(cell: str) -> list[str]:
    return list(dict.fromkeys(split(cell)))


def split(cell: str) -> list[str]:
    """The items of a list; none where it is written as not stated."""
    if not cell:
        raise CellError(f"the cell is blank; write {NOT_STATED}.")
    if cell == NOT_STATED:
        return []
    items = [item.strip() for item in cell.split(";") if item.strip()]
    if NOT_STATED in items:
        raise CellError(f"{NOT_STATED} stands alone or not at all.")
    return items


def unknown(wrong: list[str], known: tuple[str, ...], what: str = "code") -> str:
    named = ", ".join(f"“{shortened(item)}”" for item in wrong)
    return f"{named}: there is no such {what}; there are: {', '.join(known)}."


def _code_of(known: tuple[str, ...]) -> Callable[[str], Value]:
    return lambda cell: code(cell, known)


def _codes_of(known: tuple[str, ...]) -> Callable[[str], Value]:
    return lambda cell: codes(cell, known)


READERS: dict[str, Callable[[str], Value]] = {
    **dict.fromkeys(TEXTS, text),
    **{name: _code_of(known) for name, known in CODES.items()},
    **{name: _codes_of(known) for name, known in LISTS.items()},
    "only_these_routes": yes_or_no,
    "funding": funding,
}
"""Column → how its cells are read; the rest need to be looked up."""
