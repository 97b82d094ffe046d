"""Editors and readers at once: nobody's save is refused or lost, and nobody waits long."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from tests.faults.visitors import HEADERS, LET_IN, Administrator, ask
from tests.served import served

EDITORS, READERS, SAVES = 6, 6, 10


@pytest.fixture
def site(tmp_path):
    with served(tmp_path, LET_IN) as address:
        yield address


def test_no_save_is_refused_or_lost(site):
    numbers = count()

    def edit(key: int) -> list[int]:
        page, editor = f"/admin/programmes/programme/{key}", Administrator(site)
        statuses = []
        for number in range(SAVES):
            changed = {"summary_en": f"Summary {number} of {key}."}
            fields = editor.fields_of(f"{page}/change/") | changed
            statuses.append(editor.sends(f"{page}/change/", fields).status)
            why = editor.fields_of(f"{page}/publish/") | {"why": f"Change {number}."}
            statuses.append(editor.sends(f"{page}/publish/", why).status)
        return statuses

    def read(_reader: int) -> list[int]:
        return [ask(site, f"/programmes/?q=word{next(numbers)}").status for _each in range(40)]

    with ThreadPoolExecutor(EDITORS + READERS) as people:
        saving = people.map(edit, range(1, EDITORS + 1))
        reading = people.map(read, range(READERS))
    assert {status for each in saving for status in each} == {302}
    assert {status for each in reading for status in each} == {200}
    for key in range(1, EDITORS + 1):
        fields = Administrator(site).fields_of(f"/admin/programmes/programme/{key}/change/")
        assert fields["summary_en"] == f"Summary {SAVES - 1} of {key}."
        editions = ask(site, f"/admin/programmes/programme/{key}/editions/", headers=HEADERS).text
        assert all(f"Change {number}." in editions for number in range(SAVES))
