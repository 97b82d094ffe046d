"""Forms of the referral check. No model, session or log keeps what is answered."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.forms import NOT_IN_VOCABULARY, PublicForm, Radios, Select, by_name, labels_of
from forces.gazetteer import Outcome, gazetteer
from forces.models import ForceArea
from programmes.domain.eligibility import Case, Question, Referrer, may_be_asked

BEING_HURT = "being-hurt"
"""The answer of somebody who is hurt or worried: they get helplines, and no list."""

UNKNOWN = "unknown"
"""The answer "don't know", the same as none."""

OFFERED = "offered"
"""The field that says which questions were asked already."""

REFERRERS = [
    (Referrer.POLICE, _("Police")),
    (Referrer.CHILDRENS_SERVICES, _("Children’s Services")),
    (Referrer.PROBATION_OR_COURT, _("Probation or a court")),
    (Referrer.ORGANISATION, _("Health, housing, a school, an IDVA or another organisation")),
    (Referrer.SELF, _("I want to change my own behaviour")),
    (BEING_HURT, _("I am being hurt, or worried about someone")),
]


@dataclass(frozen=True)
class Wording:
    """How a question is put to a professional and to the person, if they are asked."""

    label: Any
    why: Any
    answers: dict[str, Any]
    label_to_self: Any = ""


WORDINGS = {
    Question.ORDER: Wording(
        _("Is there a probation order after a conviction, or a conditional caution?"),
        _("Some programmes take only people whom a court or a caution sends to them."),
        {
            "probation": _("A probation order after a conviction"),
            "conditional-caution": _("A conditional caution, given or being considered"),
            "neither": _("No order or caution"),
        },
        _("Do you have a probation order after a conviction, or a conditional caution?"),
    ),
    Question.RISK: Wording(
        _("Risk to the victim, as a professional has assessed it"),
        _(
            "If nobody has assessed it, choose “Don’t know”: your agency’s own procedure comes "
            "first."
        ),
        {
            "high": _("High risk"),
            "medium": _("Medium risk"),
            "standard": _("Standard risk"),
        },
    ),
    Question.SEX: Wording(
        _("Is the person a man, a woman or another?"),
        _("Some entries say that they are for men. Most do not say whom they serve."),
        {"man": _("A man"), "woman": _("A woman"), "another": _("Another")},
        _("Are you a man, a woman or another?"),
    ),
    Question.STALKING: Wording(
        _("Is there stalking?"),
        _("Asked because an entry here is named for it."),
        {"yes": _("Stalking"), "no": _("No stalking")},
        _("Is there anyone you follow, watch or contact who does not want you to?"),
    ),
    Question.CHILDREN: Wording(
        _("Are there children?"),
        _("Asked because an entry here is for people with children."),
        {"yes": _("Children"), "no": _("No children")},
        _("Do you have children?"),
    ),
    Question.RELATIONSHIP: Wording(
        _("Is the relationship to continue?"),
        _("An entry here states it. Ask each person separately and safely; it is no advice."),
        {"continuing": _("Relationship to continue"), "ended": _("Relationship not to continue")},
    ),
    Question.WILLING: Wording(
        _("Is the person willing to take part?"),
        _("Attendance at the community programmes is voluntary."),
        {"yes": _("Willing"), "no": _("Not willing")},
        _("Are you willing to take part?"),
    ),
}


class StartForm(PublicForm):
    programme = forms.CharField(required=False, strip=False)


class CaseForm(PublicForm):
    """Where and who first; then `ask` adds the questions that make a difference there."""

    where = forms.ChoiceField(
        label=_("Where?"),
        help_text=_("The force area, or a local authority in it. It decides which entries apply."),
        required=False,
        widget=Select,
        error_messages={"invalid_choice": NOT_IN_VOCABULARY},
    )
    referrer = forms.ChoiceField(
        label=_("Who is asking?"),
        help_text=_("Each entry says who can make a referral, or does not say."),
        required=False,
        choices=REFERRERS,
        widget=Radios,
        error_messages={"invalid_choice": NOT_IN_VOCABULARY},
    )

    def __init__(self, data: Any, areas: tuple[ForceArea, ...], **kwargs) -> None:
        super().__init__(_with_slug(data) if data else data, **kwargs)
        name = f"name_{get_language()}"
        self.areas = {area.slug: getattr(area, name) for area in areas}
        choices: list[Any] = [("", _("Not chosen: all of Wales"))]
        self.area_of: dict[str, str] = {}
        for area in areas:
            authorities = {each.slug: getattr(each, name) for each in area.authorities.all()}
            places = {area.slug: getattr(area, name)} | authorities
            self.area_of |= dict.fromkeys(places, area.slug)
            whole, *parts = places.items()
            choices.append((getattr(area, name), [whole, *sorted(parts, key=by_name)]))
        cast(forms.ChoiceField, self.fields["where"]).choices = choices

    @property
    def area(self) -> str | None:
        """The slug of the force area asked about; None for all of Wales."""
        return self.area_of.get(self["where"].value() or "")

    @property
    def asked_by(self) -> Referrer | None:
        answer = self["referrer"].value()
        return next((referrer for referrer in Referrer if referrer == answer), None)

    def ask(self, questions: Collection[Question], *, about_marac: bool) -> None:
        known = self.asked_by != Referrer.SELF and self.data.get("marac")
        if about_marac or known:
            self.fields["marac"] = _radios(
                _("Is the case going to MARAC?"),
                _("Some entries choose people through it."),
                {"yes": _("Going to MARAC"), "no": _("Not going to MARAC")},
            )
        to_self = self.asked_by == Referrer.SELF
        for question in self._with_answered(questions):
            wording = WORDINGS[question]
            label = wording.label_to_self if to_self else wording.label
            self.fields[question] = _radios(label, wording.why, wording.answers)

    def _with_answered(self, questions: Collection[Question]) -> Iterator[Question]:
        """With what was answered elsewhere: a change of area must not lose that risk is high."""
        for question in Question:
            answered = may_be_asked(question, self.asked_by) and self.data.get(question)
            if question in questions or answered:
                yield question

    @property
    def offered(self) -> str:
        """Every question asked so far, for a hidden field."""
        before = self.data.get(OFFERED, "").split()
        return " ".join(q for q in ("marac", *Question) if q in before or q in self.fields)

    @property
    def not_offered_before(self) -> list[BoundField]:
        """Questions that another area or referrer added; none before a form was posted."""
        if OFFERED not in self.data:
            return []
        before = [*CaseForm.base_fields, *self.data[OFFERED].split()]
        return [field for field in self if field.name not in before and not field.value()]

    @property
    def answers(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.cleaned_data.items() if value]

    @property
    def in_words(self) -> list[tuple[str, str]]:
        return [
            (str(self.fields[name].label), str(labels_of(self.fields[name])[value]))
            for name, value in self.answers
        ]

    @property
    def in_brief(self) -> list[str]:
        """The answers alone; of unknown ones only the risk."""
        return [
            str(_("Risk not known") if v == UNKNOWN else labels_of(self.fields[n])[v])
            for n, v in self.answers
            if v != UNKNOWN or n == Question.RISK
        ]

    @property
    def case(self) -> Case:
        """The answered questions, without those left open or unknown."""
        given = {name: self.cleaned_data.get(name, "") for name in self.fields}
        answers = {q: given[q] for q in Question if given.get(q, "") not in ("", UNKNOWN)}
        marac = {"yes": True, "no": False}.get(given.get("marac", ""))
        return Case(self.asked_by, marac, answers)


def _with_slug(posted: Any) -> Any:
    """Posted answers, with the slug of a place that was written in words."""
    answer = gazetteer().look_up(posted.get("where", ""))
    if answer.outcome == Outcome.PLACE:
        posted = posted.copy()
        posted["where"] = answer.locations[0].narrowest.slug
    return posted


def _radios(label: Any, why: Any, answers: dict[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=why,
        required=False,
        choices=[*answers.items(), (UNKNOWN, _("Don’t know"))],
        widget=Radios,
        error_messages={"invalid_choice": NOT_IN_VOCABULARY},
    )
