"""How many entries each value of each filter would find.

A group is counted with its own choice taken away, so that a count says what ticking the value adds
or leaves; "not stated" is counted like any other value. All groups in which nothing is chosen share
one selection, and are counted together.
"""

from programmes.listing.filters import TERM_FILTERS
from programmes.listing.results import Counts, Found


def facets(found: Found, chosen: dict[str, list[str]]) -> Counts:
    counts = found.count_terms(set(TERM_FILTERS) - set(chosen))
    for name in chosen:
        counts |= found.count_terms([name], without=name)
    return counts
