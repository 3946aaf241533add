"""Reads of progress."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet

from courses.catalog.models import CourseOutline, CoursePage
from courses.catalog.queries import PREPARED, LessonLine, LessonToRead, Outline, lesson_from, outline_of, outlines_of
from learning.enrollments.choices import READING
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import current_enrollment, of_person
from learning.kernel.compiled import CompiledQuery
from learning.progress.completion import is_complete, lessons_left, percent_done
from learning.progress.models import LessonCompletion


@dataclass(frozen=True)
class Progress:
    """How far one enrollment is, over the lessons published today."""

    enrollment: Enrollment
    outline: Outline
    done: frozenset[int]
    left: tuple[LessonLine, ...]
    percent: int

    @property
    def is_complete(self) -> bool:
        return is_complete(self.outline.lessons, self.done, self.enrollment.course.pass_rule)

    @property
    def minutes_left(self) -> int:
        return sum(lesson.minutes for lesson in self.left)

    @property
    def next_lesson(self) -> LessonLine | None:
        """The lesson last opened while it is not done, else the first that is left.

        To have looked at the lesson of a workshop holds nobody there: what stands before it comes first.
        """
        left = {lesson.id: lesson for lesson in self.left if not lesson.needs_workshop}
        return left.get(self.enrollment.last_lesson_id or 0) or (self.left[0] if self.left else None)


@dataclass(frozen=True, slots=True)
class Reader:
    """An enrollment as a lesson page needs it."""

    enrollment_id: int
    last_lesson_id: int | None
    done: frozenset[int]


def reader_of(user: AbstractBaseUser | AnonymousUser, course_id: int) -> Reader | None:
    """The reader's enrollment in a course and the lessons done, in one query; None when not enrolled."""
    rows = list(_reading(user.pk).filter(course=course_id).values_list(*READER))
    return _reader(rows) if rows else None


def reading(user: AbstractBaseUser | AnonymousUser, path: str) -> tuple[LessonToRead, Reader] | None:
    """A lesson by `<course>/<lesson>` and its reader, together in one query; None when not both are there."""
    if not user.is_authenticated:
        return None
    rows = _lesson_and_reader.rows(user=user.pk, path=path)
    return (lesson_from(rows[0][len(READER) :]), _reader(rows)) if rows else None


READER = ("pk", "last_lesson_id", "lesson_completions__lesson_id")


def _reading(user: int | None) -> QuerySet[Enrollment]:
    return of_person(user).filter(state__in=READING, renewed_at__isnull=True).order_by()


def _reader(rows: list[tuple[Any, ...]]) -> Reader:
    return Reader(rows[0][0], rows[0][1], frozenset(row[2] for row in rows if row[2] is not None))


_lesson_and_reader = CompiledQuery(
    lambda user, path: (
        _reading(user)
        .filter(course__prepared_lessons__path=path)
        .values_list(*READER, *(f"course__prepared_lessons__{name}" for name in PREPARED))
    ),
    user=-1,
    path="a path that no lesson has",
)


def completed_lessons(enrollment_id: int) -> frozenset[int]:
    """Ids of the lessons an enrollment has done."""
    return frozenset(LessonCompletion.objects.filter(enrollment=enrollment_id).values_list("lesson_id", flat=True))


def lessons_left_before_workshop(user: AbstractBaseUser | AnonymousUser, course: CoursePage) -> list[LessonLine]:
    """What a person has still to learn before the first workshop lesson of a course; all of it for who is not enrolled.

    A course without a workshop lesson asks for all its lessons.
    """
    before = takewhile(lambda line: not line.needs_workshop, outline_of(course.pk, _version(course)).lessons)
    enrollment = current_enrollment(user, course.pk)
    done = completed_lessons(enrollment.pk) if enrollment else frozenset()
    return [line for line in before if line.id not in done]


def progress_of(enrollment: Enrollment) -> Progress:
    """Progress of one enrollment; two queries, fewer when its parts are loaded."""
    course = enrollment.course
    return _progress(enrollment, outline_of(course.pk, _version(course)), completed_lessons(enrollment.pk))


def _version(course: CoursePage) -> int:
    """Of the list of lessons; 0 before the first is published."""
    outline: CourseOutline | None = getattr(course, "outline", None)
    return outline.version if outline else 0


def _progress(enrollment: Enrollment, outline: Outline, done: frozenset[int]) -> Progress:
    course = enrollment.course
    left = tuple(lessons_left(outline.lessons, done, course.pass_rule))
    return Progress(enrollment, outline, done, left, percent_done(outline.lessons, done, course.pass_rule))


def progress_of_many(enrollments: Iterable[Enrollment]) -> list[Progress]:
    """Progress of several enrollments of one person: their completions in one query, their lessons in another."""
    found = list(enrollments)
    done: dict[int, set[int]] = {enrollment.pk: set() for enrollment in found}
    rows = LessonCompletion.objects.filter(enrollment__in=done).values_list("enrollment_id", "lesson_id")
    for enrollment_id, lesson_id in rows:
        done[enrollment_id].add(lesson_id)
    outlines = outlines_of({enrollment.course_id: _version(enrollment.course) for enrollment in found})
    return [_progress(one, outlines[one.course_id], frozenset(done[one.pk])) for one in found]
