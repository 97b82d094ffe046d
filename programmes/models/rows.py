"""Rows that hold one reading of an entry each: routes, criteria, funding, evidence and others."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from core.constraints import not_blank
from core.welsh import WelshOf
from forces.models import ForceArea, LocalAuthority
from programmes import vocabulary
from programmes.models.constraints import TermField, dated
from programmes.models.contact import Organisation
from programmes.models.programme import Programme
from programmes.models.statement import Statement
from programmes.vocabulary import NOT_STATED, Arrangement, Precision


class RestsOnStatement(models.Model):
    """A row that holds one reading about an entry, read from a statement about the same entry."""

    statement = models.ForeignKey(
        Statement, models.RESTRICT, related_name="+", verbose_name="rests on"
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        programme: int | None = getattr(self, "programme_id", None)
        if self.statement_id and self.statement.programme_id != programme:
            raise ValidationError({"statement": "This statement is about another entry."})


class Referral(RestsOnStatement):
    """One route by which an entry takes referrals. No row at all means: not stated."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="referrals")
    route = TermField(
        vocabulary.Route,
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
    answer = TermField(vocabulary.Answer, max_length=40)
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


class Funding(RestsOnStatement):
    """One funder of an entry, or an arrangement of which the source names no funder."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="fundings")
    funder = TermField(
        vocabulary.Funder,
        silent=True,
        help_text="“Not given” where the source gives an arrangement but nobody who pays.",
    )
    period = TermField(vocabulary.FundingPeriod, default=vocabulary.FundingPeriod.CURRENT)
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
            UniqueConstraint(
                fields=["programme", "funder", "period"],
                condition=~Q(funder=NOT_STATED),
                name="%(class)s_once",
                violation_error_message="This funder is listed already for the same period.",
            ),
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


class Evaluation(RestsOnStatement):
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="evaluations")
    state = TermField(vocabulary.EvaluationState)
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
    kind = TermField(vocabulary.DevelopmentKind)
    expected = models.BooleanField(help_text="Ticked: expected by the source. Clear: it happened.")
    when = models.DateField(null=True, blank=True)
    when_precision = models.CharField(max_length=20, choices=Precision.choices, blank=True)
    summary_en = models.TextField("summary in English")
    summary_cy = models.TextField("summary in Welsh", blank=True)
    welsh_of = WelshOf("summary")
    subject = TermField(vocabulary.Subject, "wider system", blank=True)
    outcome = TermField(vocabulary.Outcome, blank=True)
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


class Involvement(RestsOnStatement):
    """What an organisation has to do with an entry, as a statement says."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="involvements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="involvements")
    role = TermField(vocabulary.OrganisationRole)

    class Meta:
        ordering = ["role", "pk"]
        verbose_name = "organisation of an entry"
        verbose_name_plural = "organisations of an entry"
        constraints = [
            UniqueConstraint(fields=["programme", "organisation", "role"], name="%(class)s_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.get_role_display()}".lower()
