"""The HSDS status of an entry, from what is stated of whether it runs."""

from programmes.domain.entry import Entry
from programmes.open_referral.schemas import ServiceStatus
from programmes.vocabulary import Status

STATUSES: dict[str, ServiceStatus] = {
    Status.LISTED: "active",
    Status.STOPPED: "inactive",
    Status.SPOT_PURCHASE: "inactive",
    Status.LAUNCHING: "inactive",
}
"""Whoever reads only this must not refer to what the referral check calls not running."""


def status_of(entry: Entry) -> ServiceStatus:
    return STATUSES[entry.known_status]
