"""Newer words, typed on the page of an entry: saved with what is read from them, or not at all."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest

from programmes.admin.inlines import NEW, StatementInline, own_choices
from programmes.models import Programme, Statement

FIELDS = ["field", "source", "replaces", "text", "text_cy", "place_en", "place_cy", "link"]


class NewWords(admin.ModelAdmin):
    def changeform_view(self, request: Any, object_id: Any = None, *args: Any, **more: Any) -> Any:
        with transaction.atomic():
            key = unquote(object_id or "")
            programme = self.get_object(request, key) if request.method == "POST" else None
            if programme and self.has_change_permission(request, programme):
                own_choices(request)  # as they are without the new words
                request.new_words_form = form = self._form(request, programme)
                if form.is_valid() and form.has_changed():
                    request.new_words = form.save()
            return super().changeform_view(request, object_id, *args, **more)

    def _form(self, request: HttpRequest, programme: Programme) -> Any:
        formset = StatementInline(Programme, self.admin_site).get_formset(
            request, programme, fields=FIELDS
        )
        return formset.form(
            request.POST or None,
            prefix=NEW,
            instance=Statement(programme=programme),
            empty_permitted=True,
            use_required_attribute=False,
        )

    def get_form(self, request: Any, *args: Any, **options: Any) -> Any:
        form: Any = super().get_form(request, *args, **options)
        form.new_words = getattr(request, "new_words_form", None)
        return form

    def construct_change_message(self, request: Any, form: Any, *args: Any, **more: Any) -> Any:
        said: list[Any] = super().construct_change_message(request, form, *args, **more)
        if words := getattr(request, "new_words", None):
            said.append({"added": {"name": "statement", "object": str(words)}})
        return said

    def render_change_form(self, request: Any, context: Any, *args: Any, **options: Any) -> Any:
        if words := getattr(request, "new_words", None):
            words.delete()  # the rest was refused
        original = context.get("original")
        if original and self.has_change_permission(request, original):
            form = getattr(request, "new_words_form", None)
            context["new_words"] = form or self._form(request, original)
        return super().render_change_form(request, context, *args, **options)
