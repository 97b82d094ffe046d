"""What whoever runs the site asks of this machine: its disk, and when each task last ended well."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.timezone import now

LEAST_FREE = 10  # percent of the disk


def note_end(task: str, at: datetime | None = None) -> None:
    """A folder that cannot be written to loses the note and never the task."""
    file, when = settings.STATE_FOLDER / f"{task}.ended", (at or now()).timestamp()
    with suppress(OSError):
        file.touch()
        os.utime(file, (when, when))


def report() -> Iterator[str]:
    """A line each, with the word to look for: "low" or "late"."""
    yield f"disk: {_disk()}"
    for task, most in settings.TASKS.items():
        yield f"{task}: {_age(task, most)}"


def _disk() -> str:
    try:
        usage = shutil.disk_usage(settings.STATE_FOLDER)
    except OSError:
        return "low or unknown, its folder cannot be read"
    free = usage.free * 100 // usage.total
    return f"{'ok' if free >= LEAST_FREE else 'low'}, {free} % free"


def _age(task: str, most: timedelta) -> str:
    try:
        ended = (settings.STATE_FOLDER / f"{task}.ended").stat().st_mtime
    except OSError:
        return "late, never seen on this machine"
    age = timedelta(seconds=now().timestamp() - ended)
    return f"{'ok' if age <= most else 'late'}, {age.total_seconds() / 3600:.1f} hours ago"
