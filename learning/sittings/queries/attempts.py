"""How often somebody may still sit a quiz, from when on, and what was given to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Length, Substr

from courses.catalog.models import CoursePage, LessonPage
from courses.quizzes.models import Quiz
from learning.enrollments.choices import READING
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import of_person
from learning.sittings.models import Allowance, Sitting


@dataclass(frozen=True)
class Attempts:
    """The attempts of one person at one quiz; `allowed` is None when there is no limit."""

    allowed: int | None
    used: int
    has_open: bool
    has_passed: bool
    next_at: datetime | None = None  # the waiting time before the next ends then

    @property
    def left(self) -> int | None:
        return None if self.allowed is None else max(0, self.allowed - self.used)

    @property
    def is_done(self) -> bool:
        """Passed, or nothing more to try: nobody meets these questions again."""
        return self.has_passed or (self.left == 0 and not self.has_open)


@dataclass(frozen=True)
class Extra:
    """What was given to one person at one quiz, all allowances together."""

    attempts: int = 0
    minutes: int = 0
    percent: int = 0

    def minutes_of(self, limit: int) -> int:
        """The minutes somebody has of a limit; 0 stays no limit, part of a minute counts as a whole one."""
        return limit and limit + self.minutes + -(-limit * self.percent // 100)


def extra_of(user_id: int, quiz_id: int) -> Extra:
    """One query."""
    found = Allowance.objects.filter(user=user_id, quiz=quiz_id).aggregate(
        attempts=Sum("extra_attempts"), minutes=Sum("extra_minutes"), percent=Sum("extra_percent")
    )
    return Extra(**{name: value or 0 for name, value in found.items()})


def attempts_at(quiz: Quiz, sittings: Sequence[Sitting], *, extra: Extra, now: datetime) -> Attempts:
    """The attempts of an enrollment, of which these are all so far; pure."""
    allowed = quiz.attempts_allowed + extra.attempts if quiz.attempts_allowed else None
    has_passed, has_open = any(one.passed for one in sittings), any(one.is_open for one in sittings)
    handed_in = [one.submitted_at for one in sittings if one.submitted_at]
    next_at = max(handed_in) + timedelta(minutes=quiz.wait_minutes) if handed_in and quiz.wait_minutes else None
    waits = next_at is not None and next_at > now and not has_passed and not has_open
    return Attempts(allowed, len(sittings), has_open, has_passed, next_at if waits else None)


def attempts_for(allowed: int, sittings: Sequence[Sitting]) -> Attempts:
    """The attempts of one person for an occasion, which says itself how many there are; 0 for no limit."""
    has_open, has_passed = any(one.is_open for one in sittings), any(one.passed for one in sittings)
    return Attempts(allowed or None, len(sittings), has_open, has_passed)


def lesson_with_test(course: str, lesson: str) -> LessonPage | None:
    """A lesson with its quiz by the names in its address, published or not; one query. None without a test."""
    parent = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - LessonPage.steplen)
    return (
        LessonPage.objects.select_related("quiz")
        .filter(Exists(CoursePage.objects.filter(path=parent, slug=course)), slug=lesson, quiz__isnull=False)
        .first()
    )


def reading_at(user: AbstractBaseUser, lesson: LessonPage) -> QuerySet[Enrollment]:
    """The enrollment that opens a lesson to this person, with its course, and what was given to them."""
    course = lesson.path[: -lesson.steplen]
    return with_extra(
        of_person(user.pk).filter(course__path=course, state__in=READING, renewed_at__isnull=True), lesson.quiz_id
    )


def with_extra(enrollments: QuerySet[Enrollment], quiz_id: int | None) -> QuerySet[Enrollment]:
    """Enrollments with their course and the allowances of their person; `extra_in` reads them."""
    given = Allowance.objects.filter(user=OuterRef("user"), quiz=quiz_id).order_by().values("quiz")
    sums: dict[str, Any] = {
        f"given_{name}": Coalesce(Subquery(given.annotate(sum=Sum(f"extra_{name}")).values("sum")), 0)
        for name in ("attempts", "minutes", "percent")
    }
    return enrollments.select_related("course").annotate(**sums)


def extra_in(enrollment: Enrollment) -> Extra:
    """The allowances that `with_extra` has read."""
    return Extra(**{name: getattr(enrollment, f"given_{name}") for name in ("attempts", "minutes", "percent")})
