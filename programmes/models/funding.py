"""Who pays for an entry, how, and for how long."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Q

from programmes.models.constraints import TermField, dated
from programmes.models.programme import Programme
from programmes.models.statement import RestsOnStatement
from programmes.vocabulary import NOT_STATED, Arrangement, Funder, FundingPeriod, Precision


class Funding(RestsOnStatement):
    """One funder of an entry, or an arrangement of which the source names no funder."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="fundings")
    funder = TermField(
        Funder,
        silent=True,
        help_text="“Not given” where the source gives an arrangement but nobody who pays.",
    )
    period = TermField(FundingPeriod, default=FundingPeriod.CURRENT)
    arrangement = TermField(Arrangement, default=Arrangement.NOT_STATED)
    start = models.DateField(null=True, blank=True)
    start_precision = models.CharField(max_length=20, choices=Precision.choices, blank=True)
    end = models.DateField(null=True, blank=True)
    end_precision = models.CharField(max_length=20, choices=Precision.choices, blank=True)

    class Meta:
        ordering = ["period", "pk"]
        verbose_name_plural = "funding"
        constraints = [
            dated("start"),
            dated("end"),
            CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="funding_ends_after_start",
                violation_error_message="The funding ends before it starts.",
            ),
            CheckConstraint(
                condition=~Q(funder=NOT_STATED, arrangement=Arrangement.NOT_STATED),
                name="funding_says_something",
                violation_error_message=(
                    "Name a funder or an arrangement; where neither is stated, add no row."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_funder_display()}, {self.get_period_display()}".lower()

    def clean(self) -> None:
        super().clean()
        if self.funder != NOT_STATED and self.programme_id:
            same = Funding.objects.filter(
                programme=self.programme, funder=self.funder, period=self.period
            ).exclude(pk=self.pk)
            if same.exists():
                raise ValidationError("This funder is listed already for the same period.")
