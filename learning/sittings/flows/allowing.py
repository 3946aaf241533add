"""Giving one person more time or more attempts."""

from datetime import timedelta
from http import HTTPStatus

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.quizzes.models import Quiz
from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.sittings.choices import SittingState
from learning.sittings.models import Allowance, Sitting
from learning.sittings.rules import may_manage

MOST_MINUTES, MOST_PERCENT, MOST_ATTEMPTS = 600, 300, 20


@transaction.atomic
def give_allowance(
    quiz: Quiz, *, user: User, minutes: int = 0, percent: int = 0, attempts: int = 0, reason: str, by: User
) -> Allowance:
    """Add to what somebody has; an open sitting with a time limit gets the time at once.

    Raises Refused for who may not manage quizzes, for oneself, without a reason, and for more than is sensible.
    """
    if not may_manage(by) or by.pk == user.pk:
        raise Refused(_("You may not give more time or attempts to this person."), status=HTTPStatus.FORBIDDEN)
    if not reason.strip() or not any((minutes, percent, attempts)):
        raise Refused(_("Say what you give, and why."), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    most = ((minutes, MOST_MINUTES), (percent, MOST_PERCENT), (attempts, MOST_ATTEMPTS))
    if any(not 0 <= given <= limit for given, limit in most):
        raise Refused(
            _("At most %(minutes)d minutes, %(percent)d percent and %(attempts)d attempts are given at a time.")
            % {"minutes": MOST_MINUTES, "percent": MOST_PERCENT, "attempts": MOST_ATTEMPTS},
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    given = Allowance.objects.create(
        quiz=quiz,
        user=user,
        extra_minutes=minutes,
        extra_percent=percent,
        extra_attempts=attempts,
        reason=reason.strip()[:300],
        by=by,
    )
    timed = Sitting.objects.select_for_update().filter(quiz=quiz, user=user, state=SittingState.OPEN)
    for sitting in timed.filter(due_at__isnull=False):
        assert sitting.due_at is not None
        sitting.due_at += timedelta(minutes=minutes - (-sitting.limit_minutes * percent // 100))
        sitting.save(update_fields=["due_at"])
    log(quiz, "sittings.allow", user=by, data={"user": user.pk, "allowance": given.pk})
    return given
