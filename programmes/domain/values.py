"""Values of what is published: texts in both languages, dates of any precision, documents."""

import datetime
from dataclasses import dataclass, field
from typing import Any, Self

import msgspec

MONTHS = {"day": 0, "month": 1, "year": 12, "financial-year": 12}
"""How many months a date of each precision leaves open."""


class Document:
    """Something published as JSON."""

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> Self:
        """Raises msgspec.ValidationError when the document is something else."""
        return msgspec.convert(document, cls)

    def as_document(self) -> dict[str, Any]:
        """As JSON would give it back: lists, texts and numbers only."""
        return msgspec.json.decode(msgspec.json.encode(self))


@dataclass(frozen=True)
class Bilingual:
    """A text in both languages; where `cy` is empty, pages show the English and say so.

    `cy_older`: the English was edited since the Welsh was written or confirmed. Two texts do not
    differ by it; two documents do (`same_document`).
    """

    en: str = ""
    cy: str = ""
    cy_older: bool = field(default=False, compare=False)

    def __bool__(self) -> bool:
        return bool(self.en or self.cy)


@dataclass(frozen=True)
class PartialDate:
    """A date as exactly as a source gives it; `day` is the first of its month or year."""

    day: datetime.date
    precision: str

    @property
    def code(self) -> str:
        """2023-11-20, 2024-01, 2020 or, for a financial year, 2023/24."""
        if self.precision == "financial-year":
            return f"{self.day.year}/{(self.day.year + 1) % 100:02d}"
        return self.day.isoformat()[: {"year": 4, "month": 7}.get(self.precision, 10)]

    @property
    def last_day(self) -> datetime.date:
        if not (open_months := MONTHS[self.precision]):
            return self.day
        years, month = divmod(self.day.month - 1 + open_months, 12)
        return datetime.date(self.day.year + years, month + 1, 1) - datetime.timedelta(days=1)

    def has_passed(self, today: datetime.date) -> bool:
        return today > self.last_day


def same_document(one: object, other: object) -> bool:
    """Whether two entries or briefings are the same, the age of their Welsh included."""
    # PostgreSQL gives the names of a document back in an order of its own.
    encode = msgspec.json.Encoder(order="deterministic").encode
    return encode(one) == encode(other)
