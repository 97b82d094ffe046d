"""Known weaknesses of what is locked, Python's and Node's: `make audit`.

It fails when a weakness is known, and just so when something could not be looked up: an audit that
looked at nothing is no proof. docs/deploying.md says what to do where nothing can be reached.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PIP_AUDIT = ROOT / "build" / "audit" / "bin" / "pip-audit"


def python(requirements: Path) -> Iterator[str]:
    options = ["--require-hashes", "--disable-pip", "--format=json", "--progress=off"]
    said = answer([str(PIP_AUDIT), *options, f"--requirement={requirements}"])
    found = said.get("dependencies", [])
    reasons = [package["skip_reason"] for package in found if "skip_reason" in package]
    print(f"{requirements.name}: {len(found) - len(reasons)} of {len(found)} packages looked up")
    if not found:
        yield f"{requirements.name}: no package was looked up. {said.get('error', '')}"
    if reasons:
        yield f"{requirements.name}: {len(reasons)} were not looked up: {reasons[0]}"
    for package in found:
        for weakness in package.get("vulns", []):
            yield f"{requirements.name}: {package['name']} {package['version']}: {weakness['id']}"


def node(lock: Path) -> Iterator[str]:
    npm = shutil.which("npm", path=f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}")
    said = answer([npm or "npm", "audit", "--package-lock-only", "--json"])
    number = said.get("metadata", {}).get("dependencies", {}).get("total", 0)
    print(f"{lock.name}: {number} packages looked up")
    if not number:
        yield f"{lock.name}: no package was looked up. {said.get('message') or said.get('error')}"
    for name, weakness in said.get("vulnerabilities", {}).items():
        yield f"{lock.name}: {name}: {weakness['severity']}"


def answer(command: list[str]) -> dict[str, Any]:
    """What the program said as JSON; otherwise the last line of its complaint as `error`."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        return json.loads(done.stdout)
    except ValueError:
        return {"error": done.stderr.strip().rpartition("\n")[2]}


def problems() -> Iterator[str]:
    for requirements in sorted((ROOT / "requirements").glob("*.txt")):
        yield from python(requirements)
    yield from node(ROOT / "package-lock.json")


if __name__ == "__main__":
    found = list(problems())
    sys.exit("\n".join(found) or None)
