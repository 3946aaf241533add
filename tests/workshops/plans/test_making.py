"""The open requests of a fiscal year become proposals; nothing is booked."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.utils import translation

from learning.places.models import TransferCenter
from learning.workshops.choices import Half, PlanState, RequestState, SlotPurpose
from learning.workshops.flows.plans import sweep_plans
from learning.workshops.models import ClosedDay, Proposal, Resource, ResourceSlot, SchedulePlan, Workshop
from learning.workshops.planning import making
from learning.workshops.proposing.exact import SolverMissing
from tests.cast import Cast
from tests.factories.workshops import center, make_room, make_trainer, make_workshop
from tests.workshops.plans.conftest import SINCE, UNTIL, YEAR, Ask, only, plan_of


def test_a_request_gets_a_day_in_its_window_a_room_that_holds_the_people_and_a_trainer(
    cast: Cast, ask: Ask, room: Resource
) -> None:
    request = ask(day_count=2, day_length="am")
    plan = plan_of(cast.wipa)
    found = only(plan)
    assert (plan.state, found.request, found.workshop, found.room) == (PlanState.READY, request, None, room)
    assert [half for _day, half in found.slots] == ["am", "am"]
    assert SINCE <= found.first_on <= UNTIL
    assert found.trainers.count() == 1
    assert {code for code, _values in found.why} >= {"window", "same_province", "empty_seats", "trainer_at_home"}
    assert (ResourceSlot.objects.count(), Workshop.objects.count()) == (0, 0)
    request.refresh_from_db()
    assert request.state == RequestState.SUBMITTED


@pytest.mark.parametrize("state", [state for state in RequestState if state not in ("submitted", "accepted")])
def test_only_requests_that_wait_for_a_day_are_planned(cast: Cast, ask: Ask, state: str) -> None:
    ask(state)
    ask(RequestState.ACCEPTED)
    assert [one.request.state for one in plan_of(cast.wipa).proposals.all()] == [RequestState.ACCEPTED]


def test_what_is_booked_closed_or_a_holiday_is_kept_free_of(cast: Cast, ask: Ask, room: Resource) -> None:
    ask()
    make_workshop(cast.wipa, SINCE, room=room)
    ClosedDay.objects.create(on=date(2026, 11, 17), name="วันหยุด")
    ClosedDay.objects.create(on=date(2026, 11, 18), name="ปิด", center=center())
    ResourceSlot.objects.create(resource=room, day=date(2026, 11, 19), half=Half.PM, purpose=SlotPurpose.LEAVE)
    assert only(plan_of(cast.wipa)).first_on == UNTIL


def test_a_center_plans_with_its_own_rooms_and_head_office_with_trainers_of_all(cast: Cast, ask: Ask) -> None:
    Resource.objects.all().delete()
    other = TransferCenter.objects.exclude(pk=center().pk).first()
    assert other is not None
    make_room()
    make_trainer(number=other.pk)
    ask()
    own, all_centers = plan_of(cast.wipa), plan_of(cast.wipa, own=False)
    assert (own.proposals.count(), own.unplaced[0]["why"]) == (0, [["no_trainer_knows", {"needed": 1, "known": 0}]])
    assert only(all_centers).trainers.get().center == other


def test_requests_of_another_center_are_left_to_it(cast: Cast, ask: Ask) -> None:
    ask(center=TransferCenter.objects.exclude(pk=center().pk).first())
    mine = ask()
    assert only(plan_of(cast.wipa)).request == mine


def test_what_finds_no_place_says_why(cast: Cast, ask: Ask, room: Resource) -> None:
    large = ask(people=100)
    over = ask(since=date(2026, 10, 1), until=date(2026, 10, 30))
    plan = plan_of(cast.wipa)
    assert plan.unplaced == [
        {"request": large.pk, "why": [["no_room_fits", {"people": 100, "largest": 40}]]},
        {"request": over.pk, "why": [["windows_over", {}]]},
    ]


def test_a_request_for_another_fiscal_year_is_not_of_this_plan(cast: Cast, ask: Ask) -> None:
    ask(since=date(2027, 10, 4), until=date(2027, 10, 8))
    ask(since=date(2026, 9, 1), until=date(2026, 9, 30))
    plan = plan_of(cast.wipa)
    assert (plan.state, plan.proposals.count(), plan.unplaced) == (PlanState.READY, 0, [])


def test_a_place_that_is_held_is_proposed_as_it_is_held_and_to_nobody_else(
    cast: Cast, ask: Ask, room: Resource, trainer: Resource
) -> None:
    held = ask(RequestState.ACCEPTED)
    for resource in (room, trainer):
        for half in Half:
            ResourceSlot.objects.create(
                resource=resource, day=SINCE, half=half, purpose=SlotPurpose.HOLD, request=held, expires_on=UNTIL
            )
    ask()
    plan = plan_of(cast.wipa)
    mine, other = plan.proposals.get(request=held), plan.proposals.exclude(request=held).get()
    assert (mine.first_on, mine.room, list(mine.trainers.all()), mine.why[0]) == (SINCE, room, [trainer], ["held", {}])
    assert (other.room, other.first_on) == (room, date(2026, 11, 17))


def test_a_hold_that_would_not_do_counts_as_taken(cast: Cast, ask: Ask, room: Resource) -> None:
    held = ask(RequestState.ACCEPTED, day_count=2)
    for half in Half:
        ResourceSlot.objects.create(
            resource=room, day=SINCE, half=half, purpose=SlotPurpose.HOLD, request=held, expires_on=UNTIL
        )
    assert only(plan_of(cast.wipa)).first_on > SINCE


def test_a_second_worker_at_the_same_plan_does_nothing(cast: Cast, ask: Ask) -> None:
    ask()
    plan = plan_of(cast.wipa)
    assert making.make_plan(plan.pk) is False
    assert Proposal.objects.count() == 1


def test_a_fault_ends_the_plan_with_words(
    cast: Cast, ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ask()
    monkeypatch.setattr(making, "greedy", lambda problem: 1 / 0)
    with translation.override("th"):
        plan = plan_of(cast.wipa)
    assert (plan.state, plan.proposals.count()) == (PlanState.FAILED, 0)
    assert plan.refusal
    assert "could not be worked out" in caplog.text


def test_a_plan_whose_worker_was_killed_ends_with_words_after_a_while(
    cast: Cast, now: time_machine.Traveller, ask: Ask
) -> None:
    ask()
    plan = SchedulePlan.objects.create(fiscal_year=YEAR, center=center(), asked_by=cast.wipa)
    making._moved(plan, PlanState.RUNNING, stamp="started_at")
    now.shift(14 * 60)
    assert sweep_plans() == 0
    now.shift(2 * 60)
    assert sweep_plans() == 1
    plan.refresh_from_db()
    assert plan.state == PlanState.FAILED
    assert plan.refusal


def test_a_worker_that_comes_back_after_that_writes_nothing(
    cast: Cast, ask: Ask, now: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask()
    search = making.greedy

    def slow(problem: Any) -> Any:
        now.shift(16 * 60)
        sweep_plans()
        return search(problem)

    monkeypatch.setattr(making, "greedy", slow)
    plan = plan_of(cast.wipa)
    assert (plan.state, Proposal.objects.count()) == (PlanState.FAILED, 0)


def test_a_plan_that_the_queue_lost_begins_again(cast: Cast, ask: Ask, now: time_machine.Traveller) -> None:
    ask()
    plan = SchedulePlan.objects.create(fiscal_year=YEAR, center=center(), asked_by=cast.wipa)
    now.shift(16 * 60)
    assert sweep_plans() == 1
    plan.refresh_from_db()
    assert (plan.state, plan.proposals.count()) == (PlanState.READY, 1)


def test_the_exact_search_gets_the_quick_plan_as_its_hint_and_leaves_a_bound(
    cast: Cast, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask()
    asked: dict[str, Any] = {}

    def searched(problem: Any, **facts: Any) -> Any:
        asked.update(facts)
        return making.replace(facts["hint"], bound=facts["hint"].cost)

    monkeypatch.setattr(making, "optimise", searched)
    plan = plan_of(cast.wipa, seconds=30)
    assert (asked["seconds"], asked["workers"], len(asked["hint"].placements)) == (30, 2, 1)
    assert plan.bound == plan.cost


def test_without_the_solver_the_quick_plan_stands_and_says_so(
    cast: Cast, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask()

    def missing(*args: Any, **facts: Any) -> None:
        raise SolverMissing

    monkeypatch.setattr(making, "optimise", missing)
    plan = plan_of(cast.wipa, seconds=30)
    assert (plan.state, plan.proposals.count(), plan.bound) == (PlanState.READY, 1, None)
    assert plan.refusal


@pytest.mark.parametrize("count", [1, 30])
def test_reading_the_year_costs_the_same_queries_for_one_request_and_for_thirty(
    cast: Cast, ask: Ask, django_assert_num_queries: Any, count: int
) -> None:
    for _number in range(count):
        ask(since=SINCE, until=date(2027, 9, 30), people=10)
    plan = SchedulePlan.objects.create(fiscal_year=YEAR, center=center(), asked_by=cast.wipa)
    # plan · claim in a savepoint (3) · requests, people, windows, holds · rooms and trainers, days off, bookings ·
    # writing in a savepoint: state, proposals, trainers (5)
    with django_assert_num_queries(16):
        making.make_plan(plan.pk)
    assert plan.proposals.count() == count
