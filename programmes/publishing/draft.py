"""What the working tables say now, as the public would be shown it: an entry, or a force area."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from forces.models import ForceArea
from programmes.domain import entry as published
from programmes.domain.briefing import AreaDevelopment, Briefing
from programmes.domain.entry import Bilingual, Entry, PartialDate
from programmes.models import (
    READINGS,
    Contact,
    Development,
    Edition,
    Programme,
    Source,
    Statement,
    Verification,
)
from programmes.models.welsh import is_older
from programmes.vocabulary import NOT_STATED, CheckOutcome, Field

ROWS_THAT_REST_ON_WORDS = (
    "referrals",
    "criteria",
    "fundings",
    "evaluations",
    "developments",
    "involvements",
)


def obstacles(programme: Programme) -> list[str]:
    """What stands in the way of publishing an entry, in words for its editor."""
    own = {statement.pk: statement for statement in programme.statements.all()}
    if not own:
        return ["Add a statement with its source first: without one nothing can be shown."]
    found = []
    for name, rests_on in readings_of(programme):
        if rests_on is None:
            found.append(f"Say which statement “{name}” rests on.")
        elif rests_on not in own:
            found.append(f"“{name}” rests on a statement about something else.")
        elif not own[rests_on].text:
            found.append(f"“{name}” rests on a blank cell, which states nothing.")
    return found


def readings_of(programme: Programme) -> Iterator[tuple[str, int | None]]:
    """Every reading of an entry that says something, and the statement it points to."""
    for name in READINGS:
        if getattr(programme, name) != NOT_STATED:
            yield name.replace("_", " "), getattr(programme, f"{name}_rests_on_id")
    for rows in ROWS_THAT_REST_ON_WORDS:
        for row in getattr(programme, rows).all():
            yield f"{row._meta.verbose_name}: {row}", row.statement_id


def for_entries(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Programmes with all that `entry_of` and `is_changed` read, in a fixed number of queries."""
    return programmes.select_related("area").prefetch_related(
        "statements__source",
        *ROWS_THAT_REST_ON_WORDS,
        "involvements__organisation",
        "contacts__source",
        Prefetch("verifications", Verification.objects.select_related("mistake")),
        Prefetch("editions", Edition.objects.filter(replaced_at=None)),
    )


def entry_of(programme: Programme) -> Entry:
    """The entry that publishing the programme now would show."""
    area = programme.area
    readings: dict[str, Any] = {name: _reading(programme, name) for name in READINGS}
    return Entry(
        uuid=str(programme.uuid),
        area=area.slug if area else None,
        area_name=Bilingual(area.name_en, area.name_cy) if area else Bilingual(),
        slug=programme.slug,
        name=_bilingual(programme, "name"),
        summary=_bilingual(programme, "summary"),
        stage=programme.stage,
        routes_are_all=programme.routes_are_all,
        referrals=tuple(
            published.Referral(row.route, row.statement_id, row.usual)
            for row in programme.referrals.all()
        ),
        criteria=tuple(
            published.Criterion(row.answer, row.statement_id, row.accepted, row.only)
            for row in programme.criteria.all()
        ),
        fundings=tuple(
            published.Funding(
                row.funder,
                row.period,
                row.arrangement,
                row.statement_id,
                _partial_date(row, "start"),
                _partial_date(row, "end"),
            )
            for row in programme.fundings.all()
        ),
        evaluations=tuple(
            published.Evaluation(
                row.state,
                _bilingual(row, "summary"),
                row.statement_id,
                _partial_date(row, "published"),
            )
            for row in programme.evaluations.all()
        ),
        developments=tuple(_development(row) for row in programme.developments.all()),
        involvements=tuple(
            published.Involvement(
                row.role,
                _bilingual(row.organisation, "name"),
                row.statement_id,
                row.organisation.page,
                str(row.organisation.uuid),
            )
            for row in programme.involvements.all()
        ),
        contacts=tuple(_contact(row) for row in programme.contacts.all() if not row.hidden_at),
        quotations=tuple(_quotation(row) for row in programme.statements.all()),
        **last_check(programme),
        **readings,
    )


def briefing_of(area: ForceArea) -> Briefing:
    """What publishing the force area now would show: its own developments, then those of Wales."""
    developments = Development.objects.filter(programme=None).select_related("statement__source")
    here = developments.filter(Q(area=area) | Q(area=None))
    return Briefing(
        area=area.slug,
        area_name=_bilingual(area, "name"),
        ask=_bilingual(area, "ask"),
        ask_page=_bilingual(area, "ask_page"),
        ask_checked_on=area.ask_checked_on,
        developments=tuple(
            AreaDevelopment(_development(row), _quotation(row.statement), row.area_id is None)
            for row in here.order_by(F("when").asc(nulls_last=True), "pk")
        ),
    )


def _reading(programme: Programme, name: str) -> published.Reading:
    return published.Reading(getattr(programme, name), getattr(programme, f"{name}_rests_on_id"))


def _bilingual(row: object, name: str) -> Bilingual:
    return Bilingual(getattr(row, f"{name}_en"), getattr(row, f"{name}_cy"), is_older(row, name))


def _partial_date(row: object, name: str) -> PartialDate | None:
    day = getattr(row, name)
    return PartialDate(day, getattr(row, f"{name}_precision")) if day else None


def _development(row: Development) -> published.Development:
    return published.Development(
        row.kind,
        row.expected,
        _bilingual(row, "summary"),
        row.statement_id,
        _partial_date(row, "when"),
    )


def _source(source: Source) -> published.SourceDocument:
    return published.SourceDocument(
        source.slug, source.kind, _bilingual(source, "title"), source.dated, source.address
    )


def _quotation(statement: Statement) -> published.Quotation:
    return published.Quotation(
        id=statement.pk,
        field=statement.field,
        words=statement.text,
        place=_bilingual(statement, "place"),
        source=_source(statement.source),
        basis=statement.basis,
        in_table=statement.in_table,
        words_cy=statement.text_cy,
        as_extracted=statement.as_extracted,
        replaces=statement.replaces_id,
        words_cy_older=is_older(statement, "text"),
    )


def _contact(contact: Contact) -> published.Contact:
    return published.Contact(
        team=_bilingual(contact, "team"),
        audience=contact.audience,
        source=_source(contact.source),
        checked_on=contact.checked_on,
        page=contact.page,
        email=contact.email,
        phone=contact.phone,
        languages=contact.languages,
        id=contact.pk,
    )


def last_check(programme: Programme) -> dict[str, Any]:
    """When somebody was last reached, what they said and which fields they confirmed.

    "Could not reach anyone" does not reset the clock, and what was recorded by mistake counts for
    nothing. A stop stays until a later check confirms that the entry runs; what was confirmed
    before a stop, or of other fields after it, does not lift it.
    """
    reached = [
        check
        for check in programme.verifications.all()
        if check.outcome != CheckOutcome.NOBODY_REACHED and not check.is_mistake
    ]
    if not reached:
        return published.NO_CHECK
    reached.sort(key=lambda check: (check.checked_on, check.pk))
    stops = [n for n, check in enumerate(reached) if check.outcome == CheckOutcome.STOPPED]
    since = reached[stops[-1] + 1 :] if stops else reached
    if stops and not any(Field.STATUS in check.confirmed for check in since):
        stop = reached[stops[-1]]
        return {"last_checked": stop.checked_on, "check_outcome": stop.outcome, "confirmed": ()}
    last = reached[-1]
    same_day = [check for check in since if check.checked_on == last.checked_on]
    confirmed = {field for check in same_day for field in check.confirmed}
    return {
        "last_checked": last.checked_on,
        "check_outcome": last.outcome,
        "confirmed": tuple(sorted(confirmed)),
    }
