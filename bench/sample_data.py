"""Made-up entries by the thousand, to try how the directory bears its size. None of it is true."""

import datetime
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from random import Random

from django.db import transaction
from django.db.models import OuterRef, Subquery

from forces.models import ForceArea
from programmes.models import Criterion, Funding, Programme, Referral, Source, Statement
from programmes.publishing.publish import publish_first_editions
from programmes.vocabulary import (
    COLUMNS,
    NOT_STATED,
    Answer,
    Attendance,
    Field,
    Funder,
    FundingPeriod,
    Longevity,
    Route,
    SourceKind,
    Stage,
    Status,
)

WHY = "Generated to try the directory at size; nothing in it is true."
NAMES = [
    "Newid",
    "Change",
    "Tŷ",
    "Bridge",
    "Gobaith",
    "Hope",
    "Re-start",
    "Ail-gychwyn",
    "Children’s",
    "Plant",
    "Llwybr",
    "Hub",
]
RISKS: list[dict[Answer, bool]] = [
    {},
    {Answer.RISK_HIGH: True},
    {Answer.RISK_MEDIUM: True, Answer.RISK_STANDARD: True},
    {Answer.RISK_STANDARD: True},
    {Answer.RISK_HIGH: False},
]
"""What an entry may say of risk: each level it names, and whether it takes it."""
GROUPS = (Answer.MAN, Answer.CHILDREN, Answer.STALKING, Answer.WHOLE_FAMILY)
SINGLE = {"status": Field.PROGRAMME, "attendance": Field.ATTENDANCE, "longevity": Field.LONGEVITY}
"""Readings of which an entry has one → the cell that each rests on."""

AT_ONCE = 1000
"""How many entries are in memory on their way: each takes about 70 kB until it is published."""


@dataclass
class Draft:
    """An entry on its way into the database; its readings rest on cells that are saved first."""

    programme: Programme
    readings: dict[str, str]
    cells: dict[Field, Statement]
    referrals: list[Referral]
    criteria: list[Criterion]
    fundings: list[Funding]


@transaction.atomic
def generate(number: int, seed: int) -> None:
    """Write and publish that many more entries, the same ones for the same `seed`."""
    random = Random(seed)  # noqa: S311 - the same entries each time, and nobody's secret
    areas, source = [*ForceArea.objects.all(), None], _source()
    first = Programme.objects.count()
    numbers = range(first, first + number)
    with _garbage_left_alone():
        for start in range(0, number, AT_ONCE):
            if start:
                gc.collect()  # what the batch before left: nothing else looks for it
            of_these = numbers[start : start + AT_ONCE]
            _write([_draft(random, n, random.choice(areas), source) for n in of_these])


@contextmanager
def _garbage_left_alone() -> Iterator[None]:
    """Python would look for it at every turn, among all rows on their way: a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _write(drafts: list[Draft]) -> None:
    programmes = Programme.objects.bulk_create(d.programme for d in drafts)
    Statement.objects.bulk_create(chain(*(d.cells.values() for d in drafts)))
    for name, field in SINGLE.items():
        _read(drafts, name, field)
    Referral.objects.bulk_create(chain(*(d.referrals for d in drafts)))
    Criterion.objects.bulk_create(chain(*(d.criteria for d in drafts)))
    Funding.objects.bulk_create(chain(*(d.fundings for d in drafts)))
    made = Programme.objects.filter(pk__in=[programme.pk for programme in programmes])
    publish_first_editions(made.order_by("pk"), WHY)


def _source() -> Source:
    columns = {
        "kind": SourceKind.DOCUMENT,
        "title_en": "Generated, not true",
        "title_cy": "Cynhyrchwyd, nid gwir",
        "dated": datetime.date(2024, 1, 1),
    }
    return Source.objects.get_or_create(slug="generated", defaults=columns)[0]


def _draft(random: Random, n: int, area: ForceArea | None, source: Source) -> Draft:
    """An entry with a cell for each column, blank where it is silent."""
    readings = {
        "status": random.choice(Status.values),
        "attendance": random.choice([NOT_STATED, *Attendance.values]),
        "longevity": random.choice([NOT_STATED, *Longevity.values]),
    }
    programme = Programme(
        area=area,
        slug=f"generated-{n}",
        name_en=f"{' '.join(random.sample(NAMES, 2))} {n}",
        summary_en=f"A generated entry, number {n}.",
        summary_cy=f"Cofnod a gynhyrchwyd, rhif {n}.",
        stage=random.choice(Stage.values),
        status=readings["status"],
    )
    cells = {
        column: Statement(
            programme=programme, source=source, field=column, in_table=True, place_en="Generated"
        )
        for column in (Field.PROGRAMME, *COLUMNS)
    }
    referrals, criteria = _referrals(random, cells), _criteria(random, cells)
    fundings = _fundings(random, cells)
    rows: list[Referral | Criterion | Funding] = [*referrals, *criteria, *fundings]
    for row in rows:
        row.programme = programme
        row.statement.text = f"{row.statement.text} {row}".strip()
    for name, field in SINGLE.items():
        cells[field].text = readings[name].replace(NOT_STATED, "")
    cells[Field.PROGRAMME].text = programme.name_en
    return Draft(programme, readings, cells, referrals, criteria, fundings)


def _referrals(random: Random, cells: dict[Field, Statement]) -> list[Referral]:
    routes = random.sample(Route.values, random.choice([0, 1, 1, 2, 3]))
    return [Referral(route=route, statement=cells[Field.REFERRAL_ROUTE]) for route in routes]


def _criteria(random: Random, cells: dict[Field, Statement]) -> list[Criterion]:
    groups = random.sample(GROUPS, random.choice([0, 1]))
    return [
        Criterion(answer=answer, accepted=accepted, statement=cells[Field.ELIGIBILITY])
        for answer, accepted in (random.choice(RISKS) | dict.fromkeys(groups, True)).items()
    ]


def _fundings(random: Random, cells: dict[Field, Statement]) -> list[Funding]:
    funders = random.sample(Funder.values, random.choice([0, 1, 1, 2]))
    periods = FundingPeriod.values
    return [
        Funding(funder=funder, period=random.choice(periods), statement=cells[Field.FUNDING])
        for funder in funders
    ]


def _read(drafts: list[Draft], name: str, field: Field) -> None:
    """Let one reading of each entry rest on its cell, which has its key by now."""
    cell = Statement.objects.filter(programme=OuterRef("pk"), field=field)
    entries: dict[str, list[int]] = {}
    for draft in drafts:
        entries.setdefault(draft.readings[name], []).append(draft.programme.pk)
    for value in entries.keys() - {NOT_STATED}:
        reading = {name: value, f"{name}_rests_on": Subquery(cell.values("pk"))}
        Programme.objects.filter(pk__in=entries[value]).update(**reading)
