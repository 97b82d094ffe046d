"""The units and files of deploy/, as far as they can be read."""

import re
from configparser import ConfigParser
from pathlib import Path

import pytest

DEPLOY = Path("deploy")
SERVICES = sorted(DEPLOY.glob("*.service"))


def read(unit: Path) -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None, delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(unit)
    return parser


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_each_unit_is_bounded_and_tells_somebody_when_it_fails(unit):
    found = read(unit)
    assert found["Service"]["MemoryMax"] in ("512M", "1G")
    assert found["Service"]["NoNewPrivileges"] == "yes"
    if unit.name != "directory-failure@.service":  # which would call itself
        assert found["Unit"]["OnFailure"] == "directory-failure@%n.service"
    if found["Service"].get("Restart"):
        assert int(found["Unit"]["StartLimitBurst"]) > 0


def test_a_worker_is_replaced_before_the_unit_is_ended_for_its_memory():
    each = int(re.findall(r"WORKER_MAX_RSS:-(\d+)", (DEPLOY / "serve").read_text())[0])
    assert 2 * each + 100 < 1024


def test_nginx_lets_a_connection_go_before_granian_does():
    ours = re.findall(r"keepalive_timeout (\d+)s;", (DEPLOY / "nginx.conf").read_text())[0]
    granians = re.findall(r"header-read-timeout (\d+)", (DEPLOY / "serve").read_text())[0]
    assert int(ours) * 1000 < int(granians)


def test_the_container_runs_as_a_number_and_is_looked_after():
    text = (DEPLOY / "Containerfile").read_text()
    assert re.findall("^USER (.*)$", text, re.MULTILINE) == ["10001:10001"]
    assert "\nHEALTHCHECK " in text
    assert 'org.opencontainers.image.licenses="MIT"' in text
