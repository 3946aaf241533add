"""The catalog and the page of a course ask the database as often with 3 as with 300."""

from typing import Any

import pytest
from django.test import Client
from wagtail.search.backends import get_search_backend

from courses.catalog.memory import forget
from courses.catalog.models import CourseIndexPage, CoursePage
from tests.factories.catalog import make_course
from tests.factories.many import make_many_courses, make_many_lessons

pytestmark = pytest.mark.django_db

CATALOG, SEARCH, COURSE, COURSE_KNOWN, HOME = 11, 14, 12, 11, 8


@pytest.mark.parametrize("count", [3, 300])
def test_the_catalog(shelf: CourseIndexPage, client: Client, django_assert_num_queries: Any, count: int) -> None:
    make_many_courses(count)
    client.get("/courses/")  # makes the renditions of the covers
    with django_assert_num_queries(CATALOG):
        page = client.get("/courses/").content.decode()
    assert page.count('class="course-card"') == min(count, 12)
    client.get("/")
    with django_assert_num_queries(HOME):
        client.get("/")


@pytest.mark.parametrize("count", [3, 300])
def test_a_search_in_the_catalog(
    shelf: CourseIndexPage, client: Client, django_assert_num_queries: Any, count: int
) -> None:
    get_search_backend().get_index_for_model(CoursePage).add_items(CoursePage, make_many_courses(count))
    client.get("/courses/?q=หลักสูตร")
    with django_assert_num_queries(SEARCH):
        page = client.get("/courses/?q=หลักสูตร").content.decode()
    assert f'data-found="{count}"' in page


@pytest.mark.parametrize("count", [3, 300])
def test_the_page_of_a_course(
    shelf: CourseIndexPage, client: Client, django_assert_num_queries: Any, count: int
) -> None:
    make_many_lessons(make_course("long", lessons=0, quiz=None), count)
    client.get("/courses/long/")
    with django_assert_num_queries(COURSE_KNOWN):
        page = client.get("/courses/long/").content.decode()
    assert page.count("data-lesson=") == count
    forget()
    with django_assert_num_queries(COURSE):
        client.get("/courses/long/")
