"""Asking for files of reports."""

from http import HTTPStatus

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.after_commit import queue_after_commit
from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.reports import tasks
from learning.reports.choices import FileState
from learning.reports.models import ReportFile

# Somebody who presses the button again and again.
MOST_WAITING = 10


@transaction.atomic
def ask_for_file(query: str, *, title: str, by: User) -> ReportFile:
    """Have a report printed as a PDF by the worker; asking again while it is made gives the same file."""
    waiting = ReportFile.objects.filter(asked_by=by, state=FileState.WAITING)
    if same := waiting.filter(query=query).first():
        return same
    if waiting.count() >= MOST_WAITING:
        raise Refused(
            _("Ten of your reports are still being made. Wait until they are ready."),
            status=HTTPStatus.TOO_MANY_REQUESTS,
        )
    file = ReportFile.objects.create(asked_by=by, query=query[:500], title=title[:200])
    log(file, "reports.ask", user=by)
    queue_after_commit(tasks.print_report, file.pk)
    return file
