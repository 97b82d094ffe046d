"""Evaluations of entries, and developments in a force area or in the whole of Wales."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Q

from core.constraints import not_blank, one_of
from forces.models import ForceArea
from programmes.models.constraints import dated
from programmes.models.programme import Programme
from programmes.models.statement import RestsOnStatement, Statement
from programmes.models.welsh import WelshOf
from programmes.vocabulary import DevelopmentKind, EvaluationState, Precision


class Evaluation(RestsOnStatement):
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="evaluations")
    state = models.CharField(max_length=20, choices=EvaluationState.choices)
    published = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=20, choices=Precision.choices, blank=True)
    summary_en = models.TextField("summary in English")
    summary_cy = models.TextField("summary in Welsh", blank=True)
    welsh_of = WelshOf("summary")

    class Meta:
        ordering = [F("published").asc(nulls_last=True), "pk"]
        constraints = [
            one_of("state", EvaluationState),
            dated("published"),
            not_blank("summary_en"),
        ]

    def __str__(self) -> str:
        return self.get_state_display()


class Development(RestsOnStatement):
    """What happened, or was expected; what was expected stays so when its date has passed."""

    area = models.ForeignKey(
        ForceArea, models.PROTECT, null=True, blank=True, related_name="developments"
    )
    programme = models.ForeignKey(
        Programme, models.CASCADE, null=True, blank=True, related_name="developments"
    )
    kind = models.CharField(max_length=20, choices=DevelopmentKind.choices)
    expected = models.BooleanField(help_text="Ticked: expected by the source. Clear: it happened.")
    when = models.DateField(null=True, blank=True)
    when_precision = models.CharField(max_length=20, choices=Precision.choices, blank=True)
    summary_en = models.TextField("summary in English")
    summary_cy = models.TextField("summary in Welsh", blank=True)
    welsh_of = WelshOf("summary")
    statement = models.ForeignKey(
        Statement, models.RESTRICT, related_name="developments", verbose_name="rests on"
    )

    class Meta:
        ordering = [F("when").asc(nulls_last=True), "pk"]
        constraints = [
            one_of("kind", DevelopmentKind),
            dated("when"),
            not_blank("summary_en"),
            CheckConstraint(
                condition=Q(programme__isnull=True) | Q(area__isnull=True),
                name="development_of_entry_or_area",
                violation_error_message="An entry has its area already: choose one of the two.",
            ),
        ]

    def __str__(self) -> str:
        return self.summary_en[:80]

    def clean(self) -> None:
        if self.programme_id:
            super().clean()
        elif self.statement_id and self.statement.programme_id:
            raise ValidationError(
                {"statement": "This statement is about one entry: choose it too."}
            )
