"""The poller of the newest edition, by which a process learns that something public has changed.

What is public depends on the editions and the day alone. Editions get their numbers in the order in
which they become visible, so the highest is the version of all that is public.
"""

import datetime
import logging
import threading
import time
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
    """The last known state, also while the database is away, and the same object until something
    changes; None where nobody has polled."""

    def __init__(self) -> None:
        self.known: PublicState | None = None
        self._polling = threading.Lock()

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

    def poll_for_ever(self) -> None:
        """Goes on whatever fails: without it, pages would never change."""
        while True:
            try:
                self.poll()
            except Exception as error:
                if not isinstance(error, Error):
                    log.exception("The poller could not read the newest edition.")
                with suppress(Exception):
                    connection.close()
            time.sleep(EVERY)


poller = EditionPoller()
"""The one of this process; `config.wsgi` lets it poll."""
