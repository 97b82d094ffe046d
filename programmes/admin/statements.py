"""Which statements and sources an editor may choose, and which nobody may change."""

from typing import Any

from django.contrib.admin.options import BaseModelAdmin
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
    """The own statements as choices, looked up once however many fields offer them.

    Words that newer ones replace are marked: a reading should rest on the newer.
    """
    if not hasattr(request, "own_choices"):
        statements = list(own_statements(request))
        replaced = {each.replaces_id for each in statements}
        named = [(e.pk, f"{e} (replaced)" if e.pk in replaced else str(e)) for e in statements]
        request.own_choices = [("", "---------"), *named]
    return request.own_choices


def later_sources() -> QuerySet[Source]:
    """Sources that words can be added from: what the submission says is transcribed already."""
    return Source.objects.exclude(slug=SUBMISSION)


class ChoosesOwnStatements(BaseModelAdmin):
    """An admin page or inline whose readings rest on the entry's own statements."""

    def formfield_for_dbfield(self, db_field, request, **kwargs) -> Any:
        if not (db_field.name.endswith("rests_on") or db_field.name in ("statement", "replaces")):
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        kwargs["queryset"] = own_statements(request)
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        field.choices = own_choices(request)
        # A statement is added on the entry's page, where it belongs to the entry at once.
        field.widget.can_add_related = field.widget.can_change_related = False
        field.widget.can_delete_related = field.widget.can_view_related = False
        return field
