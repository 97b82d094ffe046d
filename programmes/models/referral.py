"""By which route an entry takes referrals."""

from django.db import models
from django.db.models import UniqueConstraint

from core.constraints import one_of
from programmes.models.programme import Programme
from programmes.models.statement import RestsOnStatement
from programmes.vocabulary import Route


class Referral(RestsOnStatement):
    """One route by which an entry takes referrals. No row at all means: not stated."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="referrals")
    route = models.CharField(
        max_length=30,
        choices=Route.choices,
        help_text="If none fits, add none: the source’s words are shown all the same.",
    )
    usual = models.BooleanField(
        "the usual one", default=False, help_text="The source says “predominantly” or “often”."
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = "referral route"
        constraints = [
            one_of("route", Route),
            UniqueConstraint(fields=["programme", "route"], name="%(class)s_once"),
        ]

    def __str__(self) -> str:
        return self.get_route_display()
