"""Which statements an editor may choose, and which nobody may change."""

from typing import Any

from django.db.models import QuerySet

from programmes.models import Source, Statement
from programmes.vocabulary import SUBMISSION


def own_statements(request) -> QuerySet[Statement]:
    """The statements of the entry whose page this is; none on the page of a new entry."""
    programme = request.resolver_match.kwargs.get("object_id")
    if programme is None:
        return Statement.objects.none()
    return Statement.objects.filter(programme=programme).exclude(text="")


def own_choices(request) -> list[tuple[Any, str]]:
    """The own statements as choices, looked up once however many fields offer them."""
    if not hasattr(request, "own_choices"):
        request.own_choices = [
            ("", "---------"),
            *_named(list(own_statements(request))),
        ]
    return request.own_choices


def _named(statements: list[Statement]) -> list[tuple[Any, str]]:
    """Words that newer ones replace are marked: a reading should rest on the newer."""
    replaced = {statement.replaces_id for statement in statements}
    return [
        (statement.pk, f"{statement}{' (replaced)' if statement.pk in replaced else ''}")
        for statement in statements
    ]


def later_sources() -> QuerySet[Source]:
    """Sources that words can be added from: what the submission says is transcribed already."""
    return Source.objects.exclude(slug=SUBMISSION)


def is_of_submission(statement: Statement | None) -> bool:
    return statement is not None and statement.source.slug == SUBMISSION


class ChoosesOwnStatements:
    """An admin page or inline whose readings rest on the entry's own statements."""

    def formfield_for_dbfield(self, db_field, request, **kwargs) -> Any:
        rests_on = db_field.name.endswith("rests_on") or db_field.name in ("statement", "replaces")
        if rests_on:
            kwargs["queryset"] = own_statements(request)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if rests_on:
            field.choices = own_choices(request)
            # A statement is added on the entry's page, where it belongs to the entry at once.
            field.widget.can_add_related = field.widget.can_change_related = False
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field


def looked_up_once(field: Any, request, name: str) -> Any:
    """A choice of rows that asks the database once a request, however many forms offer it."""
    known = request.__dict__.setdefault("choices_of_rows", {})
    if name not in known:
        known[name] = list(field.choices)
    field.choices = known[name]
    return field
