"""The questions that are put to the directory and to Datasette alike."""

from dataclasses import dataclass
from urllib.parse import urlencode

PER_PAGE = 20
SINGLE = ("area", "stage", "status", "attendance", "longevity")
SEVERAL = ("route", "risk", "group", "funder")
"""Dimensions of which an entry may state more than one value: arrays in Datasette."""
ENTRY = ("gwent", "phoenix-das")
WORD = "change"
"""In four of the eighteen, and in a sixth of the generated names."""
MATRIX = """
select value as risk, area, count(*) as entries
from entries, json_each(entries.risk) group by value, area order by value, area
"""


@dataclass(frozen=True)
class Page:
    """One kind of page: its name in the report, our address, and Datasette's."""

    kind: str
    ours: str
    datasette: str


def pages(size: int, entry: int) -> list[Page]:
    """All kinds, where there are so many entries; `entry` is the row of one in Datasette's file."""
    area, slug = ENTRY
    filters = {"area": "south-wales", "route": "self", "risk": "medium"}
    in_arrays = {"route__arraycontains": "self", "risk__arraycontains": "medium"}
    number = deep_page(size)
    after = {"_next": str((number - 1) * PER_PAGE)} if number > 1 else {}
    return [
        Page("first page", "/programmes/", table()),
        Page(
            "three filters",
            f"/programmes/?{urlencode(filters)}",
            table(area="south-wales", **in_arrays),
        ),
        Page(
            "search",
            f"/programmes/?{urlencode({'q': WORD})}",
            table(_search=f"{WORD}*", _searchmode="raw"),
        ),
        Page("page 50", f"/programmes/?page={number}", table(**after)),
        Page("entry", f"/programmes/{area}/{slug}/", f"/bench/entries/{entry}"),
        Page("provision", "/provision/", f"/bench?{urlencode({'sql': MATRIX})}"),
    ]


def deep_page(size: int) -> int:
    """The fiftieth page of the list, or the last where there are fewer."""
    return min(50, -(-size // PER_PAGE))


def table(**asked: str) -> str:
    """Datasette's list as ours is: in the same order, twenty a page, with all facets."""
    facets = [("_facet", name) for name in SINGLE] + [("_facet_array", name) for name in SEVERAL]
    return f"/bench/entries?{urlencode([*asked.items(), ('_size', PER_PAGE), *facets])}"
