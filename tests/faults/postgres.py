"""A PostgreSQL that a test stops, starts, and gives no more room."""

import subprocess
from pathlib import Path
from urllib.parse import quote

from tests import machine, throwaway_postgres


class Postgres:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.owner = throwaway_postgres.not_root(folder)
        self.programs = machine.postgres()
        self.url = f"postgres://postgres@{quote(str(folder), safe='')}:5432/postgres"
        self.process: subprocess.Popen[bytes] | None = None
        throwaway_postgres.initialise(self.programs / "initdb", folder, self.owner)

    def start(self) -> None:
        log = self.folder / "log"
        with log.open("ab") as output:
            self.process = throwaway_postgres.start(
                self.programs / "postgres", self.folder, self.owner, output
            )
        throwaway_postgres.wait_until_up(self.process, self.url, log)

    def stop(self) -> None:
        if self.process:
            throwaway_postgres.stop(self.process)
