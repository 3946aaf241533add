"""The personal part of a course page: the page itself is the same for everybody."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.catalog.models import CoursePage
from tests.cast import Cast
from tests.factories.learning import enroll_malee, read_everything, sit_test

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(course: CoursePage) -> str:
    return reverse("progress:panel", args=[course.pk])


def test_for_everybody_it_is_the_way_to_enroll(client: Client, panel: str) -> None:
    page = client.get(panel)
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert 'href="/enroll/control/"' in page.content.decode()


def test_for_who_is_enrolled_it_is_the_way_on(malee: Client, cast: Cast, course: CoursePage, panel: str) -> None:
    enroll_malee(cast, course)
    malee.post("/courses/control/lesson-1/done/")
    page = malee.get(panel)
    text = page.content.decode()
    assert 'href="/my/courses/control/continue/"' in text
    assert "/enroll/control/" not in text
    progress = page.context["progress"]
    assert (progress.percent, progress.minutes_left, progress.next_lesson.path) == (33, 40, "control/lesson-2")


def test_for_who_has_completed_it_leads_to_the_certificate(
    malee: Client, cast: Cast, course: CoursePage, panel: str
) -> None:
    enrollment = enroll_malee(cast, course)
    read_everything(enrollment, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    waiting = malee.get(panel).content.decode()
    assert 'data-action="desk"' in waiting
    assert 'data-action="certificate"' not in waiting


def test_a_course_that_is_not_there_has_none(client: Client, course: CoursePage) -> None:
    assert client.get(reverse("progress:panel", args=[999_999])).status_code == 404
    assert client.get(reverse("progress:panel", args=[10**30])).status_code == 404


def test_the_page_around_it_names_nobody(malee: Client, cast: Cast, course: CoursePage, panel: str) -> None:
    enroll_malee(cast, course)
    text = malee.get("/courses/control/").content.decode()
    assert f'data-fragment="{panel}"' in text
    assert 'data-action="continue"' not in text
