"""How a process learns that what is public has changed, without being told and without asking.

What is public depends on the editions and on the day alone: a moment is the two together. Editions
are only ever added, and get their numbers in the order in which they become visible
(`publishing`), so the highest number is the version of all that is public.
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
"""Seconds between two looks: a publish must be seen everywhere within one second."""

LONGEST_WAIT = 1.0
"""Seconds to wait for another thread's look, which may hang with the database."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Moment:
    """The highest number of an edition, 0 where there is none, and the day in local time."""

    version: int
    day: datetime.date


class Watch:
    """The present moment, looked at in the background; the last one known while the database is
    away. The same object is given out until something changes."""

    def __init__(self, every: float = EVERY) -> None:
        """With `every` as 0 it looks only when it is told to."""
        self.known: Moment | None = None
        self._every, self._is_looking = every, every == 0
        self._looking, self._starting = threading.Lock(), threading.Lock()

    @property
    def now(self) -> Moment:
        """Raises Error when there is no database and never was one."""
        if not self._is_looking:
            self._start()
        return self.known or self.look()

    def look(self) -> Moment:
        """The moment as the database has it now. Raises Error when it cannot be asked."""
        # In turn, or one who looked early and reports late would bring the past back.
        if not self._looking.acquire(timeout=LONGEST_WAIT):
            raise OperationalError("somebody else still waits for the database")
        try:
            seen = Moment(Edition.objects.newest(), timezone.localdate())
            if self.known is None or self.known != seen:
                self.known = seen
            return self.known
        finally:
            self._looking.release()

    def _start(self) -> None:
        with self._starting:
            if not self._is_looking:
                thread = threading.Thread(target=self._keep_looking, name="watch", daemon=True)
                thread.start()
                self._is_looking = True

    def _keep_looking(self) -> None:
        """Whatever goes wrong, it goes on: without it, pages would stay as they are for good."""
        pause = threading.Event()
        while True:
            pause.wait(self._every)
            try:
                self.look()
            except Exception as error:
                if not isinstance(error, Error):
                    log.exception("The watch could not look.")
                with suppress(Exception):
                    connection.close()


watch = Watch()
"""The one of this process; its first use starts it."""
