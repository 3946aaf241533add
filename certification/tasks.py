"""Slow work after commit: making the file. Takes ids; done twice it is done once."""

import logging
from datetime import datetime, timedelta

from celery import shared_task
from django.db import DatabaseError
from django.db.models import F
from django.utils import timezone

from certification.filing import store_file
from certification.making import SITE_TROUBLES, make_file
from certification.models import Certificate
from certification.queries import due_for_a_file, waiting_for_a_file
from certification.status import give_place

logger = logging.getLogger(__name__)

SWEEP_AT_MOST = 200
# What is wrong with one certificate is asked again after 2, 4, 8 … minutes, at last every six hours: so a few
# hundred that cannot be printed never stand before the others. What is wrong with the site is asked every few minutes.
LONGEST_PAUSE = timedelta(hours=6)
SITE_PAUSE = timedelta(minutes=3)


@shared_task(ignore_result=True)
def render_certificate(certificate_id: int) -> None:
    """Make the file of one certificate, unless it has one already or was ended before it got one."""
    certificate = Certificate.objects.select_related("design", "version", "status_list").get(pk=certificate_id)
    if certificate.has_file or not certificate.is_valid:
        return
    try:
        give_place(certificate)  # issued before there were status lists
        store_file(certificate_id, make_file(certificate))
    except DatabaseError:
        raise
    except Exception as error:
        # Whatever is in the way: the row stays without a file, an administrator sees why, and the sweep asks
        # again. Nothing is lost, and nobody else waits for it.
        _wait(certificate, error)


@shared_task(ignore_result=True)
def sweep_unrendered() -> None:
    """Queue again what a crash left without a file, the longest waiting first; each waits longer than before."""
    now = timezone.now()
    for pk, try_at, try_count in due_for_a_file(now=now).values_list("pk", "try_at", "try_count")[:SWEEP_AT_MOST]:
        mine = waiting_for_a_file().filter(pk=pk, try_at=try_at)  # of two sweeps at once one queues it
        if mine.update(try_at=_next_try(now, try_count), try_count=F("try_count") + 1):
            render_certificate.delay(pk)


def _next_try(now: datetime, try_count: int) -> datetime:
    return now + min(timedelta(minutes=2) * 2 ** min(try_count, 10), LONGEST_PAUSE)


def _wait(certificate: Certificate, error: Exception) -> None:
    """Keep why there is no file; said in the log when it is new, for the whole site once."""
    trouble = f"{type(error).__name__}: {error}"[:300]
    waiting = waiting_for_a_file().filter(pk=certificate.pk)
    if isinstance(error, SITE_TROUBLES):
        is_known = waiting_for_a_file().filter(trouble=trouble).exists()
        waiting.update(trouble=trouble, try_at=timezone.now() + SITE_PAUSE, try_count=0)
    else:
        is_known = certificate.trouble == trouble
        waiting.update(trouble=trouble)
    if not is_known:
        is_foreseen = isinstance(error, (*SITE_TROUBLES, ValueError))
        logger.error("Certificate %s waits for its file: %s", certificate.number, error, exc_info=not is_foreseen)
