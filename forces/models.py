"""The four Welsh police force areas, the 22 local authorities within them, and what lies there."""

from django.db import models
from django.utils.translation import get_language

from core.welsh import WelshOf


class Named:
    """Something that has a name in both languages."""

    @property
    def name(self) -> str:
        return getattr(self, f"name_{get_language()}")


class NamedModel(Named, models.Model):
    name_en = models.CharField("name in English", max_length=100)
    name_cy = models.CharField("name in Welsh", max_length=100)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_en


class ForceArea(NamedModel):
    """A police force area. `position` is its place in the submission of November 2023."""

    slug = models.SlugField(unique=True, help_text="Used in addresses; never change it.")
    gss_code = models.CharField("GSS code", max_length=9, unique=True)
    in_en = models.CharField("“in …” in English", max_length=100, help_text="“in Gwent”")
    in_cy = models.CharField(
        "“in …” in Welsh",
        max_length=100,
        help_text="“yng Ngwent”: the preposition changes the name, so it is written by hand.",
    )
    position = models.PositiveSmallIntegerField(unique=True)
    ask_en = models.CharField(
        "whom to ask, in English",
        max_length=200,
        help_text="A public office, never a person: “Office of the Police and Crime Commissioner”.",
    )
    ask_cy = models.CharField("whom to ask, in Welsh", max_length=200)
    welsh_of = WelshOf("ask")
    ask_page_en = models.URLField("its public page in English")
    ask_page_cy = models.URLField("its public page in Welsh")
    ask_phone = models.CharField("its telephone", max_length=30, blank=True)
    ask_email = models.EmailField("its e-mail", blank=True)
    ask_seen_on = models.DateField(
        "telephone and e-mail seen on",
        null=True,
        blank=True,
        help_text="The day two public pages that do not copy each other both gave them.",
    )
    ask_checked_on = models.DateField(
        "page checked on",
        null=True,
        blank=True,
        help_text="The day somebody opened both pages, and had telephone and e-mail confirmed. "
        "Empty means: not confirmed by us.",
    )

    class Meta:
        ordering = ["position"]


def all_force_areas() -> tuple[ForceArea, ...]:
    """All of them with their authorities, in the order of the submission; read once in a process.

    Nobody edits their names. Whom to ask there can change, and stands in `Edition.objects.areas()`.
    """
    global _known
    # Read again while there are none, as before the directory is seeded.
    _known = _known or tuple(ForceArea.objects.prefetch_related("authorities"))
    return _known


_known: tuple[ForceArea, ...] = ()


class LocalAuthority(NamedModel):
    """A principal council. The source speaks of whole force areas, never of one authority."""

    area = models.ForeignKey(ForceArea, models.PROTECT, related_name="authorities")
    slug = models.SlugField(unique=True)
    gss_code = models.CharField("GSS code", max_length=9, unique=True)
    column = models.PositiveSmallIntegerField(help_text="On the tile map, from the west.")
    row = models.PositiveSmallIntegerField(help_text="On the tile map, from the north.")

    class Meta:
        ordering = ["name_en"]
        verbose_name_plural = "local authorities"


class Place(NamedModel):
    """A town or village, or another name of it."""

    authority = models.ForeignKey(LocalAuthority, models.PROTECT, related_name="places")


class Postcode(models.Model):
    """The beginning of postcodes, or a whole one. The longest that fits counts."""

    prefix = models.CharField(max_length=8, unique=True)
    authority = models.ForeignKey(
        LocalAuthority,
        models.PROTECT,
        related_name="postcodes",
        null=True,
        help_text="Empty: outside Wales.",
    )

    def __str__(self) -> str:
        return self.prefix
