"""Reads of progress."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.catalog.models import CourseOutline
from courses.catalog.queries import LessonLine, Outline, outline_of
from learning.enrollments.models import Enrollment
from learning.progress.completion import lessons_left, percent_done
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
    def minutes_left(self) -> int:
        return sum(lesson.minutes for lesson in self.left)

    @property
    def next_lesson(self) -> LessonLine | None:
        """The lesson last opened while it is not done, else the first that is left."""
        left = {lesson.id: lesson for lesson in self.left}
        return left.get(self.enrollment.last_lesson_id or 0) or (self.left[0] if self.left else None)


def completed_lessons(enrollment_id: int) -> frozenset[int]:
    """Ids of the lessons an enrollment has done."""
    return frozenset(LessonCompletion.objects.filter(enrollment=enrollment_id).values_list("lesson_id", flat=True))


def progress_of(enrollment: Enrollment, *, done: frozenset[int] | None = None) -> Progress:
    """Progress of one enrollment; two queries, fewer when its parts are loaded."""
    course = enrollment.course
    kept = getattr(course, "outline", None) or CourseOutline(course=course, version=0)
    outline = outline_of(course.pk, kept.version)
    done = completed_lessons(enrollment.pk) if done is None else done
    left = tuple(lessons_left(outline.lessons, done, course.pass_rule))
    return Progress(enrollment, outline, done, left, percent_done(outline.lessons, done, course.pass_rule))


def progress_of_many(enrollments: Iterable[Enrollment]) -> list[Progress]:
    """Progress of several enrollments of one person, their completions in one query."""
    found = list(enrollments)
    done: dict[int, set[int]] = {enrollment.pk: set() for enrollment in found}
    rows = LessonCompletion.objects.filter(enrollment__in=done).values_list("enrollment_id", "lesson_id")
    for enrollment_id, lesson_id in rows:
        done[enrollment_id].add(lesson_id)
    return [progress_of(enrollment, done=frozenset(done[enrollment.pk])) for enrollment in found]
