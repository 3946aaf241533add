"""Papers printed and past days counted by the worker."""

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from certification.rendering.engine import RenderingUnavailable
from learning.duties.queries import areas_of
from learning.kernel.states import move
from learning.reports.asking import NotYours, ask_again
from learning.reports.choices import FILE_TRANSITIONS, FileState
from learning.reports.counting import fold
from learning.reports.counting.spans import count_span, waiting_spans
from learning.reports.counting.tallies import is_behind, renew_changed_areas
from learning.reports.models import ReportFile, Span
from learning.reports.printing import write_paper
from learning.reports.queries import StillCounting
from learning.reports.within import any_within

logger = logging.getLogger(__name__)
# Reports hold names; who needs one again asks again.
KEPT_DAYS = 7


@shared_task
def print_report(file_id: int) -> bool:
    """Print one report as its asker may see it at this moment. Gives whether it is ready."""
    file = ReportFile.objects.select_related("asked_by").filter(pk=file_id, state=FileState.WAITING).first()
    if file is None:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        try:
            asked = ask_again(areas_of(file.asked_by), file.query)
            table = _counted(asked)
            office = settings.ORGANIZATION_NAME
            paper = write_paper(
                table,
                office=office,
                printed_by=str(file.asked_by),
                printed_at=timezone.localtime(),
                chart=bool(asked.report and not asked.report.is_drawn_in_time),
            )
        except NotYours:
            return _failed(file, _("Your duty for this area has ended, so the report was not made."))
        except RenderingUnavailable:
            logger.exception("Report %s waits: the libraries that print are missing.", file_id)
            return False
        except Exception:
            logger.exception("Report %s could not be made.", file_id)
            return _failed(file, _("Something went wrong on our side, and the report was not made. Ask for it again."))
    with transaction.atomic():
        sees_people = asked.question.within.sees_people
        move(file, FileState.READY, transitions=FILE_TRANSITIONS, stamp="made_at", has_small_cells=sees_people)
        file.file.save(f"{file.pk}.pdf", ContentFile(paper), save=True)
    return True


def _counted(asked):  # type: ignore[no-untyped-def]
    try:
        return asked.table()
    except StillCounting as waiting:
        count_span(waiting.span, asked.question.within)
        return asked.table()


def _failed(file: ReportFile, sentence: str) -> bool:
    with transaction.atomic():
        move(file, FileState.FAILED, transitions=FILE_TRANSITIONS, refusal=sentence)
    return False


@shared_task
def keep_counting() -> int:
    """Every few seconds: what is new is added, what was asked for is counted. Gives how many events were added."""
    for span in waiting_spans():
        within = any_within(span.area)
        if within is None or within.members != span.members:
            span.delete()
        else:
            count_span(span, within)
    return fold() if is_behind() else 0


@shared_task
def tend_counts() -> int:
    """Every few minutes: areas put together anew are counted anew; what is kept too long is gone.

    Papers go after a week; how boards stood on past days in the whole country or a center, after a day, since
    seats of the past may have been entered. Papers that wait come last: none of them holds the counts up.
    """
    renewed = renew_changed_areas()
    old = ReportFile.objects.filter(created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    for file in old:
        file.file.delete(save=False)
        file.delete()
    Span.objects.filter(
        Q(area="n") | Q(area__startswith="c"), since__isnull=True, counted_at__lt=timezone.now() - timedelta(days=1)
    ).delete()
    for file_id in ReportFile.objects.filter(state=FileState.WAITING).values_list("pk", flat=True):
        print_report(file_id)
    return len(renewed)
