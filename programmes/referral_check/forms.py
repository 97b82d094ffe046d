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
from programmes.domain.eligibility import Case, Question, may_be_asked
from programmes.vocabulary import Referrer

BEING_HURT = "being-hurt"
"""The answer of somebody who is hurt or worried: they get helplines, and no list."""

UNKNOWN = "unknown"
"""The answer "don't know", the same as none."""

DONT_KNOW = _("Don’t know")

OFFERED = "offered"
"""The field that says which questions were asked already."""

REFERRERS = [
    *Referrer.choices,
    (BEING_HURT, _("I am being hurt, controlled or frightened, or worried about someone")),
]


@dataclass(frozen=True)
class Wording:
    """How a question is put to a professional and to the person, if they are asked."""

    label: Any
    why: Any
    answers: dict[str, Any]
    label_to_self: Any = ""
    unknown: Any = DONT_KNOW


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
        _("If nobody has assessed it, your agency’s own procedure comes first."),
        {
            "high": _("High risk"),
            "medium": _("Medium risk"),
            "standard": _("Standard risk"),
        },
        unknown=_("Not assessed"),
    ),
    Question.SEX: Wording(
        _("Is the person a man or a woman?"),
        _("Some programmes are listed for men. Most do not say who they are for."),
        {"man": _("Man"), "woman": _("Woman"), "another": _("Another description")},
        _("Are you a man or a woman?"),
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
        _("Do they accept what they did, and want to change?"),
        _("Attendance was listed as voluntary. “No” rules nothing out."),
        {"yes": _("Willing to change"), "no": _("Not willing to change")},
        _("Do you accept what you did, and want to change?"),
    ),
}


class StartForm(PublicForm):
    programme = forms.CharField(required=False, strip=False)


class CaseForm(PublicForm):
    """Where and who first; then `ask` adds the questions that make a difference there."""

    where = forms.ChoiceField(
        label=_("Where?"),
        help_text=_("We use this to show programmes for that area."),
        required=False,
        widget=Select,
        error_messages={"invalid_choice": NOT_IN_VOCABULARY},
    )
    referrer = forms.ChoiceField(
        label=_("Who is asking?"),
        help_text=_("Programmes differ in who could refer."),
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
    def authority(self) -> str:
        """The slug of the local authority asked about, if it is one."""
        where = self["where"].value() or ""
        return where if where in self.area_of and where != self.area else ""

    @property
    def asked_by(self) -> str | None:
        answer = self["referrer"].value()
        return answer if answer in Referrer.values else None

    def ask(self, questions: Collection[Question], *, about_marac: bool) -> None:
        known = self.asked_by != Referrer.SELF and self.data.get("marac")
        if about_marac or known:
            self.fields["marac"] = _radios(
                _("Is the case going to MARAC?"),
                _("Some programmes select people through MARAC."),
                {"yes": _("Going to MARAC"), "no": _("Not going to MARAC")},
                DONT_KNOW,
            )
        to_self = self.asked_by == Referrer.SELF
        for question in self._with_answered(questions):
            wording = WORDINGS[question]
            label = wording.label_to_self if to_self else wording.label
            self.fields[question] = _radios(label, wording.why, wording.answers, wording.unknown)

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
            str(_("Risk not assessed") if v == UNKNOWN else labels_of(self.fields[n])[v])
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


def _radios(label: Any, why: Any, answers: dict[str, Any], unknown: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=why,
        required=False,
        choices=[*answers.items(), (UNKNOWN, unknown)],
        widget=Radios,
        error_messages={"invalid_choice": NOT_IN_VOCABULARY},
    )
