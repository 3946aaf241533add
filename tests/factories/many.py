"""Hundreds of courses and lessons, written as rows: publishing them one by one would take minutes."""

from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, Locale, Page

from cms.models import AcademyImage, AcademyRendition
from courses.catalog.flows import renew_outline
from courses.catalog.models import (
    CourseAudience,
    CourseIndexPage,
    CourseOutline,
    CoursePage,
    LessonPage,
    PreparedLesson,
)

BODY = "<p>นับเงินสดทุกสิ้นวัน</p>"


def make_many_lessons(course: CoursePage, count: int) -> None:
    """Published lessons at the end of a course, ready to be read, in six writes and one more for each lesson."""
    pages = _children(course, LessonPage, [f"many-{number:03}" for number in range(count)])
    for page in pages:
        LessonPage(page_ptr_id=page.pk, minutes=20, body="[]").save_base(raw=True, force_insert=True)
    _prepare(course, pages)
    renew_outline(course)


def make_many_courses(count: int) -> list[CoursePage]:
    """Published courses of one lesson each, with an audience and a cover of their own."""
    index = CourseIndexPage.objects.get()
    pages = _children(index, CoursePage, [f"course-{number:03}" for number in range(count)])
    for page, cover in zip(pages, _covers(count), strict=True):
        CoursePage(page_ptr_id=page.pk, summary="หลักสูตร", topic="law", hours=Decimal(1), cover=cover).save_base(
            raw=True, force_insert=True
        )
    CourseAudience.objects.bulk_create(CourseAudience(course_id=page.pk, audience="board") for page in pages)
    CourseOutline.objects.bulk_create(
        CourseOutline(course_id=page.pk, version=1, lesson_count=1, minutes=20) for page in pages
    )
    courses = list(CoursePage.objects.filter(pk__in=[page.pk for page in pages]).order_by("path"))
    for course in courses:
        lessons = _children(course, LessonPage, ["lesson-1"])
        LessonPage(page_ptr_id=lessons[0].pk, minutes=20, body="[]").save_base(raw=True, force_insert=True)
        _prepare(course, lessons)
    return courses


def _covers(count: int) -> list[AcademyImage]:
    """As many pictures, each with its small size as the first visitor of the catalog would have left it."""
    collection = Collection.get_first_root_node()
    covers = AcademyImage.objects.bulk_create(
        AcademyImage(
            title=f"ปก {number}", file="original_images/cover.png", width=1280, height=960, collection=collection
        )
        for number in range(count)
    )
    AcademyRendition.objects.bulk_create(
        AcademyRendition(image=cover, filter_spec="width-640", file="images/cover.width-640.png", width=640, height=480)
        for cover in covers
    )
    return covers


def _children(parent: Page, model: type[Page], slugs: list[str]) -> list[Page]:
    """Live pages below a parent as treebeard would have placed them: only the rows of Page itself."""
    kind, locale = ContentType.objects.get_for_model(model), Locale.objects.get()
    before = Page.objects.get(pk=parent.pk)
    steps = range(before.numchild + 1, before.numchild + 1 + len(slugs))
    pages = Page.objects.bulk_create(
        Page(
            path=Page._get_path(before.path, before.depth + 1, step),
            depth=before.depth + 1,
            title=f"บทที่ {step}",
            draft_title=f"บทที่ {step}",
            slug=slug,
            url_path=f"{before.url_path}{slug}/",
            content_type=kind,
            locale=locale,
            live=True,
        )
        for step, slug in zip(steps, slugs, strict=True)
    )
    Page.objects.filter(pk=parent.pk).update(numchild=before.numchild + len(slugs))
    return pages


def _prepare(course: CoursePage, lessons: list[Page]) -> None:
    PreparedLesson.objects.bulk_create(
        PreparedLesson(
            lesson_id=page.pk,
            course_id=course.pk,
            path=f"{course.slug}/{page.slug}",
            title=page.title,
            minutes=20,
            html=BODY,
        )
        for page in lessons
    )
