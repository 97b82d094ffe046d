"""The list of what the product is made of."""

import re
from pathlib import Path

from tools.sbom import bill

WINDOWS = ("colorama", "tzdata")
"""Installed on no other system, so that nothing here says under which licence."""


def test_it_names_every_package_of_production_with_version_hashes_and_licence():
    found = bill()
    assert (found["bomFormat"], found["specVersion"], found["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", found["serialNumber"])
    parts = {part["purl"]: part for part in found["components"]}
    locked = Path("requirements/run.txt").read_text()
    pinned = re.findall(r"^([\w.-]+)==([^\s;\\]+)", locked, re.MULTILINE)
    assert {f"pkg:pypi/{name}@{version}" for name, version in pinned} <= set(parts)
    assert len(parts) == len(pinned) + 1
    assert any(purl.startswith("pkg:npm/govuk-frontend@") for purl in parts)
    for purl, part in parts.items():
        assert part["bom-ref"] == purl
        assert part["licenses"] or part["name"] in WINDOWS, purl
        assert purl.startswith("pkg:npm/") or part["properties"], purl
    assert found["serialNumber"] == bill()["serialNumber"]
