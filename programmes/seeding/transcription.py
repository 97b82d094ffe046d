"""The transcription: reads a document, a folder in the form of `fixtures/`, into drafts."""

import datetime
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction

from forces.models import ForceArea, LocalAuthority
from forces.place_tables import load_places
from programmes.models import Development, Programme, Source, Statement
from programmes.publishing.data_checks import contradicts_itself, obstacles
from programmes.publishing.draft import entry_of
from programmes.readings import ROW_READINGS, SINGLE_READINGS, RowReading, SingleReading
from programmes.vocabulary import COLUMNS, NOT_STATED, SUBMISSION, Basis, Field, Precision, Stage

FIXTURES: Path = settings.BASE_DIR / "fixtures"
SOURCE = "source.toml"
"""The file of a folder that says what the document is."""

WORDS = ("text", "text_cy", "place_en", "place_cy", "link", "extracted")
"""Keys of a development of no entry that belong to its words."""
BESIDE = ("id", "statement", "welsh_of")
"""Columns of a reading that are none of what it says."""
SUMMARY = ("summary_en", "summary_cy")
CELL = {"text": "cells", "text_cy": "cells_cy"} | {n: n for n in ("extracted", "basis", "replaces")}
"""Key of a cell → the table of an entry that has it, column by column."""


class TranscriptionError(Exception):
    """What is wrong with a document, in words."""


def is_empty() -> bool:
    return not ForceArea.objects.exists()


@transaction.atomic
def transcribe() -> None:
    """Fill an empty database with the first document."""
    _forces()
    load_places(FIXTURES / "places")
    add_document(FIXTURES / SUBMISSION)


@transaction.atomic
def add_document(folder: Path) -> list[str]:
    """Write what a document says as drafts, or nothing of it.

    Returns in words what that adds, replaces and contradicts. Raises TranscriptionError.
    """
    report: list[str] = []
    with in_words(SOURCE):
        row = _read(folder / SOURCE)
        if Source.objects.filter(slug=row["slug"]).exists():
            raise TranscriptionError(f"“{row['slug']}” is here already: nothing was changed.")
        source = _saved(Source(**row))
    for file in sorted(set(folder.glob("*.toml")) - {folder / SOURCE}):
        with in_words(file.name):
            content = _read(file)
            entries, developments = content.pop("entry", []), content.pop("development", [])
            _refuse(set(content) - {"area", "place_en", "place_cy"})
        for row in entries:
            for area in row.pop("areas", [content.get("area")]):
                with in_words(f"{file.name}, {row.get('slug')}"):
                    report += EntryOfSource(content, row, area, source).write()
        for row in developments:
            with in_words(f"{file.name}, {row.get('summary_en')}"):
                report.append(_development_of_no_entry(row, source))
    return report


def _refuse(unknown: Iterable[str]) -> None:
    """A key that nothing reads is a slip of the pen, which would lose what it holds."""
    if names := ", ".join(sorted(unknown)):
        raise ValueError(f"nothing here is called {names}.")


@contextmanager
def in_words(place: str) -> Iterator[None]:
    """What is wrong at a place of a document, as a sentence for whoever wrote it down."""
    try:
        yield
    except ValidationError as error:
        raise TranscriptionError(f"{place}: {' '.join(error.messages)}") from error
    except KeyError as error:
        raise TranscriptionError(f"{place}: {error} is missing, or names nothing here.") from error
    except (ObjectDoesNotExist, OSError, TypeError, ValueError) as error:
        raise TranscriptionError(f"{place}: {error}") from error


def _saved(row: Any) -> Any:
    row.full_clean()
    row.save()
    return row


def partial_date(text: str) -> tuple[datetime.date, str]:
    """ "2023-11-20", "2024-01", "2020" or "2023/24" as its first day and its precision.

    A financial year begins on 1 April. Raises ValueError for anything else.
    """
    if "/" in text:
        first, last = text.split("/")
        if int(last) != (int(first) + 1) % 100:
            raise ValueError(f"{text} is no financial year")
        return datetime.date(int(first), 4, 1), Precision.FINANCIAL_YEAR
    precision = {10: Precision.DAY, 7: Precision.MONTH, 4: Precision.YEAR}.get(len(text))
    if precision is None:
        raise ValueError(f"{text} is no date")
    return datetime.date.fromisoformat((text + "-01-01")[:10]), precision


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _forces() -> None:
    for position, row in enumerate(_read(FIXTURES / "forces.toml")["area"], start=1):
        authorities = row.pop("authorities")
        area = ForceArea.objects.create(position=position, **row)
        LocalAuthority.objects.bulk_create(LocalAuthority(area=area, **a) for a in authorities)


def _statement(row: dict[str, Any], **columns: Any) -> Statement:
    """`basis` is how words were read, where that is not what their letters say."""
    extracted = row.pop("extracted", "")
    basis = Basis.REPAIRED if extracted else Basis.STATED
    columns |= {"as_extracted": extracted, "basis": basis} | row
    return _saved(Statement(**columns))


def _development_of_no_entry(row: dict[str, Any], source: Source) -> str:
    words = {name: row.pop(name) for name in WORDS if name in row}
    statement = _statement(words, source=source, field=Field.DEVELOPMENT)
    slug, outcome = row.pop("area", None), _outcome(row)
    area = ForceArea.objects.get(slug=slug) if slug else None
    development = Development(statement=statement, area=area, **_dated(row, "when"))
    _say_what_came_about(_saved(development), *outcome)
    return f"Adds a development, {slug or 'all Wales'}: {development}"


def _dated(row: dict[str, Any], date: str) -> dict[str, Any]:
    if "when" in row and "when_precision" not in row:
        row[date], row[f"{date}_precision"] = partial_date(row.pop("when"))
    return row


def _outcome(row: dict[str, Any]) -> list[str]:
    return [row.pop(name, "") for name in ("outcome", "outcome_of")]


def _say_what_came_about(later: Any, outcome: str, words: str) -> None:
    """`words` are those of what was expected, of the same entry or of none."""
    if outcome:
        plan = Development.objects.get(
            programme=later.programme, expected=True, statement__text=words
        )
        plan.outcome, plan.came_about = outcome, later
        _saved(plan)


class EntryOfSource:
    """One entry of a source, for one force area: its statements first, then the readings."""

    def __init__(
        self, content: dict[str, Any], row: dict[str, Any], area: str | None, source: Source
    ) -> None:
        self.content, self.area, self.source = content, area, source
        # A copy, out of which each key is taken when it is read: nobody knows those that stay.
        self.row = dict(row)
        self.row |= self.row.pop("reading", {})
        self.statements: dict[str, Statement] = {}
        self.replaced: list[Statement] = []
        self.report: list[str] = []

    def write(self) -> list[str]:
        """Add to the entry there is, or make it."""
        at = {"area": ForceArea.objects.get(slug=self.area) if self.area else None}
        at["slug"] = self.row.pop("slug")
        known = Programme.objects.select_for_update(of=("self",)).filter(**at).first()
        self.programme = known or self._new(at)
        if known:
            self._change(known)
        self._cells()
        for position, row in enumerate(self._here("sentences")):
            self._state(row.pop("key"), row.pop("field"), position, row)
        self._single_readings()
        self._rows()
        _refuse(self.row)
        entry = entry_of(Programme.objects.get(pk=self.programme.pk))
        for check in (obstacles, contradicts_itself):
            self.report += [f"Look at {self.programme}: {problem}" for problem in check(entry)]
        return self.report

    def _new(self, at: dict[str, Any]) -> Programme:
        texts = {name: self.row.pop(name) for name in SUMMARY}
        texts |= {name: self.row.pop(name) for name in ("name_en", "name_cy") if name in self.row}
        texts.setdefault("name_en", self.row.get("cells", {}).get(Field.PROGRAMME, ""))
        stage = self.row.pop("stage", Stage.COMMUNITY)
        programme = Programme(**at, **texts, stage=stage, status=self.row["status"])
        self.report.append(f"Adds an entry: {programme}")
        return _saved(programme)

    def _change(self, programme: Programme) -> None:
        """The version moves, so that an editor who has the page open is told."""
        programme.version += 1
        for name in SUMMARY:
            if name in self.row:
                setattr(programme, name, self.row.pop(name))
                self._tell("Replaces", name.replace("_", " "), getattr(programme, name))

    def _tell(self, verb: str, what: Any, words: object, than: Statement | None = None) -> None:
        earlier = f", where {than.source} says “{than.text}”" if than else ""
        said = f"“{words}”" if words else "blank"
        self.report.append(f"{verb} in {self.programme}, {what}: {said}{earlier}")

    def _cells(self) -> None:
        tables = {name: self.row.pop(table, {}) for name, table in CELL.items()}
        _refuse(set().union(*tables.values()) - {Field.PROGRAMME, *COLUMNS})
        for position, column in enumerate((Field.PROGRAMME, *COLUMNS)):
            if column in tables["text"]:
                heading = column.replace("_", " ").capitalize()
                cell = {name: table[column] for name, table in tables.items() if column in table}
                cell["place_en"] = f"{self.content['place_en']}, “{heading}” column"
                cell["place_cy"] = f"{self.content['place_cy']}, colofn “{heading}”"
                self._state(column, column, position, cell, in_table=True)

    def _state(
        self, key: str, field: str, position: int, row: dict[str, Any], **columns: Any
    ) -> None:
        """Write words down, and tell which cell of an earlier table says something else."""
        old = self._replaced(field, row.pop("replaces", None))
        columns |= {"programme": self.programme, "source": self.source, "field": field}
        new = _statement(row, replaces=old, position=position, **columns)
        self.statements[key] = new
        self._tell("Replaces" if old else "Adds", new.get_field_display(), new.text, old)
        if new.in_table and new.text:
            cells = self.programme.statements.filter(in_table=True, field=field, replaced_by=None)
            for other in cells.exclude(source=self.source).exclude(text__in=["", new.text]):
                self._tell("Contradicts", new.get_field_display(), new.text, other)

    def _replaced(self, field: str, source: str | None) -> Statement | None:
        """The words about a field that an earlier source has, its cell first; or those of a key."""
        if source is None:
            return None
        by = {"pk": source} if source.isdecimal() else {"source__slug": source}
        earlier = self.programme.statements.filter(field=field, **by)
        standing = earlier.filter(replaced_by=None).exclude(source=self.source)
        found = standing.filter(in_table=True) or standing
        if len(found) != 1:
            raise ValueError(f"{source} has {len(found)} statements about {field}, not one.")
        self.replaced.append(found[0])
        return found[0]

    def _single_readings(self) -> None:
        for each in SINGLE_READINGS:
            if each.name in self.row:
                self._read(each)
            elif getattr(self.programme, f"{each.name}_rests_on") in self.replaced:
                if not each.may_be_silent:
                    raise ValueError(f"the words of “{each.label}” are replaced: read it anew.")
                setattr(self.programme, each.name, NOT_STATED)
        routes_are_all = self.row.pop("routes_are_all", False)
        if "referrals" in self.row:
            self.programme.routes_are_all = routes_are_all
        _saved(self.programme)

    def _read(self, each: SingleReading) -> None:
        old, value = getattr(self.programme, each.name), self.row.pop(each.name)
        rested_on: Statement | None = getattr(self.programme, f"{each.name}_rests_on")
        rests_on = self.statements[self.row.pop(f"{each.name}_rests_on", each.about)]
        if rested_on and old != value and rested_on not in self.replaced:
            self._tell("Contradicts", f"{each.name} was {old}", value, rested_on)
        setattr(self.programme, each.name, value)
        setattr(self.programme, f"{each.name}_rests_on", rests_on)

    def _rows(self) -> None:
        """What was read from replaced words goes; what is read again rests on the newer words."""
        for kind in ROW_READINGS:
            rows = getattr(self.programme, kind.rows)
            if kind.may_be_silent:
                rows.filter(statement__in=self.replaced).delete()
            for row in self._here(kind.rows):
                outcome = _outcome(row)
                new = rows.model(programme=self.programme, **self._columns(row, kind))
                values = (f.attname for f in new._meta.concrete_fields if f.name not in BESIDE)
                same = rows.filter(**{name: getattr(new, name) for name in values})
                if not same.update(statement=new.statement):
                    _say_what_came_about(_saved(new), *outcome)

    def _columns(self, row: dict[str, Any], kind: RowReading) -> dict[str, Any]:
        row["statement"] = self.statements[row.pop("rests_on", kind.about)]
        if "authority" in row:
            row["authority"] = LocalAuthority.objects.get(slug=row["authority"])
        return _dated(row, kind.dates[0]) if kind.dates else row

    def _here(self, name: str) -> Iterator[dict[str, Any]]:
        """Rows that the text does not limit to another force area."""
        rows = map(dict, self.row.pop(name, []))
        return (row for row in rows if row.pop("only_in", self.area) == self.area)
