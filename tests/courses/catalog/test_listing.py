"""The catalog as a visitor filters and searches it."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from courses.catalog.listing import catalog_listing
from courses.catalog.models import CourseAudience, CourseIndexPage, LessonPage
from courses.catalog.queries import published_courses
from tests.factories.catalog import make_course, make_lesson
from tests.factories.many import make_many_courses

pytestmark = pytest.mark.django_db


@pytest.fixture
def courses(shelf: CourseIndexPage) -> None:
    values: list[dict[str, Any]] = [
        {"slug": "control", "title": "การควบคุมภายใน", "topic": "internal_control", "level": "basic"},
        {"slug": "law", "title": "กฎหมายสหกรณ์", "summary": "มาตราที่กรรมการใช้", "topic": "law", "level": "advanced"},
        {"slug": "books", "title": "บัญชีเบื้องต้น", "summary": "สมุดเงินสด", "topic": "bookkeeping", "level": "basic"},
    ]
    lessons = {"control": "ตรวจนับเงินสด", "law": "ข้อบังคับ", "books": "งบทดลอง"}
    for fields in values:
        course = make_course(lessons=0, quiz=None, **fields)
        make_lesson(course, "first", title=lessons[course.slug], body=[("text", "<p>อ่านให้จบ</p>")])
    books = published_courses().get(slug="books")
    books.audiences = [CourseAudience(audience="management"), CourseAudience(audience="member")]
    books.save_revision().publish()


def found(address: str = "") -> list[str]:
    return [course.slug for course in catalog_listing(QueryDict(address))["courses"]]


def lessons_found(address: str) -> list[str]:
    return [lesson.path for lesson in catalog_listing(QueryDict(address))["lessons"]]


FOUND = {
    "": ["control", "law", "books"],
    "topic=law": ["law"],
    "level=basic": ["control", "books"],
    "level=basic&topic=bookkeeping": ["books"],
    "audience=board": ["control", "law"],
    "audience=member": ["books"],
    "audience=member&topic=law": [],
    "q=บัญชี": ["books"],
    "q=เงินสด": ["control", "books"],
    "q=กรรมการ": ["law"],
    "q=กรรมการ&topic=bookkeeping": [],
    "q=งบทดลอง": ["books"],
    "q=อ่านให้จบ": ["control", "law", "books"],
    "q=ปลานิล": [],
    "q=  ": ["control", "law", "books"],
}


def test_what_is_found(courses: None) -> None:
    assert {address: found(address) for address in FOUND} == FOUND


def test_a_lesson_that_speaks_of_it_is_shown_with_its_course(courses: None, client: Client) -> None:
    assert lessons_found("q=เงินสด") == ["control/first"]
    assert lessons_found("q=ปลานิล") == lessons_found("") == []
    assert 'href="/courses/control/first/"' in client.get("/courses/?q=เงินสด").content.decode()


def test_lessons_of_a_course_that_is_not_published_are_not_found(courses: None) -> None:
    published_courses().get(slug="control").unpublish()
    assert LessonPage.objects.get(title="ตรวจนับเงินสด").live
    assert (found("q=เงินสด"), lessons_found("q=เงินสด")) == (["books"], [])


UNKNOWN = [
    "topic=farming",
    "topic=law%00",
    "level=&audience=",
    "level=BASIC",
    "audience[]=board",
    "sort=title",
    "topic='",
]


def test_a_value_that_nobody_offers_is_as_good_as_none(courses: None) -> None:
    listings = [catalog_listing(QueryDict(address)) for address in UNKNOWN]
    assert [listing["is_filtered"] for listing in listings] == [False] * len(UNKNOWN)
    assert {tuple(course.slug for course in listing["courses"]) for listing in listings} == {
        ("control", "law", "books")
    }


def test_the_last_of_several_values_counts(courses: None) -> None:
    assert found("topic=law&topic=bookkeeping") == ["books"]


def test_a_query_is_read_in_its_one_spelling_and_cut_at_200_characters(courses: None) -> None:
    listing = catalog_listing(QueryDict("q=" + "บัญชี " * 100))
    assert len(listing["q"]) <= 200
    assert [course.slug for course in listing["courses"]] == ["books"]
    assert catalog_listing(QueryDict("q=น\u0e49\u0e4d\u0e32"))["q"] == "น้ำ"


ODD = ["ก" * 200, "\x00", "\x00บัญชี", '"', "%", "*", "' OR 1=1", "(((", "\U0001f33e", "a" * 5000, "-", "& | !", "ๆ", "ฯ"]


def test_odd_words_break_nothing(courses: None, client: Client) -> None:
    statuses = {text: client.get("/courses/", {"q": text}).status_code for text in ODD}
    assert statuses == dict.fromkeys(ODD, 200)


def test_a_page_out_of_range_is_the_nearest_there_is(shelf: CourseIndexPage) -> None:
    make_many_courses(30)
    shown = {}
    for asked in ("1", "3", "99", "0", "-1", "x", ""):
        listing = catalog_listing(QueryDict(f"page={asked}"))
        shown[asked] = (listing["page_obj"].number, len(listing["courses"]))
    last, first = (3, 6), (1, 12)
    assert shown == {"1": first, "3": last, "99": last, "0": last, "-1": last, "x": first, "": first}


def test_a_course_without_a_lesson_is_not_listed(courses: None) -> None:
    course = make_course("empty", lessons=0, quiz=None)
    assert found() == ["control", "law", "books"]
    for lesson in published_courses().get(slug="law").get_children():
        lesson.unpublish()
    assert found() == ["control", "books"]
    assert course.live


def test_a_course_that_is_not_published_is_not_listed_and_not_found(courses: None, client: Client) -> None:
    published_courses().get(slug="books").unpublish()
    assert (found(), found("q=บัญชี"), client.get("/courses/books/").status_code) == (["control", "law"], [], 404)


def test_the_page_says_how_many_were_found_and_offers_a_way_on(courses: None, client: Client) -> None:
    assert 'data-found="3"' in client.get("/courses/").content.decode()
    nothing = client.get("/courses/?q=ปลานิล")
    assert nothing.status_code == 200
    assert 'data-found="0"' in nothing.content.decode()
    assert 'href="/courses/"' in nothing.content.decode()


def test_a_search_for_html_is_shown_as_text(courses: None, client: Client) -> None:
    page = client.get("/courses/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_empty_catalog_is_a_designed_page(shelf: CourseIndexPage, client: Client) -> None:
    response = client.get("/courses/")
    assert (response.status_code, found()) == (200, [])
    assert 'data-found="0"' in response.content.decode()
