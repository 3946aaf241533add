"""Many pages at once, written as rows: what they look like to a reader, without the work of publishing each."""

from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from wagtail.models import Locale, Page

from cms.models import AcademyImage
from courses.catalog.models import CourseIndexPage, CourseOutline, CoursePage, LessonPage, PreparedLesson
from tests.factories.packs import SVG


def _children(parent: Page, model: type[Page], slugs: list[str], values: dict[str, Any]) -> list[Any]:
    """Live pages below a parent that has no children yet: one insert for all pages, one for each kind of page."""
    kind, locale = ContentType.objects.get_for_model(model), Locale.get_default()
    pages = Page.objects.bulk_create(
        Page(
            title=slug,
            draft_title=slug,
            slug=slug,
            path=Page._get_path(parent.path, parent.depth + 1, number),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}{slug}/",
            content_type=kind,
            locale=locale,
        )
        for number, slug in enumerate(slugs, 1)
    )
    made = []
    for page in pages:
        child = model(page_ptr=page, **values)
        child.__dict__.update({name: value for name, value in page.__dict__.items() if name != "_state"})
        made.append(child)
    # The rows of this kind alone: the pages themselves stand already, and nothing is told of it.
    model._base_manager.get_queryset()._insert(made, fields=model._meta.local_concrete_fields, using="default")
    Page.objects.filter(pk=parent.pk).update(numchild=len(pages))
    return made


def make_courses(count: int) -> list[CoursePage]:
    """Published courses with one lesson each and a cover of their own; the catalog must be empty."""
    picture = AcademyImage.objects.create(title="ปก", file=ContentFile(SVG.encode(), name="cover.svg"))
    covers = AcademyImage.objects.bulk_create(
        AcademyImage(title="ปก", file=picture.file.name, width=40, height=30, file_hash=f"{number:040}")
        for number in range(count)
    )
    values = {"summary": "สรุป", "topic": "law", "hours": Decimal(3)}
    courses = _children(
        CourseIndexPage.objects.get(), CoursePage, [f"course-{number:03}" for number in range(1, count + 1)], values
    )
    CourseOutline.objects.bulk_create(CourseOutline(course=course, version=1, lesson_count=1) for course in courses)
    for course, cover in zip(courses, covers, strict=True):
        course.cover = cover
    CoursePage.objects.bulk_update(courses, ["cover"])
    return courses


def make_lessons(course: CoursePage, count: int) -> list[LessonPage]:
    """Published lessons of a course that has none."""
    lessons = _children(course, LessonPage, [f"lesson-{number:03}" for number in range(1, count + 1)], {"minutes": 10})
    PreparedLesson.objects.bulk_create(
        PreparedLesson(
            lesson=lesson,
            course=course,
            path=f"{course.slug}/{lesson.slug}",
            title=lesson.title,
            minutes=10,
            html="<p>นับเงินสด</p>",
        )
        for lesson in lessons
    )
    CourseOutline.objects.filter(course=course).update(lesson_count=count, minutes=10 * count, version=2)
    return lessons
