"""Whether `make test` really ran all it should: a run that quietly left tests out is no proof.

Both databases must have had tests, and both must have tried pages in a browser, none left out.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree

VAR = Path(__file__).resolve().parent.parent / "var"


def fault(database: str) -> str | None:
    report = VAR / f"test-{database}.xml"
    if not report.exists():
        return f"{database}: {report.name} is not there, so its tests did not run"
    cases = list(ElementTree.parse(report).iter("testcase"))  # noqa: S314 - our own pytest wrote it
    browser = [case for case in cases if case.get("classname", "").startswith("tests.browser.")]
    skipped = [case.get("name") for case in browser if case.find("skipped") is not None]
    if len(cases) == len(browser):
        return f"{database}: no test but the browser's ran"
    if not browser:
        return f"{database}: no test ran in a browser"
    if skipped:
        return f"{database}: tests in a browser were skipped: {', '.join(map(str, skipped))}"
    return None


if __name__ == "__main__":
    faults = [found for found in map(fault, ("sqlite", "postgresql")) if found]
    sys.exit("\n".join(faults) or None)
