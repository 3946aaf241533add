"""Nothing is booked before somebody agrees; what was taken in the meantime is overtaken, and says so."""

from datetime import date

import pytest
from django.test import Client

from learning.duties.choices import Role
from learning.kernel.refusals import Refused
from learning.workshops.agreeing import Decided, Overtaken, Tally, agree
from learning.workshops.booking import Wanted, take
from learning.workshops.choices import Half, ProposalState, RequestState, SlotPurpose, WorkshopState
from learning.workshops.conversation import MovedOn, record
from learning.workshops.flows import plans as flows
from learning.workshops.flows.plans import AT_ONCE, agree_to_all, agree_to_proposal, decline_proposal, sweep_plans
from learning.workshops.models import Proposal, Resource, ResourceSlot, SchedulePlan, Workshop, WorkshopRequest
from learning.workshops.queries.plans import last_line
from learning.workshops.tasks import agree_to_plan
from tests.cast import Cast
from tests.factories.duties import make_duty
from tests.workshops.plans.conftest import SINCE, UNTIL, Ask, only, plan_of, signed_in


def block(resource: Resource, day: date, request: WorkshopRequest, by: object) -> None:
    wanted = [Wanted(resource.pk, day, half) for half in Half]
    take(wanted, purpose=SlotPurpose.HOLD, by=by, request=request, expires_on=UNTIL)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", [RequestState.SUBMITTED, RequestState.ACCEPTED])
def test_agreeing_accepts_schedules_and_books_in_one_step(cast: Cast, ask: Ask, state: str) -> None:
    request = ask(state)
    found = only(plan_of(cast.wipa))
    workshop = agree_to_proposal(found, seen=last_line(), by=cast.wipa)
    found.refresh_from_db()
    request.refresh_from_db()
    assert (found.state, found.decided_by, request.state) == (ProposalState.AGREED, cast.wipa, RequestState.SCHEDULED)
    assert (workshop.state, workshop.request, workshop.first_on) == (WorkshopState.PLANNED, request, found.first_on)
    booked = ResourceSlot.objects.filter(active=True, purpose=SlotPurpose.SESSION)
    expected = {(one.pk, day, half) for one in [found.room, *found.trainers.all()] for day, half in found.slots}
    assert {(slot.resource_id, str(slot.day), slot.half) for slot in booked} == expected
    lines = [RequestState.SUBMITTED, RequestState.ACCEPTED, RequestState.SCHEDULED]
    assert [line.to_state for line in request.events.order_by("pk")] == lines[lines.index(state) :]


def test_without_expected_people_the_room_says_how_many_seats(cast: Cast, ask: Ask, small_room: Resource) -> None:
    ask(people=0)
    workshop = agree_to_proposal(only(plan_of(cast.wipa)), by=cast.wipa)
    assert workshop.capacity == small_room.capacity == 20


def test_what_was_booked_in_the_meantime_overtakes_the_proposal_and_nothing_is_half_done(
    cast: Cast, ask: Ask, trainer: Resource, other_trainer: Resource
) -> None:
    request, other = ask(), ask(RequestState.ACCEPTED, title="คำขออื่น", since=date(2027, 1, 4), until=date(2027, 1, 8))
    found = plan_of(cast.wipa).proposals.get(request=request)
    block(found.trainers.get(), found.first_on, other, cast.wipa)
    with pytest.raises(Overtaken) as caught:
        agree_to_proposal(found, seen=last_line(), by=cast.wipa)
    found.refresh_from_db()
    request.refresh_from_db()
    assert (found.state, found.refusal) == (ProposalState.STALE, caught.value.sentence)
    assert "คำขออื่น" in found.refusal
    assert (request.state, Workshop.objects.count()) == (RequestState.SUBMITTED, 0)
    assert not ResourceSlot.objects.filter(resource=found.room, active=True).exists()


@pytest.mark.parametrize("state", [RequestState.RETURNED, RequestState.DECLINED, RequestState.WITHDRAWN])
def test_a_request_that_has_moved_on_overtakes_its_proposal(cast: Cast, ask: Ask, state: str) -> None:
    request = ask()
    found = only(plan_of(cast.wipa))
    WorkshopRequest.objects.filter(pk=request.pk).update(state=state)
    with pytest.raises(Overtaken):
        agree_to_proposal(found, by=cast.wipa)
    found.refresh_from_db()
    assert (found.state, ResourceSlot.objects.count()) == (ProposalState.STALE, 0)


def test_of_two_plans_the_one_agreed_to_first_counts(cast: Cast, ask: Ask) -> None:
    ask()
    first, second = only(plan_of(cast.wipa)), only(plan_of(cast.wipa))
    agree_to_proposal(first, by=cast.wipa)
    with pytest.raises(Overtaken):
        agree_to_proposal(second, by=cast.wipa)
    assert Workshop.objects.count() == 1


@pytest.mark.parametrize("state", [RequestState.SUBMITTED, RequestState.ACCEPTED])
def test_who_has_not_read_what_was_written_since_agrees_to_nothing(cast: Cast, ask: Ask, state: str) -> None:
    request = ask(state)
    found = only(plan_of(cast.wipa))
    seen = last_line()
    record(request, by=cast.somchai, side="office", before=state, note="ขอเลื่อน")
    with pytest.raises(MovedOn):
        agree_to_proposal(found, seen=seen, by=cast.wipa)
    found.refresh_from_db()
    assert found.state == ProposalState.PROPOSED
    agree_to_proposal(found, seen=last_line(), by=cast.wipa)


def test_a_proposal_is_decided_once(cast: Cast, ask: Ask) -> None:
    ask()
    found = only(plan_of(cast.wipa))
    decline_proposal(found, by=cast.wipa)
    for verb in (agree_to_proposal, decline_proposal):
        with pytest.raises(Decided):
            verb(found, by=cast.wipa)
    found.refresh_from_db()
    assert (found.state, ResourceSlot.objects.count()) == (ProposalState.DECLINED, 0)


@pytest.mark.parametrize("verb", [agree_to_proposal, decline_proposal])
def test_only_the_center_that_is_asked_decides(cast: Cast, ask: Ask, verb: object) -> None:
    make_duty(cast.krit, Role.HEAD_OFFICE)
    ask()
    found = only(plan_of(cast.wipa))
    for stranger in (cast.krit, cast.somchai):
        with pytest.raises(Refused) as caught:
            verb(found, by=stranger)  # type: ignore[operator]
        assert caught.value.status == 403
    found.refresh_from_db()
    assert found.state == ProposalState.PROPOSED


# --- all of them -------------------------------------------------------------------------------------------------
def plan_of_many(cast: Cast, ask: Ask, count: int) -> SchedulePlan:
    for _number in range(count):
        ask(since=SINCE, until=date(2027, 9, 30), people=10)
    return plan_of(cast.wipa)


def test_agreeing_to_all_goes_on_after_what_was_overtaken(cast: Cast, ask: Ask) -> None:
    plan = plan_of_many(cast, ask, 4)
    second, third = plan.proposals.order_by("first_on", "pk")[1:3]
    other = ask(RequestState.ACCEPTED, since=date(2027, 10, 4), until=date(2027, 10, 8))
    block(second.room, second.first_on, other, cast.wipa)
    assert third.request is not None
    seen = last_line()
    record(third.request, by=cast.somchai, side="office", before=RequestState.SUBMITTED, note="ขอเลื่อน")
    assert agree_to_all(plan, seen=seen, by=cast.wipa) == Tally(agreed=2, overtaken=1, left=1)
    assert sorted(plan.proposals.values_list("state", flat=True)) == ["agreed", "agreed", "proposed", "stale"]


def test_many_are_agreed_to_by_the_worker(cast: Cast, ask: Ask, django_capture_on_commit_callbacks: object) -> None:
    plan = plan_of_many(cast, ask, AT_ONCE + 1)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert agree_to_all(plan, seen=last_line(), by=cast.wipa) is None
        plan.refresh_from_db()
        assert plan.agreeing_by == cast.wipa
    plan.refresh_from_db()
    assert (plan.agreeing_at, plan.agreeing_by) == (None, None)
    assert set(plan.proposals.values_list("state", flat=True)) == {"agreed"}


def test_while_the_worker_agrees_nobody_asks_it_twice(cast: Cast, ask: Ask) -> None:
    plan = plan_of_many(cast, ask, AT_ONCE + 1)
    agree_to_all(plan, seen=last_line(), by=cast.wipa)
    with pytest.raises(Refused):
        agree_to_all(plan, seen=last_line(), by=cast.wipa)


def test_a_worker_killed_halfway_leaves_what_is_agreed_and_the_rest_open(
    cast: Cast, ask: Ask, now: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of_many(cast, ask, AT_ONCE + 1)
    agree_to_all(plan, seen=last_line(), by=cast.wipa)
    done: list[Proposal] = []

    def killed(proposal: Proposal, **facts: object) -> Workshop:
        if len(done) == 4:
            raise SystemExit
        done.append(proposal)
        return agree(proposal, **facts)  # type: ignore[arg-type]

    monkeypatch.setattr("learning.workshops.agreeing.agree", killed)
    with pytest.raises(SystemExit):
        agree_to_plan(plan.pk, last_line())
    monkeypatch.undo()
    now.shift(16 * 60)  # type: ignore[attr-defined]
    assert sweep_plans() == 1
    plan.refresh_from_db()
    assert plan.agreeing_at is None
    states = list(plan.proposals.values_list("state", flat=True))
    assert (states.count("agreed"), states.count("proposed")) == (4, AT_ONCE - 3)
    monkeypatch.setattr(flows, "AT_ONCE", 100)
    assert agree_to_all(plan, seen=last_line(), by=cast.wipa) == Tally(agreed=AT_ONCE - 3)


def test_of_a_plan_over_all_centers_each_agrees_to_its_own(cast: Cast, ask: Ask) -> None:
    from learning.places.models import TransferCenter
    from tests.factories.workshops import center, make_room, make_trainer

    other = TransferCenter.objects.exclude(pk=center().pk).first()
    assert other is not None
    make_duty(cast.krit, Role.CENTER_STAFF, other)
    make_room("ห้องของศูนย์อื่น", number=other.pk)
    make_trainer("วิทยากรของศูนย์อื่น", number=other.pk)
    mine, theirs = ask(), ask(center=other)
    plan = plan_of(cast.wipa, own=False)
    assert agree_to_all(plan, seen=last_line(), by=cast.krit) == Tally(agreed=1)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.state, theirs.state) == (RequestState.SUBMITTED, RequestState.SCHEDULED)


# --- on the pages ------------------------------------------------------------------------------------------------
def test_the_buttons_of_the_page_agree_and_decline(wipa: Client, cast: Cast, ask: Ask) -> None:
    ask(title="บัญชี")
    ask(title="กฎหมาย")
    first, second = plan_of(cast.wipa).proposals.order_by("pk")
    address = "/office/workshops/plans/proposals"
    answer = wipa.post(f"{address}/{first.pk}/agree/", {"seen": last_line(), "page": "1"})
    assert answer.headers["location"] == f"/office/workshops/plans/{first.plan_id}/?page=1#proposal-{first.pk}"
    assert wipa.post(f"{address}/{second.pk}/decline/").status_code == 302
    page = wipa.get(f"/office/workshops/plans/{first.plan_id}/").content.decode()
    assert "“บัญชี” is booked." in page
    assert "The proposal is not taken. Nothing was booked." in page
    assert Workshop.objects.get().title == "บัญชี"


def test_the_page_of_an_overtaken_proposal_names_the_clash_and_three_places_that_are_free(
    wipa: Client, cast: Cast, ask: Ask
) -> None:
    request, other = ask(), ask(RequestState.ACCEPTED, title="คำขออื่น", since=date(2027, 1, 4), until=date(2027, 1, 8))
    found = plan_of(cast.wipa).proposals.get(request=request)
    block(found.room, found.first_on, other, cast.wipa)
    answer = wipa.post(f"/office/workshops/plans/proposals/{found.pk}/agree/", {"seen": last_line()})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "held for “คำขออื่น”" in page
    assert page.count(f'href="/office/workshops/requests/{request.pk}/?near=2026-11-') == 3
    assert wipa.get(f"/office/workshops/plans/proposals/{found.pk}/").status_code == 200


def test_what_was_written_since_is_said_and_the_button_stays(wipa: Client, cast: Cast, ask: Ask) -> None:
    request = ask()
    found = only(plan_of(cast.wipa))
    seen = last_line()
    record(request, by=cast.somchai, side="office", before=RequestState.SUBMITTED, note="ขอเลื่อน")
    answer = wipa.post(f"/office/workshops/plans/proposals/{found.pk}/agree/", {"seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f'name="seen" value="{last_line()}"' in page
    assert "Agree and book" in page


def test_agreeing_to_all_counts_what_came_of_it(wipa: Client, cast: Cast, ask: Ask) -> None:
    plan = plan_of_many(cast, ask, 3)
    answer = wipa.post(f"/office/workshops/plans/{plan.pk}/agree/", {"seen": last_line()}, follow=True)
    assert "3 proposals are agreed to and booked." in answer.content.decode()


def test_while_the_worker_agrees_the_page_shows_how_far_it_is(wipa: Client, cast: Cast, ask: Ask) -> None:
    plan = plan_of_many(cast, ask, AT_ONCE + 1)
    answer = wipa.post(f"/office/workshops/plans/{plan.pk}/agree/", {"seen": last_line()}, follow=True)
    assert f"0 of {AT_ONCE + 1} proposals are decided." in answer.content.decode()
    told = wipa.get(f"/office/workshops/plans/{plan.pk}/progress/").json()
    assert (told["state"], told["percent"], told["is_over"]) == ("running", 0, False)


def test_head_office_looks_on(cast: Cast, ask: Ask) -> None:
    make_duty(cast.krit, Role.HEAD_OFFICE)
    ask()
    found = only(plan_of(cast.krit, own=False))
    krit = signed_in(cast.krit)
    assert "Agree and book" not in krit.get(f"/office/workshops/plans/{found.plan_id}/").content.decode()
    assert krit.post(f"/office/workshops/plans/proposals/{found.pk}/agree/").status_code == 403
    assert krit.post(f"/office/workshops/plans/{found.plan_id}/agree/").status_code == 403
