"""Saving answers one by one, and going from page to page."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.quizzes.kinds import kind_of
from courses.quizzes.kinds.kind import LONGEST_ANSWER
from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.sittings.models import Response, Sitting
from learning.sittings.queries import visible_to
from learning.sittings.rules import is_overdue

KEPT = ["answer", "revision", "saved_at"]
# What a kind raises for values that its page could not have sent.
NONSENSE = (ValueError, LookupError, TypeError, ArithmeticError)


@dataclass(frozen=True)
class PostedAnswer:
    """What a form says about one question: the values, and the newest save its page had seen."""

    values: list[str]
    seen_revision: int


class NewerAnswer(Exception):
    """Another window or device has saved this answer since; nothing was overwritten."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


@transaction.atomic
def save_answer(sitting_id: UUID, position: int, posted: PostedAnswer, *, by: User) -> Response:
    """Keep one answer as it is given.

    Raises NewerAnswer when another window saved this answer after `seen_revision`; Refused when the sitting is
    closed, its time has run out, the question is not the one that is put, or the values are nonsense;
    Sitting.DoesNotExist when it is not one's own. The sitting's row is locked, so an answer is either part of
    the grading or refused, never lost between.
    """
    response = _locked_response(sitting_id, position, by=by)
    _is_taken(response.sitting, position)
    answer = clean(response, posted.values)
    if posted.seen_revision != response.revision:
        if answer == response.answer:
            return response  # the same answer came twice: a retry after a lost reply
        raise NewerAnswer(response)
    _answered(response, answer).save(update_fields=KEPT)
    return response


def _locked_response(sitting_id: UUID, position: int, *, by: User) -> Response:
    """The sitting's row is locked first, as by handing in; the answer's own, so that what is read is the newest."""
    response = (
        Response.objects.select_for_update(of=("sitting", "self"))
        .select_related("sitting", "question")
        .filter(sitting=sitting_id, sitting__user=by.pk, position=position)
        .first()
    )
    if response is None:
        visible_to(by).get(pk=sitting_id)
        raise Refused(_("This question is not part of your test. Open the test again."), status=HTTPStatus.NOT_FOUND)
    return response


def _is_taken(sitting: Sitting, position: int) -> None:
    """Raises Refused unless an answer to this question is still taken."""
    if not sitting.is_open:
        raise Refused(_("This test has been handed in. Answers can no longer be changed."), **_to_result(sitting))
    if is_overdue(sitting, timezone.now()):
        raise Refused(
            _("Time has run out. What you answered before is kept and will be graded."), **_to_result(sitting)
        )
    if sitting.is_sequential and position != sitting.place:
        raise Refused(
            _("The questions of this test are answered one after the other. Go on with question %(number)d.")
            % {"number": sitting.place},
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            way_on=reverse("sittings:sit", args=[sitting.pk]),
            way_on_label=_("To the test"),
        )


def _to_result(sitting: Sitting) -> dict[str, Any]:
    return {"way_on": reverse("sittings:result", args=[sitting.pk]), "way_on_label": _("See the result")}


@transaction.atomic
def go_on(sitting_id: UUID, position: int, posted: PostedAnswer | None, *, to: int, by: User) -> Sitting:
    """Keep what the page of one question brings, and move to the question at `to`, where there is no way back.

    An empty page takes no saved answer away, and one older than what is saved overwrites nothing.
    """
    response = _locked_response(sitting_id, position, by=by)
    sitting = response.sitting
    _is_taken(sitting, position)
    if posted is not None and posted.seen_revision >= response.revision:
        answer = clean(response, posted.values)
        if answer is not None and answer != response.answer:
            _answered(response, answer).save(update_fields=KEPT)
    if sitting.is_sequential and to > position:
        sitting.place = position + 1
        sitting.save(update_fields=["place"])
    return sitting


def newer_answers(responses: Iterable[Response], posted: dict[int, PostedAnswer]) -> list[Response]:
    """The responses that a whole form changes, changed and not written yet. Raises Refused for nonsense."""
    newer = []
    for response in responses:
        found = posted.get(response.position)
        if found is None or found.seen_revision < response.revision:
            continue
        answer = clean(response, found.values)
        if answer is not None and answer != response.answer:
            newer.append(_answered(response, answer))
    return newer


def clean(response: Response, values: list[str]) -> Any:
    """The answer to keep. Raises Refused (413, 422) for one that is too long or that the page cannot have sent."""
    if sum(map(len, values)) > LONGEST_ANSWER:
        raise Refused(
            _("This answer is longer than %(count)d characters. Shorten it; what was saved before is still there.")
            % {"count": LONGEST_ANSWER},
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    nonsense = Refused(
        _("This answer does not fit the question. Choose from the choices shown."),
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    )
    if any("\x00" in value for value in values):  # no database keeps it
        raise nonsense
    question = response.question
    try:
        return kind_of(question.kind).clean_answer(question.body, response.presentation, values)
    except NONSENSE:
        raise nonsense from None


def _answered(response: Response, answer: Any) -> Response:
    response.answer = answer
    response.revision += 1
    response.saved_at = timezone.now()
    return response
