"""More time or attempts for one person, and the waiting time between attempts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from courses.catalog.models import LessonPage
from courses.quizzes.models import Quiz
from learning.enrollments.models import Enrollment
from learning.kernel.refusals import Refused
from learning.sittings.flows import give_allowance
from learning.sittings.models import Allowance, Sitting
from learning.sittings.schedule import close_overdue
from tests.cast import Cast
from tests.factories.learning import sit_test

pytestmark = pytest.mark.django_db
Begin = Callable[..., Sitting]
START = "/tests/control/final-test/"
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def give(cast: Cast, quiz: Quiz, **what: int) -> Allowance:
    return give_allowance(quiz, user=cast.malee, reason="อ่านหนังสือช้า", by=cast.wipa, **what)


def test_more_attempts_add_to_those_of_the_quiz(
    malee: Client, cast: Cast, enrollment: Enrollment, quiz: Quiz, begin: Begin
) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(attempts_allowed=1)
    sit_test(enrollment, by=cast.malee, right=False)
    assert malee.post(START).status_code == 409
    give(cast, quiz, attempts=1)
    give(cast, quiz, attempts=1)
    assert malee.get(START).context["attempts_left"] == 2
    assert begin().number == 2


@pytest.mark.parametrize(
    ("what", "minutes"), [({"minutes": 10}, 30), ({"percent": 25}, 25), ({"minutes": 5, "percent": 33}, 32)]
)
def test_more_time_is_there_from_the_beginning(
    cast: Cast, quiz: Quiz, begin: Begin, clock: Any, what: dict[str, int], minutes: int
) -> None:
    """Of 20 minutes; part of a minute counts as a whole one."""
    give(cast, quiz, **what)
    assert begin(time_limit_minutes=20).due_at == NOON + timedelta(minutes=minutes)


def test_more_time_moves_the_end_of_an_open_sitting(cast: Cast, quiz: Quiz, begin: Begin, clock: Any) -> None:
    sitting = begin(time_limit_minutes=20)
    give(cast, quiz, minutes=10, percent=50)
    sitting.refresh_from_db()
    assert sitting.due_at == NOON + timedelta(minutes=40)
    clock.move_to(NOON + timedelta(minutes=39))
    close_overdue()
    sitting.refresh_from_db()
    assert sitting.state == "open"


def test_without_a_limit_more_time_changes_nothing(cast: Cast, quiz: Quiz, begin: Begin) -> None:
    sitting = begin()
    give(cast, quiz, minutes=10)
    sitting.refresh_from_db()
    assert (sitting.due_at, begin().due_at) == (None, None)


def test_it_is_for_that_person_and_that_quiz_only(
    cast: Cast, quiz: Quiz, enrollment: Enrollment, lesson: LessonPage, begin: Begin, clock: Any
) -> None:
    give_allowance(quiz, user=cast.krit, minutes=60, attempts=5, reason="ตาพร่า", by=cast.wipa)
    assert begin(time_limit_minutes=20).due_at == NOON + timedelta(minutes=20)


@pytest.mark.parametrize(
    ("who", "whom", "what", "status"),
    [
        ("malee", "krit", {"minutes": 5}, 403),
        ("somchai", "malee", {"minutes": 5}, 403),
        ("wipa", "wipa", {"minutes": 5}, 403),
        ("wipa", "malee", {}, 422),
        ("wipa", "malee", {"minutes": 601}, 422),
        ("wipa", "malee", {"attempts": -1}, 422),
    ],
)
def test_who_may_not_and_what_is_nonsense_is_refused(
    cast: Cast, quiz: Quiz, who: str, whom: str, what: dict[str, int], status: int
) -> None:
    with pytest.raises(Refused) as refused:
        give_allowance(quiz, user=getattr(cast, whom), reason="เพราะ", by=getattr(cast, who), **what)
    assert (refused.value.status, Allowance.objects.count()) == (status, 0)


def test_it_wants_a_reason(cast: Cast, quiz: Quiz) -> None:
    with pytest.raises(Refused):
        give_allowance(quiz, user=cast.malee, minutes=5, reason="  ", by=cast.wipa)


def test_the_page_gives_and_shows_what_was_given(client: Client, cast: Cast, quiz: Quiz) -> None:
    client.force_login(cast.wipa)
    address = f"/office/quizzes/{quiz.uid}/allowances/"
    assert client.post(address, {"login": "malee", "minutes": 15, "reason": "มือเจ็บ"})["Location"] == address
    page = client.get(address).content.decode()
    assert ("มือเจ็บ" in page, "มาลี" in page) == (True, True)
    assert client.post(address, {"login": "nobody-here", "minutes": 15, "reason": "มือเจ็บ"}).status_code == 422
    assert client.post(address, {"login": "malee", "reason": "มือเจ็บ"}).status_code == 422
    assert Allowance.objects.count() == 1


# --- waiting between attempts --------------------------------------------------------------------
def test_the_page_says_when_the_next_attempt_opens_and_before_it_none_is_begun(
    malee: Client, cast: Cast, enrollment: Enrollment, quiz: Quiz, clock: Any
) -> None:
    malee.force_login(cast.malee)
    Quiz.objects.filter(pk=quiz.pk).update(wait_minutes=90)
    sit_test(enrollment, by=cast.malee, right=False)
    clock.move_to(NOON + timedelta(minutes=89))
    with translation.override("en"):
        page = malee.get(START)
    assert page.context["attempts"].next_at == NOON + timedelta(minutes=90)
    said = page.content.decode()
    assert ("data-wait" in said, "13:30" in said, 'data-action="begin"' in said) == (True, True, False)
    assert malee.post(START).status_code == 409
    clock.move_to(NOON + timedelta(minutes=90))
    assert 'data-action="begin"' in malee.get(START).content.decode()
    assert malee.post(START).status_code == 302


def test_who_has_an_open_attempt_does_not_wait(malee: Client, cast: Cast, quiz: Quiz, begin: Begin) -> None:
    sitting = begin(wait_minutes=90)
    assert malee.post(START)["Location"] == f"/sittings/{sitting.pk}/"
