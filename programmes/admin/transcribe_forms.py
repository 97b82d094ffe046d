"""The forms of “Transcribe a source”: the source, the programme, and a row a field of its words."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.text import slugify

from programmes.admin.edit_conflicts import SeenVersionForm
from programmes.admin.inlines import later_sources
from programmes.admin.lookups import SourceForm
from programmes.models import Programme, Source, Statement
from programmes.readings import ROW_READINGS, SINGLE_READINGS, RowReading
from programmes.vocabulary import COLUMNS, Field, Status

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TWO_LINES = forms.Textarea({"rows": 2})
NO_READING = ("", "Nothing new is read from it")
ADDS = ("adds", "They add to earlier words")
BLANK = ("blank", "No words: the cell is blank")
REPLACED_LEAVES = "Replaced words, and what was read from them, leave the public page."
RESTS_ALSO_ON = {Field.STATUS: Field.PROGRAMME, Field.DEVELOPMENT: Field.STATUS}
"""About which words a reading rests where there are none about its own field."""
ASKED_BESIDE = {"status": Field.STATUS, "taking_referrals": Field.REFERRAL_ROUTE}
"""Whether it runs is asked beside the words on it, though a table has them with the name."""
ROWS_OFFERED = {"referrals": 2, "criteria": 3}
NO_PART_OF_A_READING = ["programme", "statement", "welsh_of", "area", "subject"]
NO_PART_OF_A_READING += ["outcome", "came_about"]

Reading = dict[str, Any]


def _words(label: str, **more: Any) -> forms.Field:
    return forms.CharField(label=label, required=False, **more)


def _rows(kind: RowReading, data: Any) -> Any:
    """New rows of a kind, in the fields that its model has."""
    model = getattr(Programme, kind.rows).rel.related_model
    widgets: dict[str, Any] = dict.fromkeys(("summary_en", "summary_cy"), TWO_LINES)
    formset = forms.modelformset_factory(
        model,
        exclude=NO_PART_OF_A_READING,
        extra=ROWS_OFFERED.get(kind.rows, 1),
        max_num=9,
        absolute_max=9,
        widgets=widgets | dict.fromkeys(kind.dates, DAY),
    )
    return formset(data, prefix=kind.rows, queryset=model.objects.none())


class PlaceForm(forms.Form):
    """What holds for all rows, chosen once."""

    source = forms.ModelChoiceField(
        later_sources(), required=False, empty_label="A new source, described below"
    )
    place_en = forms.CharField(
        label="Place in the source, in English", max_length=160, help_text="“page 2, first table”"
    )
    place_cy = forms.CharField(
        label="Place in the source, in Welsh", max_length=160, required=False
    )
    in_table = forms.BooleanField(
        label="The words stand in a table, one cell a field", required=False
    )
    then = forms.ChoiceField(label="And then", required=False)

    def __init__(self, *args: Any, programmes: Iterable[Programme], **options: Any) -> None:
        super().__init__(*args, **options)
        more = [(str(each.pk), f"Its words on {each}") for each in programmes]
        self.fields["then"].choices = [  # type: ignore[attr-defined]
            ("", "The page of the entry"),
            ("preview", "A look at the public page"),
            ("new", "Its words on a new programme"),
            *more,
        ]


class NewSourceForm(SourceForm):
    class Meta:
        model = Source
        fields = ["kind", "dated", "title_en", "title_cy", "publisher_en", "publisher_cy"]
        fields += ["address", "licence_en", "licence_cy"]
        widgets = {"dated": DAY}


class SummaryForm(SeenVersionForm):
    class Meta:
        model = Programme
        fields = ["summary_en", "summary_cy"]
        widgets = dict.fromkeys(fields, TWO_LINES)


class NewProgrammeForm(SummaryForm):
    seen_version = None  # type: ignore[assignment]
    slug = forms.SlugField(
        label="Name in the address", required=False, help_text="Empty: made from the name."
    )

    class Meta(SummaryForm.Meta):
        fields = ["name_en", "name_cy", "area", "slug", "stage", *SummaryForm.Meta.fields]

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or slugify(self.cleaned_data.get("name_en", ""))[:50]


class WordsForm(forms.Form):
    """What the source says about one field, and what we read from it."""

    text = _words("Its words", widget=TWO_LINES)
    effect = forms.ChoiceField(label="Beside earlier words", required=False)
    text_cy = _words("Welsh translation", widget=TWO_LINES)
    place_en = _words("A place of its own, in English", max_length=200)
    place_cy = _words("A place of its own, in Welsh", max_length=200)
    link = forms.URLField(label="Link that the source gives there", required=False)

    def __init__(self, data: Any, about: Field, programme: Programme | None) -> None:
        super().__init__(data, prefix=about.value)
        self.about, self.programme = about, programme
        words = programme.statements.all() if programme else Statement.objects.none()
        self.standing = words.filter(field=about, replaced_by=None).select_related("source")
        older = [(str(e.pk), f"They replace {_named(e)} ({e.source})") for e in self.standing]
        first, blank = ADDS if older else ("", "---------"), [BLANK] if about in COLUMNS else []
        self.fields["effect"].choices = [first, *older, *blank]  # type: ignore[attr-defined]
        self.fields["effect"].help_text = REPLACED_LEAVES if older else ""
        self.single = [r for r in SINGLE_READINGS if ASKED_BESIDE.get(r.name, r.about) == about]
        for each in self.single:
            self.fields[each.name] = forms.ChoiceField(
                label=each.label, choices=[NO_READING, *each.terms.choices], required=False
            )
        self.kinds = [each for each in ROW_READINGS if each.about == about]
        self.sets = [_rows(each, data) for each in self.kinds]
        if about == Field.REFERRAL_ROUTE:
            self.fields |= forms.fields_for_model(Programme, ["routes_are_all"])
        if programme is None:
            self.initial["status"] = Status.LISTED

    @property
    def now_read(self) -> Iterator[object]:
        """What is read so far where these readings are asked for."""
        for each in self.single:
            if getattr(self.programme, f"{each.name}_rests_on", None):
                yield getattr(self.programme, f"get_{each.name}_display")()
        for kind in self.kinds if self.programme else ():
            yield from getattr(self.programme, kind.rows).all()

    @property
    def beside(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.base_fields]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in ("text_cy", "place_en", "place_cy", "link")]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(rows.is_valid() for rows in self.sets)])

    def clean(self) -> None:
        read = self.cleaned_data
        if self.replaces and not read.get("text") and self.about not in COLUMNS:
            self.add_error("text", "Write down the words: only a cell of a table can be blank.")

    @property
    def has_words(self) -> bool:
        return bool(self.cleaned_data["text"] or self.cleaned_data["effect"] not in ("", "adds"))

    @property
    def replaces(self) -> str | None:
        effect = self.cleaned_data.get("effect", "")
        return effect if effect.isdecimal() else None

    def said(self, place: Reading) -> Reading:
        """The words as a sentence of a transcription."""
        own = {name: self.cleaned_data[name] for name in ("text", "text_cy", "link")}
        here = self.cleaned_data if self.cleaned_data["place_en"] else place
        places = {name: here[name] for name in ("place_en", "place_cy")}
        return own | places | {"key": self.about, "field": self.about, "replaces": self.replaces}

    def reading(self, words_about: set[Field]) -> Reading:
        """What was chosen, as a transcription has it; what rests on no words is an error."""
        about = (self.about, RESTS_ALSO_ON.get(self.about))
        rests_on = next((each for each in about if each in words_about), None)
        reading: Reading = {}
        for each in self.single:
            if chosen := self.cleaned_data[each.name]:
                reading |= {each.name: chosen, f"{each.name}_rests_on": rests_on}
        for kind, rows in zip(self.kinds, self.sets, strict=True):
            chosen = [row.cleaned_data for row in rows.forms if row.has_changed()]
            if chosen:
                reading[kind.rows] = [_as_transcribed(row, rests_on) for row in chosen]
        if self.cleaned_data.get("routes_are_all"):
            reading["routes_are_all"] = True
        if reading and rests_on is None:
            self.add_error("text", "Write down the words that this is read from.")
        return reading


def _named(words: Statement) -> str:
    return f"“{words.text[:60]}”" if words.text else "the blank cell"


def _as_transcribed(row: Reading, rests_on: Field | None) -> Reading:
    """A transcription names a council area by its short name, and no row by its key."""
    named = {name: getattr(value, "slug", value) for name, value in row.items() if name != "id"}
    return named | {"rests_on": rests_on}
