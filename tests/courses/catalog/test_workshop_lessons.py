"""A lesson that is completed by a workshop: marked by its author, shown to everybody, and without a test."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from courses.catalog.models import CourseIndexPage, CourseOutline, CoursePage, LessonPage, PreparedLesson
from courses.catalog.queries import Outline, outline_of
from courses.quizzes.models import Quiz
from tests.cast import Cast
from tests.factories.catalog import make_course, make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def blended(shelf: CourseIndexPage) -> CoursePage:
    """Two lessons, a test, and a workshop at the end."""
    course = make_course()
    make_lesson(course, "workshop", needs_workshop=True)
    return CoursePage.objects.get(pk=course.pk)


def outline(course: CoursePage) -> Outline:
    return outline_of(course.pk, CourseOutline.objects.get(course=course).version)


def marked(course: CoursePage) -> list[str]:
    return [line.path for line in outline(course).lessons if line.needs_workshop]


def form(**changes: Any) -> dict[str, str]:
    """A lesson as the form of the admin posts it; a mark that is not set is not sent."""
    text = streamfield([("text", rich_text("<p>อบรมหนึ่งวัน</p>"))])
    empty = {"summary": "", "seo_title": "", "search_description": "", "comments": inline_formset([])}
    values = {"title": "อบรม", "slug": "lesson-1", "minutes": "360", "body": text, "action-publish": "1"}
    return nested_form_data({**empty, **values, **changes})


def test_publishing_carries_the_mark_into_what_is_read(blended: CoursePage) -> None:
    assert list(PreparedLesson.objects.filter(needs_workshop=True).values_list("path", flat=True)) == [
        "control/workshop"
    ]
    assert (marked(blended), outline(blended).needs_workshop) == (["control/workshop"], True)
    lesson = LessonPage.objects.get(slug="workshop")
    lesson.needs_workshop = False
    lesson.save_revision().publish()
    assert (marked(blended), outline(blended).needs_workshop) == ([], False)


def test_an_author_marks_a_lesson_and_takes_the_mark_away(client: Client, cast: Cast, course: CoursePage) -> None:
    client.force_login(cast.wipa)
    edit = reverse("wagtailadmin_pages:edit", args=[LessonPage.objects.get(slug="lesson-1").pk])
    assert client.post(edit, form(needs_workshop="on")).status_code == 302
    assert marked(course) == ["control/lesson-1"]
    assert client.post(edit, form()).status_code == 302
    assert marked(course) == []


def test_the_form_asks_for_it_in_the_language_of_the_author(client: Client, cast: Cast, course: CoursePage) -> None:
    client.force_login(cast.wipa)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[LessonPage.objects.get(slug="lesson-1").pk]))
    soup = BeautifulSoup(page.content, "html.parser")
    label = soup.select_one("label[for=id_needs_workshop]").get_text(strip=True)
    with translation.override("th"):
        field = LessonPage._meta.get_field("needs_workshop")
        assert label.casefold() == str(field.verbose_name).casefold()
        assert str(field.help_text) in soup.get_text()


def test_a_test_and_a_workshop_in_one_lesson_are_refused_and_nothing_is_lost(
    client: Client, cast: Cast, course: CoursePage
) -> None:
    client.force_login(cast.wipa)
    lesson = LessonPage.objects.get(slug="lesson-1")
    body = streamfield([("quiz", {"quiz": str(Quiz.objects.get().pk)})])
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    page = client.post(edit, form(needs_workshop="on", body=body))
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["needs_workshop"])
    assert (LessonPage.objects.get(pk=lesson.pk).title, marked(course)) == (lesson.title, [])


def test_a_test_may_be_replaced_by_a_workshop_in_one_step(client: Client, cast: Cast, course: CoursePage) -> None:
    client.force_login(cast.wipa)
    lesson = LessonPage.objects.get(slug="final-test")
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    assert client.post(edit, form(slug="final-test", needs_workshop="on")).status_code == 302
    assert (marked(course), LessonPage.objects.get(pk=lesson.pk).quiz) == (["control/final-test"], None)


def test_the_model_and_the_database_refuse_both_as_well(blended: CoursePage) -> None:
    lesson = LessonPage.objects.get(slug="final-test")
    lesson.needs_workshop = True
    with pytest.raises(ValidationError) as refused:
        lesson.full_clean()
    assert list(refused.value.message_dict) == ["needs_workshop"]
    with pytest.raises(IntegrityError, match="a_lesson_has_a_test_or_a_workshop"), transaction.atomic():
        LessonPage.objects.filter(pk=lesson.pk).update(needs_workshop=True)


def test_the_page_of_a_course_marks_it_and_leads_to_the_workshops(client: Client, blended: CoursePage) -> None:
    soup = BeautifulSoup(client.get("/courses/control/").content, "html.parser")
    badges = [[badge["class"][-1] for badge in line.select(".badge")] for line in soup.select(".lesson-list li")]
    assert badges == [[], [], ["badge-accent"], ["badge-primary"]]
    assert len(soup.select(".lesson-list .badge-primary svg")) == 1
    assert soup.select_one("a[href='/workshops/?course=control']") is not None


def test_a_course_without_one_does_not_speak_of_workshops(client: Client, shelf: CourseIndexPage) -> None:
    make_course()
    page = client.get("/courses/control/").content.decode()
    assert ("/workshops/?course=" in page, "badge-primary" in page) == (False, False)


def test_its_author_sees_the_remark_before_it_is_published(client: Client, cast: Cast, course: CoursePage) -> None:
    client.force_login(cast.wipa)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[LessonPage.objects.get(slug="lesson-1").pk])
    remarks = []
    for changes in ({"needs_workshop": "on"}, {}):
        client.post(preview, form(**changes))
        remarks.append('class="done-remark"' in client.get(preview).content.decode())
    assert remarks == [True, False]
