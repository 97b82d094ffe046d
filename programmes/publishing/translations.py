"""Translations: texts that lack a language, and Welsh that may be older than its English."""

from collections.abc import Hashable, Iterable, Iterator
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
    """One text, with a key among those of its kind; `in_both` requires both languages."""

    what: str
    key: Hashable
    text: Bilingual
    in_both: bool = True

    @property
    def missing(self) -> list[str]:
        return [name for code, name in NAMES.items() if not getattr(self.text, code)]

    @property
    def lacks(self) -> list[str]:
        return self.missing if self.in_both else []


def texts_of(entry: Entry) -> Iterator[Text]:
    yield Text("name", entry.uuid, entry.name, in_both=False)
    yield Text("summary", entry.uuid, entry.summary)
    for number, evaluation in enumerate(entry.evaluations):
        yield Text("summary of an evaluation", (entry.uuid, number), evaluation.summary)
    for number, development in enumerate(entry.developments):
        yield Text("summary of a development", (entry.uuid, number), development.summary)
    for quotation in entry.quotations:
        yield from _of_quotation(quotation)
        yield from _of_source(quotation.source)
    for each in entry.involvements:
        yield Text("name of an organisation", each.uuid, each.organisation, in_both=False)
    for contact in entry.contacts:
        yield from _of_source(contact.source)
        yield Text("team of a contact", contact.id, contact.team)


def texts_outside_entries() -> Iterator[tuple[Model, Text]]:
    """Texts of areas, sources, organisations and developments of no entry, each with its row."""
    for area in ForceArea.objects.all():
        yield area, Text("text on whom to ask", area.slug, bilingual(area, "ask"))
    for source in Source.objects.all():
        yield from ((source, t) for t in _of_source(part_from_row(source, SourceDocument)))
    for row in Organisation.objects.all():
        yield row, Text("name of an organisation", str(row.uuid), bilingual(row, "name"))
    of_none = Development.objects.filter(programme=None).select_related("statement__source")
    for development in of_none:
        summary = bilingual(development, "summary")
        yield development, Text("summary of a development", development.pk, summary)
        for text in _of_quotation(part_from_row(development.statement, Quotation)):
            yield development.statement, text


def _of_quotation(quotation: Quotation) -> Iterator[Text]:
    yield Text("place of a statement", quotation.id, quotation.place)
    words = Bilingual(quotation.words, quotation.words_cy, quotation.words_cy_older)
    yield Text("translation of a statement", quotation.id, words, in_both=False)


def _of_source(source: SourceDocument) -> Iterator[Text]:
    yield Text("title of a source", source.slug, source.title)
    yield Text("publisher of a source", source.slug, source.publisher, in_both=False)
    yield Text("licence of a source", source.slug, source.licence, in_both=bool(source.licence))


def missing_texts(entry: Entry) -> list[str]:
    return _unique(map(missing, texts_of(entry)))


def older_texts(entry: Entry) -> list[str]:
    return _unique(map(older, texts_of(entry)))


def missing(text: Text) -> Iterator[str]:
    for language in text.lacks:
        yield f"the {text.what} is missing in {language}."


def older(text: Text) -> Iterator[str]:
    if text.text.cy_older:
        yield f"the {text.what} was edited in English since its Welsh was written or confirmed."


def _unique(problems: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable(problems)))
