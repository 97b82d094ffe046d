"""Organisations and how to reach them: roles and teams, never a named person."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone

from core.constraints import not_blank
from core.welsh import WelshOf
from programmes.domain import contact_rules
from programmes.models.constraints import TermField
from programmes.models.programme import Programme
from programmes.models.statement import Source
from programmes.vocabulary import NOT_STATED, Audience, DeliveryLanguage

OLD = "Checked more than six months ago: confirm it, and set the new day."


class Organisation(models.Model):
    uuid = models.UUIDField("stable identifier", default=uuid.uuid4, unique=True, editable=False)
    name_en = models.CharField("name in English", max_length=200, unique=True)
    name_cy = models.CharField("name in Welsh", max_length=200, blank=True)
    welsh_of = WelshOf("name")
    page = models.URLField("web page", blank=True)

    class Meta:
        ordering = ["name_en"]
        constraints = [not_blank("name_en")]

    def __str__(self) -> str:
        return self.name_en

    def clean(self) -> None:
        if self.page and not self.page.startswith(("https://", "http://")):
            raise ValidationError({"page": "Give an address that begins with https:// or http://."})


class Contact(models.Model):
    """How to reach an entry, as its provider or commissioner publishes or confirmed in writing."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="contacts")
    team_en = models.CharField("role or team, in English", max_length=200)
    team_cy = models.CharField("role or team, in Welsh", max_length=200, blank=True)
    welsh_of = WelshOf("team")
    audience = TermField(Audience, "for whom")
    page = models.URLField("web page", blank=True)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField(max_length=30, blank=True)
    languages = TermField(DeliveryLanguage, silent=True, default=NOT_STATED)
    source = models.ForeignKey(Source, models.PROTECT, related_name="contacts")
    checked_on = models.DateField()
    # Hidden, not deleted: who took it down, and why, is asked when it is to be shown again.
    hidden_at = models.DateTimeField(null=True, editable=False)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    hidden_why = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ["audience", "pk"]
        constraints = [
            CheckConstraint(
                condition=~Q(page="", email="", phone=""),
                name="contact_reaches_somebody",
                violation_error_message="Give a page, an e-mail address or a telephone number.",
            )
        ]

    def __str__(self) -> str:
        return self.team_en

    def clean(self) -> None:
        if problems := self.problems():
            raise ValidationError(problems)

    def problems(self) -> dict[str, str]:
        """Field → what breaks the rules for contacts."""
        dated, today = self.source.dated if self.source_id else None, timezone.localdate()
        rules: dict[str, Callable[[Any], str]] = {
            "team_en": contact_rules.team_problem,
            "team_cy": contact_rules.team_problem,
            "page": contact_rules.page_problem,
            "email": contact_rules.email_problem,
            "phone": contact_rules.phone_problem,
            "checked_on": lambda day: contact_rules.checked_on_problem(day, dated, today),
        }
        given = {name: value for name in rules if (value := getattr(self, name))}
        problems = ((name, rules[name](value)) for name, value in given.items())
        return {name: problem for name, problem in problems if problem}

    def warnings(self) -> Iterator[str]:
        texts = (self.team_en, self.team_cy, self.page, self.email)
        yield from filter(None, map(contact_rules.person_warning, texts))
        if self.is_old:
            yield OLD

    @property
    def is_old(self) -> bool:
        return contact_rules.is_old(self.checked_on, timezone.localdate())
