"""When an answer is still taken, where a way back may lead, who marks, what a learner may see of the outcome."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, AbstractUser, AnonymousUser
from django.utils.http import url_has_allowed_host_and_scheme

from courses.quizzes.choices import ReviewMoment
from courses.quizzes.models import Quiz
from learning.sittings.models import Response, Sitting
from learning.sittings.queries import GRACE


def is_overdue(sitting: Sitting, now: datetime) -> bool:
    """True once the time limit and the grace for a slow line have run out."""
    return sitting.due_at is not None and now > sitting.due_at + GRACE


def stays_here(address: str) -> bool:
    """True for a path of this site; `//elsewhere`, a scheme and a relative address are none."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


# --- people --------------------------------------------------------------------------------------
def may_manage(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Who may change quizzes marks essays, marks again, and gives more time or attempts."""
    return isinstance(user, AbstractUser) and user.is_active and user.has_perm("quizzes.change_quiz")


def may_mark(user: AbstractBaseUser | AnonymousUser, response: Response) -> bool:
    """Nobody marks an answer of their own. `response.sitting` must be loaded."""
    return may_manage(user) and response.sitting.user_id != user.pk


# --- the review window ---------------------------------------------------------------------------
@dataclass(frozen=True)
class Review:
    """What a learner may see of the outcome now; each part includes the one before it."""

    marks: bool = False
    answers: bool = False
    reasons: bool = False


def may_see(moment: str, *, is_done: bool, opens_at: datetime | None, now: datetime) -> bool:
    """Whether one part of the outcome is open. From a day that is not set, it is not open."""
    match moment:
        case ReviewMoment.AT_ONCE:
            return True
        case ReviewMoment.WHEN_DONE:
            return is_done
        case ReviewMoment.FROM_DAY:
            return opens_at is not None and opens_at <= now
    return False


def review_of(quiz: Quiz, *, is_done: bool, shows_answers: bool, now: datetime) -> Review:
    """What the quiz lets its learners see today, whatever it said when they sat it.

    `is_done`: they have passed, or have no attempt left. A free sitting that keeps its answers back
    (`shows_answers`) shows none, whatever the quiz says. Explanations tell the right answers, and right answers
    the marks: without the one the other is not shown either.
    """

    def is_open(moment: str) -> bool:
        return may_see(moment, is_done=is_done, opens_at=quiz.review_from, now=now)

    marks = is_open(quiz.review_marks)
    answers = marks and shows_answers and is_open(quiz.review_answers)
    return Review(marks, answers, answers and is_open(quiz.review_reasons))
