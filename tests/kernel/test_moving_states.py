"""move() is the only writer of a state: the table decides, and of two writers one fails."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import transaction

from courses.catalog.models import CoursePage
from learning.enrollments.choices import TRANSITIONS, EnrollmentState
from learning.enrollments.models import Enrollment
from learning.kernel.states import IllegalMove, move
from learning.sittings.choices import TRANSITIONS as SITTING_TRANSITIONS
from learning.sittings.choices import SittingState
from tests.cast import Cast
from tests.factories.learning import enroll_malee

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.fixture
def enrollment(cast: Cast, course: CoursePage) -> Enrollment:
    return enroll_malee(cast, course)


@time_machine.travel(NOON, tick=False)
def test_a_step_in_the_table_is_written_with_its_moment(enrollment: Enrollment) -> None:
    move(enrollment, EnrollmentState.WITHDRAWN, transitions=TRANSITIONS, stamp="ended_at")
    kept = Enrollment.objects.get(pk=enrollment.pk)
    assert (kept.state, kept.ended_at) == ("withdrawn", NOON)
    assert (enrollment.state, enrollment.ended_at) == ("withdrawn", NOON)


def test_a_step_carries_the_facts_of_its_moment(enrollment: Enrollment) -> None:
    move(enrollment, EnrollmentState.LAPSED, transitions=TRANSITIONS, ended_at=NOON)
    assert Enrollment.objects.get(pk=enrollment.pk).ended_at == NOON


def test_a_step_that_is_not_in_the_table_is_refused_and_changes_nothing(enrollment: Enrollment) -> None:
    move(enrollment, EnrollmentState.WITHDRAWN, transitions=TRANSITIONS)
    with pytest.raises(IllegalMove, match="withdrawn → active is not in the table"):
        move(enrollment, EnrollmentState.ACTIVE, transitions=TRANSITIONS)
    assert Enrollment.objects.get(pk=enrollment.pk).state == "withdrawn"


def test_a_word_that_is_no_state_is_refused(enrollment: Enrollment) -> None:
    with pytest.raises(IllegalMove, match="active → finished is not in the table"):
        move(enrollment, "finished", transitions=TRANSITIONS)


def test_the_second_of_two_writers_fails(enrollment: Enrollment) -> None:
    first, second = (Enrollment.objects.get(pk=enrollment.pk) for _ in range(2))
    move(first, EnrollmentState.LAPSED, transitions=TRANSITIONS)
    with pytest.raises(IllegalMove, match="is no longer active"):
        move(second, EnrollmentState.WITHDRAWN, transitions=TRANSITIONS)
    assert Enrollment.objects.get(pk=enrollment.pk).state == "lapsed"
    assert second.state == "active", "a writer who failed does not pretend"


@pytest.mark.django_db(transaction=True)
def test_a_step_outside_a_transaction_is_refused(cast: Cast, course: CoursePage) -> None:
    enrollment = enroll_malee(cast, course)
    with pytest.raises(IllegalMove, match="only inside a transaction"):
        move(enrollment, EnrollmentState.WITHDRAWN, transitions=TRANSITIONS)
    assert Enrollment.objects.get(pk=enrollment.pk).state == "active"
    with transaction.atomic():
        move(enrollment, EnrollmentState.WITHDRAWN, transitions=TRANSITIONS)
    assert Enrollment.objects.get(pk=enrollment.pk).state == "withdrawn"


@pytest.mark.parametrize(
    ("table", "states"),
    [(TRANSITIONS, EnrollmentState), (SITTING_TRANSITIONS, SittingState)],
    ids=["enrollment", "sitting"],
)
def test_a_table_names_only_its_own_states(table: dict[str, frozenset[str]], states: type[EnrollmentState]) -> None:
    named = set(table) | {state for targets in table.values() for state in targets}
    assert named == set(states.values)
