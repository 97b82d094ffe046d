"""Asked to stop, the server takes nobody new and finishes what it has begun."""

import re
import socket
from pathlib import Path

from tests import served
from tests.faults.visitors import ask, wait_until

BODY = b"referrer=police"
HEAD = (
    b"POST /check/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
)


def test_what_has_begun_is_finished(tmp_path):
    port, environment = served.prepared(f"sqlite:///{tmp_path / 'site.sqlite3'}")
    place = ("127.0.0.1", port)

    def takes_nobody() -> bool:
        try:
            socket.create_connection(place, timeout=5).close()
        except ConnectionRefusedError:
            return True
        except ConnectionResetError:
            # It waited at a door that was just being closed.
            return False
        return False

    with served.server(port, environment, tmp_path / "log") as process:
        with socket.create_connection(place, timeout=10) as begun:
            begun.sendall(HEAD % len(BODY) + BODY[:5])
            # Others are answered after it, so the server has it in hand.
            assert ask(environment["SITE_URL"], "/help/").status == 200
            process.terminate()
            wait_until(takes_nobody, within=5)
            begun.sendall(BODY[5:])
            assert begun.recv(15) == b"HTTP/1.1 200 OK"
        assert process.wait(10) is not None


def test_the_unit_asks_the_server_alone_as_the_test_above_does():
    """Granian waits for ever for a worker that was asked beside it, about one time in eight."""
    unit = Path("deploy/directory@.service").read_text()
    assert re.findall("^KillMode=(.*)$", unit, re.MULTILINE) == ["mixed"]
