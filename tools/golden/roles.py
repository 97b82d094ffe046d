"""Who asks: anybody, and somebody of each role of the admin."""

from pathlib import Path

ANYBODY = "anybody"
EVERY_AREA = ["dyfed-powys", "south-wales", "north-wales", "gwent"]
PEOPLE: dict[str, tuple[list[str], list[str]]] = {
    # name: roles, force areas
    "editor-of-gwent": (["Area editor"], ["gwent"]),
    "editor-of-every-area": (["Area editor"], EVERY_AREA),
    "publisher": (["Publisher"], []),
    "administrator": (["Administrator"], []),
    "superuser": ([], []),
}
EVERYBODY = (ANYBODY, *PEOPLE)


def session_key(name: str) -> str:
    return name.ljust(32, "x")


def let_everybody_in() -> str:
    """Python for `manage.py shell`."""
    calls = [f"let_in({name!r}, {session_key(name)!r}, *{who!r})" for name, who in PEOPLE.items()]
    return "\n".join([Path(__file__).with_name("people.py").read_text("utf-8"), *calls])
