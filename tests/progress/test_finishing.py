"""A lesson is done when its reader says so, once; one with a test when the test is passed."""

import pytest
from django.test import Client

from courses.catalog.models import CoursePage
from learning.enrollments.flows import enroll
from learning.enrollments.models import Enrollment
from learning.kernel.refusals import Refused
from learning.organizations.models import Membership
from learning.progress.flows import complete_lesson
from learning.progress.models import LessonCompletion
from tests.cast import Cast
from tests.factories.catalog import make_course
from tests.factories.learning import enroll_malee, lessons_of, sit_test

pytestmark = pytest.mark.django_db
FIRST, SECOND, TEST = (f"/courses/control/{slug}/" for slug in ("lesson-1", "lesson-2", "final-test"))


@pytest.fixture
def enrollment(cast: Cast, course: CoursePage) -> Enrollment:
    return enroll_malee(cast, course)


def done(enrollment: Enrollment) -> list[str]:
    rows = LessonCompletion.objects.filter(enrollment=enrollment).order_by("pk")
    return list(rows.values_list("lesson__slug", flat=True))


def test_finishing_a_lesson_leads_to_the_next(malee: Client, enrollment: Enrollment) -> None:
    assert malee.post(f"{FIRST}done/")["Location"] == SECOND
    assert done(enrollment) == ["lesson-1"]


def test_finishing_twice_is_once_and_keeps_the_first_moment(malee: Client, enrollment: Enrollment) -> None:
    malee.post(f"{FIRST}done/")
    moment = LessonCompletion.objects.get().completed_at
    assert malee.post(f"{FIRST}done/")["Location"] == SECOND
    assert LessonCompletion.objects.get().completed_at == moment


def test_the_order_of_the_lessons_is_not_enforced(malee: Client, enrollment: Enrollment) -> None:
    malee.post(f"{SECOND}done/")
    malee.post(f"{FIRST}done/")
    assert done(enrollment) == ["lesson-2", "lesson-1"]


def test_a_lesson_with_a_test_is_not_finished_by_hand(malee: Client, enrollment: Enrollment) -> None:
    response = malee.post(f"{TEST}done/")
    assert (response.status_code, response.context["refusal"].way_on) == (409, TEST)
    assert done(enrollment) == []


def test_a_lesson_with_a_test_is_done_by_passing_it(cast: Cast, enrollment: Enrollment) -> None:
    sit_test(enrollment, by=cast.malee, right=False)
    assert done(enrollment) == []
    sit_test(enrollment, by=cast.malee)
    assert done(enrollment) == ["final-test"]


def test_a_lesson_of_another_course_is_refused(cast: Cast, enrollment: Enrollment) -> None:
    foreign = lessons_of(make_course("ledger"))[0]
    with pytest.raises(Refused) as refused:
        complete_lesson(enrollment, foreign, by=cast.malee)
    assert refused.value.status == 404
    assert done(enrollment) == []


def test_an_outsider_finishes_nothing(client: Client, cast: Cast, enrollment: Enrollment) -> None:
    assert client.post(f"{FIRST}done/").status_code == 302
    client.force_login(cast.krit)
    assert client.post(f"{FIRST}done/").status_code == 403
    assert LessonCompletion.objects.count() == 0


def test_finishing_needs_a_form_that_was_sent(malee: Client, enrollment: Enrollment) -> None:
    assert malee.get(f"{FIRST}done/").status_code == 405
    assert done(enrollment) == []


def test_the_page_says_which_lessons_are_done(malee: Client, enrollment: Enrollment) -> None:
    before = malee.get(SECOND).content.decode()
    malee.post(f"{FIRST}done/")
    after = malee.get(SECOND).content.decode()
    assert (before.count('class="done"'), after.count('class="done"')) == (0, 1)


def test_the_button_of_a_lesson_says_what_comes_next(malee: Client, enrollment: Enrollment) -> None:
    buttons = {page: malee.get(page).content.decode() for page in (FIRST, TEST)}
    assert 'data-action="finish"' in buttons[FIRST]
    assert 'data-action="test"' in buttons[TEST]
    assert 'data-action="finish"' not in buttons[TEST]
    malee.post(f"{FIRST}done/")
    assert 'data-action="next"' in malee.get(FIRST).content.decode()


def test_two_readers_of_one_page_each_see_their_own_progress(
    malee: Client, cast: Cast, course: CoursePage, enrollment: Enrollment
) -> None:
    """The page is printed once for all: nothing of one reader may stay in it for the next."""
    enroll(course, membership=Membership.objects.get(user=cast.krit), by=cast.krit)
    krit = Client()
    krit.force_login(cast.krit)
    malee.post(f"{FIRST}done/")
    hers, his = malee.get(SECOND).content.decode(), krit.get(SECOND).content.decode()
    assert ("มาลี" in hers, "กฤต" in hers, "มาลี" in his, "กฤต" in his) == (True, False, False, True)
    assert (hers.count('class="done"'), his.count('class="done"')) == (1, 0)
    assert malee.get(FIRST).content.decode().count('data-action="next"') == 1
    assert krit.get(FIRST).content.decode().count('data-action="finish"') == 1


def test_a_lesson_page_is_kept_by_no_cache_between(malee: Client, enrollment: Enrollment) -> None:
    assert malee.get(FIRST)["Cache-Control"] == "private, no-cache"
