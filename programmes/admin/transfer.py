"""Entries out to a spreadsheet, and in again: looked at first, then all rows or none.

django-import-export brings the buttons, addresses and downloads. What a row means, and what is
wrong with it, is `programmes.transfer`.
"""

from typing import Any, ClassVar, cast

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from import_export.admin import ExportActionMixin, ImportMixin
from import_export.fields import Field
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm
from import_export.resources import ModelResource

from programmes import transfer
from programmes.admin.area_scope import open_areas
from programmes.admin.spreadsheet_form import SpreadsheetForm, held, let_go
from programmes.models import Programme
from programmes.transfer import Intake, OvertakenError, Table
from programmes.transfer.columns import COLUMNS, cells_of

OVERTAKEN = (
    "Somebody changed one of these entries after you looked, so nothing was changed. This is what "
    "the file would change now."
)
LOST = "Choose the file again: what you looked at is too old, or is not yours. Nothing was changed."


class ProgrammeResource(ModelResource):
    """Writes the columns of `programmes.transfer`; reading them is not the library's business."""

    class Meta:
        model = Programme
        fields = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = {name: Field(column_name=name, readonly=True) for name in COLUMNS}

    def export_resource(self, instance: Programme, selected_fields=None, **kwargs) -> list[str]:
        return list(cells_of(instance).values())


class Transfers(ImportMixin, ExportActionMixin):
    """Buttons and pages of the list of entries. `OfOwnAreas` before it says of which entries."""

    resource_classes: ClassVar = [ProgrammeResource]
    formats: ClassVar = [CSV, XLSX]
    to_encoding = "utf-8-sig"
    export_form_class = ExportForm
    import_export_change_list_template = "admin/programmes/programme/change_list.html"
    import_template_name = "admin/programmes/programme/import.html"
    change_form_template: Any = None  # the library has a button on the page of one entry
    show_change_form_export = False

    # Out

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_valid_export_item_pks(self, request: HttpRequest) -> QuerySet:
        """The library would offer every entry there is."""
        return self.get_queryset(request).values_list("pk", flat=True)

    def get_export_filename(self, request: HttpRequest, queryset, file_format) -> str:
        return f"programmes-{timezone.localdate().isoformat()}.{file_format.get_extension()}"

    def export_action(self, request: HttpRequest) -> HttpResponse:
        try:
            return super().export_action(request)
        except IncorrectLookupParameters as error:
            raise BadRequest("The list cannot be filtered like this.") from error

    # In

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Choose a file, and see what it would change or what is wrong with it."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = SpreadsheetForm(request.POST or None, request.FILES or None)
        if request.method != "POST" or not form.is_valid():
            return self._page(request, form=form)
        return self._preview(request, form.cleaned_data["file"], form.table)

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Change what was looked at, if it is still the same."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        by = cast(User, request.user)
        file, seen = let_go(request.POST.get("held", ""), by)
        if file is None:
            messages.error(request, LOST)
            return self._page(request, form=SpreadsheetForm(), status=400)
        table = transfer.read_table(file)
        try:
            intake = transfer.take_in(table, open_areas(request), by, only_if=seen)
        except OvertakenError:
            messages.warning(request, OVERTAKEN)
            return self._preview(request, file, table, status=409)
        messages.success(request, _done(intake))
        return redirect("admin:programmes_programme_changelist")

    def _preview(
        self, request: HttpRequest, file: bytes, table: Table, status: int = 200
    ) -> HttpResponse:
        intake = transfer.look(table, open_areas(request))
        context: dict[str, Any] = {"intake": intake, "form": SpreadsheetForm()}
        if intake.changes and not intake.problems:
            by = cast(User, request.user)
            context["held"] = held(file, intake.fingerprint(), by)
        return self._page(request, status=status, **context)

    def _page(self, request: HttpRequest, status: int = 200, **context: Any) -> HttpResponse:
        context |= {
            **self.admin_site.each_context(request),
            "title": "Import entries from a spreadsheet",
            "columns": COLUMNS,
            "opts": self.model._meta,
        }
        return render(request, self.import_template_name, context, status=status)


def _done(intake: Intake) -> str:
    changed = len(intake.changes) - intake.new
    return (
        f"Imported: {intake.new} new, {changed} changed, {intake.unchanged} as they were. Nothing "
        "of it is public before it is published."
    )
