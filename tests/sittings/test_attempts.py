"""How often a test may be sat, and the way on when it may not."""

from collections.abc import Callable

import pytest
from django.test import Client

from courses.quizzes.models import Quiz
from learning.enrollments.flows import enroll, withdraw
from learning.enrollments.models import Enrollment
from learning.sittings.flows import open_sitting
from learning.sittings.models import Sitting
from tests.cast import Cast
from tests.factories.catalog import make_course
from tests.factories.learning import lessons_of, sit_test

pytestmark = pytest.mark.django_db
Begin = Callable[..., Sitting]
START = "/tests/control/final-test/"


def test_the_page_before_a_test_says_how_it_works(malee: Client, enrollment: Enrollment, quiz: Quiz) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(max_questions=3, attempts_allowed=2, time_limit_minutes=20)
    page = malee.get(START)
    facts = {name: page.context[name] for name in ("question_count", "attempts_left", "open_sitting", "passed_sitting")}
    assert page.status_code == 200
    assert facts == {"question_count": 3, "attempts_left": 2, "open_sitting": None, "passed_sitting": None}
    assert 'data-action="begin"' in page.content.decode()


def test_without_a_limit_one_may_try_again_and_again(cast: Cast, enrollment: Enrollment, begin: Begin) -> None:
    for number in (1, 2, 3):
        assert sit_test(enrollment, by=cast.malee, right=False).number == number
    assert begin().number == 4


def test_when_all_attempts_are_used_the_refusal_leads_to_the_page_of_the_test(
    malee: Client, cast: Cast, enrollment: Enrollment, quiz: Quiz
) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(attempts_allowed=2)
    for _ in range(2):
        sit_test(enrollment, by=cast.malee, right=False)
    response = malee.post(START)
    assert (response.status_code, response.context["refusal"].way_on) == (409, START)
    page = malee.get(START)
    assert (page.context["attempts_left"], len(page.context["sittings"])) == (0, 2)
    assert 'data-action="begin"' not in page.content.decode()
    assert 'data-action="anew"' in page.content.decode()


def test_beginning_the_course_anew_gives_fresh_attempts(cast: Cast, enrollment: Enrollment, quiz: Quiz) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(attempts_allowed=1)
    sit_test(enrollment, by=cast.malee, right=False)
    withdraw(enrollment, by=cast.malee)
    anew = enroll(enrollment.course, membership=cast.board_seat, by=cast.malee)
    assert sit_test(anew, by=cast.malee).number == 1
    assert Sitting.objects.count() == 2, "what was tried stays on record"


def test_an_open_attempt_may_be_gone_on_with_though_it_was_the_last(
    malee: Client, enrollment: Enrollment, begin: Begin
) -> None:
    sitting = begin(attempts_allowed=1)
    assert malee.post(START)["Location"] == f"/sittings/{sitting.pk}/"
    assert malee.get(START).context["open_sitting"] == sitting


def test_a_passed_test_is_not_sat_again(malee: Client, cast: Cast, enrollment: Enrollment) -> None:
    sitting = sit_test(enrollment, by=cast.malee)
    response = malee.post(START)
    assert (response.status_code, response.context["refusal"].way_on) == (409, f"/sittings/{sitting.pk}/result/")
    page = malee.get(START)
    assert page.context["passed_sitting"] == sitting
    assert 'data-action="begin"' not in page.content.decode()


def test_a_draft_cannot_be_sat(malee: Client, enrollment: Enrollment, quiz: Quiz) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(draft=True)
    response = malee.post(START)
    assert (response.status_code, response.context["refusal"].way_on) == (409, "/courses/control/final-test/")
    assert Sitting.objects.count() == 0


def test_a_lesson_without_a_test_has_no_page_of_a_test(malee: Client, enrollment: Enrollment) -> None:
    assert malee.get("/tests/control/lesson-1/").status_code == 404
    assert malee.get("/tests/control/nothing/").status_code == 404


def test_who_is_not_enrolled_is_led_to_enroll(client: Client, cast: Cast, enrollment: Enrollment) -> None:
    assert client.get(START).status_code == 302
    client.force_login(cast.krit)
    assert [client.get(START).status_code, client.post(START).status_code] == [403, 403]
    assert Sitting.objects.count() == 0


def test_two_courses_may_share_a_test_and_count_their_own_attempts(
    cast: Cast, enrollment: Enrollment, quiz: Quiz
) -> None:
    other = enroll(make_course("ledger", quiz=quiz), membership=cast.board_seat, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    assert open_sitting(other, lessons_of(other.course)[-1], by=cast.malee).number == 1
