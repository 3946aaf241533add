"""A trainer or a room drops out: only what needs it moves, and what people know of keeps its days."""

from datetime import date, timedelta

import pytest

from learning.kernel.refusals import Refused
from learning.places.models import TransferCenter
from learning.workshops.agreeing import Overtaken
from learning.workshops.choices import Half, MessageKind, ProposalState, RequestState, WorkshopState
from learning.workshops.flows.plans import agree_to_proposal, ask_for_repair, decline_proposal
from learning.workshops.models import (
    Proposal,
    Resource,
    ResourceSlot,
    ScheduledMessage,
    SchedulePlan,
    Session,
    Workshop,
)
from learning.workshops.planning.making import make_plan
from tests.cast import Cast
from tests.factories.workshops import center, make_seat, make_trainer, make_workshop
from tests.workshops.plans.conftest import SINCE, YEAR, Ask, only, plan_of

TUESDAY, WEDNESDAY, FRIDAY = date(2026, 11, 17), date(2026, 11, 18), date(2026, 11, 20)


def mended(
    cast: Cast,
    *lost: Resource,
    since: date = SINCE,
    until: date | None = FRIDAY,
    mends: SchedulePlan | None = None,
    own: bool = True,
) -> SchedulePlan:
    plan = ask_for_repair(
        lost=lost, since=since, until=until, center=center() if own else None, mends=mends, by=cast.wipa
    )
    make_plan(plan.pk)
    plan.refresh_from_db()
    return plan


def used(workshop: Workshop) -> set[Resource]:
    slots = ResourceSlot.objects.filter(active=True, session__workshop=workshop)
    return {slot.resource for slot in slots.select_related("resource")}


def codes(proposal: Proposal) -> list[str]:
    return [code for code, _values in proposal.why]


def test_another_trainer_takes_over_on_the_same_days_and_in_the_same_room(
    cast: Cast, room: Resource, trainer: Resource, other_trainer: Resource
) -> None:
    workshop = make_workshop(cast.wipa, TUESDAY, WEDNESDAY, room=room, trainer=trainer, state=WorkshopState.PLANNED)
    found = only(mended(cast, trainer))
    assert (found.workshop, found.request, found.first_on, found.room) == (workshop, None, TUESDAY, room)
    assert (list(found.trainers.all()), codes(found)[0]) == ([other_trainer], "new_trainer")
    assert used(workshop) == {room, trainer}
    agree_to_proposal(found, by=cast.wipa)
    workshop.refresh_from_db()
    assert (used(workshop), workshop.first_on, workshop.revision) == ({room, other_trainer}, TUESDAY, 1)


def test_a_planned_workshop_moves_when_nobody_is_free_on_its_days(
    cast: Cast, room: Resource, trainer: Resource, other_trainer: Resource
) -> None:
    make_workshop(cast.wipa, TUESDAY, trainer=other_trainer)
    workshop = make_workshop(cast.wipa, TUESDAY, room=room, trainer=trainer, state=WorkshopState.PLANNED)
    found = only(mended(cast, trainer, until=None))
    assert codes(found)[:2] == ["date_moved", "new_trainer"]
    agree_to_proposal(found, by=cast.wipa)
    workshop.refresh_from_db()
    assert workshop.first_on == found.first_on == WEDNESDAY
    assert used(workshop) == {room, other_trainer}
    assert not {"any_day", "window_number"} & set(codes(found))


def test_or_it_waits_until_the_trainer_is_back(
    cast: Cast, room: Resource, trainer: Resource, other_trainer: Resource
) -> None:
    make_workshop(cast.wipa, TUESDAY, trainer=other_trainer)
    workshop = make_workshop(cast.wipa, TUESDAY, room=room, trainer=trainer, state=WorkshopState.PLANNED)
    other_trainer.topics = []
    other_trainer.save()
    found = only(mended(cast, trainer))
    assert (found.first_on, codes(found)[0]) == (date(2026, 11, 23), "date_moved")
    agree_to_proposal(found, by=cast.wipa)
    assert used(workshop) == {room, trainer}


def test_it_moves_within_the_days_that_were_wished_as_long_as_it_lies_in_them(
    cast: Cast, ask: Ask, room: Resource, trainer: Resource, other_trainer: Resource
) -> None:
    request = ask(RequestState.ACCEPTED, since=TUESDAY, until=date(2026, 12, 18))
    workshop = make_workshop(
        cast.wipa, TUESDAY, room=room, trainer=trainer, state=WorkshopState.PLANNED, request=request
    )
    make_workshop(cast.wipa, TUESDAY, trainer=other_trainer)
    found = only(mended(cast, trainer, until=None))
    assert (found.workshop, found.first_on, codes(found)[2]) == (workshop, WEDNESDAY, "window")


def test_nothing_moves_into_the_next_days_but_what_stands_there(
    cast: Cast, room: Resource, trainer: Resource, other_trainer: Resource
) -> None:
    soon, later = date(2026, 11, 4), date(2026, 11, 12)
    for day in (soon, later):
        make_workshop(cast.wipa, day, room=room, trainer=trainer, state=WorkshopState.PLANNED)
    for number in range(22):  # the three weeks in which it would rather be
        make_workshop(cast.wipa, later + timedelta(days=number), trainer=other_trainer)
    first, second = mended(cast, trainer, since=date(2026, 11, 3), until=None).proposals.order_by("first_on")
    assert (first.first_on, codes(first)[0]) == (soon, "new_trainer")
    assert (second.first_on, codes(second)[0]) == (date(2026, 11, 10), "date_moved")


def test_what_people_know_of_keeps_its_days_or_has_no_place(
    cast: Cast, room: Resource, trainer: Resource, other_trainer: Resource
) -> None:
    make_workshop(cast.wipa, TUESDAY, trainer=other_trainer, state=WorkshopState.PLANNED)
    known = make_workshop(cast.wipa, TUESDAY, room=room, trainer=trainer, state=WorkshopState.OPEN)
    plan = mended(cast, trainer)
    assert plan.proposals.count() == 0
    assert plan.unplaced == [{"workshop": known.pk, "why": [["announced_and_none_free", {}]]}]


def test_a_room_that_drops_out_is_replaced_and_those_with_a_seat_are_told(
    cast: Cast, room: Resource, small_room: Resource, trainer: Resource
) -> None:
    workshop = make_workshop(cast.wipa, TUESDAY, room=room, trainer=trainer)
    make_seat(workshop, cast.board_seat)
    found = only(mended(cast, room))
    assert (found.room, codes(found)[0]) == (small_room, "room_moved")
    agree_to_proposal(found, by=cast.wipa)
    assert used(workshop) == {small_room, trainer}
    assert ScheduledMessage.objects.filter(workshop=workshop, kind=MessageKind.CHANGE).count() == 1


def test_only_workshops_on_these_days_that_are_still_to_come_are_touched(
    cast: Cast, room: Resource, trainer: Resource
) -> None:
    make_workshop(cast.wipa, date(2026, 11, 13), trainer=trainer)
    make_workshop(cast.wipa, TUESDAY, trainer=trainer, state=WorkshopState.CANCELLED)
    make_workshop(cast.wipa, date(2026, 11, 23), trainer=trainer)
    make_workshop(cast.wipa, WEDNESDAY, room=room)
    plan = mended(cast, trainer)
    assert (plan.proposals.count(), plan.unplaced) == (0, [])


def test_without_a_last_day_it_is_gone_for_the_rest_of_the_fiscal_year(
    cast: Cast, room: Resource, trainer: Resource
) -> None:
    days = [date(2026, 11, 24), date(2027, 9, 29), date(2027, 10, 5)]
    for day in days:
        make_workshop(cast.wipa, day, room=room, trainer=trainer, state=WorkshopState.PLANNED)
    plan = mended(cast, trainer, until=None)
    assert [one.first_on for one in plan.proposals.all()] == days[:2]


def test_what_cannot_be_moved_as_a_whole_is_left_to_a_person(cast: Cast, room: Resource, trainer: Resource) -> None:
    uneven = make_workshop(cast.wipa, TUESDAY, room=room, trainer=trainer)
    Session.objects.filter(workshop=uneven, half=Half.PM).update(day=WEDNESDAY)
    ResourceSlot.objects.filter(session__workshop=uneven, half=Half.PM).update(day=WEDNESDAY)
    roomless = make_workshop(cast.wipa, FRIDAY, trainer=trainer)
    plan = mended(cast, trainer)
    assert plan.unplaced == [{"workshop": one.pk, "why": [["by_hand", {}]]} for one in (uneven, roomless)]


def test_the_open_proposals_of_a_plan_are_mended_and_the_others_stay(
    cast: Cast, ask: Ask, trainer: Resource, other_trainer: Resource
) -> None:
    requests = [ask(people=10, since=SINCE, until=date(2026, 12, 18)) for _number in range(4)]
    before = plan_of(cast.wipa)
    gone, agreed, *rest = before.proposals.order_by("pk")
    decline_proposal(gone, by=cast.wipa)
    agree_to_proposal(agreed, by=cast.wipa)
    lost = rest[0].trainers.get()
    plan = mended(cast, lost, until=None, mends=before)
    after = {one.request_id: one for one in plan.proposals.filter(request__isnull=False)}
    assert set(after) == {one.request_id for one in rest}
    assert len(requests) == 4
    for old in rest:
        new = after[old.request_id]
        if lost in old.trainers.all():
            assert lost not in new.trainers.all()
        else:
            assert (new.first_on, new.room, codes(new)) == (old.first_on, old.room, codes(old))
    assert plan.repairs == before
    assert set(before.proposals.values_list("state", flat=True)) == {"declined", "agreed", "proposed"}


def test_a_trainer_lent_to_another_center_is_mended_by_that_center_with_what_it_has(
    cast: Cast, room: Resource, trainer: Resource, other_trainer: Resource
) -> None:
    other = TransferCenter.objects.exclude(pk=center().pk).first()
    assert other is not None
    lent = make_trainer("วิทยากรจากศูนย์อื่น", number=other.pk)
    make_trainer("วิทยากรอีกคนของศูนย์อื่น", number=other.pk)
    make_workshop(cast.wipa, TUESDAY, room=room, trainer=lent, state=WorkshopState.PLANNED)
    assert only(mended(cast, lent)).trainers.get().center == center()


def test_a_workshop_that_was_cancelled_since_overtakes_its_proposal(
    cast: Cast, room: Resource, trainer: Resource
) -> None:
    workshop = make_workshop(cast.wipa, TUESDAY, room=room, trainer=trainer)
    found = only(mended(cast, trainer))
    Workshop.objects.filter(pk=workshop.pk).update(state=WorkshopState.CANCELLED)
    with pytest.raises(Overtaken):
        agree_to_proposal(found, by=cast.wipa)
    found.refresh_from_db()
    assert found.state == ProposalState.STALE


@pytest.mark.parametrize(
    ("since", "until"),
    [(date(2026, 11, 20), date(2026, 11, 19)), (date(2026, 10, 1), date(2026, 11, 2))],
    ids=["the last day first", "all past"],
)
def test_days_that_cannot_be_are_refused(cast: Cast, trainer: Resource, since: date, until: date) -> None:
    with pytest.raises(Refused) as caught:
        ask_for_repair(lost=[trainer], since=since, until=until, center=center(), by=cast.wipa)
    assert caught.value.status == 422


def test_a_repair_belongs_to_the_fiscal_year_of_its_first_day(cast: Cast, trainer: Resource) -> None:
    plan = ask_for_repair(lost=[trainer], since=date(2027, 10, 1), center=center(), by=cast.wipa)
    assert (plan.fiscal_year, plan.lost, plan.lost_until) == (YEAR + 1, [trainer.pk], None)
