"""Publishing gets a lesson ready to read; every change of a page changes what is kept ready."""

from typing import Any

import pytest

from courses.catalog.flows import prepare_course
from courses.catalog.models import CourseIndexPage, CourseOutline, CoursePage, LessonPage, PreparedLesson
from courses.catalog.queries import lesson_to_read, outline_of
from courses.quizzes.models import Quiz
from tests.factories.catalog import make_course, make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(shelf: CourseIndexPage) -> CoursePage:
    return make_course()


def paths() -> list[str]:
    return list(PreparedLesson.objects.order_by("lesson__path").values_list("path", flat=True))


def version(course: CoursePage) -> int:
    return CourseOutline.objects.get(course=course).version


def listed(course: CoursePage) -> list[tuple[int, str, bool]]:
    outline = outline_of(course.pk, version(course))
    return [(line.number, line.path, line.has_quiz) for line in outline.lessons]


def test_publishing_prints_a_lesson_once(course: CoursePage) -> None:
    lesson = LessonPage.objects.get(slug="lesson-1")
    ready = PreparedLesson.objects.get(lesson=lesson)
    assert (ready.course, ready.path, ready.title, ready.minutes, ready.quiz) == (
        course,
        "control/lesson-1",
        lesson.title,
        20,
        None,
    )
    assert "<p>นับเงินสดทุกสิ้นวัน</p>" in ready.html
    lesson.title, lesson.minutes = "ใหม่", 35
    lesson.body = [("text", "<p>นับสองครั้ง</p>")]
    lesson.save_revision().publish()
    after = PreparedLesson.objects.get(lesson=lesson)
    assert (after.title, after.minutes) == ("ใหม่", 35)
    assert "<p>นับสองครั้ง</p>" in after.html
    assert after.prepared_at > ready.prepared_at


def test_a_draft_changes_nothing_that_is_read(course: CoursePage) -> None:
    before = PreparedLesson.objects.values().get(path="control/lesson-1")
    lesson = LessonPage.objects.get(slug="lesson-1")
    lesson.title = "ร่าง"
    lesson.save_revision()
    assert PreparedLesson.objects.values().get(path="control/lesson-1") == before
    new = LessonPage(title="ใหม่", slug="new", live=False)
    course.add_child(instance=new)
    new.save_revision()
    assert "control/new" not in paths()


def test_the_outline_counts_lessons_and_minutes(course: CoursePage) -> None:
    outline = CourseOutline.objects.get(course=course)
    assert (outline.lesson_count, outline.minutes) == (3, 60)
    assert listed(course) == [
        (1, "control/lesson-1", False),
        (2, "control/lesson-2", False),
        (3, "control/final-test", True),
    ]


def test_unpublishing_forgets_and_publishing_again_remembers(course: CoursePage) -> None:
    lesson, before = LessonPage.objects.get(slug="lesson-1"), version(course)
    lesson.unpublish()
    assert paths() == ["control/lesson-2", "control/final-test"]
    assert (lesson_to_read("control/lesson-1"), CourseOutline.objects.get(course=course).lesson_count) == (None, 2)
    assert version(course) > before
    lesson.save_revision().publish()
    assert paths() == ["control/lesson-1", "control/lesson-2", "control/final-test"]


def test_deleting_a_lesson_that_nobody_opened_takes_it_off_the_list(course: CoursePage) -> None:
    LessonPage.objects.get(slug="lesson-2").delete()
    assert listed(course) == [(1, "control/lesson-1", False), (2, "control/final-test", True)]


def test_renaming_a_course_changes_the_paths_of_its_lessons(
    course: CoursePage, django_capture_on_commit_callbacks: Any
) -> None:
    course.slug = "internal-control"
    with django_capture_on_commit_callbacks(execute=True):
        course.save_revision().publish()
    assert paths() == [f"internal-control/{slug}" for slug in ("lesson-1", "lesson-2", "final-test")]
    assert lesson_to_read("control/lesson-1") is None


def test_renaming_a_lesson_changes_its_path(course: CoursePage) -> None:
    lesson = LessonPage.objects.get(slug="lesson-1")
    lesson.slug = "cash"
    lesson.save_revision().publish()
    assert paths() == ["control/cash", "control/lesson-2", "control/final-test"]


def test_a_new_title_of_a_course_reaches_its_lessons(course: CoursePage) -> None:
    before = version(course)
    course.title = "ควบคุมภายใน"
    course.save_revision().publish()
    assert version(course) > before
    assert outline_of(course.pk, version(course)).course_title == "ควบคุมภายใน"


def test_a_lesson_moved_to_another_course_leaves_one_list_and_enters_the_other(course: CoursePage) -> None:
    other = make_course("law", lessons=1, quiz=None)
    before = version(course), version(other)
    LessonPage.objects.get(slug="lesson-2").move(other, pos="last-child")
    assert listed(course) == [(1, "control/lesson-1", False), (2, "control/final-test", True)]
    assert listed(other) == [(1, "law/lesson-1", False), (2, "law/lesson-2", False)]
    assert version(course) > before[0]
    assert version(other) > before[1]


def test_the_order_of_lessons_follows_the_tree(course: CoursePage) -> None:
    LessonPage.objects.get(slug="final-test").move(CoursePage.objects.get(pk=course.pk), pos="first-child")
    assert listed(course) == [
        (1, "control/final-test", True),
        (2, "control/lesson-1", False),
        (3, "control/lesson-2", False),
    ]


def test_publishing_an_older_revision_does_not_lower_the_version_of_the_outline(course: CoursePage) -> None:
    old = course.latest_revision
    for number in range(3):
        course.title = f"ชื่อที่ {number}"
        course.save_revision().publish()
    before = version(course)
    old.publish()
    assert version(course) == before + 1
    assert CoursePage.objects.get(pk=course.pk).title == "การควบคุมภายใน"
    assert outline_of(course.pk, version(course)).course_title == "การควบคุมภายใน"

    lesson = LessonPage.objects.get(slug="lesson-1")
    first = lesson.latest_revision
    lesson.body = [("text", "<p>ใหม่</p>")]
    lesson.save_revision().publish()
    before = version(course)
    first.publish()
    assert version(course) == before + 1
    assert "<p>นับเงินสดทุกสิ้นวัน</p>" in PreparedLesson.objects.get(lesson=lesson).html


def test_a_lesson_knows_the_quiz_of_its_body(course: CoursePage) -> None:
    lesson = LessonPage.objects.get(slug="final-test")
    quiz = Quiz.objects.get()
    assert (lesson.quiz, PreparedLesson.objects.get(lesson=lesson).quiz) == (quiz, quiz)
    lesson.body = [("text", "<p>ไม่มีแบบทดสอบ</p>")]
    lesson.save_revision().publish()
    assert (LessonPage.objects.get(pk=lesson.pk).quiz, PreparedLesson.objects.get(lesson=lesson).quiz) == (None, None)


def test_preparing_a_course_again_makes_the_same_rows(course: CoursePage) -> None:
    rows = PreparedLesson.objects.order_by("path")
    before = list(rows.values_list("path", "title", "html"))
    prepare_course(course)
    assert list(rows.values_list("path", "title", "html")) == before


def test_what_a_reader_gets_is_the_lesson_with_its_neighbours(course: CoursePage) -> None:
    ready = lesson_to_read("control/lesson-2")
    assert ready is not None
    assert (ready.line.number, ready.minutes_left, ready.course_is_live, ready.quiz_id) == (2, 40, True, None)
    assert ready.previous is not None
    assert ready.following is not None
    assert (ready.previous.url, ready.following.url) == ("/courses/control/lesson-1/", "/courses/control/final-test/")
    first, last = lesson_to_read("control/lesson-1"), lesson_to_read("control/final-test")
    assert first is not None
    assert last is not None
    assert (first.previous, last.following) == (None, None)


def test_a_lesson_is_read_with_one_query_and_the_text_from_memory(
    course: CoursePage, django_assert_num_queries: Any
) -> None:
    lesson_to_read("control/lesson-1")
    with django_assert_num_queries(1):
        lesson_to_read("control/lesson-1")
    make_lesson(course, "lesson-3")
    with django_assert_num_queries(2):
        lesson_to_read("control/lesson-1")
