"""From the working tables to what the public sees. The only writer of editions."""

import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from forces.models import ForceArea
from programmes import entry as published
from programmes.briefing import AreaDevelopment, Briefing
from programmes.changes import kinds_of, shown
from programmes.entry import Bilingual, Entry, PartialDate
from programmes.languages import missing_texts
from programmes.models import (
    READINGS,
    Change,
    Contact,
    Development,
    Edition,
    Programme,
    Source,
    Statement,
    Term,
    Verification,
)
from programmes.search import searchable
from programmes.vocabulary import NOT_STATED, ChangeKind, CheckOutcome, Field

ROWS_THAT_REST_ON_WORDS = (
    "referrals",
    "criteria",
    "fundings",
    "evaluations",
    "developments",
    "involvements",
)

AFTER_ALL_AREAS = 99
"""Where entries stand in lists whose source names no force area."""


class NothingToPublishError(Exception):
    """The public sees all of this already."""


class NotReadyError(Exception):
    """The entry lacks something without which the public would be told an untruth."""


@dataclass(frozen=True)
class ToFollow:
    """An exception: texts that one language still lacks are to follow by a day, for a reason."""

    due: datetime.date
    why: str


class OvertakenError(Exception):
    """The entry is no longer what its publisher has looked at."""


def publish(
    programme: Programme,
    by: User | None,
    why: str,
    to_follow: ToFollow | None = None,
    *,
    only_if: str = "",
) -> Edition:
    """Make the entry's present state what the public sees, and say why.

    `only_if` is the `fingerprint` of what somebody has looked at. Raises OvertakenError when the
    entry is something else by now, NothingToPublishError when the standing edition says the same,
    and NotReadyError when the entry has `obstacles`, or lacks a text in one language and none is
    said to follow.
    """
    with transaction.atomic():
        programme = _locked(programme)
        missing = list(missing_texts(programme))
        if found := obstacles(programme) or ([] if to_follow else missing):
            raise NotReadyError(" ".join(found))
        entry, to_follow = entry_of(programme), to_follow if missing else None
        if only_if and only_if != fingerprint(entry):
            raise OvertakenError
        standing = standing_edition(programme)
        same = standing and not standing.withdrawn and standing.entry == entry
        if standing and same and _to_follow(standing) == to_follow:
            raise NothingToPublishError
        return _write(programme, entry, by, why, to_follow=to_follow)


def publish_first_editions(programmes: QuerySet[Programme], why: str) -> int:
    """Publish entries of which there is no edition yet, all or none; how many there were.

    For transcription, where nobody has published yet. Raises NotReadyError as `publish` does.
    """
    with transaction.atomic():
        now, editions, terms = timezone.now(), [], []
        for programme in for_entries(programmes).iterator(chunk_size=500):
            if found := obstacles(programme):
                raise NotReadyError(" ".join(found))
            entry = entry_of(programme)
            columns = _columns(programme, entry)
            editions.append(Edition(published_at=now, why=why, **columns))
            terms.append(entry.terms())
        Edition.objects.bulk_create(editions, batch_size=500)
        rows = (_terms(*pair) for pair in zip(editions, terms, strict=True))
        Term.objects.bulk_create(chain.from_iterable(rows), batch_size=500)
        added = (Change(edition=edition, kind=ChangeKind.ADDED) for edition in editions)
        Change.objects.bulk_create(added, batch_size=500)
    return len(editions)


def withdraw(programme: Programme, by: User | None, why: str) -> Edition:
    """Take the entry back: a last edition says so, with the reason, at its public address.

    Raises NothingToPublishError when the public does not see the entry anyway.
    """
    with transaction.atomic():
        programme = _locked(programme)
        standing = standing_edition(programme)
        if not standing or standing.withdrawn:
            raise NothingToPublishError
        return _write(programme, standing.entry, by, why, withdrawn=True)


def record_check(check: Verification) -> Edition | None:
    """Keep a check, and let the public see at once what came of it.

    The standing edition is followed by one that differs in the check alone: what else waits to be
    published goes on waiting. None where nothing public changes, because the entry is not public,
    nobody was reached or a later check is known.
    """
    with transaction.atomic():
        _locked(check.programme)
        check.save()
        programme = for_entries(Programme.objects.all()).get(pk=check.programme_id)
        standing = standing_edition(programme)
        if standing is None or standing.withdrawn:
            return None
        entry = replace(standing.entry, **_last_check(programme))
        if entry == standing.entry:
            return None
        why = f"A check was recorded: {check.get_outcome_display().lower()}."
        return _write(programme, entry, check.by, why, to_follow=_to_follow(standing))


def hide_contact(contact: Contact, by: User, why: str) -> Edition | None:
    """Take one contact out of sight at once, and publish nothing else of what has changed.

    The new edition is the standing one without the contact; None where it did not show it. A
    withdrawn entry shows no contacts, and the day and reason of its withdrawal stay as they are.
    The reason stays with the row: it may tell of somebody, and an edition keeps its words for good.
    """
    with transaction.atomic():
        programme = _locked(contact.programme)
        hidden = {"hidden_at": timezone.now(), "hidden_by": by, "hidden_why": why.strip()}
        programme.contacts.filter(pk=contact.pk, hidden_at=None).update(**hidden)
        standing = standing_edition(programme)
        if standing is None or standing.withdrawn:
            return None
        left = tuple(shown for shown in standing.entry.contacts if shown.id != contact.pk)
        if left == standing.entry.contacts:
            return None
        entry = replace(standing.entry, contacts=left)
        why = "A contact was hidden."
        return _write(programme, entry, by, why, to_follow=_to_follow(standing))


def publish_area(area: ForceArea, by: User | None, why: str) -> Edition:
    """Make what is known of a force area beside its entries what the public sees.

    Raises NothingToPublishError when the standing edition says the same.
    """
    with transaction.atomic():
        area = ForceArea.objects.select_for_update().get(pk=area.pk)
        briefing = briefing_of(area)
        standing = Edition.objects.areas().filter(area=area.slug).first()
        if standing and standing.briefing == briefing:
            raise NothingToPublishError
        return _replace(
            programme=None,
            by=by,
            why=why.strip(),
            document=briefing.as_document(),
            area=area.slug,
            area_position=area.position,
            slug="",
            name=area.name_en,
        )


def publish_changed_areas(by: User, why: str) -> list[ForceArea]:
    """Publish every force area that has changed, all or none; which ones they were."""
    with transaction.atomic():
        # Held, so that a second publisher finds that nothing is left to publish.
        list(ForceArea.objects.select_for_update())
        areas = changed_areas()
        for area in areas:
            publish_area(area, by, why)
    return areas


def changed_areas() -> list[ForceArea]:
    """Force areas of which the working tables hold something the public has not been shown."""
    standing = {edition.area: edition.briefing for edition in Edition.objects.areas()}
    areas = ForceArea.objects.all()
    return [area for area in areas if standing.get(area.slug) != briefing_of(area)]


def standing_edition(programme: Programme) -> Edition | None:
    """The last edition of an entry, a withdrawal included."""
    return next((e for e in programme.editions.all() if e.replaced_at is None), None)


def is_changed(programme: Programme) -> bool:
    """Whether the working tables hold something the public has not been shown."""
    standing = standing_edition(programme)
    if standing is None or standing.withdrawn:
        return True
    return standing.entry != entry_of(programme)


def is_withdrawn(programme: Programme) -> bool:
    standing = standing_edition(programme)
    return standing is not None and standing.withdrawn


def fingerprint(entry: Entry) -> str:
    """The same for two entries that say the same."""
    return hashlib.sha256(json.dumps(entry.as_document(), sort_keys=True).encode()).hexdigest()


def waits(programme: Programme) -> bool:
    """Whether the entry has changes to publish; one that was withdrawn waits for nothing."""
    standing = standing_edition(programme)
    return standing is None or (not standing.withdrawn and standing.entry != entry_of(programme))


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
        "verifications",
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
        **_last_check(programme),
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


def _locked(programme: Programme) -> Programme:
    """The programme as it is in the database, held against a second publisher."""
    return for_entries(Programme.objects.select_for_update(of=("self",))).get(pk=programme.pk)


def _write(
    programme: Programme,
    entry: Entry,
    by: User | None,
    why: str,
    *,
    withdrawn: bool = False,
    to_follow: ToFollow | None = None,
) -> Edition:
    columns = _columns(programme, entry)
    kinds = kinds_of(shown(standing_edition(programme)), None if withdrawn else entry)
    if to_follow:
        columns |= {"language_due": to_follow.due, "language_why": to_follow.why}
    edition = _replace(by=by, why=why.strip(), withdrawn=withdrawn, **columns)
    Term.objects.bulk_create(_terms(edition, entry.terms()))
    Change.objects.bulk_create(Change(edition=edition, kind=kind) for kind in kinds)
    return edition


def _to_follow(edition: Edition) -> ToFollow | None:
    """The exception that an edition was published under, for the one that takes its place."""
    due = edition.language_due
    return ToFollow(due, edition.language_why) if due else None


def _columns(programme: Programme, entry: Entry) -> dict[str, Any]:
    """What an edition holds of an entry: its document, and what lists need copied out of it."""
    search_name, search_text = searchable(entry)
    return {
        "programme": programme,
        "document": entry.as_document(),
        "area": entry.area_slug,
        "area_position": programme.area.position if programme.area else AFTER_ALL_AREAS,
        "slug": entry.slug,
        "name": entry.name.en,
        "stated_on": entry.source.dated,
        "last_checked": entry.last_checked,
        "search_name": search_name,
        "search_text": search_text,
    }


def _terms(edition: Edition, terms: dict[str, tuple[str, ...]]) -> Iterator[Term]:
    for dimension, values in terms.items():
        for value in values:
            yield Term(edition=edition, dimension=dimension, value=value)


def _replace(**columns: Any) -> Edition:
    """A new edition in the place of the standing one of the same address."""
    now = timezone.now()
    standing = Edition.objects.filter(
        programme=columns["programme"], area=columns["area"], slug=columns["slug"]
    )
    standing.filter(replaced_at=None).update(replaced_at=now)
    return Edition.objects.create(published_at=now, **columns)


def _reading(programme: Programme, name: str) -> published.Reading:
    return published.Reading(getattr(programme, name), getattr(programme, f"{name}_rests_on_id"))


def _bilingual(row: object, name: str) -> Bilingual:
    return Bilingual(getattr(row, f"{name}_en"), getattr(row, f"{name}_cy"))


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


def _last_check(programme: Programme) -> dict[str, Any]:
    """When somebody was last reached, what they said and which fields they confirmed.

    "Could not reach anyone" does not reset the clock. A stop stays until a later check confirms
    that the entry runs; what was confirmed before a stop, or of other fields after it, does not
    lift it.
    """
    reached = [
        check
        for check in programme.verifications.all()
        if check.outcome != CheckOutcome.NOBODY_REACHED
    ]
    if not reached:
        return {}
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
