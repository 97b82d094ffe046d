"""The tables of places: reads `fixtures/places/` into an empty database."""

import csv
from collections.abc import Iterator
from pathlib import Path

from forces.models import LocalAuthority, Place, Postcode


def load_places(folder: Path) -> None:
    codes = {each.gss_code: each for each in LocalAuthority.objects.all()}
    Postcode.objects.bulk_create(
        Postcode(prefix=row["prefix"], authority=codes.get(row["authority"]))
        for row in _rows(folder / "postcodes.csv")
    )
    named = list(_rows(folder / "names.csv"))
    with_welsh = {(row["name"], row["authority"]) for row in named}
    same_in_welsh = (
        row | {"name_cy": row["name"]}
        for row in _rows(folder / "places.csv")
        if (row["name"], row["authority"]) not in with_welsh
    )
    Place.objects.bulk_create(
        Place(name_en=row["name"], name_cy=row["name_cy"], authority=codes[row["authority"]])
        for row in (*named, *same_in_welsh)
    )


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
