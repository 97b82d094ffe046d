"""“Transcribe a source”: what one source says of one programme, written down in one sitting.

It is written as `seed` writes it, so that both give the same pages.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from accounts.areas import open_areas
from programmes.admin.entry_pages import EditorRequest, entry_page, find_entries, render_page
from programmes.admin.form_errors import FormError, field_errors, row_errors
from programmes.admin.transcribe_forms import (
    NewProgrammeForm,
    NewSourceForm,
    PlaceForm,
    Reading,
    SummaryForm,
    WordsForm,
)
from programmes.models import Programme, Source
from programmes.readings import ROW_READINGS, SINGLE_READINGS
from programmes.seeding.transcription import EntryOfSource, TranscriptionError, in_words
from programmes.vocabulary import COLUMNS, Field

SAVED_MEANWHILE = (
    "Somebody else has saved this entry since you opened it. Nothing of yours is lost and nothing "
    "is saved yet: look at the words as they are now, and save again."
)


class Transcription:
    """The forms of one sitting."""

    def __init__(self, request: EditorRequest, programme: Programme | None) -> None:
        self.request, self.programme = request, programme
        data = request.POST if request.method == "POST" else None
        seen = {"seen_version": programme.version if programme else None}
        self.place = PlaceForm(
            data, initial=request.GET.dict() | seen, programmes=find_entries(request)
        )
        self.source = NewSourceForm(
            data, prefix="source", empty_permitted=True, use_required_attribute=False
        )
        form = SummaryForm if programme else NewProgrammeForm
        area = {"area": request.GET.get("area")}
        self.entry = form(
            data, instance=programme, prefix="entry", initial={} if programme else area
        )
        self._limit_areas()
        self.rows = list(self._rows(data))

    def _limit_areas(self) -> None:
        areas = open_areas(self.request)
        if areas is not None and (field := self.entry.fields.get("area")):
            field.queryset = field.queryset.filter(pk__in=areas)  # type: ignore[attr-defined]
            field.required = True
            if len(areas) == 1:
                self.entry.initial["area"] = next(iter(areas))

    def _rows(self, data: Any) -> Iterator[WordsForm]:
        known = self.programme
        standing, read = _standing(known) if known else {}, _read(known) if known else {}
        for about in Field:
            yield WordsForm(data, about, standing.get(about, []), read.get(about, []), not known)

    @property
    def problems(self) -> Iterator[FormError]:
        for form in (self.place, self.source, self.entry):
            yield from field_errors(form, "")
        for row in self.rows:
            yield from field_errors(row, f"{row.about.label}: ")
            yield from row_errors(row.sets)

    @property
    def forms(self) -> list[Any]:
        return [self.place, self.source, self.entry, *self.rows]

    def save(self) -> Programme | None:
        """All of it, or nothing and what is wrong."""
        is_valid = [form.is_valid() for form in self.forms]
        if not all(is_valid) or not self._is_consistent():
            return None
        row = self._row()
        if any(form.errors for form in self.rows):
            return None
        try:
            with transaction.atomic(), in_words(str(self.entry.instance)):
                return self._write(row)
        except TranscriptionError as error:
            self.place.add_error(None, str(error))
            return None

    def _is_consistent(self) -> bool:
        place, is_new = self.place.cleaned_data, self.source.has_changed()
        if bool(place["source"]) == is_new:
            self.place.add_error("source", "Choose a source, or describe a new one below.")
        seen, known = place["seen_version"], self.programme
        if known and seen != known.version:
            self.place.data = cast(QueryDict, self.place.data).copy()
            self.place.data["seen_version"] = str(known.version)
            self.place.add_error(None, SAVED_MEANWHILE)
        return not self.place.errors

    def _row(self) -> Reading:
        """What was typed, in the form of a row of a transcription."""
        place, entry = self.place.cleaned_data, self.entry.cleaned_data
        known, row = self.programme, dict(entry)
        row["slug"] = known.slug if known else entry["slug"]
        if known:
            row = {"slug": known.slug} | {name: entry[name] for name in self.entry.changed_data}
        named = self.rows[0].cleaned_data
        if not known and not named["text"]:
            named["text"] = entry["name_en"]
        said = [each for each in self.rows if each.has_words]
        columns = (Field.PROGRAMME, *COLUMNS) if place["in_table"] else ()
        cells = {each.about: each for each in said if each.about in columns}
        row |= {
            "cells": {about: each.cleaned_data["text"] for about, each in cells.items()},
            "cells_cy": {about: each.cleaned_data["text_cy"] for about, each in cells.items()},
            "replaces": {about: each.replaces for about, each in cells.items()},
            "sentences": [each.said(place) for each in said if each.about not in cells],
            "reading": {},
        }
        words_about = {each.about for each in said if each.cleaned_data["text"]}
        for each in self.rows:
            row["reading"] |= each.reading(words_about)
        return row

    def _write(self, row: Reading) -> Programme:
        place, known = self.place.cleaned_data, self.programme
        source = place["source"] or self._new_source()
        area = known.area if known else row.pop("area")
        entry = EntryOfSource(place, row, area.slug if area else None, source)
        for line in entry.write():
            if line.startswith("Look at"):
                messages.warning(self.request, line)
        log = admin.site.get_model_admin(Programme)
        add = log.log_change if known else log.log_addition
        add(self.request, entry.programme, f"Transcribed what “{source}” says.")
        return entry.programme

    def _new_source(self) -> Source:
        source = self.source.save()
        admin.site.get_model_admin(Source).log_addition(self.request, source, "Added.")
        self.place.cleaned_data["source"] = source
        return source


def _standing(programme: Programme) -> dict[str, list]:
    """The words of an entry that no newer ones replace, by what they are about."""
    found = defaultdict(list)
    for statement in programme.statements.filter(replaced_by=None).select_related("source"):
        found[statement.field].append(statement)
    return found


def _read(programme: Programme) -> dict[str, list[str]]:
    """What is read from the words now, by what they are about."""
    found = defaultdict(list)
    for each in SINGLE_READINGS:
        if statement := getattr(programme, f"{each.name}_rests_on"):
            found[statement.field].append(getattr(programme, f"get_{each.name}_display")())
    for kind in ROW_READINGS:
        for row in getattr(programme, kind.rows).select_related("statement"):
            found[row.statement.field].append(str(row))
    return found


def new_transcription_page(request: EditorRequest) -> HttpResponse:
    if not request.user.has_perm("programmes.add_programme"):
        raise PermissionDenied
    return _page(request, None)


@entry_page("transcribe/", "programmes.change_programme")
def transcription_page(request: EditorRequest, programme: Programme) -> HttpResponse:
    return _page(request, programme)


def _page(request: EditorRequest, programme: Programme | None) -> HttpResponse:
    sitting = Transcription(request, programme)
    if request.method == "POST" and (saved := sitting.save()):
        messages.success(request, f"Saved, and not public yet: {saved}.")
        return redirect(_next(sitting.place.cleaned_data, saved))
    title = f"Transcribe a source: {programme or 'a new programme'}"
    return render_page(request, "transcribe", title, programme=programme, sitting=sitting)


def _next(place: Reading, saved: Programme) -> str:
    """Where somebody goes on; the source and the place go with them."""
    page, then = "admin:programmes_programme_{}".format, place["then"]
    if not then:
        return reverse(page("change"), args=[saved.pk])
    if then == "preview":
        return reverse(page("preview"), args=[saved.pk, "en"])
    kept = {"source": place["source"].pk, "place_en": place["place_en"]}
    kept |= {
        "area": saved.area_id or "",
        "place_cy": place["place_cy"],
        "in_table": "on" if place["in_table"] else "",
    }
    new = then == "new"
    address = reverse(page("transcribe_new" if new else "transcribe"), args=[] if new else [then])
    return f"{address}?{urlencode(kept)}"
