"""How many entries each value of each filter would find.

A group is counted with its own choice taken away, so that a count says what ticking the value adds
or leaves; "not stated" is counted like any other value. One GROUP BY for all groups in which
nothing is chosen, since they share one selection, and one for each of the others.
"""

from programmes.filters import TERM_FILTERS, ProgrammeFilterSet

Counts = dict[str, dict[str, int]]
"""Dimension → value → number of entries; a value that nothing has is left out."""


def facets(selection: ProgrammeFilterSet) -> Counts:
    chosen = selection.chosen
    counts = selection.narrowed().count_terms(set(TERM_FILTERS) - set(chosen))
    for name in chosen:
        counts |= selection.narrowed(without=name).count_terms([name])
    return counts
