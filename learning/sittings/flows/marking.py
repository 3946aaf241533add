"""A person marks what no machine can; with the last mark the sitting is graded."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from http import HTTPStatus

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.quizzes.grading import result_of
from courses.quizzes.kinds.kind import Mark
from courses.quizzes.models import Quiz
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.people.models import User
from learning.sittings.choices import TRANSITIONS, MarkingKind, SittingState
from learning.sittings.flows.handing_in import complete, outcome
from learning.sittings.models import Marking, MarkingRule, Response, Sitting
from learning.sittings.queries.marking import next_marking, rule_of, settled
from learning.sittings.rules import may_manage, may_mark

CENT = Decimal("0.01")


@transaction.atomic
def mark_response(
    response: Response, *, points: Mapping[str, Decimal], most: Mapping[str, Decimal], comment: str, by: User
) -> Marking:
    """Give points by criterion; `most` is how many each may have, as the question says.

    Raises Refused for who may not mark this answer, for points that do not fit, when somebody has marked it
    meanwhile, and when the same person would mark it a second time.
    """
    sitting = (
        Sitting.objects.select_for_update(of=("self",))
        .select_related("enrollment__course", "lesson", "user", "quiz__marking_rule")
        .get(pk=response.sitting_id)
    )
    response = Response.objects.select_related("sitting", "question", "marked_by").get(pk=response.pk)
    if not may_mark(by, response):
        raise Refused(_("You may not mark this answer."), status=HTTPStatus.FORBIDDEN)
    if not response.awaits_person or not sitting.is_in_review:
        raise Refused(_("This answer has been marked already."))
    given = list(response.markings.all())
    if any(one.marker_id == by.pk for one in given):
        raise Refused(_("You have marked this answer. It waits for somebody else."))
    if points.keys() != most.keys() or any(not 0 <= points[name] <= most[name] for name in most):
        raise Refused(
            _("Give each criterion between 0 and its highest points."), status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    rule = rule_of(sitting.quiz)
    marking = Marking.objects.create(
        response=response,
        marker=by,
        kind=next_marking(given, rule) or MarkingKind.DECIDING,
        points={name: str(value) for name, value in points.items()},
        score=sum(points.values(), Decimal(0)).quantize(CENT, ROUND_HALF_UP),
        comment=comment.strip(),
    )
    score = settled([*given, marking], rule)
    if score is not None:
        _settle(response, score)
        _close_when_all_is_marked(sitting, by=by)
    return marking


def _close_when_all_is_marked(sitting: Sitting, *, by: User) -> None:
    responses = list(sitting.responses.order_by("position"))
    result = result_of(
        [Mark(float(one.score or 0), float(one.max_score or 0)) for one in responses], pass_mark=sitting.pass_mark
    )
    if any(one.awaits_person for one in responses):
        Sitting.objects.filter(pk=sitting.pk).update(score=result.score)
        return
    move(sitting, SittingState.GRADED, transitions=TRANSITIONS, **outcome(result))
    complete(sitting, by=by)


@transaction.atomic
def set_marking_rule(quiz: Quiz, *, is_blind: bool, needs_second: bool, tolerance: Decimal, by: User) -> MarkingRule:
    """How the essays of a quiz are marked from now on; what is marked stays."""
    if not may_manage(by):
        raise Refused(_("You may not change how this test is marked."), status=HTTPStatus.FORBIDDEN)
    rule, _is_new = MarkingRule.objects.update_or_create(
        quiz=quiz, defaults={"is_blind": is_blind, "needs_second": needs_second, "tolerance": tolerance}
    )
    log(quiz, "sittings.marking_rule", user=by)
    _settle_what_waits(quiz, rule, by=by)
    return rule


def _settle_what_waits(quiz: Quiz, rule: MarkingRule, *, by: User) -> None:
    """Answers whose markings are enough by the new rule wait no longer."""
    waiting = Response.objects.filter(awaits_person=True, sitting__quiz=quiz, markings__isnull=False).distinct()
    for key in waiting.values_list("sitting", flat=True).distinct():
        sitting = (
            Sitting.objects.select_for_update(of=("self",)).select_related("enrollment__course", "lesson").get(pk=key)
        )
        if not sitting.is_in_review:
            continue  # the last mark came while this waited for the lock
        for response in waiting.filter(sitting=key).prefetch_related("markings"):
            score = settled(list(response.markings.all()), rule)
            if score is not None:
                _settle(response, score)
        _close_when_all_is_marked(sitting, by=by)


def _settle(response: Response, score: Decimal) -> None:
    response.score, response.awaits_person = min(score, response.max_score or score), False
    response.save(update_fields=["score", "awaits_person"])
