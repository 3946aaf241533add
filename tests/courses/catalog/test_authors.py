"""Authors write courses in Wagtail's admin; learners and outsiders do not get in."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from courses.catalog.models import CourseIndexPage, CoursePage, LessonPage, PreparedLesson
from courses.quizzes.models import Question, Quiz
from learning.desk.opening import AUTHORS
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def wipa(client: Client, cast: Cast) -> Client:
    client.force_login(cast.wipa)
    return client


def course_form(course: CoursePage, **changes: Any) -> dict[str, str]:
    empty = streamfield([])
    values = {
        "title": course.title,
        "slug": course.slug,
        "title_en": "",
        "summary": course.summary,
        "topic": course.topic,
        "level": course.level,
        "hours": "3.0",
        "cover": "",
        "cover_alt": "",
        "outcomes": empty,
        "sources": empty,
        "law_version": "",
        "pass_rule": course.pass_rule,
        "certificate_design": str(course.certificate_design_id),
        "enrollment_opens_on": "",
        "enrollment_closes_on": "",
        "audiences": inline_formset([]),
        "prerequisites": inline_formset([]),
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
    }
    return nested_form_data({**values, **changes})


def lesson_form(**changes: Any) -> dict[str, str]:
    values = {
        "title": "การนับเงินสด",
        "slug": "lesson-1",
        "summary": "",
        "minutes": "25",
        "body": streamfield([("text", rich_text("<p>นับสองคน</p>"))]),
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
    }
    return nested_form_data({**values, **changes})


def edit(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_an_author_finds_the_courses_in_the_explorer(wipa: Client, course: CoursePage) -> None:
    assert wipa.get(reverse("wagtailadmin_home")).status_code == 200
    index = CourseIndexPage.objects.get()
    response = wipa.get(reverse("wagtailadmin_explore", args=[index.pk]))
    assert response.status_code == 200
    assert course.title in response.content.decode()
    lessons = wipa.get(reverse("wagtailadmin_explore", args=[course.pk])).content.decode()
    assert [page.title for page in course.get_children() if page.title not in lessons] == []


def test_an_author_edits_a_course(wipa: Client, course: CoursePage) -> None:
    assert wipa.get(edit(course)).status_code == 200
    form = course_form(
        course,
        title="ควบคุมภายใน",
        audiences=audiences(course, "board", "member"),
        **{"action-publish": "1"},
    )
    response = wipa.post(edit(course), form)
    assert response.status_code == 302
    course.refresh_from_db()
    assert course.title == "ควบคุมภายใน"
    assert [item.audience for item in CoursePage.objects.get(pk=course.pk).audiences.all()] == ["board", "member"]


def audiences(course: CoursePage, *codes: str) -> dict[str, str]:
    """The rows of audiences as the form posts them, the one there is first."""
    kept = course.audiences.get()
    rows = [{"id": str(kept.pk) if not number else "", "audience": code} for number, code in enumerate(codes)]
    return inline_formset(rows, initial=1)


def test_an_audience_written_twice_is_refused(wipa: Client, course: CoursePage) -> None:
    form = course_form(course, audiences=audiences(course, "board", "board"), **{"action-publish": "1"})
    assert wipa.post(edit(course), form).status_code == 200
    assert course.audiences.count() == 1


def test_a_course_keeps_its_days_as_they_are_written_in_thailand(wipa: Client, course: CoursePage) -> None:
    form = course_form(
        course, enrollment_opens_on="๑/๑๑/๒๕๖๙", enrollment_closes_on="30/11/2569", **{"action-publish": "1"}
    )
    assert wipa.post(edit(course), form).status_code == 302
    course.refresh_from_db()
    assert [course.enrollment_opens_on.isoformat(), course.enrollment_closes_on.isoformat()] == [
        "2026-11-01",
        "2026-11-30",
    ]
    page = wipa.get(edit(course)).content.decode()
    assert 'value="01/11/2569"' in page
    assert 'value="30/11/2569"' in page


@pytest.mark.parametrize(
    ("opens", "closes", "field"),
    [
        ("31/02/2569", "", "enrollment_opens_on"),
        ("เมื่อพร้อม", "", "enrollment_opens_on"),
        ("", "23/11/69000", "enrollment_closes_on"),
        ("30/11/2569", "1/11/2569", "enrollment_closes_on"),
    ],
)
def test_days_that_are_none_are_refused_and_nothing_is_lost(
    wipa: Client, course: CoursePage, opens: str, closes: str, field: str
) -> None:
    form = course_form(course, title="ใหม่", enrollment_opens_on=opens, enrollment_closes_on=closes)
    response = wipa.post(edit(course), {**form, "action-publish": "1"})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    page = response.content.decode()
    assert [typed for typed in (opens, closes, "ใหม่") if typed not in page] == []
    assert CoursePage.objects.get(pk=course.pk).title == course.title


def test_an_author_edits_and_publishes_a_lesson(wipa: Client, course: CoursePage) -> None:
    lesson = LessonPage.objects.get(slug="lesson-1")
    assert wipa.get(edit(lesson)).status_code == 200
    response = wipa.post(edit(lesson), {**lesson_form(), "action-publish": "1"})
    assert response.status_code == 302
    lesson.refresh_from_db()
    assert (lesson.title, lesson.minutes, lesson.live) == ("การนับเงินสด", 25, True)
    assert ">นับสองคน</p>" in PreparedLesson.objects.get(lesson=lesson).html


def test_an_author_adds_a_lesson_with_every_step_of_the_form(wipa: Client, course: CoursePage) -> None:
    quiz = Quiz.objects.get()
    body = streamfield(
        [
            ("text", rich_text("<p>ก</p>")),
            (
                "check",
                {
                    "question": "ข",
                    "choices": _list([{"text": "ค", "correct": "on", "feedback": ""}, {"text": "ง", "feedback": "จ"}]),
                },
            ),
            ("quiz", {"quiz": str(quiz.pk)}),
        ]
    )
    add = reverse("wagtailadmin_pages:add", args=["catalog", "lessonpage", course.pk])
    assert wipa.get(add).status_code == 200
    response = wipa.post(add, {**lesson_form(slug="new", body=body), "action-publish": "1"})
    assert response.status_code == 302
    lesson = LessonPage.objects.get(slug="new")
    assert [block.block_type for block in lesson.body] == ["text", "check", "quiz"]
    assert (lesson.quiz, lesson.live) == (quiz, True)
    assert PreparedLesson.objects.get(lesson=lesson).path == "control/new"


def _list(values: list[dict[str, Any]]) -> dict[str, Any]:
    """A ListBlock as its form posts it."""
    items = {
        str(number): {"value": value, "deleted": "", "order": str(number), "id": ""}
        for number, value in enumerate(values)
    }
    return {"count": str(len(values)), **items}


def test_a_lesson_without_a_right_choice_is_refused_and_stays_as_it_is(wipa: Client, course: CoursePage) -> None:
    lesson = LessonPage.objects.get(slug="lesson-1")
    choices = _list([{"text": "ค", "feedback": ""}, {"text": "ง", "feedback": ""}])
    body = streamfield([("check", {"question": "ข", "choices": choices})])
    response = wipa.post(edit(lesson), {**lesson_form(body=body), "action-publish": "1"})
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["body"])
    assert LessonPage.objects.get(pk=lesson.pk).title == lesson.title


def test_an_author_previews_a_lesson_before_it_is_published(wipa: Client, course: CoursePage) -> None:
    lesson = LessonPage.objects.get(slug="lesson-1")
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    answer = wipa.post(preview, lesson_form(body=streamfield([("text", rich_text("<p>ยังไม่เผยแพร่</p>"))])))
    assert answer.json() == {"is_valid": True, "is_available": True}
    shown = wipa.get(preview)
    assert shown.status_code == 200
    assert "ยังไม่เผยแพร่" in shown.content.decode()
    assert "ยังไม่เผยแพร่" not in PreparedLesson.objects.get(lesson=lesson).html


def test_an_author_previews_a_new_course_that_has_no_address_yet(wipa: Client, course: CoursePage) -> None:
    index = CourseIndexPage.objects.get()
    preview = reverse("wagtailadmin_pages:preview_on_add", args=["catalog", "coursepage", index.pk])
    answer = wipa.post(preview, course_form(course, slug="new", title="หลักสูตรใหม่"))
    assert answer.json() == {"is_valid": True, "is_available": True}
    shown = wipa.get(preview)
    assert shown.status_code == 200
    assert "หลักสูตรใหม่" in shown.content.decode()


def test_an_author_reads_a_lesson_without_being_enrolled(wipa: Client, course: CoursePage) -> None:
    response = wipa.get("/courses/control/lesson-1/")
    assert response.status_code == 200
    assert "นับเงินสดทุกสิ้นวัน" in response.content.decode()


def test_an_author_sees_the_question_bank(wipa: Client, course: CoursePage) -> None:
    question = Question.objects.get(uid="control-final-1")
    listed = wipa.get(reverse("wagtailsnippets_quizzes_question:list"))
    assert listed.status_code == 200
    assert question.content in listed.content.decode()
    shown = wipa.get(reverse("wagtailsnippets_quizzes_question:edit", args=[question.pk]))
    assert shown.status_code == 200
    assert question.explanation in shown.content.decode()
    quiz = Quiz.objects.get()
    for name, pk in (("quiz", quiz.pk), ("category", question.category_id)):
        assert wipa.get(reverse(f"wagtailsnippets_quizzes_{name}:list")).status_code == 200
        assert wipa.get(reverse(f"wagtailsnippets_quizzes_{name}:edit", args=[pk])).status_code == 200


def test_an_author_has_nothing_outside_courses(wipa: Client, cast: Cast, course: CoursePage) -> None:
    home = course.get_parent().get_parent()
    for address in (
        edit(home),
        reverse("wagtailusers_users:index"),
        reverse("wagtailsites:index"),
        reverse("wagtailusers_users:edit", args=[cast.malee.pk]),
        reverse("wagtailsnippets_certification_certificatedesign:list"),
    ):
        assert wipa.get(address).status_code in (302, 403)
    assert wipa.post(
        reverse("wagtailsnippets_quizzes_question:delete", args=[Question.objects.first().pk])
    ).status_code in (
        302,
        403,
        404,
    )
    assert Question.objects.count() == 4


@pytest.mark.parametrize("name", ["malee", "krit", "somchai", ""])
def test_nobody_else_gets_into_the_admin(client: Client, cast: Cast, course: CoursePage, name: str) -> None:
    if name:
        client.force_login(getattr(cast, name))
    lesson = LessonPage.objects.get(slug="lesson-1")
    doors = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[CourseIndexPage.objects.get().pk]),
        edit(course),
        edit(lesson),
        reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk]),
        reverse("wagtailsnippets_quizzes_question:list"),
        reverse("wagtailsnippets_quizzes_question:edit", args=[Question.objects.first().pk]),
        reverse("wagtailadmin_pages:revisions_view", args=[lesson.pk, lesson.latest_revision_id]),
    ]
    assert {
        door: client.get(door).status_code for door in doors if client.get(door).status_code not in (302, 403)
    } == {}
    response = client.post(edit(lesson), {**lesson_form(title="ถูกแก้"), "action-publish": "1"})
    assert response.status_code in (302, 403)
    assert LessonPage.objects.get(pk=lesson.pk).title == lesson.title


def test_the_group_of_authors_may_work_on_pages_pictures_and_the_bank_and_delete_nothing(academy: Any) -> None:
    group = Group.objects.get(name=AUTHORS)
    names = sorted(group.permissions.values_list("codename", flat=True))
    assert names == sorted(
        ["access_admin"]
        + [
            f"{verb}_{model}"
            for verb in ("add", "change", "view")
            for model in ("question", "quiz", "category", "subcategory", "learningpath")
        ]
    )
    assert sorted(group.page_permissions.values_list("permission__codename", flat=True)) == [
        "add_page",
        "change_page",
        "publish_page",
    ]
    assert Permission.objects.filter(group=group, codename__startswith="delete").count() == 0
