"""Which entries are due for a check, as a filter of their list."""

from django.contrib import admin
from django.db.models import QuerySet
from django.utils import timezone

from programmes.models import Edition, Programme


class DueFilter(admin.SimpleListFilter):
    """In the list of entries: those that are due for a check."""

    title = "check"
    parameter_name = "due"

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        return [("yes", "Due for a check")]

    def queryset(self, request, queryset: QuerySet[Programme]) -> QuerySet[Programme]:
        if self.value() != "yes":
            return queryset
        due_now = Edition.objects.current().due_for_check(timezone.localdate()).order_by()
        return queryset.filter(pk__in=due_now.values("programme"))
