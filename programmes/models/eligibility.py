"""Whom an entry says it takes."""

from django.db import models
from django.db.models import UniqueConstraint

from core.constraints import one_of
from programmes.models.programme import Programme
from programmes.models.statement import RestsOnStatement
from programmes.vocabulary import Answer


class Criterion(RestsOnStatement):
    """One answer to one eligibility question that an entry accepts or excludes.

    A question without a row is one the source is silent on; silence is never a "no".
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="criteria")
    answer = models.CharField(max_length=40, choices=Answer.choices)
    accepted = models.BooleanField(
        default=True, help_text="Clear the tick where the source excludes this (“not high risk”)."
    )
    only = models.BooleanField(
        "only these answers",
        default=False,
        help_text="Tick only where the source’s words leave no other answer to the question.",
    )

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "criteria"
        constraints = [
            one_of("answer", Answer),
            UniqueConstraint(fields=["programme", "answer"], name="%(class)s_once"),
        ]

    def __str__(self) -> str:
        verb = "takes" if self.accepted else "excludes"
        return f"{verb} {self.get_answer_display()}"
