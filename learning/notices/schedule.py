"""Mail that a killed worker or a silent server left behind."""

from celery import shared_task

from learning.notices import tasks


@shared_task
def mail_what_waits() -> int:
    return tasks.mail_notices()
