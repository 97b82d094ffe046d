"""Copying an entry to another force area, where a later source speaks of that area too."""

from typing import cast

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from forces.models import ForceArea
from programmes.admin.area_scope import open_areas
from programmes.admin.entry_pages import OfOneEntry
from programmes.models import Programme, Statement
from programmes.publishing.copy import copy_to_area
from programmes.vocabulary import SUBMISSION

TAKEN = "This area has an entry of the same address already."


class CopyForm(forms.Form):
    area = forms.ModelChoiceField(ForceArea.objects.none(), label="Force area of the copy")
    statements = forms.ModelMultipleChoiceField(
        Statement.objects.none(),
        label="Which of these words speak of that area too",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The copy takes these words, and our readings of them. Everything else is “not "
        "stated” there. Words of the submission are about one area each and are not copied.",
    )

    def __init__(self, *args, programme: Programme, areas: QuerySet[ForceArea], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        words = programme.statements.exclude(source__slug=SUBMISSION)
        cast(forms.ModelChoiceField, self.fields["area"]).queryset = areas
        cast(forms.ModelMultipleChoiceField, self.fields["statements"]).queryset = words

    def clean_area(self) -> ForceArea:
        area = self.cleaned_data["area"]
        if area.programmes.filter(slug=self.programme.slug).exists():
            raise forms.ValidationError(TAKEN)
        return area


class CopiesToArea(OfOneEntry):
    def get_urls(self) -> list:
        return [self.entry_path("copy", self.copy_view), *super().get_urls()]

    def may_copy(self, request: HttpRequest, programme: Programme) -> bool:
        return self.has_add_permission(request) and _others(request, programme).exists()

    def copy_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        programme = self.entry(request, object_id)
        self.demand(self.has_add_permission(request))
        form = CopyForm(
            request.POST or None, programme=programme, areas=_others(request, programme)
        )
        if form.is_valid():
            chosen = form.cleaned_data
            try:
                copy = copy_to_area(programme, chosen["area"], chosen["statements"])
            except IntegrityError:
                form.add_error("area", TAKEN)
            else:
                self.log_addition(request, copy, f"copied from {programme}")
                messages.success(request, "This is the copy. It is a draft until it is published.")
                return self.back_to(copy)
        return self.page(request, "copy", programme, f"Copy {programme}", form=form)


def _others(request: HttpRequest, programme: Programme) -> QuerySet[ForceArea]:
    """The force areas that a copy may go to: those open to the editor, but for its own."""
    areas, own = ForceArea.objects.exclude(programmes=programme), open_areas(request)
    return areas if own is None else areas.filter(pk__in=own)
