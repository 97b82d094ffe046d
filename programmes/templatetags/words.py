"""Texts in the language of the page, with a visible fall-back where there is none."""

import re
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.collation import alphabetical
from programmes.domain import contact_rules
from programmes.domain.entry import Bilingual
from programmes.presentation import text
from programmes.presentation.abbreviations import abbreviations
from programmes.presentation.facts import Named, Value
from programmes.vocabulary import Audience, Basis, DeliveryLanguage, SourceKind, Stage

register = template.Library()

TEXTS = "age area_name badge caution contact_age in_language licence name_and_area office_age"
for each in TEXTS.split():
    register.filter(each, getattr(text, each))
register.filter(abbreviations)
register.filter(contact_rules.as_link)
register.filter("is_old", lambda each: contact_rules.is_old(each.checked_on, timezone.localdate()))
register.filter("basis", lambda quotation: Basis(quotation.basis).label)
register.filter("audience", lambda contact: Audience(contact.audience).label)
register.filter("languages", lambda each: "".join(text.words(DeliveryLanguage, [each.languages])))
register.filter("stage", lambda entry: Stage(entry.stage).label)
register.filter("source_kind", lambda source: SourceKind(source.kind).label)
register.filter("named", lambda source: Named(source.title, source.address))


@register.simple_tag
def bilingual(said: Bilingual) -> str:
    """The text, marked with its language where it is not that of the page."""
    words, language = text.in_language(said), get_language() or "en"
    if words and not getattr(said, language):
        return format_html('<span lang="{}">{}</span>', "en" if said.en else "cy", words)
    return _quoting(words) if language == "cy" else words


def _quoting(welsh: str) -> str:
    """A Welsh text. “Quotes” hold words of a source in English, and are marked as English."""
    html = re.sub("(“[^”]*”)", r'<span lang="en">\1</span>', escape(welsh))
    return mark_safe(html)  # noqa: S308 - escaped a line above


@register.simple_tag
def age_of_welsh(older: bool) -> str:
    """Beside a Welsh text whose English was edited since; nothing on an English page."""
    if not older or get_language() != "cy":
        return ""
    note = _("This Welsh text may be older than the English.")
    return format_html(' <span class="app-older-welsh">({})</span>', note)


@register.simple_tag
def term(value: Value) -> str:
    """A term of ours, which has the language of the page, or a name, which may not."""
    if isinstance(value, Named):
        name = bilingual(value.name)
        if value.page:
            link = '<a class="govuk-link" href="{}" rel="noreferrer">{}</a>'
            name = format_html(link, value.page, name)
        return format_html("{}{}", name, age_of_welsh(value.name.cy_older))
    return bilingual(value) if isinstance(value, Bilingual) else value


@register.filter
def of_area(area, name: str) -> str:
    """A force area's `name`, `in`, `ask` or `ask_page` in the language of the page."""
    return getattr(area, f"{name}_{get_language()}")


@register.filter
def by_name(areas) -> list[Any]:
    """Force areas or local authorities in the alphabetical order of the page's language."""
    return sorted(areas, key=lambda area: alphabetical(area.name, get_language()))
