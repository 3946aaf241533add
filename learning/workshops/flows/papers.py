"""Asking for the papers of a workshop."""

from http import HTTPStatus

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.after_commit import queue_after_commit
from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.workshops import tasks
from learning.workshops.choices import PaperKind, PaperState
from learning.workshops.models import Session, Workshop, WorkshopPaper
from learning.workshops.queries.papers import ASK, papers_kept_too_long, papers_left_waiting
from learning.workshops.rules import may_check_in

# Somebody who presses the button again and again.
MOST_WAITING = 10


@transaction.atomic
def ask_for_paper(
    workshop: Workshop,
    kind: str,
    *,
    session: Session | None = None,
    details: dict[str, str] | None = None,
    by: User,
) -> WorkshopPaper:
    """Have a paper printed by the worker; asking for the same while it is made gives the same.

    `details` is what the form of a letter said; it is kept in the log, beside who asked.
    """
    if not may_check_in(by, workshop):
        raise Refused(
            _("Only the center and the office that asked print papers of this workshop."), status=HTTPStatus.FORBIDDEN
        )
    if kind not in (PaperKind.INVITATION, PaperKind.REPORT) and not Session.objects.filter(workshop=workshop).exists():
        raise Refused(_("This workshop has no days yet. Schedule it first, then print its papers."))
    waiting = WorkshopPaper.objects.filter(workshop=workshop, state=PaperState.WAITING)
    same = waiting.filter(kind=kind, session=session, asked_by=by).first()
    if same and not details:
        return same
    if waiting.count() >= MOST_WAITING:
        raise Refused(
            _("Ten papers of this workshop are still being made. Wait until they are ready."),
            status=HTTPStatus.TOO_MANY_REQUESTS,
        )
    paper = WorkshopPaper.objects.create(workshop=workshop, kind=kind, session=session, asked_by=by)
    log(paper, ASK, user=by, data={"workshop": workshop.pk, "kind": kind, "details": details or {}})
    queue_after_commit(tasks.print_paper, paper.pk)
    return paper


def forget_papers() -> int:
    """A week after they were made papers are gone, and their files with them. Gives how many."""
    count = 0
    for paper in papers_kept_too_long():
        paper.file.delete(save=False)
        paper.delete()
        count += 1
    return count


def make_papers_left() -> int:
    """Papers that wait although their worker is gone. Gives how many are ready now."""
    return sum(tasks.print_paper(paper_id) for paper_id in papers_left_waiting().values_list("pk", flat=True))
