"""An entry for another force area, made from one that a later source also speaks of."""

from collections.abc import Iterable

from django.db import transaction

from forces.models import ForceArea
from programmes.domain.entry import NOT_STATED
from programmes.models import Programme, Statement
from programmes.readings import ROW_READINGS, SINGLE_READINGS
from programmes.vocabulary import Status


def copy_to_area(
    programme: Programme, area: ForceArea, statements: Iterable[Statement]
) -> Programme:
    """A draft in the other area with the statements that speak of it too, and what rests on them.

    What rests on other words is not stated there: the submission's tables speak of one area each.
    Contacts and checks stay behind, since they are of the one entry.
    """
    with transaction.atomic():
        copy = Programme.objects.create(
            area=area,
            slug=programme.slug,
            name_en=programme.name_en,
            name_cy=programme.name_cy,
            welsh_of=programme.welsh_of,
            stage=programme.stage,
            status=Status.LISTED,
        )
        copies = {statement.pk: _copy(statement, copy) for statement in statements}
        for statement in copies.values():
            if statement.replaces_id:
                statement.replaces = copies.get(statement.replaces_id)
                statement.save()
        for name in (reading.name for reading in SINGLE_READINGS):
            rests_on = copies.get(getattr(programme, f"{name}_rests_on_id"))
            if rests_on and getattr(programme, name) != NOT_STATED:
                setattr(copy, name, getattr(programme, name))
                setattr(copy, f"{name}_rests_on", rests_on)
        copy.save()
        for rows in (reading.rows for reading in ROW_READINGS):
            for row in getattr(programme, rows).filter(statement__in=copies):
                row.statement = copies[row.statement_id]
                _copy(row, copy)
    return copy


def _copy(row, programme: Programme):
    row.pk, row.programme, row._state.adding = None, programme, True
    row.save()
    return row
