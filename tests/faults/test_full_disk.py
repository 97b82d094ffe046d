"""Nothing more can be written: reading goes on, and a save says that it was not saved."""

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import served
from tests.faults.visitors import LET_IN, Administrator, ask, wait_until

NO_MORE = 4 * 1024


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, list[int]]]:
    """Its address, and the numbers of its processes."""
    port, environment = served.prepared(f"sqlite:///{tmp_path / 'site.sqlite3'}", LET_IN)
    with served.server(port, environment, tmp_path / "server.log") as process:
        yield environment["SITE_URL"], descendants(process.pid)


def descendants(process: int) -> list[int]:
    """A process and all that it has started."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(each for child in children for each in descendants(int(child)))]


def limit(processes: list[int], size: int) -> None:
    """No file of these may grow beyond a size: to SQLite it is a disk that takes no more."""
    for each in processes:
        _soft, hard = resource.prlimit(each, resource.RLIMIT_FSIZE)
        resource.prlimit(each, resource.RLIMIT_FSIZE, (size, hard))


def test_a_save_says_that_it_was_not_saved_and_reading_goes_on(site):
    address, processes = site
    page = "/admin/programmes/programme/1/change/"
    editor = Administrator(address)
    before = editor.fields_of(page)
    changed = before | {"summary_en": "A summary that finds no room."}
    limit(processes, NO_MORE)
    for _each in range(3):
        refused = editor.sends(page, changed)
        assert refused.status == 503
        assert "Nothing was saved." in refused.text
        assert refused.headers["Retry-After"] == "30"
        for path in ("/", "/cy/rhaglenni/?q=cara", "/programmes/gwent/cara/"):
            assert ask(address, path).status == 200
    assert editor.fields_of(page)["summary_en"] == before["summary_en"]
    told = ask(address, "/admin/", headers={"Cookie": f"sessionid={'a' * 32}"})
    assert "was changed successfully" not in told.text
    limit(processes, resource.RLIM_INFINITY)
    wait_until(lambda: editor.sends(page, changed).status == 302, within=3)
    assert editor.fields_of(page)["summary_en"] == "A summary that finds no room."
