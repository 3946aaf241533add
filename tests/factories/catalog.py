"""Courses with lessons, published as an author would publish them."""

from decimal import Decimal
from typing import Any

from certification.models import CertificateDesign
from courses.catalog.models import CourseAudience, CourseIndexPage, CoursePage, LessonPage
from courses.quizzes.models import Quiz
from tests.factories.quizzes import make_quiz


def make_course(
    slug: str = "control", *, lessons: int = 2, quiz: Quiz | bool | None = True, **fields: Any
) -> CoursePage:
    """A published course of reading lessons and, unless `quiz` is None, a last lesson with a test."""
    index = CourseIndexPage.objects.get()
    course = CoursePage(
        slug=slug,
        **{
            "title": "การควบคุมภายใน",
            "summary": "ดูแลเงินของส่วนรวมให้ปลอดภัย",
            "topic": "internal_control",
            "hours": Decimal("3.0"),
            "certificate_design": CertificateDesign.objects.get(slug="standard"),
            **fields,
        },
    )
    course.audiences = [CourseAudience(audience="board", sort_order=0)]
    index.add_child(instance=course)
    course.save_revision(clean=False).publish()
    for number in range(1, lessons + 1):
        make_lesson(course, f"lesson-{number}", title=f"บทที่ {number} เงินสดในมือ")
    if quiz is not None:
        test = make_quiz(f"{slug}-final") if quiz is True else quiz
        make_lesson(course, "final-test", title="แบบทดสอบท้ายหลักสูตร", body=[("quiz", {"quiz": test})])
    return CoursePage.objects.get(pk=course.pk)


def make_lesson(course: CoursePage, slug: str, **fields: Any) -> LessonPage:
    """A published lesson of one paragraph unless `body` says otherwise."""
    values: dict[str, Any] = {"title": "การตรวจนับเงินสด", "minutes": 20, "body": [("text", "<p>นับเงินสดทุกสิ้นวัน</p>")]}
    lesson = LessonPage(slug=slug, **{**values, **fields})
    CoursePage.objects.get(pk=course.pk).add_child(instance=lesson)
    lesson.save_revision(clean=False).publish()
    return LessonPage.objects.get(pk=lesson.pk)
