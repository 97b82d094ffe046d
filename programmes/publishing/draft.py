"""Drafts: the entry, or the briefing of a force area, that publishing now would show."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from forces.models import ForceArea
from programmes.domain import entry as published
from programmes.domain.briefing import AreaDevelopment, Briefing
from programmes.domain.entry import NOT_STATED, Bilingual, Entry
from programmes.models import Development, Edition, Programme, Verification
from programmes.publishing.rows import bilingual, part_from_row
from programmes.readings import ROW_READINGS, SINGLE_READINGS
from programmes.vocabulary import CheckedWith, CheckOutcome, Field

ASK_COLUMNS = ("ask_phone", "ask_email", "ask_seen_on", "ask_checked_on")


def for_entries(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Prefetch all that `entry_of` and `is_changed` read."""
    return programmes.select_related("area").prefetch_related(
        "statements__source",
        *(reading.rows for reading in ROW_READINGS),
        "involvements__organisation",
        "coverage__authority",
        "developments__came_about__statement__source",
        "contacts__source",
        Prefetch("verifications", Verification.objects.select_related("mistake")),
        Prefetch("editions", Edition.objects.filter(replaced_at=None)),
    )


def entry_of(programme: Programme) -> Entry:
    area = programme.area
    rows: dict[str, Any] = {
        reading.rows: _parts(getattr(programme, reading.rows).all(), reading.face)
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
        contacts=_parts(shown, published.Contact),
        quotations=_parts(programme.statements.all(), published.Quotation),
        **rows,
        **last_check(programme),
    )


def _parts(rows: Iterable, face: type) -> tuple[Any, ...]:
    return tuple(part_from_row(row, face) for row in rows)


def _readings(programme: Programme) -> dict[str, published.Reading]:
    return {
        name: published.Reading(value, getattr(programme, f"{name}_rests_on_id"))
        for name in (reading.name for reading in SINGLE_READINGS)
        if (value := getattr(programme, name)) != NOT_STATED
    }


def briefing_of(area: ForceArea) -> Briefing:
    developments = Development.objects.filter(programme=None).select_related(
        "statement__source", "came_about__statement__source"
    )
    here = developments.filter(Q(area=area) | Q(area=None))
    return Briefing(
        area=area.slug,
        area_name=bilingual(area, "name"),
        ask=bilingual(area, "ask"),
        ask_page=bilingual(area, "ask_page"),
        **{name: getattr(area, name) for name in ASK_COLUMNS},
        developments=tuple(
            AreaDevelopment(
                part_from_row(row, published.Development),
                part_from_row(row.statement, published.Quotation),
                row.area_id is None,
            )
            for row in here.order_by(F("when").asc(nulls_last=True), "pk")
        ),
    )


def last_check(programme: Programme) -> dict[str, Any]:
    """The last verification; a stop stays the last until a later one confirms that it runs."""
    counted = (each for each in programme.verifications.all() if not each.is_mistake)
    found = (each for each in counted if each.outcome != CheckOutcome.NOBODY_REACHED)
    reached = sorted(found, key=lambda each: (each.checked_on, each.pk))
    if not reached:
        return published.NO_CHECK
    stops = [n for n, each in enumerate(reached) if each.outcome == CheckOutcome.STOPPED]
    last, since = reached[-1], reached[stops[-1] + 1 :] if stops else reached
    if stops and not any(Field.STATUS in each.confirmed for each in since):
        last, since = reached[stops[-1]], []
    checks = _confirmed_by(since)
    days = {field: check.checked_on for field, check in checks.items()}
    written = (f for f in checks if checks[f].checked_with == CheckedWith.IN_WRITING)
    return {
        "last_checked": last.checked_on,
        "check_outcome": last.outcome,
        "confirmed": tuple(sorted(field for field in days if days[field] == last.checked_on)),
        "confirmed_on": days,
        "told_in_writing": tuple(sorted(written)),
    }


def _confirmed_by(checks: Iterable[Verification]) -> dict[str, Verification]:
    """The last check that confirmed each field; a change found puts earlier ones aside."""
    last: dict[str, Verification] = {}
    for check in checks:
        if check.outcome == CheckOutcome.CHANGED:
            last = {f: by for f, by in last.items() if by.checked_on == check.checked_on}
        last |= dict.fromkeys(check.confirmed, check)
    return last
