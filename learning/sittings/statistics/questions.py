"""Statistics of the bank's questions, all quizzes together, written every night."""

from math import fsum

from django.utils import timezone

from courses.quizzes.models import QuestionStatistics, Quiz
from learning.sittings.choices import SittingState
from learning.sittings.models import Sitting
from learning.sittings.statistics.keeping import count
from learning.sittings.statistics.results import QuestionResult


def quizzes_sat() -> list[Quiz]:
    """Those with something graded."""
    sat = Sitting.objects.filter(state=SittingState.GRADED).order_by().values("quiz").distinct()
    return list(Quiz.objects.filter(pk__in=sat).order_by("pk"))


def count_questions() -> int:
    """Write how every question went in first attempts; gives how many questions that are."""
    found: dict[int, list[QuestionResult]] = {}
    for quiz in quizzes_sat():
        for result in count(quiz).questions:
            found.setdefault(result.question_id, []).append(result)
    now = timezone.now()
    rows = [
        QuestionStatistics(
            question_id=question,
            asked_count=sum(one.item.asked_count for one in results),
            facility=_together(results, "facility"),
            discrimination=_together(results, "discrimination"),
            counted_at=now,
        )
        for question, results in found.items()
    ]
    QuestionStatistics.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["question"],
        update_fields=["asked_count", "facility", "discrimination", "counted_at"],
        batch_size=500,
    )
    return len(rows)


def _together(results: list[QuestionResult], figure: str) -> float | None:
    """The mean over quizzes, each counting as often as it asked; undefined where it is undefined in all."""
    known = [(getattr(one.item, figure), one.item.asked_count) for one in results]
    known = [(value, asked) for value, asked in known if value is not None]
    return fsum(value * asked for value, asked in known) / sum(asked for _value, asked in known) if known else None
