"""What the working tables say now, as the public would be shown it: an entry, or a force area."""

from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from forces.models import ForceArea
from programmes.domain import entry as published
from programmes.domain.briefing import AreaDevelopment, Briefing
from programmes.domain.entry import NOT_STATED, Bilingual, Entry
from programmes.models import Development, Edition, Programme, Verification
from programmes.publishing.rows import bilingual, read
from programmes.readings import ROW_READINGS, SINGLE_READINGS
from programmes.vocabulary import CheckOutcome, Field


def for_entries(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Programmes with all that `entry_of` and `is_changed` read, in a fixed number of queries."""
    return programmes.select_related("area").prefetch_related(
        "statements__source",
        *(reading.rows for reading in ROW_READINGS),
        "involvements__organisation",
        "contacts__source",
        Prefetch("verifications", Verification.objects.select_related("mistake")),
        Prefetch("editions", Edition.objects.filter(replaced_at=None)),
    )


def entry_of(programme: Programme) -> Entry:
    """The entry that publishing the programme now would show."""
    area = programme.area
    rows: dict[str, Any] = {
        reading.rows: tuple(
            read(row, reading.face) for row in getattr(programme, reading.rows).all()
        )
        for reading in ROW_READINGS
    }
    shown = (contact for contact in programme.contacts.all() if not contact.hidden_at)
    return Entry(
        uuid=str(programme.uuid),
        area=area.slug if area else None,
        area_name=bilingual(area, "name") if area else Bilingual(),
        slug=programme.slug,
        name=bilingual(programme, "name"),
        summary=bilingual(programme, "summary"),
        stage=programme.stage,
        readings=_readings(programme),
        routes_are_all=programme.routes_are_all,
        contacts=tuple(read(contact, published.Contact) for contact in shown),
        quotations=tuple(read(row, published.Quotation) for row in programme.statements.all()),
        **rows,
        **last_check(programme),
    )


def _readings(programme: Programme) -> dict[str, published.Reading]:
    """Those that say something: an entry is silent on a reading that it does not hold."""
    every = {
        name: published.Reading(getattr(programme, name), getattr(programme, f"{name}_rests_on_id"))
        for name in (reading.name for reading in SINGLE_READINGS)
    }
    return {name: reading for name, reading in every.items() if reading.value != NOT_STATED}


def briefing_of(area: ForceArea) -> Briefing:
    """What publishing the force area now would show: its own developments, then those of Wales."""
    developments = Development.objects.filter(programme=None).select_related("statement__source")
    here = developments.filter(Q(area=area) | Q(area=None))
    return Briefing(
        area=area.slug,
        area_name=bilingual(area, "name"),
        ask=bilingual(area, "ask"),
        ask_page=bilingual(area, "ask_page"),
        ask_checked_on=area.ask_checked_on,
        developments=tuple(
            AreaDevelopment(
                read(row, published.Development),
                read(row.statement, published.Quotation),
                row.area_id is None,
            )
            for row in here.order_by(F("when").asc(nulls_last=True), "pk")
        ),
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
