"""The forms of “Transcribe a source”: the source, the programme, and a row a field of its words."""

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.text import slugify

from forces.models import LocalAuthority
from programmes import vocabulary
from programmes.admin.inlines import later_sources
from programmes.admin.lookups import SourceForm
from programmes.models import Programme, Source, Statement
from programmes.readings import SINGLE_READINGS
from programmes.vocabulary import COLUMNS, NOT_STATED, Field, Status

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TWO_LINES = forms.Textarea({"rows": 2})
NO_READING = ("", "Nothing new is read from it")
ADDS = ("adds", "They add to earlier words; left empty: a blank cell")
RESTS_ALSO_ON: dict[Field, tuple[Field, ...]] = {
    Field.STATUS: (Field.PROGRAMME,),
    Field.DEVELOPMENT: (Field.STATUS,),
}
"""About which words a reading rests where there are none about its own field."""

Reading = dict[str, Any]


def _one(label: str, terms: Any) -> forms.Field:
    return forms.ChoiceField(label=label, choices=[NO_READING, *terms.choices], required=False)


def _several(label: str, terms: Any) -> forms.Field:
    boxes = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(
        label=label, choices=terms.choices, widget=boxes, required=False
    )


def _tick(label: str) -> forms.Field:
    return forms.BooleanField(label=label, required=False)


def _words(label: str, **more: Any) -> forms.Field:
    return forms.CharField(label=label, required=False, **more)


IN_WORDS = {
    "when": _words("When", help_text="As 2026-11-02, 2026-11, 2026 or 2026/27."),
    "summary_en": _words("In words, in English", widget=TWO_LINES),
    "summary_cy": _words("In words, in Welsh", widget=TWO_LINES),
}
READ_AS_ROWS: dict[str, dict[str, forms.Field]] = {
    Field.REFERRAL_ROUTE: {
        "routes": _several("Routes", vocabulary.Route),
        "routes_are_all": _tick("The words leave no other route"),
    },
    Field.ELIGIBILITY: {
        "takes": _several("It takes", vocabulary.Answer),
        "excludes": _several("It excludes", vocabulary.Answer),
        "only": _tick("The words leave no other answer"),
    },
    Field.FUNDING: {
        "funder": _one("Funder", vocabulary.Funder),
        "arrangement": _one("Arrangement", vocabulary.Arrangement),
    },
    Field.EVALUATION: {"state": _one("Evaluation", vocabulary.EvaluationState), **IN_WORDS},
    Field.DEVELOPMENT: {
        "kind": _one("What it is", vocabulary.DevelopmentKind),
        "expected": _tick("Expected, and not yet happened"),
        **IN_WORDS,
    },
    Field.COVERAGE: {
        "authority": forms.ModelMultipleChoiceField(
            LocalAuthority.objects.all(),
            label="Council areas",
            to_field_name="slug",
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
    },
}


def _criteria(read: Reading) -> Iterator[Reading]:
    yield from ({"answer": answer, "only": read["only"]} for answer in read["takes"])
    yield from ({"answer": answer, "accepted": False} for answer in read["excludes"])


def _funding(read: Reading) -> Reading:
    return {name: value or NOT_STATED for name, value in read.items()}


ROWS: dict[str, tuple[str, Callable[[Reading], Iterable[Reading]]]] = {
    Field.REFERRAL_ROUTE: ("routes", lambda read: ({"route": each} for each in read["routes"])),
    Field.ELIGIBILITY: ("criteria", _criteria),
    Field.FUNDING: ("funding", lambda read: [_funding(read)]),
    Field.EVALUATION: ("evaluations", lambda read: [read]),
    Field.DEVELOPMENT: ("developments", lambda read: [read]),
    Field.COVERAGE: (
        "coverage",
        lambda read: ({"authority": each.slug} for each in read["authority"]),
    ),
}
"""About which field → the rows of a transcription, and how they are made of what was chosen."""


class PlaceForm(forms.Form):
    """What holds for all rows, chosen once."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    source = forms.ModelChoiceField(
        Source.objects.none(), required=False, empty_label="A new source, described below"
    )
    place_en = forms.CharField(
        label="Place in the source, in English", max_length=160, help_text="“page 2, first table”"
    )
    place_cy = forms.CharField(
        label="Place in the source, in Welsh", max_length=160, required=False
    )
    in_table = _tick("The words stand in a table, one cell a field")
    then = forms.ChoiceField(label="And then", required=False)

    def __init__(self, *args: Any, programmes: Iterable[Programme], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["source"].queryset = later_sources()  # type: ignore[attr-defined]
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
        fields += ["address", "licence_en", "licence_cy", "slug"]
        widgets = {"dated": DAY}


class SummaryForm(forms.ModelForm):
    class Meta:
        model = Programme
        fields = ["summary_en", "summary_cy"]
        widgets = dict.fromkeys(fields, TWO_LINES)


class NewProgrammeForm(SummaryForm):
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

    def __init__(
        self, data: Any, about: Field, standing: list[Statement], read: list[str], is_new: bool
    ) -> None:
        super().__init__(data, prefix=about.value)
        self.about, self.standing, self.now_read = about, standing, read
        older = [(str(e.pk), f"They replace “{e.text[:60]}” ({e.source})") for e in standing]
        self.fields["effect"].choices = [("", "---------"), ADDS, *older]  # type: ignore[attr-defined]
        self.single = [r for r in SINGLE_READINGS if _field_of(r.name, r.about) == about]
        readings = {r.name: _one(str(r.label), r.terms) for r in self.single}
        self.readings = readings | deepcopy(READ_AS_ROWS.get(about, {}))
        self.fields |= self.readings
        if is_new and about == Field.STATUS:
            self.initial["status"] = Status.LISTED

    @property
    def beside(self) -> list[forms.BoundField]:
        return [self[name] for name in self.readings]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in ("text_cy", "place_en", "place_cy", "link")]

    def clean(self) -> None:
        read = self.cleaned_data
        if read.get("text") and self.standing and not read.get("effect"):
            self.add_error("effect", "Say whether these words add to the earlier ones.")
        if read.get("effect") and not read.get("text") and self.about not in COLUMNS:
            self.add_error("text", "Write down the words: only a cell of a table can be blank.")
        if (read.get("kind") or read.get("state")) and not read.get("summary_en"):
            self.add_error("summary_en", "Say it in a plain sentence.")

    @property
    def has_words(self) -> bool:
        return bool(self.cleaned_data.get("text") or self.cleaned_data.get("effect"))

    @property
    def replaces(self) -> str | None:
        effect = self.cleaned_data["effect"]
        return None if effect in ("", "adds") else effect

    def said(self, place: Reading) -> Reading:
        """The words as a sentence of a transcription."""
        own = {name: self.cleaned_data[name] for name in ("text", "text_cy", "link")}
        here = self.cleaned_data if self.cleaned_data["place_en"] else place
        places = {name: here[name] for name in ("place_en", "place_cy")}
        return own | places | {"key": self.about, "field": self.about, "replaces": self.replaces}

    def reading(self, words_about: set[Field]) -> Reading:
        """What was chosen, as a transcription has it; what rests on no words is an error."""
        chosen = {n: self.cleaned_data[n] for n in self.readings if self.cleaned_data.get(n)}
        about = (self.about, *RESTS_ALSO_ON.get(self.about, ()))
        rests_on = next((each for each in about if each in words_about), None)
        if not chosen:
            return {}
        if rests_on is None:
            self.add_error("text", "Write down the words that this is read from.")
            return {}
        reading: Reading = {}
        for each in self.single:
            if each.name in chosen:
                reading |= {each.name: chosen[each.name], f"{each.name}_rests_on": rests_on}
        if self.about in ROWS:
            name, rows = ROWS[Field(self.about)]
            every = self.cleaned_data | {"expected": bool(self.cleaned_data.get("expected"))}
            read = {n: every[n] for n in self.readings}
            reading[name] = [row | {"rests_on": rests_on} for row in rows(read)]
            reading |= {name: True for name in chosen if name == "routes_are_all"}
        return reading


def _field_of(name: str, about: Field) -> Field:
    """Whether it runs is asked beside the words on it, though a table has them with the name."""
    return Field.STATUS if name == "status" else about
