"""The catalog as a visitor filters and searches it."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator

from cms.thai.words import normalise
from courses.catalog.choices import Audience, Level, Topic
from courses.catalog.models import CoursePage, LessonPage, PreparedLesson
from courses.catalog.queries import published_courses

PER_PAGE = 12
LONGEST_QUERY = 200
LESSONS_SEARCHED = 200
LESSONS_SHOWN = 6


def catalog_listing(parameters: Mapping[str, str]) -> dict[str, Any]:
    """Courses for `q`, `topic`, `level`, `audience` and `page`; a value nobody offers is as good as none."""
    text = normalise(str(parameters.get("q", ""))[:LONGEST_QUERY])
    chosen = {
        "topic": _known(parameters.get("topic"), Topic.values),
        "level": _known(parameters.get("level"), Level.values),
        "audience": _known(parameters.get("audience"), Audience.values),
    }
    courses = published_courses()
    if chosen["topic"]:
        courses = courses.filter(topic=chosen["topic"])
    if chosen["level"]:
        courses = courses.filter(level=chosen["level"])
    if chosen["audience"]:
        courses = courses.filter(audiences__audience=chosen["audience"])
    lessons: list[PreparedLesson] = []
    if text:
        named = [page.pk for page in CoursePage.objects.live().search(text)]
        lessons = _lessons_about(text)
        courses = courses.filter(pk__in={*named, *(lesson.course_id for lesson in lessons)})
    page = Paginator(courses, PER_PAGE).get_page(parameters.get("page"))
    return {
        "q": text,
        "chosen": chosen,
        "is_filtered": bool(text or any(chosen.values())),
        "topics": Topic.choices,
        "levels": Level.choices,
        "audiences": Audience.choices,
        "page_obj": page,
        "courses": page.object_list,
        "lessons": lessons[:LESSONS_SHOWN],
    }


def _lessons_about(text: str) -> list[PreparedLesson]:
    """Published lessons of published courses that hold these words, best first, each with its course."""
    ranked = [page.pk for page in LessonPage.objects.live().search(text)[:LESSONS_SEARCHED]]
    prepared = (
        PreparedLesson.objects.filter(pk__in=ranked, course__in=CoursePage.objects.live().public())
        .select_related("course")
        .defer("html")
    )
    return sorted(prepared, key=lambda lesson: ranked.index(lesson.pk))


def _known(value: str | None, values: list[str]) -> str:
    return value if value in values else ""
