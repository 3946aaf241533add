"""Adding what is new: in batches, after a kill, by two at once, and after areas were put together anew."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.db import connection, transaction

from learning.desk.opening import open_academy
from learning.enrollments.models import EnrollmentEvent
from learning.reports import tasks
from learning.reports.choices import Axis
from learning.reports.counting import catch_up, differences, fold, rebuild, tallies, writing
from learning.reports.counting.tallies import renew_changed_areas
from learning.reports.models import Tally
from learning.reports.queries import boards_of, lines_of, total_of
from learning.reports.question import Question
from learning.reports.within import any_within
from tests.factories.threads import at_once
from tests.reports.walk import BANGKOK, Walk, build_world


@pytest.fixture
def walk(db: None) -> Iterator[Walk]:
    """Four people of a cooperative of Chai Nat and one of Bangkok, each enrolled in the first course."""
    open_academy()
    build_world()
    with time_machine.travel(datetime(2025, 9, 20, 12, tzinfo=BANGKOK), tick=False) as clock:
        walk = Walk(clock)
        for person in range(5):
            walk.take(("join", person, 3 if person == 4 else 0, 10 if person else 4))
        for number in range(5):
            walk.take(("enroll", number, 0, 0))
        yield walk


def enrolled(code: str) -> int:
    line = Tally.objects.filter(area=code, axis=Axis.ALL, course=0, value="").first()
    return line.enrolled if line else 0


def seats_counted(code: str) -> int:
    return sum(Tally.objects.filter(area=code, axis=Axis.BOARD, course=0).values_list("people", flat=True))


@pytest.mark.django_db
def test_everything_new_is_added_in_batches(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "BATCH", 2)
    fold()
    assert (enrolled("n"), enrolled("p18"), enrolled("p10"), enrolled("p17")) == (5, 4, 1, 0)
    assert differences() == {}
    assert fold() == 0


@pytest.mark.django_db
def test_a_worker_killed_between_two_batches_loses_nothing_and_adds_nothing_twice(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    add, calls = writing.add, iter([True, False])

    def killed(counted: object) -> None:
        add(counted)  # type: ignore[arg-type]
        if not next(calls):
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(tallies, "BATCH", 2)
        patch.setattr(writing, "add", killed)
        with pytest.raises(KeyboardInterrupt):
            fold()
    assert EnrollmentEvent.objects.filter(is_counted=True).count() == 2
    assert enrolled("n") == 2
    assert differences_of_people() == {}
    fold()
    assert enrolled("n") == 5
    assert differences() == {}


def differences_of_people() -> dict[object, object]:
    """Boards aside: theirs are of today, counted or not."""
    return {key: line for key, line in differences().items() if key.axis != Axis.BOARD}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_add_everything_once(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "BATCH", 1)
    assert connection.vendor == "postgresql"
    done = at_once(fold, fold, fold)
    assert all(isinstance(count, int) for count in done), done
    assert enrolled("n") == 5
    assert differences() == {}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_page_does_not_wait_for_a_worker_that_counts(walk: Walk) -> None:
    with transaction.atomic():
        writing.take_lock(wait=True)
        assert at_once(catch_up) == [False]
    assert catch_up()


@pytest.mark.django_db
def test_a_page_adds_a_little_itself_and_leaves_much_to_the_worker(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "AT_ONCE", 3)
    assert catch_up() is False
    assert enrolled("n") == 3
    tasks.keep_counting()
    assert catch_up() is True
    assert enrolled("n") == 5
    assert differences() == {}


@pytest.mark.django_db
def test_counting_everything_anew_changes_nothing(walk: Walk) -> None:
    walk.take(("complete", 0, 0, 0))
    fold()
    renew_changed_areas()
    kept = writing.stored()
    assert rebuild() == len(kept)
    assert writing.stored() == kept


@pytest.mark.django_db
def test_a_center_that_gets_another_province_is_counted_anew(walk: Walk) -> None:
    fold()
    renew_changed_areas()
    assert (enrolled("c14"), enrolled("c2")) == (4, 1)
    walk.take(("change_center", 0, 0, 0))  # Bangkok, too
    assert renew_changed_areas() == ["c14"]
    assert (enrolled("c14"), enrolled("c2"), seats_counted("c14")) == (5, 1, 1)
    assert differences() == {}
    assert renew_changed_areas() == []


@pytest.mark.django_db
def test_a_new_promotion_group_gets_also_what_was_counted_before_it(walk: Walk) -> None:
    fold()
    renew_changed_areas()
    walk.take(("new_group", 0, 6, 0))  # Manorom, where the first cooperative stands
    group = f"g{max(walk.truth.groups)}"
    walk.take(("complete", 0, 0, 0))
    fold()
    assert renew_changed_areas() == [group]
    assert enrolled(group) == 4
    assert differences() == {}


@pytest.mark.django_db
def test_a_group_that_gets_its_old_districts_back_misses_nothing_of_the_time_between(walk: Walk) -> None:
    fold()
    renew_changed_areas()
    first = f"g{next(iter(walk.truth.groups))}"
    walk.take(("change_group", 0, 6, 0))  # without Manorom
    walk.take(("enroll", 0, 1, 0))
    fold()
    walk.take(("change_group", 0, 6, 0))
    fold()
    renew_changed_areas()
    assert enrolled(first) == 5
    assert differences() == {}


@pytest.mark.django_db
def test_an_area_put_together_before_boards_are_counted_has_each_board_once(walk: Walk) -> None:
    fold()
    renew_changed_areas()
    walk.take(("seat", 1, 0, 1))
    walk.take(("change_center", 0, 0, 0))
    renew_changed_areas()
    fold()
    assert differences() == {}
    assert seats_counted("c14") == 2


@pytest.mark.django_db
def test_an_organization_is_told_apart_by_kind_and_position_as_any_other_area(walk: Walk) -> None:
    fold()
    within = any_within(f"o{walk.truth.orgs[0].pk}")
    assert within is not None
    found = lines_of(Question(within), Axis.ALL, Axis.POSITION)
    assert {value: line.people for value, line in found[Axis.POSITION].items()} == {"board_member": 1, "member": 3}
    assert found[Axis.ALL][""].people == total_of(Question(within)).people == 4


@pytest.mark.django_db
def test_the_boards_of_an_organization_are_its_own_and_those_of_its_groups(walk: Walk) -> None:
    walk.take(("join", 5, 4, 0))  # leads the women's group
    walk.take(("complete", 0, 0, 0))
    fold()
    within = any_within(f"o{walk.truth.orgs[0].pk}")
    assert within is not None
    line = boards_of(Question(within))[""]
    assert (line.enrolled, line.people, line.completed, line.people_completed) == (2, 2, 1, 1)
