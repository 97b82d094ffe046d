"""Forms of the referral check. No model, session or log keeps what is answered."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.forms import OneOf, PublicForm, Radios, labels_of
from forces.gazetteer import Location, Outcome, gazetteer
from forces.models import ForceArea
from programmes.domain.eligibility import Case, Question, may_be_asked
from programmes.listing.forms import IN_WORDS, PlaceForm, council_areas
from programmes.models.edition import ADDRESS
from programmes.vocabulary import Referrer

HELP_FIRST = {
    "being-hurt": _("I am being hurt, controlled or frightened"),
    "worried": _("I am worried about someone else"),
}
"""Answers that get helplines, and no list."""

ORDER = ["where", "referrer", "risk", "marac", *Question]

UNKNOWN = "unknown"


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
        {"high": _("High risk"), "medium": _("Medium risk"), "standard": _("Standard risk")},
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
MARAC = Wording(_("Going to MARAC?"), {"yes": _("Going to MARAC"), "no": _("Not going to MARAC")})


class StartForm(PublicForm):
    """What a link may choose: a place by its slug, an entry by its address."""

    where = forms.CharField(required=False, strip=False)
    programme = forms.RegexField(ADDRESS, required=False)


class PlaceInput(forms.TextInput):
    """A place in words; the places of that name to choose from; all council areas as a list."""

    template_name = "forms/place.html"
    to_choose_from: tuple[Location, ...] = ()
    is_typed = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """What was chosen, else the words; a lone value may be a slug, as of our own links."""
        posted = data.getlist(name)
        self.is_typed = len(posted) > 1 and not any(posted[1:])
        return next(filter(None, reversed(posted)), "")

    def format_value(self, value: Any) -> str:
        known = None if self.to_choose_from else gazetteer().locations.get(value)
        return known.in_words if known else value or ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        more = {"to_choose_from": self.to_choose_from, "by_area": council_areas()}
        return super().get_context(name, value, attrs) | more


class CaseForm(PlaceForm):
    """Where, who and the risk; then `ask` adds the questions that narrow a result down."""

    referrer = OneOf(
        label=_("Who is asking?"),
        choices=[*Referrer.choices, *HELP_FIRST.items()],
        widget=Radios,
    )
    risk = OneOf(
        label=WORDINGS[Question.RISK].label,
        help_text=WORDINGS[Question.RISK].caution,
        choices=[*WORDINGS[Question.RISK].answers.items(), (UNKNOWN, _("Not assessed"))],
        widget=Radios,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = PlaceInput(self.fields["where"].widget.attrs)
        self.fields["where"].widget = self.place
        self.ask((), about_marac=False)

    @cached_property
    def location(self) -> Location | None:
        """Where the case is; None for all of Wales, or for words that name no one place."""
        words = self["where"].value()
        if (known := gazetteer().locations.get(words)) and not self.place.is_typed:
            return known
        answer = gazetteer().look_up(words[:100])
        return answer.locations[0] if answer.outcome == Outcome.PLACE else None

    def clean_where(self) -> str:
        if self.location:
            return self.location.narrowest.slug
        super().clean_where()
        if self.answer:
            self.place.to_choose_from = self.answer.locations
            raise forms.ValidationError(IN_WORDS[self.answer.outcome])
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
        to_self = self.asked_by == Referrer.SELF
        if about_marac or (not to_self and self.data.get("marac")):
            self._add("marac", MARAC, MARAC.label)
        for question, wording in WORDINGS.items():
            answered = may_be_asked(question, self.asked_by) and self.data.get(question)
            if question != Question.RISK and (question in questions or answered):
                self._add(question, wording, wording.label_to_self if to_self else wording.label)
        self.order_fields(ORDER)

    def _add(self, name: str, wording: Wording, label: Any) -> None:
        answers = [("", _("Not answered")), *wording.answers.items(), (UNKNOWN, _("Don’t know"))]
        self.fields[name] = OneOf(label=label, help_text=wording.caution, choices=answers)

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
        return [(name, value) for name, value in self.answers if name in CaseForm.base_fields]

    @property
    def in_brief(self) -> list[str]:
        """The answers alone; of unknown ones only the risk."""
        words = {("risk", UNKNOWN): str(_("Risk not assessed"))}
        if self.location:
            words["where", self.location.narrowest.slug] = self.location.narrowest.name
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
