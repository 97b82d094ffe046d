"""What a row would change of its entry, and what is wrong with it. Nothing here writes."""

import uuid
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from typing import Any, cast

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from forces.models import ForceArea
from programmes.models import (
    Criterion,
    Funding,
    Programme,
    Referral,
    Source,
    Statement,
)
from programmes.readings import SINGLE_READINGS
from programmes.transfer.cells import READERS, code, text
from programmes.transfer.columns import (
    NEEDED,
    TEXTS,
    WORDS,
    Value,
    funding_code,
    same,
    state_of,
    written,
)
from programmes.transfer.problems import CellError, Problem, shortened
from programmes.vocabulary import NOT_STATED, SUBMISSION, Field, Status

RESTS_ON: dict[str, tuple[Field, ...]] = {
    "status": (Field.STATUS, Field.PROGRAMME),
    "attendance": (Field.ATTENDANCE,),
    "longevity": (Field.LONGEVITY,),
    "delivery_language": (Field.ABOUT,),
    "accreditation": (Field.ABOUT,),
    "partner_support": (Field.ABOUT,),
    "taking_referrals": (Field.ABOUT,),
    "routes": (Field.REFERRAL_ROUTE,),
    "accepts": (Field.ELIGIBILITY,),
    "funding": (Field.FUNDING,),
}
"""Reading → what the words have to be about that it rests on, first choice first."""

NO_SUCH_ENTRY = "there is no entry with this identifier among those that you may change."
OTHER_AREA = "this is not one of the force areas that you look after."


@dataclass(frozen=True)
class Change:
    column: str
    old: str
    new: str
    words: str = ""
    """What a new reading rests on."""


@dataclass
class EntryChange:
    """All that one row changes: for whoever looks first, and ready to be written."""

    row: int
    programme: Programme
    is_new: bool
    shown: list[Change] = field(default_factory=list)
    columns: dict[str, Any] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    added: list[Model] = field(default_factory=list)
    altered: list[Model] = field(default_factory=list)
    removed: list[Model] = field(default_factory=list)


class Surroundings:
    """What a row is read against: the areas and sources there are, and the addresses taken."""

    def __init__(self, areas_open: frozenset[int] | None) -> None:
        self.areas_open = areas_open
        self.areas: dict[str, ForceArea | None] = {a.slug: a for a in ForceArea.objects.all()}
        self.areas[NOT_STATED] = None
        self.sources = {source.slug: source for source in Source.objects.all()}
        entries = Programme.objects.values_list("area__slug", "slug", "pk").order_by()
        self.addresses = {(area or NOT_STATED, slug): pk for area, slug, pk in entries}
        self.rows_by_id: dict[str, int] = {}
        self.rows_by_address: dict[tuple[str, str], int] = {}

    def is_open(self, area: ForceArea | None) -> bool:
        return self.areas_open is None or (area is not None and area.pk in self.areas_open)


def identifier(cell: str) -> uuid.UUID | None:
    """Raises CellError for what is no identifier."""
    try:
        return uuid.UUID(cell) if cell else None
    except ValueError as error:
        message = f"“{shortened(cell)}” is no identifier; leave it empty for a new entry."
        raise CellError(message) from error


class RowPlan:
    """One row, read against its entry; `problems` and `change` are what came of it."""

    def __init__(
        self,
        number: int,
        cells: dict[str, str],
        known: dict[uuid.UUID, Programme],
        around: Surroundings,
    ) -> None:
        self.number, self.cells, self.around = number, cells, around
        self.problems: list[Problem] = []
        programme = self._entry(known)
        self.wanted = self._read_cells()
        is_new = programme is None or programme.pk is None
        self.change = EntryChange(number, programme or Programme(), is_new)
        if programme is None:
            return
        self.old = state_of(programme)
        self._name_and_place()
        self.words = self._words()
        self._single_readings()
        self._routes()
        self._criteria()
        self._funding()

    def _wrong(self, column: str, message: str) -> None:
        problem = Problem(self.number, column, message)
        if problem not in self.problems:
            self.problems.append(problem)

    # Reading

    def _entry(self, known: dict[uuid.UUID, Programme]) -> Programme | None:
        if "id" not in self.cells:
            return None
        try:
            wanted = identifier(self.cells["id"])
        except CellError as error:
            self._wrong("id", str(error))
            return None
        if wanted is None:
            self._needs()
            return Programme()
        first = self.around.rows_by_id.setdefault(str(wanted), self.number)
        if first != self.number:
            self._wrong("id", f"row {first} is of the same entry.")
        if wanted not in known:
            self._wrong("id", NO_SUCH_ENTRY)
            return None
        # A row of its own: a second one of the same entry is read against what is there, too.
        return copy(known[wanted])

    def _needs(self) -> None:
        for column in NEEDED:
            if column not in self.cells:
                self._wrong(column, "a new entry needs this column.")

    def _read_cells(self) -> dict[str, Value]:
        """The cells that can be read; a column that is absent is left as it is."""
        readers = {"area": self._area, **READERS}
        wanted = {}
        for column, cell in self.cells.items():
            if column in readers:
                try:
                    wanted[column] = readers[column](cell)
                except CellError as error:
                    self._wrong(column, str(error))
        return wanted

    def _area(self, cell: str) -> str:
        slug = code(cell, tuple(self.around.areas))
        if not self.around.is_open(self.around.areas[slug]):
            raise CellError(OTHER_AREA)
        return slug

    def _is_changed(self, column: str) -> bool:
        return column in self.wanted and not same(self.old[column], self.wanted[column])

    def _show(self, column: str, words: Statement | None = None) -> None:
        old = "" if self.change.is_new else written(self.old[column])
        says = f"“{words.text}” ({words.source})" if words and words.source_id else ""
        self.change.shown.append(Change(column, old, written(self.wanted[column]), says))

    # The entry itself

    def _name_and_place(self) -> None:
        programme = self.change.programme
        for column in ("area", *TEXTS, "stage", "only_these_routes"):
            if self._is_changed(column):
                name = "routes_are_all" if column == "only_these_routes" else column
                value: Any = self.wanted[column]
                self.change.columns[name] = self.around.areas[value] if name == "area" else value
                setattr(programme, name, self.change.columns[name])
                self._show(column)
        self._address()
        texts = {name for name in TEXTS if name in self.wanted}
        self._validate(programme, {name: name for name in texts})

    def _address(self) -> None:
        programme = self.change.programme
        if not {"slug", "area"} & set(self.change.columns):
            return
        if self.change.is_new and not {"slug", "area"} <= set(self.wanted):
            return
        address = (programme.area_slug, programme.slug)
        first = self.around.rows_by_address.setdefault(address, self.number)
        if first != self.number:
            self._wrong("slug", f"row {first} has the same area and slug.")
        elif self.around.addresses.get(address, programme.pk) != programme.pk:
            where = "of this force area" if programme.area else "without a force area"
            self._wrong("slug", f"Another entry {where} has this address.")
        if not self.change.is_new:
            try:
                programme.clean()
            except ValidationError as error:
                column = "slug" if "slug" in self.change.columns else "area"
                self._tell(error, {NON_FIELD_ERRORS: column})

    def _validate(self, instance: Model, columns: dict[str, str]) -> None:
        """Let the model say what is wrong with some of its fields; field → column."""
        others = {f.name for f in instance._meta.fields} - set(columns)
        try:
            instance.clean_fields(exclude=others)
        except ValidationError as error:
            self._tell(error, columns)

    def _tell(self, error: ValidationError, columns: dict[str, str]) -> None:
        for name, problems in error.update_error_dict({}).items():
            for message in ValidationError(problems).messages:
                self._wrong(columns.get(name, name), message)

    # What readings rest on

    def _words(self) -> dict[str, Statement]:
        """The words that this row brings, by what they are about."""
        source = self._source()
        found = {}
        for column, about in WORDS.items():
            if self.cells.get(column):
                found[str(about)] = self._statement(column, about, source)
        if found and not self.cells.get("source"):
            self._wrong("source", "say which source the words are from.")
        if found and not self.cells.get("place_en"):
            self._wrong("place_en", "say where in the source the words stand.")
        return found

    def _source(self) -> Source | None:
        slug = self.cells.get("source", "")
        source = self.around.sources.get(slug)
        if slug == SUBMISSION:
            message = "the submission’s words are all here already; name a later source."
            self._wrong("source", message)
        elif slug and source is None:
            message = f"“{shortened(slug)}”: there is no source with this short name; add it first."
            self._wrong("source", message)
        return source

    def _statement(self, column: str, about: Field, source: Source | None) -> Statement:
        """The same words where the entry has them, or else new ones."""
        said = self.cells[column]
        place, place_cy = self.cells.get("place_en", ""), self.cells.get("place_cy", "")
        for own in self._own_statements():
            stands = (own.source_id, own.field, own.place_en)
            if stands == (source and source.pk, about, place) and same(own.text, said):
                return own
        statement = Statement(
            programme=self.change.programme,
            source=source,
            field=about,
            text=said,
            place_en=place,
            place_cy=place_cy,
        )
        columns = {"text": column, "place_cy": "place_cy"}
        if place:
            columns["place_en"] = "place_en"
        self._validate(statement, columns)
        self._unprintable(*columns.values())
        self.change.statements.append(statement)
        self.change.shown.append(Change(column, "", said))
        return statement

    def _unprintable(self, *columns: str) -> None:
        for column in columns:
            try:
                text(self.cells.get(column, ""))
            except CellError as error:
                self._wrong(column, str(error))

    def _own_statements(self) -> Iterable[Statement]:
        programme = self.change.programme
        return [] if self.change.is_new else programme.statements.all()

    def _rests_on(self, reading: str, column: str) -> Statement | None:
        """The words for a new or changed reading: of this row, or the newest of its entry."""
        fields = RESTS_ON[reading]
        if column == "status" and self.wanted[column] != Status.LISTED:
            # That it is named is all that its name can show.
            fields = fields[:1]
        for words in (self.words.get, self._newest):
            if found := next(filter(None, map(words, fields)), None):
                return found
        wanted = " or ".join(f"words_{field}" for field in fields)
        message = f"no words of this entry are about “{fields[0].label}”"
        self._wrong(column, f"{message}; give them in {wanted}, with their source.")
        return None

    def _newest(self, about: Field) -> Statement | None:
        own = self._own_statements()
        replaced = {statement.replaces_id for statement in own}
        standing = [s for s in own if s.field == about and s.text and s.pk not in replaced]
        return max(standing, key=lambda s: (s.source.dated, s.pk), default=None)

    # Readings

    def _single_readings(self) -> None:
        for name in (reading.name for reading in SINGLE_READINGS):
            if self._is_changed(name):
                silent = self.wanted[name] == NOT_STATED
                words = None if silent else self._rests_on(name, name)
                self.change.columns |= {name: self.wanted[name], f"{name}_rests_on": words}
                if name == "status":
                    # Never silent: a new entry has it before it has words.
                    self.change.programme.status = str(self.wanted[name])
                self._show(name, words)

    def _rows_of(self, name: str) -> list[Any]:
        programme = self.change.programme
        return [] if self.change.is_new else list(getattr(programme, name).all())

    def _list(self, column: str) -> tuple[str, ...]:
        return cast(tuple[str, ...], self.wanted.get(column, self.old[column]))

    def _marked(self, column: str, among: str) -> tuple[str, ...]:
        """The codes that a second column marks among those of the first."""
        marked, whole = self._list(column), self._list(among)
        strangers = [each for each in marked if each not in whole]
        if column in self.wanted and among not in self._unreadable() and strangers:
            self._wrong(column, f"“{'”, “'.join(strangers)}” is not in {among}.")
        return marked

    def _unreadable(self) -> set[str]:
        return {problem.column for problem in self.problems}

    def _changed_among(self, *columns: str) -> list[str]:
        return [column for column in columns if self._is_changed(column)]

    def _routes(self) -> None:
        changed = self._changed_among("routes", "usual_routes")
        usual = self._marked("usual_routes", "routes")
        if changed:
            wanted = {route: {"usual": route in usual} for route in self._list("routes")}
            rows = {row.route: row for row in self._rows_of("referrals")}
            self._change_rows("routes", changed, Referral, "route", rows, wanted)

    def _criteria(self) -> None:
        changed = self._changed_among("accepts", "only", "excludes")
        only, excluded = self._marked("only", "accepts"), self._list("excludes")
        both = [answer for answer in self._list("accepts") if answer in excluded]
        if changed and both:
            self._wrong("excludes", f"“{'”, “'.join(both)}” is in accepts as well.")
        if changed:
            wanted = {
                **{answer: {"accepted": False} for answer in excluded},
                **{
                    answer: {"accepted": True, "only": answer in only}
                    for answer in self._list("accepts")
                },
            }
            rows = {row.answer: row for row in self._rows_of("criteria")}
            self._change_rows("accepts", changed, Criterion, "answer", rows, wanted)

    def _change_rows(
        self,
        reading: str,
        changed: list[str],
        model: type[Referral] | type[Criterion],
        key: str,
        rows: dict[str, Any],
        wanted: dict[str, dict[str, bool]],
    ) -> None:
        """Make the entry's rows of one kind those that are wanted, each found by its code."""
        self.change.removed += [row for found, row in rows.items() if found not in wanted]
        others = [
            found
            for found, marks in wanted.items()
            if found not in rows or any(getattr(rows[found], m) != v for m, v in marks.items())
        ]
        words = self._rests_on(reading, changed[0]) if others else None
        for found in others:
            row = rows.get(found) or model(programme=self.change.programme, **{key: found})
            self._put(row, {**wanted[found], "statement": words})
        for column in changed:
            self._show(column, words)

    def _funding(self) -> None:
        if not self._is_changed("funding"):
            return
        left, wanted = self._rows_of("fundings"), list(self._list("funding"))
        # Whose period or arrangement changed stays one row: the dates of its funding stay with it.
        for alike in (3, 2, 1):
            for item in list(wanted):
                row = next((row for row in left if _alike(row, item, alike)), None)
                if row:
                    left.remove(row)
                    wanted.remove(item)
                    if alike < 3:
                        self._fund(row, item)
        for item in wanted:
            self._fund(Funding(programme=self.change.programme), item)
        self.change.removed += left
        words = self._rests_on("funding", "funding") if self._funds_anew() else None
        self._show("funding", words)

    def _fund(self, row: Funding, item: str) -> None:
        funder, period, arrangement = item.split(":")
        columns = {"funder": funder, "period": period, "arrangement": arrangement}
        self._put(row, {**columns, "statement": self._rests_on("funding", "funding")})

    def _funds_anew(self) -> bool:
        return any(isinstance(row, Funding) for row in (*self.change.added, *self.change.altered))

    def _put(self, row: Any, columns: dict[str, Any]) -> None:
        for name, value in columns.items():
            if name != "statement" or value is not None:
                setattr(row, name, value)
        (self.change.added if row.pk is None else self.change.altered).append(row)


def _alike(row: Funding, item: str, parts: int) -> bool:
    """Whether funder, period and arrangement are the same, as far as the first so many parts."""
    return funding_code(row).split(":")[:parts] == item.split(":")[:parts]
