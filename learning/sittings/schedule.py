"""Closing sittings whose owners did not come back in time."""

from celery import shared_task

from learning.sittings.flows import close_by_clock
from learning.sittings.queries import overdue

CLOSE_AT_MOST = 500


@shared_task(ignore_result=True)
def close_overdue() -> None:
    for sitting in overdue()[:CLOSE_AT_MOST]:
        close_by_clock(sitting)
