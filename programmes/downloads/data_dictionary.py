"""The data dictionary: what each column of a download holds, and what each code means."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from programmes import readings
from programmes.domain.entry import NOT_STATED
from programmes.downloads.overview_tables import (
    CHANGES,
    EVIDENCE,
    MONEY,
    PROVISION,
    SOURCES,
    TIMELINE,
)
from programmes.downloads.spreadsheets import HEADINGS
from programmes.downloads.statements import READINGS, STATEMENTS
from programmes.downloads.tables import WELSH

HOLDS: dict[str, Any] = {
    "about": _("what the statement or the reading is about, as a code"),
    "area": _("the force area; “not-stated” where no source names one"),
    "area_code": _("the force area as in the list’s addresses; “not-stated” where none is named"),
    "area_gss": _("the force area by its GSS code; “not-stated” where no source names one"),
    "arrangement": _("how it is funded, as a code"),
    "attendance": _("the source’s words on attendance"),
    "attendance_term": _("our reading of attendance, as a code"),
    "cell_of_a_table": _("whether the words are a cell of a source’s table, yes or no"),
    "changed_on": _("the day on which this directory published the change"),
    "changes": _("what kind of change it is, in words"),
    "client_groups": _("our reading of the client groups, as codes"),
    "dimension": _("which dimension the value belongs to"),
    "eligibility": _("the source’s words on whom it is for"),
    "entries": _("how many entries rest on the source"),
    "evaluation": _("the state of an evaluation, as a code; of an entry, of all its evaluations"),
    "expected": _("whether the source expected it; “no” means that it says it happened"),
    "first_stated": _("the day of the oldest source whose words still stand"),
    "from": _("the day, month or year from which it holds, as exactly as the source gives it"),
    "from_date": _("its first day, to sort by; of a month or a year, the first one in it"),
    "from_precision": _("how exactly the source gives that day, as a code"),
    "funded_until": _("when the funding ends, as exactly as the source gives it"),
    "funder": _("who pays, as a code"),
    "funders": _("our reading of who paid on that date, as codes"),
    "funding": _("the source’s words on funding"),
    "id": _("a UUID of the entry that stays the same for good"),
    "kind": _("what kind of development it is, as a code"),
    "last_checked": _(
        "the day on which somebody was last reached, whatever came of it; empty where nobody was"
    ),
    "last_stated": _("the day of the newest source whose words stand"),
    "licence": _("the licence of the source, or “not-checked”"),
    "link": _("the address that the source gives with these words"),
    "longevity": _("how long the funding or service runs: the words, or in tables of money a code"),
    "longevity_term": _("our reading of how long it runs, as a code"),
    "longevity_words": _("the source’s words on how long it runs"),
    "more": _("codes that qualify the value: usual, only-these, accepted, excluded and others"),
    "now": _("what is published since, in words"),
    "outcome": _("what a later source says became of it, as a code; empty where none does"),
    "outcome_source": _("the title of that later source"),
    "outcome_source_date": _("the date of that later source"),
    "period": _("whether the funder pays now or paid before, on the date of the source"),
    "place": _("where in the source the words stand"),
    "programme": _("the name as the source writes it"),
    "published": _("when the evaluation was published or, where only that is stated, made"),
    "publisher": _("who published the source, or which role and organisation confirmed it"),
    "read": _("how the words were read from the source, as a code"),
    "referral_route": _("the source’s words on who refers"),
    "replaces": _("the number of the earlier statement that this one replaces"),
    "risk_levels": _("our reading of the risk levels, as codes"),
    "routes": _("our reading of who refers, as codes"),
    "slug": _("the name of the source in JSON; it stays the same for good"),
    "source": _("the titles of the documents that it rests on"),
    "source_date": _("the dates of those documents"),
    "source_kind": _("what kind of source it is, as a code"),
    "source_slug": _("the source by its name in JSON and in the table of sources"),
    "source_url": _("the address of that document"),
    "stage": _("where in the response to abuse it stands, as a code"),
    "statement": _("the number of the statement; readings name the one they rest on"),
    "status": _("what is stated of whether it runs, as a code; none says that it runs today"),
    "subject": _("what of the wider system it is about, as a code; empty where nothing is"),
    "until": _("the day, month or year until which it holds"),
    "until_date": _("its last day, to sort by; of a month or a year, the last one in it"),
    "until_precision": _("how exactly the source gives that day, as a code"),
    "url": _("its page in this directory"),
    "value": _("our reading, as a code; “not-stated” where the source is silent"),
    "was": _("what was published before, in words; empty where there was nothing"),
    "what": _("what changed, in words"),
    "when": _("when it happened or was expected"),
    "words": _("the source’s words, word for word; empty for a blank cell"),
    "words_welsh": _("the directory’s translation of the words, where there is one"),
}
"""English heading → what the column holds. Welsh headings mean the same."""


FILES = (
    ("programmes-csv", _("Entries: one row an entry"), HEADINGS),
    ("statements-csv", _("Statements: one row for each thing a source says"), STATEMENTS),
    ("readings-csv", _("Readings: one row for each thing we read from them"), READINGS),
    ("sources-csv", _("Sources: one row a source"), SOURCES),
    ("provision-csv", _("Provision: one row a value"), PROVISION),
    ("money-csv", _("Money: one row a funder"), MONEY),
    ("evidence-csv", _("Evidence: one row an evaluation"), EVIDENCE),
    ("changes-csv", _("Changes: one row for each thing that changed"), CHANGES),
    ("timeline-csv", _("Timeline: one row a development"), TIMELINE),
)


def files() -> list[dict[str, Any]]:
    """Each table: the name of its address, its title, and its columns with what they hold."""
    # A column of terms holds what it is called, so a new one needs no words of its own.
    return [
        {
            "name": name,
            "title": title,
            "columns": [(each, WELSH[each], HOLDS.get(each, HOLDS["value"])) for each in headings],
        }
        for name, title, headings in FILES
    ]


def columns() -> list[tuple[str, str, Any]]:
    """Every column that any table has, once."""
    return list(dict.fromkeys(column for file in files() for column in file["columns"]))


def vocabularies() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The title of each vocabulary that downloads use, and its codes in words, silence last."""
    return [
        (
            str(each.label),
            [
                (code, _in("en", label), _in("cy", label))
                for code, label in sorted(each.choices, key=lambda choice: choice[0] == NOT_STATED)
            ],
        )
        for each in readings.vocabularies()
    ]


def _in(language: str, label: Any) -> str:
    with translation.override(language):
        return str(label)
