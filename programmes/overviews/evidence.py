"""What has been evaluated, as sources say: a sentence with its numbers, and each evaluation."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes.domain.entry import Entry, Quotation, SourceDocument
from programmes.listing.filters import ProgrammeFilterSet
from programmes.listing.provenance import provenance
from programmes.listing.results import results_of
from programmes.overviews.matrix import MOST_SHOWN
from programmes.presentation.as_at import as_at_context
from programmes.presentation.developments import Event, evaluations, once_each
from programmes.presentation.text import area_name, in_language
from programmes.vocabulary import EvaluationState, Field, Stage


@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    selection = ProgrammeFilterSet(request.GET)
    if not selection.is_valid():
        return render(request, "no_such_day.html", {"form": selection.form}, status=400)
    editions = selection.narrowed().in_source_order()
    evaluated = [edition.entry for edition in editions.covering("evaluation")]
    others = editions.exclude(pk__in=editions.covering("evaluation").order_by().values("pk"))
    silent = [edition.entry for edition in others[:MOST_SHOWN]]
    results = results_of(selection)
    stages = results.count_terms(["stage"])["stage"]
    rows, judged = by_state(evaluated), list(judgements(evaluated))
    context = {
        **as_at_context(selection.day, selection.query_now),
        "answer": answer(evaluated, stages.get(Stage.COMMUNITY, 0)),
        "rows": rows,
        "judgements": judged,
        "silent": silent,
        "silent_number": len(results) - len(evaluated),
        "about": provenance(
            selection, quoted_sources(rows, judged), len(results), total=results.total()
        ),
    }
    return render(request, "overviews/evidence.html", context)


def quoted_sources(
    rows: Iterable[Event], judged: Iterable[tuple[Entry, list[Quotation]]]
) -> list[SourceDocument]:
    """The oldest first; those of words about anything else are left out."""
    told = [q for event in rows for q in (event.words.quotation, event.words.newer) if q]
    quoted = [*told, *(q for _entry, words in judged for q in words)]
    sources = {quotation.source.slug: quotation.source for quotation in quoted}
    return sorted(sources.values(), key=lambda source: source.dated)


def answer(evaluated: Iterable[Entry], total: int) -> list[str]:
    """Of how many community programmes an evaluation is mentioned, and where."""
    community = [entry for entry in evaluated if entry.stage == Stage.COMMUNITY]
    if not community:
        return [_("No evaluation of a community programme is mentioned here.")]
    words = {"number": len(community), "total": total, "area": area_name(community[0])}
    told = [event.words.quotation for entry in community for event in evaluations(entry)]
    places = {(quotation.source.slug, in_language(quotation.place)) for quotation in told}
    if len(places) > 1 or len({entry.area for entry in community}) > 1:
        text = _("Evaluations are mentioned for %(number)d of %(total)d community programmes.")
        return [text % words]
    text = _(
        "The report mentions evaluations of %(number)d of %(total)d community programmes, "
        "all in %(area)s."
    )
    heading = _("They stand in one section of it, which covers that area only: %(section)s.")
    return [text % words, heading % {"section": in_language(told[0].place)}]


def by_state(entries: Iterable[Entry]) -> list[Event]:
    """Each evaluation, what is published first and what was done elsewhere last."""
    order = [str(state.label) for state in EvaluationState]
    events = once_each(event for entry in entries for event in evaluations(entry))
    return sorted(events, key=lambda event: order.index(event.kind))


def judgements(entries: Iterable[Entry]) -> Iterator[tuple[Entry, list[Quotation]]]:
    """What a source says of evaluations, or of how well one did, and no evaluation rests on."""
    for entry in entries:
        told = {each.rests_on for each in entry.evaluations}
        words = [q for q in entry.standing if q.field == Field.EVALUATION and q.id not in told]
        if words:
            yield entry, words
