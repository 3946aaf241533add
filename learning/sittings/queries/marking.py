"""What waits for a marker, and what the markings of one answer come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Q, QuerySet

from courses.quizzes.models import Quiz
from learning.sittings.choices import MarkingKind, SittingState
from learning.sittings.models import Marking, MarkingRule, Response

CENT = Decimal("0.01")


def rule_of(quiz: Quiz) -> MarkingRule:
    """How a quiz is marked; one that says nothing: by one person, who sees the name."""
    try:
        return quiz.marking_rule
    except MarkingRule.DoesNotExist:
        return MarkingRule(quiz=quiz)


def next_marking(given: Sequence[Marking], rule: MarkingRule) -> MarkingKind | None:
    """The marking that is lacking; None when the mark is settled. Pure."""
    kinds = {one.kind: one for one in given}
    if MarkingKind.FIRST not in kinds:
        return MarkingKind.FIRST
    if not rule.needs_second:
        return None
    if MarkingKind.SECOND not in kinds:
        return MarkingKind.SECOND
    apart = abs(kinds[MarkingKind.FIRST].score - kinds[MarkingKind.SECOND].score)
    return MarkingKind.DECIDING if apart > rule.tolerance and MarkingKind.DECIDING not in kinds else None


def settled(given: Sequence[Marking], rule: MarkingRule) -> Decimal | None:
    """The points of an answer; None while a marking is lacking. Pure.

    One marker: theirs. Two: the mean, half a cent up. Further apart than the rule allows: what the third says.
    """
    if next_marking(given, rule) is not None:
        return None
    kinds = {one.kind: one.score for one in given}
    if MarkingKind.DECIDING in kinds:
        return kinds[MarkingKind.DECIDING]
    scores = [kinds[kind] for kind in (MarkingKind.FIRST, MarkingKind.SECOND) if kind in kinds]
    return (sum(scores, Decimal(0)) / len(scores)).quantize(CENT, ROUND_HALF_UP)


def waiting_for(marker: AbstractBaseUser) -> QuerySet[Response]:
    """Answers that this person may mark, oldest first: not their own, and not what they have marked already."""
    return (
        Response.objects.filter(awaits_person=True, sitting__state=SittingState.IN_REVIEW)
        .exclude(sitting__user=marker.pk)
        .exclude(markings__marker=marker.pk)
        .select_related("question", "marked_by", "sitting__quiz__marking_rule", "sitting__user")
        .annotate(marked_count=Count("markings", filter=Q(markings__isnull=False)))
        .order_by("sitting__submitted_at", "sitting", "position")
    )


@dataclass(frozen=True)
class Marked:
    """What markers gave an answer and said of it. `points` are by criterion: of one who decided, else the mean."""

    points: dict[str, Decimal]
    comments: list[str]


def marked_on(responses: Sequence[Response]) -> dict[int, Marked]:
    """What markers gave, by answer; one query, none without an answer."""
    by_answer: dict[int, list[Marking]] = {}
    if responses:
        for marking in Marking.objects.filter(response__in=responses).order_by("pk"):
            by_answer.setdefault(marking.response_id, []).append(marking)
    return {answer: _marked(markings) for answer, markings in by_answer.items()}


def _marked(markings: list[Marking]) -> Marked:
    counting = [one for one in markings if one.kind == MarkingKind.DECIDING] or markings
    points: dict[str, Decimal] = {}
    for criterion in counting[0].points:
        total = sum((Decimal(str(one.points.get(criterion, 0))) for one in counting), Decimal(0))
        points[criterion] = (total / len(counting)).quantize(CENT).normalize()
    return Marked(points, [one.comment for one in markings if one.comment])


@dataclass(frozen=True)
class Criterion:
    """A line of a rubric."""

    id: str
    text: str
    most: Decimal


def criteria_of(response: Response) -> list[Criterion]:
    """The lines by which an answer is marked, as its question says; without a rubric one line for all points."""
    body = response.key.body
    lines = [
        Criterion(str(line["id"]), str(line["criterion"]), Decimal(str(line["points"])))
        for line in body.get("rubric") or []
    ]
    return lines or [Criterion("score", "", response.max_score or Decimal(0))]
