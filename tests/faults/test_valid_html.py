"""Every page before the Nu checker, which knows more of HTML than its syntax. Needs Java."""

import json
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from tests import machine
from tests.addresses import BOTH
from tests.served import ROOT

NU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def fetched(address: str) -> bytes:
    try:
        return urllib.request.urlopen(address).read()  # noqa: S310 - our own server
    except urllib.error.HTTPError as refused:
        return refused.read()


def test_the_nu_checker_finds_nothing(site: str, tmp_path: Path) -> None:
    pages = {tmp_path / f"{number}.html": path for number, path in enumerate(BOTH)}
    for file, path in pages.items():
        file.write_bytes(fetched(site + path))
    command = [str(machine.java()), "-jar", str(NU), "--format", "json", "--stdout"]
    said = subprocess.run([*command, *pages], capture_output=True, text=True, check=False)
    found = json.loads(said.stdout)["messages"]
    assert not [f"{pages[Path(each['url'][5:])]}: {each['message']}" for each in found]
