"""Mail goes out after the work is kept."""

import logging

from celery import shared_task
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.message import EmailMessage
from django.utils import timezone

from learning.notices.models import Notice
from learning.notices.queries import waiting_for_mail

BATCH = 200
logger = logging.getLogger(__name__)


@shared_task
def mail_notices() -> int:
    """Send what waits; a mail server that is away leaves the rest for the next run. Gives how many went out.

    The moment is written after each mail, so a worker killed in between repeats at most one.
    """
    sent = 0
    waiting = list(waiting_for_mail()[:BATCH])
    if not waiting:
        return 0
    try:
        with get_connection() as connection:
            for notice in waiting:
                _message(notice, connection).send()
                Notice.objects.filter(pk=notice.pk).update(mailed_at=timezone.now())
                sent += 1
    except OSError as error:  # smtplib's errors are OSErrors too
        logger.warning("Mail waits: %s", error)
    return sent


def _message(notice: Notice, connection: object) -> EmailMessage:
    address = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{notice.url}" if notice.url else ""
    body = f"{notice.text}\n\n{address}\n" if address else f"{notice.text}\n"
    return EmailMessage(notice.title, body, to=[notice.user.email], connection=connection)
