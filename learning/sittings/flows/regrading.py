"""Marking handed-in sittings again: tried first, then written with a row that says who, when and why."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.quizzes.models import Question, QuestionVersion, Quiz
from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.sittings.choices import SittingState
from learning.sittings.flows.handing_in import complete
from learning.sittings.models import Regrade, RegradedSitting, Response, Sitting
from learning.sittings.regrading import Change, changes_of

logger = logging.getLogger(__name__)
BATCH = 200  # sittings read at a time


@dataclass(frozen=True)
class Wanted:
    """What shall be marked again: all of a quiz or one question; by the versions shown or by the newest ones."""

    quiz: Quiz
    question: Question | None = None
    with_newest: bool = False


@dataclass
class Outlook:
    """What marking again changes, or has changed; `regrade` is None when it was only tried."""

    sitting_count: int = 0
    changes: list[Change] = field(default_factory=list)
    regrade: Regrade | None = None

    @property
    def passing(self) -> list[Change]:
        return [one for one in self.changes if one.passes_anew]

    @property
    def failing(self) -> list[Change]:
        return [one for one in self.changes if one.fails_anew]


def look_ahead(wanted: Wanted) -> Outlook:
    """What it would change; nothing is written."""
    outlook = Outlook()
    for change in _each(wanted):
        outlook.sitting_count += 1
        if change.is_one:
            change.responses = []
            outlook.changes.append(change)
    return outlook


@transaction.atomic
def regrade(wanted: Wanted, *, reason: str, by: User | None) -> Outlook:
    """Mark again and keep what changed.

    A pass that is new completes its lesson. A completion or a certificate is never taken away: who had passed and
    now fails keeps both. Raises Refused without a reason.
    """
    if not reason.strip():
        raise Refused(_("Say why the tests are marked again; it stays on record."))
    row = Regrade.objects.create(
        quiz=wanted.quiz,
        question=wanted.question,
        with_newest=wanted.with_newest,
        reason=reason.strip()[:300],
        by=by,
    )
    outlook = Outlook(regrade=row)
    for change in _each(wanted, lock=True):
        outlook.sitting_count += 1
        Response.objects.bulk_update(change.responses, ["score", "max_score", "marked_by"])
        change.responses = []
        if change.is_one:
            _write(change, by=by)
            outlook.changes.append(change)
    RegradedSitting.objects.bulk_create([_line(row, change) for change in outlook.changes], batch_size=500)
    row.sitting_count = outlook.sitting_count
    row.save(update_fields=["sitting_count"])
    figures = {"regrade": row.pk, "sittings": row.sitting_count, "changed": len(outlook.changes)}
    log(wanted.quiz, "sittings.regrade", user=by, data=figures)
    logger.info(
        "Quiz %s marked again by %s: %d sittings, %d changed, %d pass anew, %d fail anew.",
        wanted.quiz.uid,
        by.pk if by else "the command line",
        row.sitting_count,
        len(outlook.changes),
        len(outlook.passing),
        len(outlook.failing),
    )
    return outlook


def _each(wanted: Wanted, *, lock: bool = False) -> Iterator[Change]:
    """Every handed-in sitting marked again, in the order of handing in; in memory."""
    sittings = Sitting.objects.filter(
        quiz=wanted.quiz, state__in=[SittingState.GRADED, SittingState.IN_REVIEW]
    ).order_by("submitted_at", "pk")
    if wanted.question is not None:
        sittings = sittings.filter(responses__question__question=wanted.question).distinct()
    newest = _newest(wanted)
    only = wanted.question.pk if wanted.question else None
    every = list(sittings.values_list("pk", flat=True))
    for start in range(0, len(every), BATCH):
        keys = every[start : start + BATCH]
        rows = Sitting.objects.filter(pk__in=keys).select_related("user", "enrollment__course", "lesson")
        if lock:
            rows = rows.select_for_update(of=("self",))
        by_key = {sitting.pk: sitting for sitting in rows}
        responses: dict[object, list[Response]] = {}
        for response in (
            Response.objects.filter(sitting__in=keys).select_related("question", "marked_by").order_by("position")
        ):
            responses.setdefault(response.sitting_id, []).append(response)
        for key in keys:
            yield changes_of(by_key[key], responses.get(key, []), newest=newest, only=only)


def _newest(wanted: Wanted) -> dict[int, QuestionVersion]:
    if not wanted.with_newest:
        return {}
    versions = QuestionVersion.objects.filter(
        question__versions__pk__in=Response.objects.filter(sitting__quiz=wanted.quiz).values("question"),
        number=F("question__version"),
    ).distinct()
    return {version.question_id: version for version in versions}


def _write(change: Change, *, by: User | None) -> None:
    sitting, after = change.sitting, change.after
    sitting.score, sitting.max_score = after.score, after.max_score
    sitting.percent, sitting.passed = after.percent, after.passed
    sitting.save(update_fields=["score", "max_score", "percent", "passed"])
    if change.passes_anew:
        complete(sitting, by=by or sitting.user)


def _line(row: Regrade, change: Change) -> RegradedSitting:
    before, after = change.before, change.after
    return RegradedSitting(
        regrade=row,
        sitting=change.sitting,
        score_before=before.score,
        score_after=after.score,
        max_before=before.max_score,
        max_after=after.max_score,
        percent_before=before.percent,
        percent_after=after.percent,
        passed_before=before.passed,
        passed_after=after.passed,
    )
