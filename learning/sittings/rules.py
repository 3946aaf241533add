"""When an answer is still taken, and where a way back may lead."""

from datetime import datetime

from django.utils.http import url_has_allowed_host_and_scheme

from learning.sittings.models import Sitting
from learning.sittings.queries import GRACE


def is_overdue(sitting: Sitting, now: datetime) -> bool:
    """True once the time limit and the grace for a slow line have run out."""
    return sitting.due_at is not None and now > sitting.due_at + GRACE


def stays_here(address: str) -> bool:
    """True for a path of this site; `//elsewhere`, a scheme and a relative address are none."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
