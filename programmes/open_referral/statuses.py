"""The HSDS status of what our status says, and the day on which a check confirmed something."""

import datetime

from programmes.domain.entry import Entry
from programmes.open_referral.schemas import ServiceStatus
from programmes.vocabulary import CheckOutcome, Status

STATUSES: dict[str, ServiceStatus] = {
    Status.LISTED: "active",
    Status.STOPPED: "inactive",
    Status.SPOT_PURCHASE: "inactive",
    Status.LAUNCHING: "inactive",
    Status.SAID_TO_RUN: "active",
}
"""Whoever reads only this must not refer to what the referral check calls not running."""


def confirmed_on(entry: Entry) -> datetime.date | None:
    return entry.last_checked if entry.check_outcome == CheckOutcome.CONFIRMED else None
