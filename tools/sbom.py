"""What the product is made of, as CycloneDX 1.6: `make sbom` writes build/sbom.json.

Python's packages with the hashes they are locked by, and what the style sheet is compiled from.
Licences are what each package installed here says of itself.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([\w.-]+)==([^\s;\\]+)((?:.*\\\n|.*--hash.*\n?)+)", re.MULTILINE)
IN_PAGES = ("govuk-frontend",)
"""Of Node's packages; the others only build."""


def python() -> Iterator[dict[str, Any]]:
    locked = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    for name, version, rest in PINNED.findall(locked):
        hashes = re.findall("sha256:([0-9a-f]{64})", rest)
        yield {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "licenses": licences(name),
            # One of these was installed: which, depends on the machine.
            "properties": [{"name": "locked:sha256", "value": each} for each in hashes],
        }


def licences(name: str) -> list[dict[str, Any]]:
    try:
        said: Any = metadata(name)
    except PackageNotFoundError:  # of another system, as colorama is
        return []
    if expression := said.get("License-Expression"):
        return [{"expression": expression}]
    if said.get("License") and len(said["License"]) < 60:  # some put the whole text there
        return [{"license": {"name": said["License"]}}]
    classified = [c for c in said.get_all("Classifier", []) if c.startswith("License ::")]
    return [{"license": {"name": each.rpartition(" :: ")[2]}} for each in classified]


def node() -> Iterator[dict[str, Any]]:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name in IN_PAGES:
        found = packages[f"node_modules/{name}"]
        purl = f"pkg:npm/{name}@{found['version']}"
        named = {"bom-ref": purl, "name": name, "version": found["version"], "purl": purl}
        yield {"type": "library", **named, "licenses": [{"license": {"id": found["license"]}}]}


def bill() -> dict[str, Any]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parts = [*python(), *node()]
    product = {"type": "application", "name": project["name"], "version": project["version"]}
    made_of = json.dumps([product, parts], sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        # The same parts give the same number, so that two can be compared.
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, made_of)}",
        "version": 1,
        "metadata": {"component": {**product, "licenses": [{"license": {"id": "MIT"}}]}},
        "components": parts,
    }


if __name__ == "__main__":
    file = ROOT / "build" / "sbom.json"
    file.write_text(json.dumps(bill(), indent=1) + "\n", encoding="utf-8")
    print(f"{file.relative_to(ROOT)}: {len(bill()['components'])} parts")
