"""Forms of the referral check. No model, session or log keeps what is answered."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.forms import NOT_IN_VOCABULARY, PublicForm, Radios, Select, by_name, labels_of
from forces.gazetteer import Location, Outcome, gazetteer
from forces.models import ForceArea
from programmes.domain.eligibility import Case, Question, may_be_asked
from programmes.listing.place_forms import PlaceForm, in_words
from programmes.vocabulary import Referrer

HELP_FIRST = {
    "being-hurt": _("I am being hurt, controlled or frightened"),
    "worried": _("I am worried about someone else"),
}
"""Answers that get helplines, and no list."""

ORDER = ["where", "referrer", "risk", "marac", *Question]

UNKNOWN = "unknown"
"""The answer "don't know", the same as none."""

DONT_KNOW = _("Don’t know")

WHICH_PLACE = {
    Outcome.CHOICE: _("Which place do you mean?"),
    Outcome.SIMILAR: _("We do not know this name. Is it one of these?"),
    Outcome.BORDER: _(
        "Part of this postcode area is outside Wales. If the place is in Wales, choose its council "
        "area."
    ),
}


@dataclass(frozen=True)
class Wording:
    """How a question is put to a professional and to the person, if they are asked."""

    label: Any
    answers: dict[str, Any]
    label_to_self: Any = ""
    caution: Any = ""


WORDINGS = {
    Question.ORDER: Wording(
        _("Order or caution?"),
        {
            "probation": _("A probation order after a conviction"),
            "conditional-caution": _("A conditional caution, given or being considered"),
            "neither": _("No order or caution"),
        },
        _("Do you have a probation order after a conviction, or a conditional caution?"),
    ),
    Question.RISK: Wording(
        _("Risk to the victim, as assessed"),
        {
            "high": _("High risk"),
            "medium": _("Medium risk"),
            "standard": _("Standard risk"),
        },
        caution=_("For professionals. If nobody has assessed it, choose “Not assessed”."),
    ),
    Question.SEX: Wording(
        _("Man or woman?"),
        {"man": _("Man"), "woman": _("Woman"), "another": _("Another description")},
        _("Are you a man or a woman?"),
    ),
    Question.STALKING: Wording(
        _("Is there stalking?"),
        {"yes": _("Stalking"), "no": _("No stalking")},
        _("Is there anyone you follow, watch or contact who does not want you to?"),
    ),
    Question.CHILDREN: Wording(
        _("Are there children?"),
        {"yes": _("Children"), "no": _("No children")},
        _("Do you have children?"),
    ),
    Question.RELATIONSHIP: Wording(
        _("Is the relationship to continue?"),
        {"continuing": _("Relationship to continue"), "ended": _("Relationship not to continue")},
        caution=_("Ask each person separately and safely. This is not advice."),
    ),
    Question.WILLING: Wording(
        _("Do they accept what they did, and want to change?"),
        {"yes": _("Willing to change"), "no": _("Not willing to change")},
        _("Do you accept what you did, and want to change?"),
    ),
}


class StartForm(PublicForm):
    """What a link may choose: a place by its slug, an entry by its address."""

    where = forms.CharField(required=False, strip=False)
    programme = forms.CharField(required=False, strip=False)


class PlaceInput(forms.TextInput):
    """A place in words; the places of that name to choose from; all council areas as a list."""

    template_name = "forms/place.html"
    choices: list[Any] = []
    to_choose_from: tuple[Location, ...] = ()
    is_typed = False

    def __init__(self, locations: dict[str, Location]) -> None:
        super().__init__({"class": "govuk-input", "autocomplete": "off", "spellcheck": "false"})
        self.locations = locations

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """What was chosen, else the words; a lone value may be a slug, as of our own links."""
        posted = data.getlist(name)
        self.is_typed = len(posted) > 1 and not any(posted[1:])
        return next(filter(None, reversed(posted)), "")

    def format_value(self, value: Any) -> str:
        known = None if self.to_choose_from else self.locations.get(value)
        return in_words(known) if known else value or ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        named = [(each.narrowest.slug, in_words(each)) for each in self.to_choose_from]
        more = {"to_choose_from": named, "choices": self.choices}
        return super().get_context(name, value, attrs) | more


class CaseForm(PlaceForm):
    """Where, who and the risk; then `ask` adds the questions that narrow a result down."""

    referrer = forms.ChoiceField(
        label=_("Who is asking?"),
        required=False,
        choices=[*Referrer.choices, *HELP_FIRST.items()],
        widget=Radios,
        error_messages={"invalid_choice": NOT_IN_VOCABULARY},
    )
    risk = forms.ChoiceField(
        label=WORDINGS[Question.RISK].label,
        help_text=WORDINGS[Question.RISK].caution,
        required=False,
        choices=[*WORDINGS[Question.RISK].answers.items(), (UNKNOWN, _("Not assessed"))],
        widget=Radios,
        error_messages={"invalid_choice": NOT_IN_VOCABULARY},
    )

    def __init__(self, data: Any, areas: tuple[ForceArea, ...], **kwargs) -> None:
        super().__init__(data, **kwargs)
        self.locations: dict[str, Location] = {}
        choices: list[Any] = [("", _("Choose a council area"))]
        for area in areas:
            whole = Location(area.name_en, area.name_cy, area)
            parts = [Location(p.name_en, p.name_cy, area, p) for p in area.authorities.all()]
            self.locations |= {each.narrowest.slug: each for each in (whole, *parts)}
            named = [(each.narrowest.slug, _name(each)) for each in parts]
            choices.append((_name(whole), [(area.slug, _name(whole)), *sorted(named, key=by_name)]))
        self.place = PlaceInput(self.locations)
        self.place.choices = choices
        self.fields["where"].widget = self.place
        self.ask((), about_marac=False)

    @cached_property
    def location(self) -> Location | None:
        """Where the case is; None for all of Wales, or for words that name no one place."""
        words, typed = self["where"].value(), self.place.is_typed
        if words in self.locations and not typed:
            return self.locations[words]
        answer = gazetteer().look_up(words[:100])
        return answer.locations[0] if answer.outcome == Outcome.PLACE else None

    def clean_where(self) -> str:
        if self.location:
            return self.location.narrowest.slug
        super().clean_where()
        if self.answer:
            self.place.to_choose_from = self.answer.locations
            raise forms.ValidationError(WHICH_PLACE[self.answer.outcome])
        return ""

    @property
    def area(self) -> ForceArea | None:
        return self.location.area if self.location else None

    @property
    def asked_by(self) -> str | None:
        answer = self["referrer"].value()
        return answer if answer in Referrer.values else None

    def ask(self, questions: Collection[Question], *, about_marac: bool) -> None:
        """Questions that narrow down, and those answered before, lest an answer be lost."""
        if about_marac or (self.asked_by != Referrer.SELF and self.data.get("marac")):
            answers = {"yes": _("Going to MARAC"), "no": _("Not going to MARAC")}
            self.fields["marac"] = _choice(_("Going to MARAC?"), answers)
        to_self = self.asked_by == Referrer.SELF
        for question, wording in WORDINGS.items():
            answered = may_be_asked(question, self.asked_by) and self.data.get(question)
            if question != Question.RISK and (question in questions or answered):
                label = wording.label_to_self if to_self else wording.label
                self.fields[question] = _choice(label, wording.answers, wording.caution)
        self.order_fields(ORDER)

    @property
    def narrowing(self) -> list[BoundField]:
        return [field for field in self if field.name not in CaseForm.base_fields]

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What was answered and may be asked of who asks."""
        unasked = [q for q in Question if not may_be_asked(q, self.asked_by)]
        return [(n, value) for n, value in self.cleaned_data.items() if value and n not in unasked]

    @property
    def started(self) -> list[tuple[str, str]]:
        """The answers to where, who and risk."""
        return [(name, value) for name, value in self.answers if name in CaseForm.base_fields]

    @property
    def in_brief(self) -> list[str]:
        """The answers alone; of unknown ones only the risk."""
        words = {("where", slug): _name(each) for slug, each in self.locations.items()}
        words["risk", UNKNOWN] = str(_("Risk not assessed"))
        return [
            words.get((name, value)) or str(labels_of(self.fields[name])[value])
            for name, value in self.answers
            if value != UNKNOWN or name == Question.RISK
        ]

    @property
    def case(self) -> Case:
        """The answered questions, without those left open or unknown."""
        given = {name: value for name, value in self.answers if value != UNKNOWN}
        answers = {q: given[q] for q in Question if q in given}
        return Case(self.asked_by, {"yes": True, "no": False}.get(given.get("marac", "")), answers)


def _name(location: Location) -> str:
    return getattr(location.narrowest, f"name_{get_language()}")


def _choice(label: Any, answers: dict[str, Any], caution: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=caution,
        required=False,
        choices=[("", _("Not answered")), *answers.items(), (UNKNOWN, DONT_KNOW)],
        widget=Select,
        error_messages={"invalid_choice": NOT_IN_VOCABULARY},
    )
