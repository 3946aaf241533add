"""Opened, closed, held or cancelled: each step from its own state, and what it does to those who registered."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from learning.kernel.refusals import Refused
from learning.notices.models import Notice
from learning.organizations.models import Membership
from learning.workshops.choices import WORKSHOP_TRANSITIONS, SeatState, WorkshopState
from learning.workshops.flows.scheduling import (
    Stale,
    cancel_workshop,
    close_registration,
    hold_workshop,
    open_registration,
)
from learning.workshops.models import Attendance, Resource, ScheduledMessage, Seat, Workshop
from tests.cast import Cast
from tests.factories.people import make_members
from tests.factories.workshops import make_request, make_seat, make_workshop, office
from tests.workshops.scheduling.conftest import MONDAY, NOW, TODAY, TUESDAY

pytestmark = pytest.mark.usefixtures("today", "in_english")
AFTER = NOW.replace(day=18)
STEPS: dict[str, tuple[Any, str]] = {
    "open": (lambda workshop, by: open_registration(workshop, by=by), WorkshopState.OPEN),
    "close": (lambda workshop, by: close_registration(workshop, by=by), WorkshopState.CLOSED),
    "hold": (lambda workshop, by: hold_workshop(workshop, by=by), WorkshopState.HELD),
    "cancel": (lambda workshop, by: cancel_workshop(workshop, reason="น้ำท่วม", by=by), WorkshopState.CANCELLED),
}


@pytest.fixture
def workshop(cast: Cast, room: Resource, trainer: Resource) -> Workshop:
    return make_workshop(cast.wipa, MONDAY, TUESDAY, room=room, trainer=trainer, capacity=50)


def put(workshop: Workshop, state: str, **facts: Any) -> Workshop:
    Workshop.objects.filter(pk=workshop.pk).update(state=state, **facts)
    workshop.refresh_from_db()
    return workshop


@pytest.mark.parametrize("verb", STEPS)
def test_each_step_goes_only_where_the_table_leads(cast: Cast, workshop: Workshop, verb: str) -> None:
    step, to = STEPS[verb]
    for state in WorkshopState.values:
        put(workshop, state)
        with time_machine.travel(AFTER if verb == "hold" else NOW, tick=False):
            if to in WORKSHOP_TRANSITIONS.get(state, ()):
                assert step(workshop, cast.wipa).state == to
                continue
            with pytest.raises(Refused) as refused:
                step(workshop, cast.wipa)
        workshop.refresh_from_db()
        assert (refused.value.status, workshop.state) == (409, state)


def test_only_the_staff_of_its_center_move_it_on(cast: Cast, workshop: Workshop) -> None:
    for step, _to in STEPS.values():
        for person in (cast.somchai, cast.malee, cast.krit):
            with pytest.raises(Refused) as refused:
                step(workshop, person)
            assert refused.value.status == 403


def test_registration_is_not_opened_once_it_has_begun(cast: Cast, workshop: Workshop) -> None:
    put(workshop, WorkshopState.PLANNED)
    with time_machine.travel("2026-11-16T03:00:00Z", tick=False), pytest.raises(Refused) as refused:
        open_registration(workshop, by=cast.wipa)
    assert refused.value.sentence == ("The first session has begun already. Move the workshop to a day to come first.")


def test_registration_is_not_opened_after_its_last_day(cast: Cast, workshop: Workshop) -> None:
    put(workshop, WorkshopState.PLANNED, registration_closes_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        open_registration(workshop, by=cast.wipa)
    assert refused.value.sentence == ("The last day to register, 1 พฤศจิกายน 2569, is past. Choose a later one first.")


def test_it_is_held_only_after_its_last_session(cast: Cast, workshop: Workshop, members: list[Membership]) -> None:
    came, stayed_away = (make_seat(workshop, member) for member in members[:2])
    put(workshop, WorkshopState.CLOSED)
    for session in workshop.sessions.all():
        Attendance.objects.create(session=session, seat=came, arrived_at=session.starts_at, source="list", by=cast.wipa)
    with time_machine.travel("2026-11-17T08:59:00Z", tick=False), pytest.raises(Refused) as refused:
        hold_workshop(workshop, by=cast.wipa)
    assert refused.value.sentence == "It ends on 17 พฤศจิกายน 2569 at 16:00. Say afterwards that it was held."
    with time_machine.travel("2026-11-17T09:00:00Z", tick=False):
        made = hold_workshop(workshop, by=cast.wipa)
    came.refresh_from_db()
    stayed_away.refresh_from_db()
    assert (made.state, came.state, came.attended_percent) == ("held", SeatState.ATTENDED, 100)
    assert (stayed_away.state, stayed_away.attended_percent) == (SeatState.ABSENT, 0)
    assert list(ScheduledMessage.objects.filter(kind="thanks").values_list("user", flat=True)) == [came.user_id]


def test_a_workshop_without_sessions_cannot_have_been_held(cast: Cast) -> None:
    empty = put(make_workshop(cast.wipa), WorkshopState.CLOSED)
    with pytest.raises(Refused) as refused:
        hold_workshop(empty, by=cast.wipa)
    assert refused.value.sentence == "It has no sessions, so it cannot have been held."


# --- cancelling --------------------------------------------------------------------------------------------
def test_forty_people_are_told_and_everything_is_free_again(
    cast: Cast, workshop: Workshop, room: Resource, trainer: Resource
) -> None:
    people = [person.memberships.get() for person in make_members(cast.board_seat.organization, 42)]
    confirmed = [make_seat(workshop, person) for person in people[:38]]
    waiting = make_seat(workshop, people[38], state="waiting", queue_number=1)
    Workshop.objects.filter(pk=workshop.pk).update(waiting_count=1, queue_last=1)
    asking = make_seat(workshop, people[39], state="requested")
    gone = [make_seat(workshop, people[at], state=state) for at, state in ((40, "declined"), (41, "cancelled"))]
    made = cancel_workshop(workshop, reason="  น้ำท่วมถนนเข้าศูนย์ฯ  ", by=cast.wipa)
    assert (made.state, made.cancel_reason, made.taken, made.waiting_count) == (
        "cancelled",
        "น้ำท่วมถนนเข้าศูนย์ฯ",
        0,
        0,
    )
    ended = Seat.objects.filter(state="cancelled", reason="น้ำท่วมถนนเข้าศูนย์ฯ", ended_at__isnull=False)
    assert set(ended) == {*confirmed, waiting, asking}
    told = ScheduledMessage.objects.filter(kind="cancellation").values_list("user", flat=True)
    assert set(told) == {seat.user_id for seat in (*confirmed, waiting, asking)}
    assert {seat.user_id for seat in gone} & set(told) == set()
    assert [one.slots.filter(active=True).count() for one in (room, trainer)] == [0, 0]
    # The same room can be booked for the same days at once.
    make_workshop(cast.wipa, MONDAY, TUESDAY, room=room, trainer=trainer)


def test_the_office_that_asked_reads_it_in_its_request(cast: Cast, room: Resource) -> None:
    asked = make_request(cast.somchai, since=MONDAY, until=TUESDAY, state="scheduled")
    made = make_workshop(cast.wipa, MONDAY, room=room, request=asked, office=office())
    cancel_workshop(made, reason="น้ำท่วม", by=cast.wipa)
    event = asked.events.get()
    assert (event.side, event.from_state, event.to_state, "น้ำท่วม" in event.note) == (
        "center",
        "scheduled",
        "scheduled",
        True,
    )
    assert Notice.objects.filter(user=cast.somchai).count() == 1


@pytest.mark.parametrize("reason", ["", "   "])
def test_it_is_not_cancelled_without_a_reason(cast: Cast, workshop: Workshop, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        cancel_workshop(workshop, reason=reason, by=cast.wipa)
    workshop.refresh_from_db()
    assert (refused.value.status, workshop.state) == (422, "open")


def test_a_page_that_is_out_of_date_moves_nothing_on(cast: Cast, workshop: Workshop) -> None:
    acts: list[tuple[str, Any]] = [
        ("planned", open_registration),
        ("open", close_registration),
        ("closed", hold_workshop),
        ("open", lambda one, **how: cancel_workshop(one, reason="น้ำท่วม", **how)),
    ]
    for state, act in acts:
        put(workshop, state, revision=3)
        with pytest.raises(Stale):
            act(workshop, revision=2, by=cast.wipa)
        workshop.refresh_from_db()
        assert workshop.state == state


def test_the_days_of_a_cancelled_workshop_stay_readable(cast: Cast, workshop: Workshop) -> None:
    cancel_workshop(workshop, reason="น้ำท่วม", by=cast.wipa)
    days: list[date] = sorted(set(workshop.sessions.values_list("day", flat=True)))
    assert days == [MONDAY, TUESDAY]
