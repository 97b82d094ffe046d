"""The accessibility statement: its dates, and what is known to fail."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Failure:
    """A failure of a criterion of WCAG, in texts marked for translation."""

    criterion: str
    what: str | Promise
    why: str | Promise
    instead: str | Promise


@dataclass(frozen=True)
class AccessibilityStatement:
    """To be reviewed once a year at least, and whenever a page is made anew."""

    prepared_on: datetime.date
    reviewed_on: datetime.date
    tested_on: datetime.date
    tested_by_others_on: datetime.date | None = None
    failures: tuple[Failure, ...] = ()

    @property
    def is_fully_compliant(self) -> bool:
        return not self.failures and self.tested_by_others_on is not None


STATEMENT = AccessibilityStatement(
    prepared_on=datetime.date(2026, 11, 23),
    reviewed_on=datetime.date(2026, 11, 25),
    tested_on=datetime.date(2026, 11, 25),
)
