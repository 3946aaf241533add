"""Closing sittings whose owners did not come back in time."""

import logging

from celery import shared_task

from learning.sittings.flows import close_by_clock
from learning.sittings.queries import overdue

logger = logging.getLogger(__name__)

CLOSE_AT_MOST = 500


@shared_task(ignore_result=True)
def close_overdue() -> None:
    """One sitting that cannot be closed must not keep the others open."""
    for sitting in overdue()[:CLOSE_AT_MOST]:
        try:
            close_by_clock(sitting)
        except Exception:
            logger.exception("Sitting %s could not be closed.", sitting.pk)
