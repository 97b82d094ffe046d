"""The rules by which an entry becomes terms and words. No database."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.domain.entry import (
    Bilingual,
    Criterion,
    Entry,
    Evaluation,
    Funding,
    PartialDate,
    Quotation,
    Reading,
    Referral,
    SourceDocument,
)
from programmes.readings import DIMENSIONS, stated_topics, terms
from programmes.vocabulary import Answer, Funder, Route

SOURCE = SourceDocument("s", "document", Bilingual("Document"), datetime.date(2023, 11, 17))


def quotation(number: int, field: str, words: str, *, in_table: bool = True) -> Quotation:
    return Quotation(number, field, words, Bilingual("table"), SOURCE, "stated", in_table)


EMPTY = Entry(
    uuid="6a1f5c1e-0000-4000-8000-000000000000",
    area=None,
    area_name=Bilingual(),
    slug="empty",
    name=Bilingual("Empty"),
    summary=Bilingual(),
    stage="community",
    readings={"status": Reading("listed", 1)},
    routes_are_all=False,
    referrals=(),
    criteria=(),
    fundings=(),
    evaluations=(),
    developments=(),
    involvements=(),
    contacts=(),
    quotations=(quotation(1, "programme", "Empty"),),
)


def test_silence_is_a_term_in_every_dimension_that_may_be_silent():
    assert terms(EMPTY) == {
        "area": ("not-stated",),
        "stage": ("community",),
        "status": ("listed",),
        "attendance": ("not-stated",),
        "route": ("not-stated",),
        "risk": ("not-stated",),
        "group": ("not-stated",),
        "funder": ("not-stated",),
        "longevity": ("not-stated",),
        "evaluation": ("not-stated",),
    }


def criteria(*answers: str) -> tuple[Criterion, ...]:
    """ "!" before an answer excludes it."""
    return tuple(
        Criterion(answer.removeprefix("!"), 1, accepted=not answer.startswith("!"))
        for answer in answers
    )


@pytest.mark.parametrize(
    ("answers", "risk", "group"),
    [
        (["risk:high"], ("high",), ("not-stated",)),
        (["risk:medium", "risk:standard"], ("medium", "standard"), ("not-stated",)),
        (["!risk:high"], ("not-high",), ("not-stated",)),
        (["risk:medium", "!risk:high"], ("medium",), ("not-stated",)),
        (["!risk:medium"], ("not-stated",), ("not-stated",)),
        (["children:yes", "relationship:continuing"], ("not-stated",), ("parents",)),
        (["sex:man", "age:adult"], ("not-stated",), ("men",)),
        (["!sex:man"], ("not-stated",), ("not-stated",)),
        (["sex:woman"], ("not-stated",), ("not-stated",)),
        (["risk:other"], ("other",), ("not-stated",)),
        (["risk:other", "!risk:high"], ("other", "not-high"), ("not-stated",)),
        (["group:other"], ("not-stated",), ("other",)),
        (["access:open", "family:whole"], ("not-stated",), ("open", "families")),
        (["family:whole", "stalking:yes"], ("not-stated",), ("families", "stalking")),
    ],
)
def test_risk_and_group_terms(answers, risk, group):
    found = terms(replace(EMPTY, criteria=criteria(*answers)))
    assert (found["risk"], found["group"]) == (risk, group)


def test_what_held_in_the_past_only_is_no_term():
    former = (Criterion("risk:high", 1, former=True), Criterion("sex:man", 1, former=True))
    found = terms(replace(EMPTY, criteria=former))
    assert (found["risk"], found["group"]) == (("not-stated",), ("not-stated",))


def test_an_entry_was_evaluated_as_its_evaluations_say():
    states = ["limited", "published", "underway", "awaited", "elsewhere"]
    evaluations = tuple(Evaluation(state, Bilingual(), 1) for state in states)
    found = terms(replace(EMPTY, evaluations=evaluations))["evaluation"]
    assert found == ("published", "under-way", "awaited", "elsewhere")


def test_only_current_and_named_funders_are_terms():
    fundings = (
        Funding("home-office", "former", "named-fund", 1),
        Funding("pcc", "current", "none-other-named", 1),
        Funding("pcc", "current", "joint", 1),
        Funding("not-stated", "current", "spot-purchase", 1),
    )
    assert terms(replace(EMPTY, fundings=fundings))["funder"] == ("pcc",)
    assert terms(replace(EMPTY, fundings=fundings[3:]))["funder"] == ("not-stated",)


def test_what_is_stated_beside_the_terms():
    until = PartialDate(datetime.date(2024, 1, 1), "month")
    entry = replace(
        EMPTY,
        criteria=criteria("sex:woman", "!children:yes"),
        fundings=(
            Funding("pcc", "current", "joint", 1),
            Funding("home-office", "former", "joint", 1, end=until),
            Funding("not-stated", "current", "none-other-named", 1, end=until),
            Funding("not-stated", "current", "joint", 1),
        ),
        readings=EMPTY.readings | {"accreditation": Reading("respect", 1)},
    )
    assert set(stated_topics(entry)) == {
        *("women", "joint:pcc", "funding-end", "accreditation"),
        f"source:{SOURCE.slug}",
    }
    assert stated_topics(EMPTY) == (f"source:{SOURCE.slug}",)


def test_a_cell_is_the_words_whatever_the_text_adds():
    cell = quotation(2, "eligibility", "")
    sentence = quotation(3, "eligibility", "They had to accept responsibility.", in_table=False)
    entry = replace(EMPTY, quotations=(*EMPTY.quotations, cell, sentence))
    assert entry.words("eligibility") == ""
    assert [q.id for q in entry.quotations_about("eligibility")] == [2, 3]


def test_without_a_table_the_words_are_the_sentences_its_readings_rest_on():
    first = quotation(2, "provider", "Provided for those with an order.", in_table=False)
    second = quotation(3, "eligibility", "It is for adult men.", in_table=False)
    entry = replace(
        EMPTY,
        quotations=(first, second),
        criteria=(Criterion("order:probation", 2),),
        referrals=(Referral("criminal-justice", 2),),
    )
    assert entry.words("eligibility") == "Provided for those with an order. It is for adult men."
    assert entry.words("referral_route") == "Provided for those with an order."
    assert entry.words("funding") == ""


READINGS = st.builds(Reading, st.text(), st.none() | st.integers(1, 9))
ENTRIES = st.builds(
    lambda **columns: replace(EMPTY, **columns),
    area=st.none() | st.sampled_from(["gwent", "north-wales"]),
    name=st.builds(Bilingual, st.text(), st.text()),
    readings=st.fixed_dictionaries({"status": READINGS}, optional={"attendance": READINGS}),
    referrals=st.lists(
        st.builds(Referral, st.sampled_from(Route.values), st.just(1), st.booleans())
    ).map(tuple),
    criteria=st.lists(
        st.builds(
            Criterion, st.sampled_from(Answer.values), st.just(1), st.booleans(), st.booleans()
        )
    ).map(tuple),
    fundings=st.lists(
        st.builds(
            Funding,
            st.sampled_from([*Funder.values, "not-stated"]),
            st.sampled_from(["current", "former"]),
            st.just("none-other-named"),
            st.just(1),
        )
    ).map(tuple),
)


@given(ENTRIES)
def test_a_document_gives_back_the_entry(entry):
    assert Entry.from_document(entry.as_document()) == entry


@given(ENTRIES)
def test_a_dimension_is_either_silent_or_speaks(entry):
    known = {dimension.name: {code for code, _ in dimension.choices} for dimension in DIMENSIONS}
    for name, codes in terms(entry).items():
        assert codes
        assert ("not-stated" in codes) <= (len(codes) == 1)
        if name in known and name not in ("attendance", "status"):
            assert set(codes) <= known[name]
