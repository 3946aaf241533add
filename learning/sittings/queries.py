"""Reads of sittings."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
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
    return Sitting.objects.filter(user=user.pk) if user.is_authenticated else Sitting.objects.none()


def sittings_of(enrollment: Enrollment, quiz: Quiz) -> QuerySet[Sitting]:
    """Every attempt of one enrollment at one quiz, newest first."""
    return Sitting.objects.filter(enrollment=enrollment, quiz=quiz).order_by("-number")


def free_sittings_of(user: AbstractBaseUser, occasion: str, quiz: Quiz) -> QuerySet[Sitting]:
    """Every attempt of one person at one quiz for one occasion, newest first."""
    return _free(occasion).filter(user=user.pk, quiz=quiz).order_by("-number")


def _free(occasion: str) -> QuerySet[Sitting]:
    # Naming the enrollment as well lets the database use the index of free sittings.
    return Sitting.objects.filter(enrollment__isnull=True, occasion=occasion)


# The sitting that counts stands first: a passed one, else the one with most percent, of equal ones the earliest.
BEST_FIRST = ("-passed", "-percent", "opened_at", "pk")


def graded_on(occasion: str) -> QuerySet[Sitting]:
    """Of each person the one graded sitting that counts for an occasion; one for each quiz, if it was changed since."""
    same = _free(occasion).filter(user=OuterRef("user"), quiz=OuterRef("quiz"), state=SittingState.GRADED)
    best = same.order_by(*BEST_FIRST).values("pk")[:1]
    return _free(occasion).filter(pk=Subquery(best)).order_by("user")


def result_of(user: AbstractBaseUser, occasion: str) -> Sitting | None:
    """The sitting that counts of one person for an occasion; None before the first is graded."""
    graded = _free(occasion).filter(user=user.pk, state=SittingState.GRADED)
    return graded.order_by(*BEST_FIRST).first()


@dataclass(frozen=True)
class QuestionMarks:
    """How a question went over several sittings; not answered counts as nothing right."""

    question_id: int
    content: str
    asked_count: int
    answered_count: int
    full_count: int
    score: Decimal
    max_score: Decimal

    @property
    def full_share(self) -> float:
        """Share of those asked who had all of its points, 0 to 1."""
        return self.full_count / self.asked_count

    @property
    def mean_share(self) -> float:
        """Points had of points to have, 0 to 1."""
        return float(self.score / self.max_score) if self.max_score else 0.0


def marks_by_question(sittings: QuerySet[Sitting] | Iterable[Sitting]) -> dict[int, QuestionMarks]:
    """The marks of graded sittings by question (whatever its version), hardest first. One query.

    The words are those of the newest version.
    """
    rows = (
        Response.objects.filter(sitting__in=sittings, score__isnull=False)
        .order_by()
        .values_list("question__question", "question__question__content")
        .annotate(
            asked=Count("pk"),
            answered=Count("pk", filter=Q(answer__isnull=False)),
            full=Count("pk", filter=Q(score=F("max_score"))),
            points=Sum("score"),
            most=Sum("max_score"),
        )
    )
    marks = [QuestionMarks(*row) for row in rows]
    return {one.question_id: one for one in sorted(marks, key=lambda one: (one.mean_share, one.question_id))}


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
