"""Labels say what a code means; dates and documents come from an entry's own sources."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import get_language

from programmes import readings, vocabulary
from programmes.downloads.tables import COLUMNS

NAMES_A_SOURCE = re.compile(r"\b20\d\d\b|submission|cyflwyniad", re.IGNORECASE)


def labels() -> Iterator[str]:
    for terms in vars(vocabulary).values():
        if isinstance(terms, type) and issubclass(terms, TextChoices):
            yield from map(str, terms.labels)
    yield from (str(each.label) for each in readings.READINGS)
    yield from (each[f"holds_{get_language()}"] for each in COLUMNS.values() if "holds_en" in each)
    for model in apps.get_app_config("programmes").get_models():
        yield from (str(getattr(field, "help_text", "")) for field in model._meta.get_fields())


def test_no_label_or_help_text_names_a_document_or_a_year():
    for language in ("en", "cy"):
        with translation.override(language):
            assert [each for each in labels() if NAMES_A_SOURCE.search(each)] == []
