"""Evaluations of entries, developments anywhere in Wales, and council areas that entries cover."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from core.constraints import not_blank
from core.welsh import WelshOf
from forces.models import ForceArea, LocalAuthority
from programmes.models.constraints import TermField, dated
from programmes.models.programme import Programme
from programmes.models.statement import RestsOnStatement, Statement
from programmes.vocabulary import DevelopmentKind, EvaluationState, Outcome, Precision, Subject


class Evaluation(RestsOnStatement):
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="evaluations")
    state = TermField(EvaluationState)
    published = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=20, choices=Precision.choices, blank=True)
    summary_en = models.TextField("summary in English")
    summary_cy = models.TextField("summary in Welsh", blank=True)
    welsh_of = WelshOf("summary")

    class Meta:
        ordering = [F("published").asc(nulls_last=True), "pk"]
        constraints = [dated("published"), not_blank("summary_en")]

    def __str__(self) -> str:
        return self.get_state_display()


class Development(RestsOnStatement):
    """What happened, or was expected, and what a later source says became of that."""

    area = models.ForeignKey(
        ForceArea, models.PROTECT, null=True, blank=True, related_name="developments"
    )
    programme = models.ForeignKey(
        Programme, models.CASCADE, null=True, blank=True, related_name="developments"
    )
    kind = TermField(DevelopmentKind)
    expected = models.BooleanField(help_text="Ticked: expected by the source. Clear: it happened.")
    when = models.DateField(null=True, blank=True)
    when_precision = models.CharField(max_length=20, choices=Precision.choices, blank=True)
    summary_en = models.TextField("summary in English")
    summary_cy = models.TextField("summary in Welsh", blank=True)
    welsh_of = WelshOf("summary")
    statement = models.ForeignKey(
        Statement, models.RESTRICT, related_name="developments", verbose_name="rests on"
    )
    subject = TermField(Subject, "wider system", blank=True)
    outcome = TermField(Outcome, blank=True)
    came_about = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = [F("when").asc(nulls_last=True), "pk"]
        constraints = [
            dated("when"),
            not_blank("summary_en"),
            CheckConstraint(
                condition=Q(programme__isnull=True) | Q(area__isnull=True),
                name="development_of_entry_or_area",
                violation_error_message="An entry has its area already: choose one of the two.",
            ),
            CheckConstraint(
                condition=Q(subject="") | Q(programme=None),
                name="development_of_wider_system_or_entry",
                violation_error_message="A record of the wider system belongs to no entry.",
            ),
            CheckConstraint(
                condition=Q(outcome="", came_about=None)
                | (
                    Q(came_about__isnull=False, expected=True)
                    & ~Q(outcome="")
                    & ~Q(came_about=F("pk"))
                ),
                name="development_outcome_of_an_expectation",
                violation_error_message=(
                    "Only what was expected has an outcome, and another development that tells it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.summary_en[:80]

    def clean(self) -> None:
        later = self.came_about
        if later and (later.expected or later.programme_id != self.programme_id):
            raise ValidationError({"came_about": "Choose what happened, of the same entry if any."})
        since = self.statement_id and self.statement.source.dated
        if later and since and later.statement.source.dated <= since:
            raise ValidationError({"came_about": "Only a later source can tell what happened."})
        if self.programme_id:
            super().clean()
        elif self.statement_id and self.statement.programme_id:
            raise ValidationError(
                {"statement": "This statement is about one entry: choose it too."}
            )


class Coverage(RestsOnStatement):
    """A local authority that an entry is said to serve; without any, that is not stated."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="coverage")
    authority = models.ForeignKey(LocalAuthority, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["authority__name_en"]
        constraints = [UniqueConstraint(fields=["programme", "authority"], name="%(class)s_once")]

    def __str__(self) -> str:
        return str(self.authority)

    def clean(self) -> None:
        super().clean()
        area = self.programme.area_id if self.programme_id else None
        if self.authority_id and area and self.authority.area_id != area:
            raise ValidationError({"authority": "This council is in another police area."})
