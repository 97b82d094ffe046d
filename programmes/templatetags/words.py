"""Texts in the language of the page, with a visible fall-back where there is none."""

import re
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.collation import alphabetical
from programmes.domain.contact_rules import as_link
from programmes.domain.entry import Bilingual, Quotation
from programmes.presentation.facts import Named, Value
from programmes.presentation.text import (
    age,
    area_name,
    badge,
    caution,
    in_language,
    licence,
    name_and_area,
    office_age,
    source_kind,
    word,
)
from programmes.vocabulary import Basis, Stage

register = template.Library()


for said in (
    *(age, area_name, badge, caution, in_language, licence, name_and_area, office_age, source_kind),
    as_link,
):
    register.filter(said.__name__, said)

register.filter("stage", lambda entry: word(Stage, entry.stage))
register.filter("named", lambda source: Named(source.title, source.address))


@register.simple_tag
def bilingual(text: Bilingual) -> str:
    """The text, marked with its language where it is not that of the page."""
    language = get_language()
    if not text:
        return ""
    if getattr(text, language or "en"):
        return _quoting(text.cy) if language == "cy" else text.en
    return format_html('<span lang="{}">{}</span>', "en" if text.en else "cy", in_language(text))


def _quoting(welsh: str) -> str:
    """A Welsh text. “Quotes” hold words of a source in English, and are marked as English."""
    html = [
        format_html('<span lang="en">{}</span>' if part.startswith("“") else "{}", part)
        for part in re.split("(“[^”]*”)", welsh)
    ]
    return format_html_join("", "{}", ((part,) for part in html))


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
    language = get_language()
    return sorted(areas, key=lambda area: alphabetical(of_area(area, "name"), language))


@register.filter
def basis(quotation: Quotation) -> str:
    """How the words were read, where that needs saying."""
    return str(Basis(quotation.basis).label)


@register.filter
def words(name: str) -> list[dict[str, Any]]:
    """The words of a name, each with the height at which a tile of the map shows it."""
    parts = name.split()
    top = 40 - 9 * (len(parts) - 1)
    return [{"text": part, "y": top + 18 * line} for line, part in enumerate(parts)]
