"""Sources, and statements: what they say word for word."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils import timezone
from django.utils.formats import date_format

from core.constraints import not_blank
from core.welsh import WelshOf
from programmes.domain.contact_rules import note_problem
from programmes.models.constraints import TermField
from programmes.vocabulary import Basis, Field, SourceKind


class Source(models.Model):
    """A dated document, a web page somebody saw, or a written confirmation."""

    slug = models.SlugField(unique=True, help_text="A short name that is never shown.")
    kind = TermField(SourceKind)
    title_en = models.CharField("title in English", max_length=300)
    title_cy = models.CharField("title in Welsh", max_length=300, blank=True)
    publisher_en = models.CharField(
        "publisher in English",
        max_length=200,
        blank=True,
        help_text="Of a written confirmation: the role and organisation that gave it, no person.",
    )
    publisher_cy = models.CharField("publisher in Welsh", max_length=200, blank=True)
    licence_en = models.CharField(
        "licence in English",
        max_length=200,
        blank=True,
        help_text="As the source states it. Empty: it is shown as “licence not checked”.",
    )
    licence_cy = models.CharField("licence in Welsh", max_length=200, blank=True)
    welsh_of = WelshOf("title", "publisher", "licence")
    dated = models.DateField(help_text="The date of the document, or the day the page was seen.")
    address = models.URLField(
        "web address", blank=True, help_text="Where it stands, or the page that lists it."
    )

    class Meta:
        ordering = ["-dated", "slug"]
        constraints = [
            not_blank("title_en"),
            CheckConstraint(
                condition=~Q(kind=SourceKind.WRITTEN_CONFIRMATION) | ~Q(publisher_en=""),
                name="source_confirmation_has_publisher",
                violation_error_message="Say which role and organisation confirmed it in writing.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_en} ({date_format(self.dated)})"

    def clean(self) -> None:
        if self.dated and self.dated > timezone.localdate():
            raise ValidationError({"dated": "This day has not come yet."})
        if self.kind == SourceKind.WRITTEN_CONFIRMATION:
            for name in ("title_en", "title_cy", "publisher_en", "publisher_cy"):
                if problem := note_problem(getattr(self, name)):
                    raise ValidationError({name: problem})


class Statement(models.Model):
    """What one place of a source says about one thing. Those of the submission are never edited."""

    programme = models.ForeignKey(
        "programmes.Programme",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="statements",
        help_text="Empty where the words are about no entry, such as MATAC or the DAPO.",
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="statements")
    field = TermField(Field, "about")
    in_table = models.BooleanField(
        "a cell of a table",
        default=False,
        help_text="A cell of the source’s table, blank or not, rather than a sentence of a text.",
    )
    text = models.TextField(
        "the source’s words",
        blank=True,
        help_text="Word for word. Leave a blank cell blank: it is shown as “Not given”.",
    )
    text_cy = models.TextField(
        "Welsh translation",
        blank=True,
        help_text="Shown as the directory’s translation, never as the source’s words.",
    )
    as_extracted = models.TextField(
        blank=True,
        help_text="The words as they came out of the PDF, where letters were lost and restored.",
    )
    place_en = models.CharField(
        "place in the source, in English", max_length=200, help_text="“page 2, second paragraph”"
    )
    place_cy = models.CharField("place in the source, in Welsh", max_length=200, blank=True)
    welsh_of = WelshOf("text", "place")
    link = models.URLField(
        "link in the source", blank=True, help_text="An address that the source gives there."
    )
    basis = TermField(Basis, "how it was read", default=Basis.STATED)
    replaces = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="replaced_by",
        help_text="The earlier statement that this one replaces. Empty: it adds to what is there.",
    )
    position = models.PositiveSmallIntegerField(default=0)  # among those about the same thing

    class Meta:
        ordering = ["-in_table", "source__dated", "position", "pk"]
        constraints = [
            not_blank("place_en"),
            CheckConstraint(
                condition=Q(in_table=True) | ~Q(text=""),
                name="statement_only_a_cell_is_blank",
                violation_error_message=(
                    "Only a cell of the table can be blank: write down the source’s words."
                ),
            ),
            CheckConstraint(
                condition=Q(programme__isnull=False) | Q(field=Field.DEVELOPMENT),
                name="statement_about_an_entry_or_a_development",
                violation_error_message=(
                    "A statement is about an entry, or else about a development."
                ),
            ),
            UniqueConstraint(
                fields=["programme", "source", "field"],
                condition=Q(in_table=True),
                name="statement_one_cell_a_column",
                violation_error_message="This source’s table has a cell about this already.",
            ),
            CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("pk")),
                name="statement_replaces_another",
                violation_error_message="Words cannot replace themselves.",
            ),
            CheckConstraint(
                condition=Q(as_extracted="") | ~Q(basis=Basis.STATED),
                name="statement_repair_is_told",
                violation_error_message="Words that were repaired are not read “as stated”.",
            ),
        ]

    def __str__(self) -> str:
        words = self.text or "(blank cell)"
        return f"{self.get_field_display()}: {words[:80]}"

    def clean(self) -> None:
        if self.replaces and self.replaces.programme_id != self.programme_id:
            raise ValidationError({"replaces": "These words are about another entry."})
        if self.replaces and self.replaces.field != self.field:
            raise ValidationError({"replaces": "These words are about something else."})
