"""When an answer is still taken."""

from datetime import datetime

from learning.sittings.models import Sitting
from learning.sittings.queries import GRACE


def is_overdue(sitting: Sitting, now: datetime) -> bool:
    """True once the time limit and the grace for a slow line have run out."""
    return sitting.due_at is not None and now > sitting.due_at + GRACE
