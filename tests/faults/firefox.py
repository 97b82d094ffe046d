"""A Firefox driven by Marionette, its own protocol: Playwright’s needs a build of its own."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from socket import create_connection, socket
from typing import Any

from tests import machine
from tests.served import free_ports

START_WITHIN = 60
FIND_WITHIN = 10
# Firefox asks its makers for this and that: a proxy that is not there keeps it on this machine.
PREFERENCES = """user_pref("marionette.port", {port});
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
"""


class Firefox:
    def __init__(self, connection: socket) -> None:
        self._connection, self._answers = connection, connection.makefile("rb")
        self._numbers = count()
        self._read()  # it introduces itself
        self.do("NewSession")
        self.do("SetTimeouts", implicit=1000 * FIND_WITHIN)

    def _read(self) -> Any:
        size = b""
        while (byte := self._answers.read(1)) != b":":
            size += byte
        return json.loads(self._answers.read(int(size)))

    def do(self, command: str, **parameters: Any) -> Any:
        """Carry out a command of WebDriver's."""
        asked = [0, next(self._numbers), f"WebDriver:{command}", parameters]
        sent = json.dumps(asked).encode()
        self._connection.sendall(b"%d:%s" % (len(sent), sent))
        _kind, _number, error, result = self._read()
        assert not error, f"{command}: {error}"
        return result

    def find(self, selector: str) -> str:
        """The first element, once it is there."""
        found = self.do("FindElement", using="css selector", value=selector)
        [element] = found["value"].values()
        return element

    def click(self, selector: str) -> None:
        self.do("ElementClick", id=self.find(selector))

    def write(self, selector: str, text: str) -> None:
        self.do("ElementSendKeys", id=self.find(selector), text=text)

    def run(self, script: str) -> Any:
        return self.do("ExecuteScript", script=script, args=[])["value"]


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    (port,) = free_ports(1)
    (profile / "user.js").write_text(PREFERENCES.format(port=port))
    options = ["--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    process = subprocess.Popen(
        [machine.firefox(), *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        with _connected(port) as connection:
            yield Firefox(connection)
    finally:
        process.terminate()
        process.wait()


def _connected(port: int) -> socket:
    until = time.monotonic() + START_WITHIN
    while True:
        try:
            return create_connection(("127.0.0.1", port), timeout=START_WITHIN)
        except OSError:
            assert time.monotonic() < until, "Firefox did not start"
            time.sleep(0.1)
