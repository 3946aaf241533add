"""Mail goes out after the work is kept."""

import logging
from smtplib import SMTPDataError, SMTPRecipientsRefused

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
                sent += _sent(notice, connection)
    except OSError as error:  # smtplib's errors are OSErrors too
        logger.warning("Mail waits: %s", error)
    return sent


def _sent(notice: Notice, connection: object) -> bool:
    """One mail; an address that is refused for good holds up nobody else. Raises OSError when the server is away."""
    of_this = Notice.objects.filter(pk=notice.pk)
    try:
        _message(notice, connection).send()
    except (SMTPRecipientsRefused, SMTPDataError, ValueError) as error:
        for_good = _is_for_good(error)
        logger.warning("Notice %s %s: %s", notice.pk, "is not mailed" if for_good else "waits", error)
        if for_good:
            of_this.update(is_mail_wanted=False)  # it stays to be read in the site
        return False
    of_this.update(mailed_at=timezone.now())
    return True


def _is_for_good(error: Exception) -> bool:
    """By the reply code (RFC 5321, 4.2.1): 5xx is permanent, 4xx passes. What is no address at all never passes."""
    match error:
        case SMTPRecipientsRefused():
            return all(code >= 500 for code, _reason in error.recipients.values())
        case SMTPDataError():
            return error.smtp_code >= 500
    return True


def _message(notice: Notice, connection: object) -> EmailMessage:
    address = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{notice.url}" if notice.url else ""
    body = f"{notice.text}\n\n{address}\n" if address else f"{notice.text}\n"
    return EmailMessage(notice.title, body, to=[notice.user.email], connection=connection)
