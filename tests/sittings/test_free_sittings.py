"""A sitting without a course: opened for an occasion, sat like any other, completing nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from courses.catalog.models import CoursePage, LessonPage
from courses.quizzes.models import Quiz
from learning.enrollments.models import Enrollment
from learning.kernel.refusals import Refused
from learning.progress.models import LessonCompletion
from learning.sittings.models import Sitting
from learning.sittings.queries import visible_to
from learning.sittings.schedule import close_overdue
from tests.cast import Cast
from tests.factories.quizzes import make_quiz
from tests.factories.sittings import filled_form, open_free, sit_free
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db
Begin, Save = Callable[..., Sitting], Callable[..., Any]


@pytest.fixture
def pretest(academy: Any) -> Quiz:
    """A test of four questions that stands in no lesson."""
    return make_quiz("before")


def refusal(quiz: Quiz, **settings: Any) -> tuple[str, str]:
    with translation.override("en"), pytest.raises(Refused) as refused:
        open_free(quiz, **settings)
    return refused.value.sentence, refused.value.way_on


def test_it_belongs_to_a_person_and_an_occasion_and_to_no_enrollment(cast: Cast, pretest: Quiz) -> None:
    sitting = Sitting.objects.get(pk=open_free(pretest, by=cast.malee).pk)
    facts = (sitting.user, sitting.enrollment, sitting.lesson, sitting.occasion, sitting.number, sitting.is_free)
    assert facts == (cast.malee, None, None, "workshop-1-pre", 1, True)
    assert (sitting.title, sitting.back_url, sitting.shows_answers) == ("อบรมตรวจนับเงินสด", "/workshops/1/", False)
    assert sitting.responses.count() == 4


def test_a_sitting_of_a_course_belongs_to_who_is_enrolled(cast: Cast, begin: Begin) -> None:
    sitting = begin()
    assert (sitting.user, sitting.occasion, sitting.is_free) == (cast.malee, "", False)


def test_opening_again_goes_on_with_the_open_one(cast: Cast, pretest: Quiz) -> None:
    assert open_free(pretest, by=cast.malee) == open_free(pretest, by=cast.malee, attempts=0) == Sitting.objects.get()


def test_people_and_occasions_have_sittings_of_their_own(cast: Cast, pretest: Quiz) -> None:
    sat = [
        sit_free(pretest, by=person, occasion=occasion, right=0)
        for person in (cast.malee, cast.krit)
        for occasion in ("workshop-1-pre", "workshop-2-pre")
    ]
    assert [(sitting.user, sitting.number) for sitting in sat] == [(cast.malee, 1)] * 2 + [(cast.krit, 1)] * 2


def test_a_test_that_is_sat_once_is_refused_the_second_time_and_leads_to_its_result(cast: Cast, pretest: Quiz) -> None:
    sitting = sit_free(pretest, by=cast.malee, right=0)
    said = "You have handed in this test already. It is sat only once."
    assert refusal(pretest, by=cast.malee) == (said, f"/sittings/{sitting.pk}/result/")


def test_as_many_attempts_as_are_given_and_the_limit_of_the_quiz_is_for_courses(cast: Cast, pretest: Quiz) -> None:
    Quiz.objects.filter(pk=pretest.pk).update(attempts_allowed=1)
    pretest.refresh_from_db()
    sat = [sit_free(pretest, by=cast.malee, right=0, attempts=2) for _ in range(2)]
    assert [sitting.number for sitting in sat] == [1, 2]
    last = f"/sittings/{sat[-1].pk}/result/"
    assert refusal(pretest, by=cast.malee, attempts=2) == ("All attempts at this test are used.", last)
    assert [sit_free(pretest, by=cast.malee, right=0, attempts=0).number for _ in range(2)] == [3, 4]


def test_a_passed_test_is_not_sat_again(cast: Cast, pretest: Quiz) -> None:
    sitting = sit_free(pretest, by=cast.malee, attempts=0)
    said = "You have passed this test already. There is nothing more to do here."
    assert refusal(pretest, by=cast.malee, attempts=0) == (said, f"/sittings/{sitting.pk}/result/")


def test_a_draft_is_refused_and_leads_back(cast: Cast, pretest: Quiz) -> None:
    pretest.draft = True
    said = "This test is not ready yet. Please come back later."
    assert refusal(pretest, by=cast.malee) == (said, "/workshops/1/")
    assert Sitting.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"occasion": ""},
        {"back_url": ""},
        {"back_url": "https://elsewhere.example/"},
        {"back_url": "//elsewhere.example/"},
        {"back_url": "/\\elsewhere.example/"},
        {"back_url": "javascript:alert(1)"},
        {"back_url": "workshops/1/"},
    ],
)
def test_an_occasion_without_a_name_and_a_way_that_leaves_the_site_are_faults(
    cast: Cast, pretest: Quiz, wrong: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="A free sitting has"):
        open_free(pretest, by=cast.malee, **wrong)
    assert Sitting.objects.count() == 0


def test_a_long_title_is_cut(cast: Cast, pretest: Quiz) -> None:
    assert open_free(pretest, by=cast.malee, title="ก" * 300).title == "ก" * 199 + "…"


def test_it_completes_no_lesson_though_the_quiz_stands_in_one(cast: Cast, enrollment: Enrollment, quiz: Quiz) -> None:
    assert sit_free(quiz, by=cast.malee).passed is True
    assert (LessonCompletion.objects.count(), enrollment.sittings.count()) == (0, 0)


def test_attempts_of_a_course_and_of_an_occasion_do_not_count_for_each_other(
    cast: Cast, begin: Begin, quiz: Quiz
) -> None:
    sit_free(quiz, by=cast.malee)
    assert begin().number == 1
    assert sit_free(quiz, by=cast.malee, occasion="workshop-1-post").number == 1


def test_a_test_that_a_workshop_replaced_meanwhile_completes_its_lesson_no_more(
    malee: Client, begin: Begin, lesson: LessonPage
) -> None:
    sitting = begin()
    lesson.body, lesson.needs_workshop = [("text", "<p>อบรมหนึ่งวัน</p>")], True
    lesson.save_revision().publish()
    malee.post(f"/sittings/{sitting.pk}/submit/", filled_form(sitting))
    sitting.refresh_from_db()
    assert (sitting.passed, LessonCompletion.objects.count()) == (True, 0)


# --- in the browser ------------------------------------------------------------------------------
def test_it_is_sat_saved_and_handed_in_like_any_other(malee: Client, cast: Cast, pretest: Quiz, save: Save) -> None:
    sitting = open_free(pretest, by=cast.malee)
    page = malee.get(f"/sittings/{sitting.pk}/")
    assert (page.status_code, page.content.decode().count("data-question=")) == (200, 4)
    assert "อบรมตรวจนับเงินสด" in page.content.decode()
    form = filled_form(sitting)
    assert save(sitting, 1, form["q1"]).json() == {"saved": True, "revision": 1}
    reply = malee.post(f"/sittings/{sitting.pk}/submit/", {**form, "r1": 1})
    assert reply["Location"] == f"/sittings/{sitting.pk}/result/"
    sitting.refresh_from_db()
    assert (sitting.state, sitting.percent, sitting.passed) == ("graded", 100, True)


def test_handing_in_twice_is_once(malee: Client, cast: Cast, pretest: Quiz) -> None:
    sitting = open_free(pretest, by=cast.malee)
    wrong, right = filled_form(sitting, right=0), filled_form(sitting)
    for form in (wrong, right):
        malee.post(f"/sittings/{sitting.pk}/submit/", form)
    assert list(Sitting.objects.values_list("percent", flat=True)) == [0]


def test_nobody_else_comes_near_it(client: Client, cast: Cast, pretest: Quiz) -> None:
    sitting = open_free(pretest, by=cast.malee)
    address = f"/sittings/{sitting.pk}/"
    assert client.get(address).status_code == 302
    for person in (cast.krit, cast.wipa):
        client.force_login(person)
        replies = [client.get(address), client.get(f"{address}result/"), client.post(f"{address}submit/")]
        replies.append(client.post(f"{address}answers/1/", {"answer": "a", "revision": 0}))
        assert [reply.status_code for reply in replies] == [404] * 4
    assert [visible_to(person).count() for person in (cast.malee, cast.krit)] == [1, 0]


def test_the_result_shows_score_and_points_and_leads_back(malee: Client, cast: Cast, pretest: Quiz) -> None:
    sitting = sit_free(pretest, by=cast.malee, right=1)
    page = malee.get(f"/sittings/{sitting.pk}/result/").content.decode()
    said = ["25%", 'href="/workshops/1/" data-action="back"', 'data-action="again"', 'data-action="next"']
    assert [word in page for word in said] == [True, True, False, False]


def test_a_way_back_that_leaves_the_site_is_not_followed(malee: Client, cast: Cast, pretest: Quiz) -> None:
    sitting = sit_free(pretest, by=cast.malee)
    Sitting.objects.update(back_url="//elsewhere.example/")
    page = malee.get(f"/sittings/{sitting.pk}/result/").content.decode()
    assert ("elsewhere" in page, 'data-action="back"' in page, 'data-action="desk"' in page) == (False, False, True)


def test_what_is_kept_back_is_neither_judged_nor_explained(malee: Client, cast: Cast, pretest: Quiz) -> None:
    Quiz.objects.filter(pk=pretest.pk).update(fail_text="อ่านใหม่แล้วลองอีกครั้ง")
    shown = sit_free(pretest, by=cast.malee, right=1, occasion="open", shows_answers=True)
    hidden = sit_free(pretest, by=cast.malee, right=1, occasion="kept")
    pages = [malee.get(f"/sittings/{sitting.pk}/result/") for sitting in (shown, hidden)]
    secrets = ["คำอธิบายลับ", "พ.ร.บ. สหกรณ์", 'class="answers"', 'id="review"', 'class="pass"']
    assert [[secret for secret in secrets if secret in page.content.decode()] for page in pages] == [secrets, []]
    assert [len(page.context["reviews"]) for page in pages] == [4, 0]
    assert [page.context["categories"] != [] for page in pages] == [True, False]
    assert ["อ่านใหม่" in page.content.decode() for page in pages] == [False, False]


# --- the clock -----------------------------------------------------------------------------------
def test_the_sweep_closes_it_when_its_time_has_run_out(cast: Cast, pretest: Quiz) -> None:
    pretest.time_limit_minutes = 20
    sitting = open_free(pretest, by=cast.malee)
    with time_machine.travel(timezone.now() + timedelta(minutes=21), tick=False):
        close_overdue()
    sitting.refresh_from_db()
    assert (sitting.state, sitting.percent, sitting.closed_by_clock) == ("graded", 0, True)


def test_what_ran_out_of_time_was_the_one_attempt(cast: Cast, pretest: Quiz) -> None:
    pretest.time_limit_minutes = 20
    open_free(pretest, by=cast.malee)
    with time_machine.travel(timezone.now() + timedelta(minutes=21), tick=False):
        assert refusal(pretest, by=cast.malee)[0] == "You have handed in this test already. It is sat only once."
        assert open_free(pretest, by=cast.malee, attempts=2).number == 2


# --- the database --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "parts", [{"enrollment"}, {"lesson"}, {"occasion", "enrollment", "lesson"}, {"occasion", "enrollment"}, set()]
)
def test_enrollment_and_lesson_are_both_there_or_neither(
    cast: Cast, enrollment: Enrollment, lesson: LessonPage, quiz: Quiz, parts: set[str]
) -> None:
    values = {"enrollment": enrollment, "lesson": lesson, "occasion": "workshop-1-pre"}
    kept = {name: value for name, value in values.items() if name in parts}
    with pytest.raises(IntegrityError, match="of_a_lesson_or_for_an_occasion"), transaction.atomic():
        Sitting.objects.create(user=cast.malee, quiz=quiz, number=1, pass_mark=70, **kept)


def test_attempts_are_numbered_and_one_is_open(cast: Cast, pretest: Quiz) -> None:
    sit_free(pretest, by=cast.malee, right=0)
    row = {"user": cast.malee, "quiz": pretest, "occasion": "workshop-1-pre", "pass_mark": 70}
    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.create(number=1, **row)
    Sitting.objects.create(number=2, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.create(number=3, **row)
    assert Sitting.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_beginning_from_four_windows_at_once_opens_one(cast: Cast, course: CoursePage) -> None:
    quiz = Quiz.objects.get()
    opened = at_once(*[lambda: open_free(quiz, by=cast.malee).pk for _ in range(4)])
    assert opened == [Sitting.objects.get().pk] * 4
    assert Sitting.objects.get().responses.count() == 4
