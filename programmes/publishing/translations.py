"""Texts in two languages: which lack one, and which Welsh may be older than its English."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model

from programmes.models import Development, Organisation, Programme, Source
from programmes.models.welsh import english, is_older, welsh

NAMES = {"en": "English", "cy": "Welsh"}


@dataclass(frozen=True)
class Text:
    """A pair of columns of a row, as `summary` of `summary_en` and `summary_cy`.

    `in_both`: the public has a right to it in both languages. Not so the names of an
    entry and of those who run it, since many have one name, and translations of a source's words.
    """

    what: str
    row: Model
    name: str
    in_both: bool = True

    @property
    def missing(self) -> list[str]:
        """The languages that it lacks, by name."""
        texts = {"en": english(self.row, self.name), "cy": welsh(self.row, self.name)}
        return [NAMES[code] for code, text in texts.items() if not text]

    @property
    def lacks(self) -> list[str]:
        """The languages that it lacks and has to have."""
        return self.missing if self.in_both else []

    @property
    def is_older(self) -> bool:
        return is_older(self.row, self.name)


def texts_of(programme: Programme) -> Iterator[Text]:
    """Every text of an entry that the public would see."""
    yield Text("name", programme, "name", in_both=False)
    yield Text("summary", programme, "summary")
    for evaluation in programme.evaluations.all():
        yield Text("summary of an evaluation", evaluation, "summary")
    for development in programme.developments.all():
        yield Text("summary of a development", development, "summary")
    for statement in programme.statements.all():
        yield Text("place of a statement", statement, "place")
        yield Text("translation of a statement", statement, "text", in_both=False)
        yield Text("title of a source", statement.source, "title")
    for involvement in programme.involvements.all():
        yield Text("name of an organisation", involvement.organisation, "name", in_both=False)
    for contact in programme.contacts.all():
        if not contact.hidden_at:
            yield Text("title of a source", contact.source, "title")
            yield Text("team of a contact", contact, "team")


def texts_of_no_entry() -> Iterator[Text]:
    """Those of sources, of organisations and of developments that are about no entry."""
    for source in Source.objects.all():
        yield Text("title of a source", source, "title")
    for organisation in Organisation.objects.all():
        yield Text("name of an organisation", organisation, "name")
    of_none = Development.objects.filter(programme=None).select_related("statement")
    for development in of_none:
        yield Text("summary of a development", development, "summary")
        yield Text("place of a statement", development.statement, "place")
        yield Text("translation of a statement", development.statement, "text", in_both=False)


def missing_texts(programme: Programme) -> Iterator[str]:
    """What the public would see in one language only, in words for its editor, each told once."""
    return _each_once(missing(text) for text in texts_of(programme))


def older_texts(programme: Programme) -> Iterator[str]:
    """Which Welsh texts of an entry may be older than their English, told in the same way."""
    return _each_once(older(text) for text in texts_of(programme))


def missing(text: Text) -> Iterator[str]:
    for language in text.lacks:
        yield f"the {text.what} is missing in {language}."


def older(text: Text) -> Iterator[str]:
    if text.is_older:
        yield f"the {text.what} was edited in English since its Welsh was written or confirmed."


def _each_once(found: Iterable[Iterable[str]]) -> Iterator[str]:
    return iter(dict.fromkeys(problem for problems in found for problem in problems))
