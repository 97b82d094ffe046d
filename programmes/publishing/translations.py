"""Texts in two languages: which lack one, and which Welsh may be older than its English."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model

from programmes.domain.entry import Bilingual, Entry, Quotation, SourceDocument
from programmes.models import Development, Organisation, Source
from programmes.publishing.rows import bilingual, read

NAMES = {"en": "English", "cy": "Welsh"}


@dataclass(frozen=True)
class Text:
    """One text, what it is, and what tells it from others that are the like.

    `in_both`: the public has a right to it in both languages. Not so the names of an
    entry and of those who run it, since many have one name, and translations of a source's words.
    """

    what: str
    key: Hashable
    text: Bilingual
    in_both: bool = True

    @property
    def missing(self) -> list[str]:
        """The languages that it lacks, by name."""
        return [name for code, name in NAMES.items() if not getattr(self.text, code)]

    @property
    def lacks(self) -> list[str]:
        """The languages that it lacks and has to have."""
        return self.missing if self.in_both else []


def texts_of(entry: Entry) -> Iterator[Text]:
    """Every text of an entry that the public would see."""
    yield Text("name", entry.uuid, entry.name, in_both=False)
    yield Text("summary", entry.uuid, entry.summary)
    for number, evaluation in enumerate(entry.evaluations):
        yield Text("summary of an evaluation", (entry.uuid, number), evaluation.summary)
    for number, development in enumerate(entry.developments):
        yield Text("summary of a development", (entry.uuid, number), development.summary)
    for quotation in entry.quotations:
        yield from _of_words(quotation)
        yield _title(quotation.source)
    for each in entry.involvements:
        yield Text("name of an organisation", each.uuid, each.organisation, in_both=False)
    for contact in entry.contacts:
        yield _title(contact.source)
        yield Text("team of a contact", contact.id, contact.team)


def texts_of_no_entry() -> Iterator[tuple[Model, Text]]:
    """Those of sources, of organisations and of developments that are about no entry."""
    for source in Source.objects.all():
        yield source, _title(read(source, SourceDocument))
    for row in Organisation.objects.all():
        yield row, Text("name of an organisation", str(row.uuid), bilingual(row, "name"))
    of_none = Development.objects.filter(programme=None).select_related("statement__source")
    for development in of_none:
        summary = bilingual(development, "summary")
        yield development, Text("summary of a development", development.pk, summary)
        for text in _of_words(read(development.statement, Quotation)):
            yield development.statement, text


def _of_words(quotation: Quotation) -> Iterator[Text]:
    yield Text("place of a statement", quotation.id, quotation.place)
    words = Bilingual(quotation.words, quotation.words_cy, quotation.words_cy_older)
    yield Text("translation of a statement", quotation.id, words, in_both=False)


def _title(source: SourceDocument) -> Text:
    return Text("title of a source", source.slug, source.title)


def missing_texts(entry: Entry) -> Iterator[str]:
    """What the public would see in one language only, in words for its editor, each said once."""
    return _each_once(missing(text) for text in texts_of(entry))


def older_texts(entry: Entry) -> Iterator[str]:
    """Which Welsh texts of an entry may be older than their English, said in the same way."""
    return _each_once(older(text) for text in texts_of(entry))


def missing(text: Text) -> Iterator[str]:
    for language in text.lacks:
        yield f"the {text.what} is missing in {language}."


def older(text: Text) -> Iterator[str]:
    if text.text.cy_older:
        yield f"the {text.what} was edited in English since its Welsh was written or confirmed."


def _each_once(found: Iterable[Iterable[str]]) -> Iterator[str]:
    return iter(dict.fromkeys(problem for problems in found for problem in problems))
