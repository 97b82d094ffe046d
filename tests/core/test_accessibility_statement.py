"""The accessibility statement says what the regulations ask for, and no more than is true."""

import datetime
from dataclasses import replace

import pytest

from core import accessibility_statement
from core.accessibility_statement import STATEMENT, Failure

OTHERS = datetime.date(2027, 3, 1)
FAILURE = Failure("1.4.10 Reflow", "A table is cut.", "It is wide.", "Take the CSV.")
FULLY, PARTIALLY = "are fully compliant", "are partially compliant"
NONE_KNOWN = "We know of nothing on the public pages that fails"
CASES = [
    (replace(STATEMENT, tested_by_others_on=None, failures=()), [PARTIALLY, NONE_KNOWN]),
    (replace(STATEMENT, tested_by_others_on=OTHERS, failures=()), [FULLY, "1 March 2027"]),
    (
        replace(STATEMENT, tested_by_others_on=OTHERS, failures=(FAILURE,)),
        [PARTIALLY, "A table is cut. It is wide. Take the CSV.", "1.4.10 Reflow"],
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("statement", "said"), CASES)
def test_it_claims_what_its_data_bear_out(client, monkeypatch, statement, said):
    monkeypatch.setattr(accessibility_statement, "STATEMENT", statement)
    page = client.get("/accessibility/").content.decode()
    assert all(words in page for words in said)
    assert (NONE_KNOWN in page) == (not statement.failures)
    assert ("Nobody independent" in page) == (statement.tested_by_others_on is None)


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
