"""The routes by which an entry takes referrals, and whom it says it takes."""

from django.db import models
from django.db.models import UniqueConstraint

from programmes.models.constraints import TermField
from programmes.models.programme import Programme
from programmes.models.statement import RestsOnStatement
from programmes.vocabulary import Answer, Route


class Referral(RestsOnStatement):
    """One route by which an entry takes referrals. No row at all means: not stated."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="referrals")
    route = TermField(
        Route,
        help_text="If none fits, choose “Described in other words”: the words are shown with it.",
    )
    usual = models.BooleanField(
        "the usual one", default=False, help_text="The source says “predominantly” or “often”."
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = "referral route"
        constraints = [UniqueConstraint(fields=["programme", "route"], name="%(class)s_once")]

    def __str__(self) -> str:
        return self.get_route_display()


class Criterion(RestsOnStatement):
    """One answer to one eligibility question; no row is the source's silence, and never a "no"."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="criteria")
    answer = TermField(Answer, max_length=40)
    accepted = models.BooleanField(
        default=True, help_text="Clear the tick where the source excludes this (“not high risk”)."
    )
    only = models.BooleanField(
        "only these answers",
        default=False,
        help_text="Tick only where the source’s words leave no other answer to the question.",
    )

    former = models.BooleanField(
        "held in the past only",
        default=False,
        help_text="Shown on the entry’s page, and never counted or used by the referral check.",
    )

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "criteria"
        constraints = [UniqueConstraint(fields=["programme", "answer"], name="%(class)s_once")]

    def __str__(self) -> str:
        verb = "takes" if self.accepted else "excludes"
        return f"{verb} {self.get_answer_display()}"
