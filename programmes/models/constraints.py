"""Invariants of readings and dates that the database itself holds."""

from django.db.models import CheckConstraint, Q

from programmes.vocabulary import NOT_STATED


def rests_on_statement(field: str) -> CheckConstraint:
    """A reading other than "not stated" points to the statement it was read from."""
    return CheckConstraint(
        condition=Q(**{field: NOT_STATED}) | Q(**{f"{field}_rests_on__isnull": False}),
        name=f"%(class)s_{field}_has_statement",
        violation_error_message=(
            f"Choose the statement that “{field.replace('_', ' ')}” rests on, or set it to "
            "“Not given”."
        ),
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
