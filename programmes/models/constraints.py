"""Invariants of readings and dates that the database itself holds."""

from typing import Any

from django.db.models import CharField, CheckConstraint, Model, Q, TextChoices

from core.constraints import one_of
from programmes.vocabulary import NOT_STATED, NOT_STATED_LABEL


class TermField(CharField):
    """A code of a vocabulary, or "not stated" where `silent`; the database takes no other."""

    def __init__(
        self,
        terms: type[TextChoices] | None = None,
        verbose_name: str | None = None,
        *,
        silent: bool = False,
        **options: Any,
    ) -> None:
        self.terms, self.others = terms, [NOT_STATED] if silent else []
        if terms:
            silence = [(NOT_STATED, NOT_STATED_LABEL)] if silent else []
            options["choices"] = [*silence, *terms.choices]
        super().__init__(verbose_name, **{"max_length": 30} | options)

    def deconstruct(self) -> Any:
        """A migration knows it as text, and the constraint by itself."""
        name, _path, _terms, options = super().deconstruct()
        return name, "django.db.models.CharField", [], options

    def contribute_to_class(self, cls: type[Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if self.terms:
            known = one_of(name, self.terms, *self.others, *([""] if self.blank else []))
            known.name %= {"class": cls.__name__.lower()}
            constraints = [*cls._meta.constraints, known]
            cls._meta.constraints = cls._meta.original_attrs["constraints"] = constraints


def rests_on_statement(field: str) -> CheckConstraint:
    """A reading other than "not stated" points to the statement it was read from."""
    return CheckConstraint(
        condition=Q(**{field: NOT_STATED}) | Q(**{f"{field}_rests_on__isnull": False}),
        name=f"%(class)s_{field}_has_statement",
    )


def dated(field: str) -> CheckConstraint:
    """A date comes with its precision, and a precision with its date."""
    precision = f"{field}_precision"
    return CheckConstraint(
        condition=Q(**{f"{field}__isnull": True, precision: ""})
        | (Q(**{f"{field}__isnull": False}) & ~Q(**{precision: ""})),
        name=f"%(class)s_{field}_with_precision",
        violation_error_message=f"Give “{field}” both a date and how exact it is, or neither.",
    )
