"""“Transcribe a source”: what one source says of one programme, written down in one sitting.

It is written as `seed` writes it, so that both give the same pages.
"""

from collections import ChainMap
from collections.abc import Iterator
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse

from accounts.areas import open_areas
from programmes.admin.entry_pages import EditorRequest, Page, entry_page, find_entries
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
from programmes.seeding.transcription import EntryOfSource, TranscriptionError, in_words
from programmes.vocabulary import COLUMNS, Field


class Transcription:
    """The forms of one sitting."""

    def __init__(self, request: EditorRequest, programme: Programme | None) -> None:
        self.request, self.programme = request, programme
        data = request.POST if request.method == "POST" else None
        kept = request.GET.dict()
        self.programmes = find_entries(request)
        self.place = PlaceForm(data, initial=kept, programmes=self.programmes)
        self.source = NewSourceForm(
            data, prefix="source", empty_permitted=True, use_required_attribute=False
        )
        form = SummaryForm if programme else NewProgrammeForm
        area = {"area": kept.get("area")}
        self.entry = form(data, instance=programme, prefix="entry", initial=area)
        self._limit_areas()
        self.rows = [WordsForm(data, about, programme) for about in Field]

    def _limit_areas(self) -> None:
        areas = open_areas(self.request)
        if areas is not None and (field := self.entry.fields.get("area")):
            field.queryset = field.queryset.filter(pk__in=areas)  # type: ignore[attr-defined]
            field.required = True
            if len(areas) == 1:
                self.entry.initial["area"] = next(iter(areas))

    @property
    def problems(self) -> Iterator[FormError]:
        for form in (self.place, self.source, self.entry):
            yield from field_errors(form, "")
        for row in self.rows:
            yield from field_errors(row, f"{row.about.label}: ")
            yield from row_errors(row.sets)

    def save(self) -> Programme | None:
        """All of it, or nothing and what is wrong."""
        forms = (self.place, self.source, self.entry, *self.rows)
        is_valid = [form.is_valid() for form in forms]
        if not all(is_valid):
            return None
        if bool(self.place.cleaned_data["source"]) == self.source.has_changed():
            self.place.add_error("source", "Choose a source, or describe a new one below.")
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

    def _row(self) -> Reading:
        """What was typed, in the form of a row of a transcription."""
        place, entry, known = self.place.cleaned_data, self.entry.cleaned_data, self.programme
        named = self.rows[0].cleaned_data
        if known:
            row = {"slug": known.slug} | {name: entry[name] for name in self.entry.changed_data}
        else:
            row = dict(entry)
            named["text"] = named["text"] or entry["name_en"]
        said = [each for each in self.rows if each.has_words]
        columns = (Field.PROGRAMME, *COLUMNS) if place["in_table"] else ()
        cells = [each for each in said if each.about in columns]
        words_about = {each.about for each in said if each.cleaned_data["text"]}
        return row | {
            "cells": {each.about: each.cleaned_data["text"] for each in cells},
            "cells_cy": {each.about: each.cleaned_data["text_cy"] for each in cells},
            "replaces": {each.about: each.replaces for each in cells},
            "sentences": [each.said(place) for each in said if each not in cells],
            "reading": dict(ChainMap(*(each.reading(words_about) for each in self.rows))),
        }

    def _write(self, row: Reading) -> Programme:
        place, known = self.place.cleaned_data, self.programme
        place["source"] = source = place["source"] or self._new_source()
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
        return source


@entry_page("transcribe_new/", "programmes.add_programme", of_all=True, template="transcribe")
@entry_page("transcribe/", "programmes.change_programme")
def transcription_page(request: EditorRequest, programme: Programme | None = None) -> Page:
    sitting = Transcription(request, programme)
    if request.method == "POST" and (saved := sitting.save()):
        messages.success(request, f"Saved, and not public yet: {saved}.")
        return redirect(_next(sitting.place.cleaned_data, saved))
    title = f"Transcribe a source: {programme}" if programme else "Transcribe a source"
    return {"title": title, "programme": programme, "sitting": sitting}


def _next(place: Reading, saved: Programme) -> str:
    """Where somebody goes on; the source and the place go with them."""
    page, then = "admin:programmes_programme_{}".format, place["then"]
    if not then:
        return reverse(page("change"), args=[saved.pk])
    if then == "preview":
        return reverse(page("preview"), args=[saved.pk, "en"])
    kept = {name: place[name] for name in ("place_en", "place_cy")}
    kept |= {"source": place["source"].pk, "area": saved.area_id or ""}
    kept |= {"in_table": "on"} if place["in_table"] else {}
    is_new = then == "new"
    address = page("transcribe_new") if is_new else page("transcribe")
    return f"{reverse(address, args=[] if is_new else [then])}?{urlencode(kept)}"
