"""Periodic work: status lists are signed anew before their time is over."""

import logging

from celery import shared_task
from django.utils import timezone

from certification.flows.badges import renew_lists

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def renew_status_lists() -> None:
    """Every hour, what was not signed since yesterday; finds by itself what earlier runs missed."""
    signed, due = renew_lists(now=timezone.now())
    if signed < due:
        logger.error("%d of %d status lists wait for a key to sign them.", due - signed, due)
