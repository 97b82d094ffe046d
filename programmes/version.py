"""How a process learns that what is public has changed, without being told and without asking.

What is public depends on the editions and on the day alone: a moment is the two together. Editions
are only ever added, and get their numbers in the order in which they become visible (`in_turn`),
so the highest number is the version of all that is public.
"""

import datetime
import threading
from dataclasses import dataclass

from django.db import DatabaseError, connection
from django.utils import timezone

from programmes.models import Edition

EVERY = 0.25
"""Seconds between two looks: a publish must be seen everywhere within one second."""


@dataclass(frozen=True)
class Moment:
    """The highest number of an edition, 0 where there is none, and the day in local time."""

    version: int
    day: datetime.date


class Watch:
    """The present moment, looked at in the background; the last one known while the database is
    away. The same object is given out until something changes."""

    def __init__(self) -> None:
        self.known: Moment | None = None
        self._looking = threading.Lock()

    @property
    def now(self) -> Moment:
        """Raises DatabaseError when there is no database and never was one."""
        if self.known:
            return self.known
        found = self.look()
        threading.Thread(target=self._keep_looking, name="watch", daemon=True).start()
        return found

    def look(self) -> Moment:
        """The moment as the database has it now. Raises DatabaseError when it cannot be asked."""
        # In turn, or one who looked early and reports late would bring the past back.
        with self._looking:
            seen = Moment(Edition.objects.newest(), timezone.localdate())
            if self.known is None or self.known != seen:
                self.known = seen
            return self.known

    def _keep_looking(self) -> None:
        pause = threading.Event()
        while True:
            pause.wait(EVERY)
            try:
                self.look()
            except DatabaseError:
                # It is tried again in a moment, by a new connection; pages go on as last known.
                connection.close()


watch = Watch()
"""The one of this process; its first use starts it."""
