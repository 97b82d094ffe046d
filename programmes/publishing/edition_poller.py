"""The poller of the newest edition, by which a process learns that something public has changed.

What is public depends on the editions and the day alone. Editions get their numbers in the order in
which they become visible, so the highest is the version of all that is public.
"""

import datetime
import logging
import threading
from contextlib import suppress
from dataclasses import dataclass

from django.db import Error, OperationalError, connection
from django.utils import timezone

from programmes.models import Edition

EVERY = 0.25
"""Seconds between two polls: a publish must be seen everywhere within one second."""

LONGEST_WAIT = 1.0
"""Seconds to wait for another thread's poll, which may hang with the database."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PublicState:
    """The highest number of an edition, 0 where there is none, and the day in local time."""

    version: int
    day: datetime.date


class EditionPoller:
    """The present state, polled in the background; the last known while the database is away.
    The same object is given out until something changes."""

    def __init__(self, every: float = EVERY) -> None:
        """With `every` as 0 it polls only when `poll` is called."""
        self.known: PublicState | None = None
        self._every, self._is_polling = every, every == 0
        self._polling, self._starting = threading.Lock(), threading.Lock()

    @property
    def state(self) -> PublicState:
        """Raises Error when there is no database and never was one."""
        if not self._is_polling:
            self._start()
        return self.known or self.poll()

    def poll(self) -> PublicState:
        """The state as the database has it now. Raises Error when it cannot be asked."""
        # One at a time, or a slow poll would bring the past back.
        if not self._polling.acquire(timeout=LONGEST_WAIT):
            raise OperationalError("somebody else still waits for the database")
        try:
            seen = PublicState(Edition.objects.newest(), timezone.localdate())
            if self.known is None or self.known != seen:
                self.known = seen
            return self.known
        finally:
            self._polling.release()

    def _start(self) -> None:
        with self._starting:
            if not self._is_polling:
                poll = self._poll_forever
                threading.Thread(target=poll, name="edition-poller", daemon=True).start()
                self._is_polling = True

    def _poll_forever(self) -> None:
        """Goes on whatever fails: without it, pages would never change."""
        pause = threading.Event()
        while True:
            pause.wait(self._every)
            try:
                self.poll()
            except Exception as error:
                if not isinstance(error, Error):
                    log.exception("The poller could not read the newest edition.")
                with suppress(Exception):
                    connection.close()


poller = EditionPoller()
"""The one of this process; its first use starts it."""
