"""The accessibility statement says what the regulations ask for, and no more than is true."""

import datetime

import pytest

OTHERS = datetime.date(2027, 3, 1)
FAILURE = {
    "criterion": "1.4.10 Reflow",
    "what": "A table is cut.",
    "why": "It is wide.",
    "instead": "Take the CSV.",
}
FULLY, PARTIALLY = "are fully compliant", "are partially compliant"
NONE_KNOWN = "We know of nothing on the public pages that fails"
CASES = [
    (None, [], [PARTIALLY, NONE_KNOWN]),
    (OTHERS, [], [FULLY, "1 March 2027"]),
    (
        OTHERS,
        [FAILURE],
        [PARTIALLY, "A table is cut. It is wide. Take the CSV.", "1.4.10 Reflow"],
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("tested_by_others_on", "failures", "said"), CASES)
def test_it_claims_what_its_data_bear_out(client, settings, tested_by_others_on, failures, said):
    data = {"tested_by_others_on": tested_by_others_on, "failures": failures}
    settings.ACCESSIBILITY = {**settings.ACCESSIBILITY, **data}
    page = client.get("/accessibility/").content.decode()
    assert all(words in page for words in said)
    assert (NONE_KNOWN in page) == (not failures)
    assert ("Nobody independent" in page) == (tested_by_others_on is None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/accessibility/", ["2.2 AA", "(No. 2)", "ten working days", "Commission"]),
        ("/cy/hygyrchedd/", ["2.2 AA", "(Rhif 2)", "o fewn deg diwrnod gwaith", "Comisiwn"]),
    ],
)
def test_it_has_what_the_regulations_ask_for(client, path, words):
    page = client.get(path).content.decode()
    assert all(each in page for each in words)
    assert 'href="mailto:' in page
    assert "https://www.equalityadvisoryservice.com/" in page
