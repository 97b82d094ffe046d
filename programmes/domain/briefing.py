"""What is published about one force area beside its entries. Plain Python, no Django."""

import datetime
from dataclasses import dataclass
from typing import Any

import msgspec

from programmes.domain.entry import Bilingual, Development, Quotation, SourceDocument


@dataclass(frozen=True)
class AreaDevelopment:
    """A development of the area, or of the whole of Wales, and the words it rests on."""

    development: Development
    quotation: Quotation
    all_wales: bool


@dataclass(frozen=True)
class Briefing:
    """Whom to ask in a force area, and what happened or was expected there."""

    area: str
    area_name: Bilingual
    ask: Bilingual
    ask_page: Bilingual
    ask_checked_on: datetime.date | None
    developments: tuple[AreaDevelopment, ...]

    @property
    def sources(self) -> list[SourceDocument]:
        """The sources of its developments."""
        return [each.quotation.source for each in self.developments]

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "Briefing":
        """Raises msgspec.ValidationError when the document is not a briefing."""
        return msgspec.convert(document, cls)

    def as_document(self) -> dict[str, Any]:
        return msgspec.json.decode(msgspec.json.encode(self))
