"""A spreadsheet taken in: looked at as a whole first, then written as a whole or not at all."""

import hashlib
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import QuerySet
from psycopg.errors import DeadlockDetected, ForeignKeyViolation, UniqueViolation

from programmes.models import Programme
from programmes.transfer.columns import COLUMNS
from programmes.transfer.files import Table
from programmes.transfer.plan import EntryChange, RowPlan, Surroundings, identifier
from programmes.transfer.problems import CellError, Problem
from programmes.transfer.writing import write

AT_ONCE = 500
"""How many rows are looked at, or written, together."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many rows of it are done, and of how many."""

Item = TypeVar("Item")


class OvertakenError(Exception):
    """Somebody changed one of the entries since; nothing was written."""


@dataclass
class Intake:
    """What a spreadsheet would change, or what is wrong with it."""

    rows: int
    problems: list[Problem] = field(default_factory=list)
    changes: list[EntryChange] = field(default_factory=list)

    @property
    def new(self) -> int:
        return sum(change.is_new for change in self.changes)

    @property
    def unchanged(self) -> int:
        return self.rows - len(self.changes)

    def fingerprint(self) -> str:
        """The same for the same changes, from the same state."""
        told = [(change.row, change.programme.pk, change.shown) for change in self.changes]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def look(
    table: Table,
    areas_open: frozenset[int] | None,
    progress: Progress = lambda *_: None,
    *,
    locked: bool = False,
) -> Intake:
    """What the table would change, of entries in these force areas (None: in all of them).

    `locked`: hold the entries against others until the transaction ends.
    """
    intake = Intake(len(table.rows), list(table.problems))
    around = Surroundings(areas_open)
    done = 0
    for batch in batches(list(table.rows.items())):
        known = _entries(batch, areas_open, locked=locked)
        for number, cells in batch:
            plan = RowPlan(number, cells, known, around)
            intake.problems += plan.problems
            if not plan.problems and plan.change.shown:
                intake.changes.append(plan.change)
        done += len(batch)
        progress("read", done, intake.rows)
    intake.problems.sort(key=place)
    return intake


def take_in(
    table: Table,
    areas_open: frozenset[int] | None,
    by: User | None,
    progress: Progress = lambda *_: None,
    *,
    only_if: str | None = None,
) -> Intake:
    """Change the entries as the table says: all rows, or none where a row has a problem.

    `only_if`: the fingerprint of what somebody looked at before. Raises OvertakenError when it
    would be something else by now.
    """
    try:
        with transaction.atomic():
            intake = look(table, areas_open, progress, locked=True)
            if only_if is not None and (intake.problems or intake.fingerprint() != only_if):
                raise OvertakenError
            if not intake.problems:
                done = 0
                for batch in batches(intake.changes):
                    write(batch, by)
                    done += len(batch)
                    progress("written", done, len(intake.changes))
            return intake
    except (IntegrityError, OperationalError) as error:
        # An address taken, a source deleted or entries held the other way round by a second import,
        # between looking and writing. On SQLite nobody else writes in between.
        if isinstance(error.__cause__, UniqueViolation | ForeignKeyViolation | DeadlockDetected):
            raise OvertakenError from error
        raise


def place(problem: Problem) -> tuple[int, int]:
    """Where a problem stands in the spreadsheet, as far as the order of columns tells."""
    known = list(COLUMNS)
    column = known.index(problem.column) if problem.column in COLUMNS else -1
    return problem.row, column


def batches(items: Sequence[Item]) -> Iterator[list[Item]]:
    left = iter(items)
    while batch := list(islice(left, AT_ONCE)):
        yield batch


def _entries(
    batch: list[tuple[int, dict[str, str]]],
    areas_open: frozenset[int] | None,
    *,
    locked: bool,
) -> dict[uuid.UUID, Programme]:
    """The entries of some rows that may be changed, with all that a row is read against."""
    wanted = [found for _number, cells in batch if (found := _identifier(cells))]
    entries: QuerySet[Programme] = Programme.objects.filter(uuid__in=wanted)
    if areas_open is not None:
        entries = entries.filter(area__in=areas_open)
    if locked:
        entries = entries.select_for_update(of=("self",))
    entries = entries.select_related("area").prefetch_related(
        "statements__source", "referrals", "criteria", "fundings"
    )
    return {entry.uuid: entry for entry in entries.order_by("pk")}


def _identifier(cells: dict[str, str]) -> uuid.UUID | None:
    try:
        return identifier(cells.get("id", ""))
    except CellError:
        return None
