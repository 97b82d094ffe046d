"""Finds, or installs, what the tests need of this machine: PostgreSQL, a Chromium and its font.

`python -m tests.machine` makes sure of them and prints where they are. The benchmark needs wrk too.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

ARIALS = ("Arial", "Liberation Sans", "Arimo")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def postgres() -> Path:
    """The folder that PostgreSQL's server programs are in."""
    found = find_postgres() or (apt_install_postgres() and find_postgres())
    return found or missing("PostgreSQL's server", "apt-get install postgresql")


def chromium() -> Path:
    """The Chromium, or a relative of it, that pages are tried in."""
    found = (
        find_chromium()
        or (apt_install("chromium") and find_chromium())
        or (playwright_install() and find_chromium())
    )
    return found or missing("A Chromium", "apt-get install chromium")


def arial() -> Path:
    """The font that pages ask for, or one as wide: how long a page is depends on it."""
    found = find_arial() or (apt_install("fonts-liberation") and find_arial())
    return found or missing("Arial or Liberation Sans", "apt-get install fonts-liberation")


def find_arial() -> Path | None:
    command = ["fc-match", "--format=%{family}\n%{file}", "arial"]
    matched = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    family, file = matched.splitlines()
    return Path(file) if family.split(",")[0] in ARIALS else None


def firefox() -> Path:
    """A Firefox of the machine's own. Only the long battery needs it."""
    found = find_firefox() or (apt_install("firefox-esr") and find_firefox())
    return found or missing("Firefox", "apt-get install firefox-esr")


def find_firefox() -> Path | None:
    found = shutil.which("firefox-esr") or shutil.which("firefox")
    return Path(found) if found else None


def nginx() -> Path:
    """The proxy of deploy/nginx.conf. Only the long battery needs it."""
    found = find_nginx() or (apt_install("nginx-light") and find_nginx())
    return found or missing("nginx", "apt-get install nginx-light")


def find_nginx() -> Path | None:
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    return Path(found) if found else None


def wrk() -> Path:
    """The program that asks for a page as fast as it is answered."""
    found = shutil.which("wrk") or (apt_install("wrk") and shutil.which("wrk"))
    return Path(found) if found else missing("wrk", "apt-get install wrk")


def java() -> Path:
    """What runs the Nu checker. Only the long battery needs it."""
    found = shutil.which("java") or (apt_install("default-jre-headless") and shutil.which("java"))
    return Path(found) if found else missing("Java", "apt-get install default-jre-headless")


def find_postgres() -> Path | None:
    return next((folder for folder in postgres_folders() if (folder / "initdb").exists()), None)


def postgres_folders() -> Iterator[Path]:
    if program := shutil.which("initdb"):
        yield Path(program).resolve().parent
    if program := shutil.which("pg_config"):
        said = subprocess.run([program, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(said.stdout.strip())
    # Debian keeps them off PATH, a folder for each version.
    yield from sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: float(folder.parent.name),
        reverse=True,
    )


def find_chromium() -> Path | None:
    on_path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if on_path:
        return Path(on_path)
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


def apt_install_postgres() -> bool:
    """Debian's package also starts a cluster for the whole machine, unless told beforehand."""
    told = Path("/etc/postgresql-common/createcluster.d/tests-need-no-cluster.conf")
    if not can_apt_install():
        return False
    told.parent.mkdir(parents=True, exist_ok=True)
    told.write_text("create_main_cluster = false\n")
    try:
        return apt_install("postgresql")
    finally:
        told.unlink()


def apt_install(package: str) -> bool:
    return (
        can_apt_install()
        and run("apt-get", "update", "--quiet=2")
        and run("apt-get", "install", "--quiet=2", "--yes", "--no-install-recommends", package)
    )


def can_apt_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def playwright_install() -> bool:
    return run(sys.executable, "-m", "playwright", "install", "chromium")


def run(*command: str) -> bool:
    """Whether the command succeeded; its output goes to stderr, so that it can be read."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    print("+", *command, file=sys.stderr, flush=True)
    ended = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
    )
    return ended.returncode == 0


def missing(what: str, remedy: str) -> Path:
    raise SystemExit(f"{what} is needed and is not on this machine: {remedy}")


if __name__ == "__main__":
    print(f"PostgreSQL {postgres()}\nChromium   {chromium()}\nArial      {arial()}")
