"""What came of sittings: by occasion, by question, by category."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from learning.sittings.choices import SittingState
from learning.sittings.models import Response, Sitting
from learning.sittings.queries.sittings import free_sittings_for


@dataclass(frozen=True)
class CategoryScore:
    """Progress by category, as django-quiz-app keeps it."""

    category: str
    score: Decimal
    max_score: Decimal

    @property
    def percent(self) -> int:
        return int(self.score * 100 / self.max_score) if self.max_score else 0


# The sitting that counts stands first: a passed one, else the one with most percent, of equal ones the earliest.
BEST_FIRST = ("-passed", "-percent", "opened_at", "pk")


def graded_on(occasion: str) -> QuerySet[Sitting]:
    """Of each person the one graded sitting that counts for an occasion; one for each quiz, if it was changed since."""
    same = free_sittings_for(occasion).filter(user=OuterRef("user"), quiz=OuterRef("quiz"), state=SittingState.GRADED)
    best = same.order_by(*BEST_FIRST).values("pk")[:1]
    return free_sittings_for(occasion).filter(pk=Subquery(best)).order_by("user")


def result_of(user: AbstractBaseUser, occasion: str) -> Sitting | None:
    """The sitting that counts of one person for an occasion; None before the first is graded."""
    graded = free_sittings_for(occasion).filter(user=user.pk, state=SittingState.GRADED)
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


def scores_by_category(responses: Iterable[Response]) -> list[CategoryScore]:
    """Points by category of a graded sitting, in the order they were met."""
    totals: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for response in responses:
        row = totals[response.question.question.category.category]
        row[0] += response.score or 0
        row[1] += response.max_score or 0
    return [CategoryScore(category, score, max_score) for category, (score, max_score) in totals.items()]
