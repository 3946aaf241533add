"""Reads of the catalog, and of what is kept ready to serve a lesson."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from courses.catalog.memory import is_remembered, remembered
from courses.catalog.models import CoursePage, LearningPath, LessonPage, PreparedLesson


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A lesson as a line in the list of lessons."""

    id: int
    number: int
    title: str
    path: str
    minutes: int
    has_quiz: bool
    needs_workshop: bool = False

    @property
    def url(self) -> str:
        return f"/courses/{self.path}/"


@dataclass(frozen=True, slots=True)
class Outline:
    """The lessons of a course in their order; the same object until the list changes."""

    course_id: int
    course_title: str
    course_slug: str
    lessons: tuple[LessonLine, ...]

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def course_url(self) -> str:
        return f"/courses/{self.course_slug}/"

    @property
    def needs_workshop(self) -> bool:
        """Some of its lessons are completed by attending a workshop."""
        return any(lesson.needs_workshop for lesson in self.lessons)

    def place_of(self, lesson_id: int) -> int:
        """Index of a lesson; StopIteration when it is not in the list."""
        return next(index for index, lesson in enumerate(self.lessons) if lesson.id == lesson_id)


@dataclass(frozen=True, slots=True)
class LessonToRead:
    """Everything of a lesson that is the same for every reader; `version` changes with any of it."""

    id: int
    version: tuple[Any, int]
    course_id: int
    course_is_live: bool
    quiz_id: int | None
    html: str
    outline: Outline
    index: int

    @property
    def line(self) -> LessonLine:
        return self.outline.lessons[self.index]

    @property
    def previous(self) -> LessonLine | None:
        return self.outline.lessons[self.index - 1] if self.index else None

    @property
    def following(self) -> LessonLine | None:
        return self.outline.lessons[self.index + 1] if self.index + 1 < len(self.outline.lessons) else None

    @property
    def minutes_left(self) -> int:
        return sum(lesson.minutes for lesson in self.outline.lessons[self.index :])


def published_courses() -> QuerySet[CoursePage]:
    """Live courses that have something to learn, with all a card shows, in the order of the tree."""
    return (
        CoursePage.objects.live()
        .public()
        .filter(outline__lesson_count__gt=0)
        .select_related("outline", "cover")
        .prefetch_related("audiences", "cover__renditions")
        .order_by("path")
    )


def course_with_slug(slug: str) -> CoursePage | None:
    """A course, live or not; None when there is none."""
    return CoursePage.objects.filter(slug=slug).select_related("certificate_design", "outline").first()


def has_been_published(course: CoursePage) -> bool:
    """False for the first draft of a course: nobody but its authors knows of it yet."""
    return course.first_published_at is not None


def is_open_for_enrollment(course: CoursePage, *, on: date | None = None) -> bool:
    """Live, and within its enrollment days (both ends count)."""
    day = on or timezone.localdate()
    return (
        course.live
        and (course.enrollment_opens_on is None or course.enrollment_opens_on <= day)
        and (course.enrollment_closes_on is None or day <= course.enrollment_closes_on)
    )


def outline_of(course_id: int, version: int) -> Outline:
    """The list of lessons at this version: from this process's memory, else one query."""
    return remembered("outline", (course_id, version), lambda: _read_outlines([course_id])[course_id])


def outlines_of(versions: Mapping[int, int]) -> dict[int, Outline]:
    """The lists of several courses, by their versions: those that memory lacks in one query."""
    missing = [course for course, version in versions.items() if not is_remembered("outline", (course, version))]
    read = _read_outlines(missing) if missing else {}
    for course, outline in read.items():
        remembered("outline", (course, versions[course]), partial(read.get, course, outline))
    return {course: read.get(course) or outline_of(course, version) for course, version in versions.items()}


# What a LessonLine needs of a PreparedLesson, in this order.
LINE = ("lesson_id", "title", "path", "minutes", "quiz_id", "needs_workshop")


def _read_outlines(course_ids: Sequence[int]) -> dict[int, Outline]:
    """Reads all of them in one query; a course without lessons has an empty list."""
    rows = (
        PreparedLesson.objects.filter(course__in=course_ids)
        .order_by("lesson__path")
        .values_list("course_id", "course__title", "course__slug", *LINE)
    )
    found: dict[int, list[tuple[Any, ...]]] = {course_id: [] for course_id in course_ids}
    for course_id, *row in rows:
        found[course_id].append(tuple(row))
    return {course_id: _outline(course_id, lessons) for course_id, lessons in found.items()}


def _outline(course_id: int, rows: list[tuple[Any, ...]]) -> Outline:
    lessons = tuple(
        LessonLine(pk, number, title, path, minutes, quiz is not None, needs_workshop)
        for number, (_, _, pk, title, path, minutes, quiz, needs_workshop) in enumerate(rows, 1)
    )
    title, slug = rows[0][:2] if rows else ("", "")
    return Outline(course_id, title, slug, lessons)


# What `lesson_from` needs of a PreparedLesson, in this order.
PREPARED = ("lesson_id", "course_id", "quiz_id", "prepared_at", "course__outline__version", "course__live")


def lesson_to_read(path: str) -> LessonToRead | None:
    """A published lesson by `<course>/<lesson>`; one query once its text is in this process's memory."""
    row = PreparedLesson.objects.filter(path=path).values_list(*PREPARED).first()
    return lesson_from(row) if row else None


def lesson_from(row: tuple[Any, ...]) -> LessonToRead:
    """The lesson of a row of PREPARED; no query once its text is in this process's memory."""
    lesson_id, course_id, quiz_id, prepared_at, version, live = row
    html = remembered(
        "lesson",
        (lesson_id, prepared_at),
        lambda: PreparedLesson.objects.values_list("html", flat=True).get(pk=lesson_id),
    )
    outline = outline_of(course_id, version)
    kept = (prepared_at, version)
    return LessonToRead(lesson_id, kept, course_id, live, quiz_id, html, outline, outline.place_of(lesson_id))


def lesson_with_path(path: str) -> LessonPage | None:
    """A lesson by `<course>/<lesson>`, published or not."""
    course, _, slug = path.partition("/")
    lessons = LessonPage.objects.filter(slug=slug)
    return next((lesson for lesson in lessons if lesson.get_parent().slug == course), None)


def learning_paths() -> QuerySet[LearningPath]:
    """Paths with their courses in order."""
    return LearningPath.objects.prefetch_related("steps__course")
