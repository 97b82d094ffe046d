"""From an edition back into the working tables: the reverse of what `publishing` does."""

from dataclasses import replace
from typing import Any

from django.db import transaction

from programmes.domain import entry as published
from programmes.domain.entry import Bilingual, Entry, PartialDate
from programmes.models import (
    READINGS,
    SINGLE_READINGS,
    Contact,
    Edition,
    Organisation,
    Programme,
    Source,
    Statement,
)
from programmes.models.welsh import bond
from programmes.publishing.draft import ROWS_THAT_REST_ON_WORDS, entry_of
from programmes.publishing.publish import OvertakenError, fingerprint, public_contacts
from programmes.vocabulary import SUBMISSION


def load_back(programme: Programme, edition: Edition, *, only_if: str = "") -> None:
    """Make the working tables say what an earlier edition of the same entry said.

    Everything the public could see then comes back, routes, criteria and funding included; what was
    added since goes, statements of later sources too. Four things stay: the address, checks (they
    are never undone), hidden contacts (they stay hidden) and contacts that are public now: those
    are hidden by whoever takes them away, lest nobody could any more. Nothing is published by it.

    `only_if` is the `fingerprint` of what somebody has looked at, and gives up. Raises
    OvertakenError when the entry is something else by now.
    """
    if edition.programme_id != programme.pk:
        raise ValueError(f"{edition} is not of {programme}.")
    entry = edition.entry
    with transaction.atomic():
        programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
        if only_if and only_if != fingerprint(entry_of(programme)):
            raise OvertakenError
        _let_go(programme)
        statements = _statements(programme, entry)
        _columns(programme, entry, statements)
        _rows(programme, entry, statements)
        _contacts(programme, entry)


def as_loaded_back(programme: Programme, edition: Edition) -> Entry:
    """What the entry would be after `load_back`: its checks and some of its contacts stay."""
    now, staying = entry_of(programme), _staying(programme, edition.entry)
    back = [contact for contact in edition.entry.contacts if contact.id not in staying]
    kept = [contact for contact in now.contacts if contact.id in staying]
    return replace(
        edition.entry,
        contacts=tuple(sorted((*back, *kept), key=lambda contact: contact.id or 0)),
        last_checked=now.last_checked,
        check_outcome=now.check_outcome,
        confirmed=now.confirmed,
    )


def _staying(programme: Programme, entry: Entry) -> set[int]:
    """The contacts that no loading back touches: hidden ones, and public ones it does not know."""
    hidden = {contact.pk for contact in programme.contacts.all() if contact.hidden_at}
    known = {contact.id for contact in entry.contacts}
    return hidden | {pk for pk in public_contacts(programme) - known if pk}


def _let_go(programme: Programme) -> None:
    """Take away the rows that rest on statements, so that statements can go as well."""
    for rows in ROWS_THAT_REST_ON_WORDS:
        getattr(programme, rows).all().delete()
    for name in READINGS:
        setattr(programme, f"{name}_rests_on", None)
    for name in SINGLE_READINGS:
        setattr(programme, name, published.NOT_STATED)
    programme.save()


def _statements(programme: Programme, entry: Entry) -> dict[int, Statement]:
    """The statements that the edition quotes, by the number they have in it."""
    later = programme.statements.exclude(source__slug=SUBMISSION)
    later.update(replaces=None)
    found = {statement.pk: statement for statement in programme.statements.all()}
    later.exclude(pk__in=[quotation.id for quotation in entry.quotations]).delete()
    for position, quotation in enumerate(entry.quotations):
        statement = found.setdefault(quotation.id, Statement(pk=quotation.id))
        if quotation.source.slug != SUBMISSION:
            _say(statement, programme, quotation, position)
    for quotation in entry.quotations:
        if quotation.replaces:
            found[quotation.id].replaces = found[quotation.replaces]
            found[quotation.id].save()
    return found


def _say(
    statement: Statement, programme: Programme, quotation: published.Quotation, position: int
) -> None:
    """Only for later sources: what the submission says never changes."""
    words: dict[str, Any] = {
        "programme": programme,
        "field": quotation.field,
        "text": quotation.words,
        "text_cy": quotation.words_cy,
        "as_extracted": quotation.as_extracted,
        "in_table": quotation.in_table,
        "basis": quotation.basis,
        "source": _source(quotation.source),
        "position": position,
        "replaces": None,
        **_pairs(place=quotation.place),
    }
    words["welsh_of"]["text"] = bond(
        quotation.words, quotation.words_cy, is_older=quotation.words_cy_older
    )
    for name, value in words.items():
        setattr(statement, name, value)
    statement.save()


def _columns(programme: Programme, entry: Entry, statements: dict[int, Statement]) -> None:
    values: dict[str, Any] = {
        **_pairs(name=entry.name, summary=entry.summary),
        "stage": entry.stage,
        "routes_are_all": entry.routes_are_all,
        "version": programme.version + 1,
    }
    for name in READINGS:
        reading: published.Reading = getattr(entry, name)
        values[name] = reading.value
        values[f"{name}_rests_on"] = statements[reading.rests_on] if reading.rests_on else None
    for name, value in values.items():
        setattr(programme, name, value)
    programme.save()


def _rows(programme: Programme, entry: Entry, statements: dict[int, Statement]) -> None:
    for referral in entry.referrals:
        programme.referrals.create(
            route=referral.route, usual=referral.usual, statement=statements[referral.rests_on]
        )
    for criterion in entry.criteria:
        programme.criteria.create(
            answer=criterion.answer,
            accepted=criterion.accepted,
            only=criterion.only,
            statement=statements[criterion.rests_on],
        )
    for funding in entry.fundings:
        programme.fundings.create(
            funder=funding.funder,
            period=funding.period,
            arrangement=funding.arrangement,
            statement=statements[funding.rests_on],
            **_date("start", funding.start),
            **_date("end", funding.end),
        )
    for evaluation in entry.evaluations:
        programme.evaluations.create(
            state=evaluation.state,
            statement=statements[evaluation.rests_on],
            **_pairs(summary=evaluation.summary),
            **_date("published", evaluation.published),
        )
    for development in entry.developments:
        programme.developments.create(
            kind=development.kind,
            expected=development.expected,
            statement=statements[development.rests_on],
            **_pairs(summary=development.summary),
            **_date("when", development.when),
        )
    for involvement in entry.involvements:
        programme.involvements.create(
            organisation=_organisation(involvement),
            role=involvement.role,
            statement=statements[involvement.rests_on],
        )


def _contacts(programme: Programme, entry: Entry) -> None:
    """A contact that was hidden since stays hidden, whatever an edition of before shows."""
    staying = _staying(programme, entry)
    programme.contacts.exclude(pk__in=staying).delete()
    for contact in entry.contacts:
        if contact.id not in staying:
            Contact.objects.create(
                pk=contact.id,
                programme=programme,
                audience=contact.audience,
                page=contact.page,
                email=contact.email,
                phone=contact.phone,
                languages=contact.languages,
                source=_source(contact.source),
                checked_on=contact.checked_on,
                **_pairs(team=contact.team),
            )


def _source(source: published.SourceDocument) -> Source:
    """The source itself, as it is now: other entries rest on it too."""
    found, _made = Source.objects.get_or_create(
        slug=source.slug,
        defaults={
            "kind": source.kind,
            "dated": source.dated,
            "address": source.address,
            **_pairs(title=source.title),
        },
    )
    return found


def _organisation(involvement: published.Involvement) -> Organisation:
    found, _made = Organisation.objects.get_or_create(
        name_en=involvement.organisation.en,
        defaults={"page": involvement.page, **_pairs(name=involvement.organisation)},
    )
    return found


def _pairs(**texts: Bilingual) -> dict[str, Any]:
    """Pairs of texts, the Welsh as old against its English as it was when they were published."""
    columns: dict[str, Any] = {"welsh_of": {}}
    for name, text in texts.items():
        columns |= {f"{name}_en": text.en, f"{name}_cy": text.cy}
        columns["welsh_of"][name] = bond(text.en, text.cy, is_older=text.cy_older)
    return columns


def _date(name: str, date: PartialDate | None) -> dict[str, Any]:
    if date is None:
        return {}
    return {name: date.day, f"{name}_precision": date.precision}
