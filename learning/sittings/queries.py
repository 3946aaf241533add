"""Reads of sittings."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from courses.quizzes.models import Quiz
from learning.enrollments.models import Enrollment
from learning.sittings.choices import SittingState
from learning.sittings.models import Response, Sitting

# An answer given in the last second may travel half a minute on a weak line.
GRACE = timedelta(seconds=30)


@dataclass(frozen=True)
class CategoryScore:
    """Progress by category, as django-quiz-app keeps it."""

    category: str
    score: Decimal
    max_score: Decimal

    @property
    def percent(self) -> int:
        return int(self.score * 100 / self.max_score) if self.max_score else 0


def visible_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Sitting]:
    """A learner sees their own sittings."""
    return Sitting.objects.filter(enrollment__user=user.pk) if user.is_authenticated else Sitting.objects.none()


def sittings_of(enrollment: Enrollment, quiz: Quiz) -> QuerySet[Sitting]:
    """Every attempt of one enrollment at one quiz, newest first."""
    return Sitting.objects.filter(enrollment=enrollment, quiz=quiz).order_by("-number")


def overdue(*, now: datetime | None = None) -> QuerySet[Sitting]:
    """Open sittings whose time, and the grace after it, has run out."""
    return Sitting.objects.filter(state=SittingState.OPEN, due_at__lt=(now or timezone.now()) - GRACE)


def attempts_left(quiz: Quiz, used: int) -> int | None:
    """How many more attempts; None when there is no limit."""
    return None if quiz.attempts_allowed == 0 else max(0, quiz.attempts_allowed - used)


def responses_of(sitting: Sitting) -> QuerySet[Response]:
    """The questions of a sitting in their order, with their words and pictures."""
    return sitting.responses.select_related("question__figure", "question__question__category").order_by("position")


def scores_by_category(responses: QuerySet[Response]) -> list[CategoryScore]:
    """Points by category of a graded sitting, in the order they were met."""
    totals: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for response in responses:
        row = totals[response.question.question.category.category]
        row[0] += response.score or 0
        row[1] += response.max_score or 0
    return [CategoryScore(category, score, max_score) for category, (score, max_score) in totals.items()]
