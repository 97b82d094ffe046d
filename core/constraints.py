"""Invariants that the database itself holds; forms say in Django's own words what they refuse."""

from django.db.models import CheckConstraint, Q, TextChoices


def one_of(field: str, terms: type[TextChoices], *others: str) -> CheckConstraint:
    """The field holds a code of the vocabulary, or one of the others."""
    known = Q(**{f"{field}__in": [*terms.values, *others]})
    return CheckConstraint(condition=known, name=f"%(class)s_{field}_known")


def not_blank(field: str) -> CheckConstraint:
    return CheckConstraint(condition=~Q(**{field: ""}), name=f"%(class)s_{field}_not_blank")
