"""Invariants that the database itself holds, each with a message an editor can read."""

from django.db.models import CheckConstraint, Q, TextChoices


def one_of(field: str, terms: type[TextChoices], *others: str) -> CheckConstraint:
    """The field holds a code of the vocabulary, or one of the others."""
    codes = [*terms.values, *others]
    return CheckConstraint(
        condition=Q(**{f"{field}__in": codes}),
        name=f"%(class)s_{field}_known",
        violation_error_message=f"“{field}” must be one of: {', '.join(codes)}.",
    )


def not_blank(field: str) -> CheckConstraint:
    return CheckConstraint(
        condition=~Q(**{field: ""}),
        name=f"%(class)s_{field}_not_blank",
        violation_error_message=f"“{field}” must not be empty.",
    )
