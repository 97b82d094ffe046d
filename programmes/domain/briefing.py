"""A briefing: what is published about one force area beside its entries. Plain Python."""

import datetime
from dataclasses import dataclass

from programmes.domain.entry import Development, Quotation, SourceDocument
from programmes.domain.values import Bilingual, Document


@dataclass(frozen=True)
class AreaDevelopment:
    """A development of the area, or of the whole of Wales, and the words it rests on."""

    development: Development
    quotation: Quotation
    all_wales: bool


@dataclass(frozen=True)
class Briefing(Document):
    """Whom to ask in a force area, and what happened or was expected there."""

    area: str
    area_name: Bilingual
    ask: Bilingual
    ask_page: Bilingual
    ask_checked_on: datetime.date | None
    developments: tuple[AreaDevelopment, ...]
    ask_phone: str = ""
    ask_email: str = ""
    ask_seen_on: datetime.date | None = None

    @property
    def sources(self) -> list[SourceDocument]:
        later = (each.development.came_about for each in self.developments)
        quotations = [each.quotation for each in self.developments]
        return [q.source for q in (*quotations, *(each.statement for each in later if each))]
