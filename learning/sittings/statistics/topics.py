"""Subjects of one person: in which they are weak, what to read again, and how it went over time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet, Sum
from django.utils import timezone

from courses.catalog.models import LessonPage
from courses.quizzes.models import Category
from courses.quizzes.statistics.gain import normalised_gain
from learning.sittings.choices import SittingState
from learning.sittings.models import Allowance, Response, Sitting
from learning.sittings.queries import Extra, attempts_at, attempts_for
from learning.sittings.rules import review_of

# Below this share of the points a subject is read again.
WEAK_PERCENT = 60


@dataclass(frozen=True)
class LessonToRead:
    title: str
    url: str


@dataclass(frozen=True)
class WeakTopic:
    """A subject with fewer than 60 percent of its points, and the lessons of the course that teach it."""

    category: str
    score: Decimal
    max_score: Decimal
    lessons: list[LessonToRead] = field(default_factory=list)

    @property
    def percent(self) -> int:
        return int(self.score * 100 / self.max_score)


def weak_topics(sitting: Sitting, responses: Iterable[Response]) -> list[WeakTopic]:
    """The weakest first; of responses as `responses_of` gives them. One query, none when nothing is weak.

    `sitting.enrollment.course` should be loaded. Only published lessons of the course are named; a sitting outside
    a course has none.
    """
    totals: dict[int, list[Decimal]] = {}
    names: dict[int, str] = {}
    for response in responses:
        category = response.question.question.category
        names[category.pk] = category.category
        row = totals.setdefault(category.pk, [Decimal(0), Decimal(0)])
        row[0] += response.score or 0
        row[1] += response.max_score or 0
    weak = {
        key: WeakTopic(names[key], score, most)
        for key, (score, most) in totals.items()
        if most and score * 100 < WEAK_PERCENT * most
    }
    if weak and sitting.enrollment:
        course = sitting.enrollment.course
        teaches = LessonPage.topics.through.objects.filter(category__in=list(weak))
        lessons = teaches.filter(lessonpage__live=True, lessonpage__path__startswith=course.path)
        for key, title, slug in lessons.order_by("lessonpage__path").values_list(
            "category", "lessonpage__title", "lessonpage__slug"
        ):
            weak[key].lessons.append(LessonToRead(title, f"/courses/{course.slug}/{slug}/"))
    return sorted(weak.values(), key=lambda topic: (topic.score / topic.max_score, topic.category))


# --- over time -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Point:
    """One sitting's share of the points of a subject, in percent."""

    at: datetime
    percent: int


@dataclass(frozen=True)
class SubjectProgress:
    """Points of a person in one subject, all sittings together, and sitting by sitting from the earliest."""

    category: str
    score: Decimal
    max_score: Decimal
    points: tuple[Point, ...]

    @property
    def percent(self) -> int:
        return int(self.score * 100 / self.max_score)

    @property
    def last(self) -> int:
        return self.points[-1].percent

    @property
    def first(self) -> int:
        return self.points[0].percent


@dataclass(frozen=True)
class QuizProgress:
    """A quiz that somebody sat more than once: from the first to the best attempt."""

    title: str
    sat_count: int
    first: int
    best: int

    @property
    def gain(self) -> float | None:
        """Normalised; None when everything was right at once."""
        return normalised_gain(self.first, self.best)


def own_results(user: AbstractBaseUser) -> list[Sitting]:
    """The graded sittings of a person whose marks they may see by now, newest first; two queries."""
    sat = list(
        Sitting.objects.filter(user=user.pk)
        .select_related("quiz", "lesson", "enrollment__course")
        .order_by("-opened_at", "-pk")
    )
    extra = {
        row["quiz"]: Extra(attempts=row["more"] or 0)
        for row in Allowance.objects.filter(user=user.pk).order_by().values("quiz").annotate(more=Sum("extra_attempts"))
    }
    together: dict[tuple[int, int | None, str], list[Sitting]] = {}
    for sitting in sat:
        together.setdefault((sitting.quiz_id, sitting.enrollment_id, sitting.occasion), []).append(sitting)
    now = timezone.now()
    shown: set[object] = set()
    for sittings in together.values():
        one = sittings[0]
        attempts = (
            attempts_for(one.attempts_allowed, sittings)
            if one.is_free
            else attempts_at(one.quiz, sittings, extra=extra.get(one.quiz_id, Extra()), now=now)
        )
        if review_of(one.quiz, is_done=attempts.is_done, shows_answers=one.shows_answers, now=now).marks:
            shown.update(sitting.pk for sitting in sittings if sitting.state == SittingState.GRADED)
    return [sitting for sitting in sat if sitting.pk in shown]


def progress_by_subject(sittings: Iterable[Sitting]) -> list[SubjectProgress]:
    """Points by subject, in the order of their names; one query."""
    at = {sitting.pk: sitting.submitted_at or sitting.opened_at for sitting in sittings}
    rows: QuerySet[Response] = Response.objects.filter(sitting__in=list(at), score__isnull=False, max_score__gt=0)
    found: dict[int, list[tuple[datetime, Decimal, Decimal]]] = {}
    for sitting, category, score, most in (
        rows.order_by()
        .values_list("sitting", "question__question__category")
        .annotate(score=Sum("score"), most=Sum("max_score"))
    ):
        found.setdefault(category, []).append((at[sitting], score, most))
    names = dict(Category.objects.filter(pk__in=list(found)).values_list("pk", "category")) if found else {}
    subjects = []
    for category, lines in found.items():
        lines.sort(key=lambda line: line[0])
        subjects.append(
            SubjectProgress(
                names[category],
                sum((score for _at, score, _most in lines), Decimal(0)),
                sum((most for _at, _score, most in lines), Decimal(0)),
                tuple(Point(moment, int(score * 100 / most)) for moment, score, most in lines),
            )
        )
    return sorted(subjects, key=lambda subject: subject.category)


def first_and_best_of(sittings: Iterable[Sitting]) -> list[QuizProgress]:
    """The quizzes sat more than once; of these sittings, newest first. Pure."""
    by_quiz: dict[int, list[Sitting]] = {}
    for sitting in sittings:
        by_quiz.setdefault(sitting.quiz_id, []).append(sitting)
    return [
        QuizProgress(sat[-1].quiz.title, len(sat), sat[-1].percent or 0, max(one.percent or 0 for one in sat))
        for sat in by_quiz.values()
        if len(sat) > 1
    ]
