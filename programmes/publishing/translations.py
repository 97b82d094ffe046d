"""Translations: texts that lack a language, and Welsh that may be older than its English."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.db.models import Model

from forces.models import ForceArea
from programmes.domain.entry import Bilingual, Entry, Quotation, SourceDocument
from programmes.models import Development, Organisation, Source
from programmes.publishing.rows import bilingual, part_from_row

NAMES = {"en": "English", "cy": "Welsh"}


@dataclass(frozen=True)
class Text:
    """`in_both` requires both languages."""

    what: str
    text: Bilingual
    in_both: bool = True

    @property
    def missing(self) -> list[str]:
        lacks = [name for code, name in NAMES.items() if not getattr(self.text, code)]
        return [f"the {self.what} is missing in {name}." for name in lacks if self.in_both]

    @property
    def older(self) -> list[str]:
        edited = "was edited in English since its Welsh was written or confirmed."
        return [f"the {self.what} {edited}"] if self.text.cy_older else []


def texts_of(entry: Entry) -> Iterator[Text]:
    yield Text("name", entry.name, in_both=False)
    yield Text("summary", entry.summary)
    for evaluation in entry.evaluations:
        yield Text("summary of an evaluation", evaluation.summary)
    for development in entry.developments:
        yield Text("summary of a development", development.summary)
    for quotation in entry.quotations:
        yield from _of_quotation(quotation)
        yield from _of_source(quotation.source)
    for each in entry.involvements:
        yield Text("name of an organisation", each.organisation, in_both=False)
    for contact in entry.contacts:
        yield from _of_source(contact.source)
        yield Text("team of a contact", contact.team)


def missing_texts(entry: Entry) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable(text.missing for text in texts_of(entry))))


def older_texts(entry: Entry) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable(text.older for text in texts_of(entry))))


def problems_outside_entries() -> Iterator[tuple[Model, str]]:
    """Rows that belong to no entry, each with one thing that is wrong with a text of it."""
    for row, text in _texts_outside_entries():
        yield from ((row, problem) for problem in (*text.missing, *text.older))


def _texts_outside_entries() -> Iterator[tuple[Model, Text]]:
    for area in ForceArea.objects.all():
        yield area, Text("text on whom to ask", bilingual(area, "ask"))
    for source in Source.objects.all():
        yield from ((source, t) for t in _of_source(part_from_row(source, SourceDocument)))
    for row in Organisation.objects.all():
        yield row, Text("name of an organisation", bilingual(row, "name"))
    of_none = Development.objects.filter(programme=None).select_related("statement__source")
    for development in of_none:
        yield development, Text("summary of a development", bilingual(development, "summary"))
        for text in _of_quotation(part_from_row(development.statement, Quotation)):
            yield development.statement, text


def _of_quotation(quotation: Quotation) -> Iterator[Text]:
    yield Text("place of a statement", quotation.place)
    words = Bilingual(quotation.words, quotation.words_cy, quotation.words_cy_older)
    yield Text("translation of a statement", words, in_both=False)


def _of_source(source: SourceDocument) -> Iterator[Text]:
    yield Text("title of a source", source.title)
    yield Text("publisher of a source", source.publisher, in_both=False)
    yield Text("licence of a source", source.licence, in_both=bool(source.licence))
