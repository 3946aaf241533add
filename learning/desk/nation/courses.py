"""Courses to enroll in: those that are there, and as many short ones as are missing, written as rows."""

import uuid
from dataclasses import dataclass
from random import Random

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page

from courses.catalog.choices import Audience, Topic
from courses.catalog.models import (
    CourseAudience,
    CourseIndexPage,
    CourseOutline,
    CoursePage,
    LessonPage,
    PreparedLesson,
)
from learning.desk.nation.plan import Calendar
from learning.desk.nation.writing import Row, next_key, write

COURSES = 20
LESSON_MINUTES = 20
TITLES = (
    "อุดมการณ์สหกรณ์สำหรับผู้เริ่มต้น",
    "หน้าที่ของคณะกรรมการดำเนินการ",
    "การประชุมใหญ่สามัญประจำปี",
    "ข้อบังคับและระเบียบของสหกรณ์",
    "การรับสมาชิกและทะเบียนหุ้น",
    "การให้เงินกู้อย่างรอบคอบ",
    "การติดตามหนี้ค้างชำระ",
    "การเก็บรักษาเงินสด",
    "อ่านงบการเงินให้เข้าใจ",
    "บัญชีครัวเรือนของกลุ่มสตรี",
    "บัญชีเบื้องต้นสำหรับกลุ่มเยาวชน",
    "การตรวจสอบกิจการ",
    "การควบคุมสินค้าคงเหลือ",
    "การรวบรวมผลผลิต",
    "การจัดซื้ออย่างโปร่งใส",
    "แผนกลยุทธ์และแผนประจำปี",
    "การเขียนรายงานการประชุม",
    "กลุ่มอาชีพกับการตลาด",
    "คุ้มครองข้อมูลของสมาชิก",
    "เตรียมตัวรับการตรวจสอบบัญชี",
)


@dataclass(frozen=True)
class Course:
    pk: int
    hours: str
    lessons: tuple[int, ...]


def write_courses(calendar: Calendar, rng: Random) -> list[Course]:
    """Published courses, the shipped ones first; all of them are ready to be read."""
    missing = COURSES - CoursePage.objects.live().count()
    if missing > 0:
        _make(missing, calendar, rng)
    lessons: dict[int, list[int]] = {}
    for course, lesson in PreparedLesson.objects.order_by("lesson__path").values_list("course_id", "lesson_id"):
        lessons.setdefault(course, []).append(lesson)
    found = CoursePage.objects.live().order_by("path").values_list("pk", "hours")[:COURSES]
    return [Course(pk, f"{hours:.1f}", tuple(lessons.get(pk, ()))) for pk, hours in found]


def _make(count: int, calendar: Calendar, rng: Random) -> None:
    index = CourseIndexPage.objects.get()
    last = index.get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) + 1 if last else 1
    published = calendar.moment(-3)
    locale = Locale.get_active().pk
    kinds = {model: ContentType.objects.get_for_model(model).pk for model in (CoursePage, LessonPage)}
    key = next_key(Page)
    pages: list[Row] = []
    courses: list[Row] = []
    lessons: list[Row] = []
    prepared: list[Row] = []
    outlines: list[Row] = []

    def page(model: type[Page], path: str, title: str, slug: str, url: str, children: int) -> int:
        pk = key + len(pages)
        translation = uuid.UUID(int=rng.getrandbits(128), version=4).hex  # both databases read it without signs
        depth = len(path) // Page.steplen
        pages.append(
            (
                *(pk, path, depth, children, title, title, slug, url),
                *(kinds[model], locale, translation, published, published, 1),
            )
        )
        return pk

    for number in range(count):
        slug = f"nation-{number + 1:02d}"
        url = f"{index.url_path}{slug}/"
        path = Page._get_path(index.path, index.depth + 1, step + number)
        wanted = rng.randrange(3, 6)
        course = page(CoursePage, path, TITLES[number % len(TITLES)], slug, url, wanted)
        topic = list(Topic)[number % len(Topic)].value
        courses.append((course, "หลักสูตรสำหรับวัดความเร็ว", topic, wanted, "[]", "[]"))
        outlines.append((course, 1, wanted, wanted * LESSON_MINUTES))
        for place in range(1, wanted + 1):
            title, name = f"บทที่ {place}", f"lesson-{place}"
            lesson = page(LessonPage, Page._get_path(path, index.depth + 2, place), title, name, f"{url}{name}/", 0)
            lessons.append((lesson, LESSON_MINUTES, "[]"))
            text = "<p>นับเงินสดทุกสิ้นวัน</p>"
            prepared.append((lesson, course, f"{slug}/{name}", title, LESSON_MINUTES, text, published))
    write(
        Page,
        "id path depth numchild title draft_title slug url_path content_type_id locale_id translation_key"
        " first_published_at last_published_at live",
        pages,
    )
    Page.objects.filter(pk=index.pk).update(numchild=index.numchild + count)
    write(CoursePage, "page_ptr_id summary topic hours outcomes sources", courses)
    write(LessonPage, "page_ptr_id minutes body", lessons)
    write(CourseOutline, "course_id version lesson_count minutes", outlines)
    write(PreparedLesson, "lesson_id course_id path title minutes html prepared_at", prepared)
    audiences = list(Audience)
    key = next_key(CourseAudience)
    rows = [(key + n, row[0], audiences[n % len(audiences)].value) for n, row in enumerate(courses)]
    write(CourseAudience, "id course_id audience", rows)
