"""Whether Datasette was understood: it ignores what it does not know, and then answers quickly."""

import re

from bench.load import Address, get

OURS = re.compile(r"<title>[^<]*: (\d+) of \d+ entries")
DATASETTES = re.compile(r"<h3>\s*([\d,]+) rows?")


def check(kind: str, ours: Address, datasette: Address) -> None:
    """Stop where both list something and do not find equally much."""
    found = OURS.search(get(ours).body.decode())
    if not found:
        return
    theirs = DATASETTES.search(get(datasette).body.decode())
    if not theirs or int(theirs[1].replace(",", "")) != int(found[1]):
        raise SystemExit(f"{kind}: we find {found[1]}, and Datasette {theirs and theirs[1]}.")
