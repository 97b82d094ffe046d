"""The transcription: reads `fixtures/` into the working tables of an empty database."""

import datetime
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from forces.models import ForceArea, LocalAuthority
from forces.place_tables import load_places
from programmes.models import Development, Programme, Source, Statement
from programmes.readings import ROW_READINGS, SINGLE_READINGS, RowReading
from programmes.vocabulary import COLUMNS, SUBMISSION, Basis, Field, Precision, Stage

FIXTURES: Path = settings.BASE_DIR / "fixtures"


def is_empty() -> bool:
    return not ForceArea.objects.exists()


@transaction.atomic
def transcribe() -> None:
    _forces()
    load_places(FIXTURES / "places")
    for source in _read(FIXTURES / "sources.toml")["source"]:
        Source.objects.create(**source)
    source = Source.objects.get(slug=SUBMISSION)
    for file in sorted((FIXTURES / SUBMISSION).glob("*.toml")):
        content = _read(file)
        for row in content.get("entry", []):
            for area in row.get("areas", [content.get("area")]):
                _EntryOfFile(content, row, area, source).write()
        for row in content.get("development", []):
            _development_of_no_entry(row, source)


def partial_date(text: str | None) -> tuple[datetime.date | None, str]:
    """ "2023-11-20", "2024-01", "2020" or "2023/24" as its first day and its precision.

    A financial year begins on 1 April. Raises ValueError for anything else.
    """
    if not text:
        return None, ""
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


def _sentence(row: dict[str, Any], **columns: Any) -> Statement:
    """A statement that is no cell of the table."""
    extracted = row.get("extracted", "")
    return Statement.objects.create(
        text=row["text"],
        as_extracted=extracted,
        basis=_basis(None, extracted),
        place_en=row["place_en"],
        place_cy=row["place_cy"],
        **columns,
    )


def _basis(of_cell: str | None, extracted: str) -> str:
    return of_cell or (Basis.REPAIRED if extracted else Basis.STATED)


def _development_of_no_entry(row: dict[str, Any], source: Source) -> None:
    statement = _sentence(row, source=source, field=Field.DEVELOPMENT)
    when, precision = partial_date(row.get("when"))
    Development.objects.create(
        area=ForceArea.objects.get(slug=row["area"]) if "area" in row else None,
        kind=row["kind"],
        expected=row["expected"],
        when=when,
        when_precision=precision,
        summary_en=row["summary_en"],
        summary_cy=row["summary_cy"],
        statement=statement,
    )


class _EntryOfFile:
    """One entry of a file, for one force area: its statements first, then the readings."""

    def __init__(
        self, content: dict[str, Any], row: dict[str, Any], area: str | None, source: Source
    ) -> None:
        self.content, self.row, self.area, self.source = content, row, area, source
        self.reading = row["reading"]
        self.statements: dict[str, Statement] = {}

    def write(self) -> None:
        self.programme = Programme.objects.create(
            area=ForceArea.objects.get(slug=self.area) if self.area else None,
            slug=self.row["slug"],
            name_en=self.row.get("name_en") or self.row["cells"]["programme"],
            name_cy=self.row.get("name_cy", ""),
            summary_en=self.row["summary_en"],
            summary_cy=self.row["summary_cy"],
            stage=self.row.get("stage", Stage.COMMUNITY),
            status=self.reading["status"],
            routes_are_all=self.reading.get("routes_are_all", False),
        )
        self._cells()
        self._sentences()
        self._single_readings()
        self._rows()

    def _cells(self) -> None:
        cells = self.row.get("cells", {})
        for position, column in enumerate((Field.PROGRAMME, *COLUMNS) if cells else ()):
            heading = column.replace("_", " ").capitalize()
            extracted = self.row.get("extracted", {}).get(column, "")
            self.statements[column] = Statement.objects.create(
                programme=self.programme,
                source=self.source,
                field=column,
                in_table=True,
                text=cells[column],
                as_extracted=extracted,
                basis=_basis(self._cell_basis(column), extracted),
                place_en=f"{self.content['place_en']}, “{heading}” column",
                place_cy=f"{self.content['place_cy']}, colofn “{heading}”",
                position=position,
            )

    def _cell_basis(self, column: str) -> str | None:
        if column in self.row.get("layout", []):
            return Basis.INFERRED_FROM_LAYOUT
        if column == Field.PROGRAMME and any(
            criterion.get("rests_on") == column for criterion in self.reading.get("criteria", [])
        ):
            return Basis.INFERRED_FROM_NAME
        return None

    def _sentences(self) -> None:
        for position, row in enumerate(self._here("sentences")):
            self.statements[row["key"]] = _sentence(
                row,
                programme=self.programme,
                source=self.source,
                field=row["field"],
                position=position,
            )

    def _single_readings(self) -> None:
        for each in SINGLE_READINGS:
            if each.name in self.reading:
                rests_on = self.reading.get(f"{each.name}_rests_on", each.about)
                setattr(self.programme, each.name, self.reading[each.name])
                setattr(self.programme, f"{each.name}_rests_on", self.statements[rests_on])
        self.programme.save()

    def _rows(self) -> None:
        for kind in ROW_READINGS:
            for row in self._here(kind.transcribed):
                getattr(self.programme, kind.rows).create(**self._columns(row, kind))

    def _columns(self, row: dict[str, Any], kind: RowReading) -> dict[str, Any]:
        columns = {name: value for name, value in row.items() if name not in ("only_in", "when")}
        columns["statement"] = self.statements[columns.pop("rests_on", kind.face.about)]
        if "when" in row:
            date = kind.dates[0]
            columns[date], columns[f"{date}_precision"] = partial_date(row["when"])
        return columns

    def _here(self, name: str) -> Iterator[dict[str, Any]]:
        """Rows that the text does not limit to another force area."""
        rows = (self.row | self.reading).get(name, [])
        return (row for row in rows if row.get("only_in", self.area) == self.area)
