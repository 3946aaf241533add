"""Requests, bookings, seats and attendance in any order: no rule of the tables is ever broken, first come stays first.

The tables stand here once more, as the plan of the house has them; what was added to the plan is marked.
"""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import transaction
from django.db.models import Model
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from learning.kernel.refusals import Refused
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.workshops import seating
from learning.workshops.choices import Half, ResourceKind, SlotPurpose
from learning.workshops.flows.allotments import release_reserved, reserve_seats
from learning.workshops.flows.attendance import PostedScan, record_scans
from learning.workshops.flows.requests import (
    accept_request,
    decline_request,
    draft_request,
    return_request,
    submit_request,
    withdraw_request,
)
from learning.workshops.flows.scheduling import (
    cancel_workshop,
    change_workshop,
    close_registration,
    hold_workshop,
    move_workshop,
    open_registration,
    schedule_request,
)
from learning.workshops.flows.seats import cancel_seat, register, register_party
from learning.workshops.looking import Place
from learning.workshops.models import Allotment, Attendance, Resource, ResourceSlot, Seat, Workshop, WorkshopRequest
from learning.workshops.timetable import parts_of
from tests.cast import Cast
from tests.factories.organizations import make_organization
from tests.factories.people import make_members
from tests.factories.workshops import center, make_room, make_trainer, office

TODAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DAYS = [date(2026, 12, day) for day in (14, 15, 16, 17)]
TABLES: dict[type[Model], dict[str, set[str]]] = {
    WorkshopRequest: {
        "draft": {"submitted", "withdrawn"},  # withdrawn: added
        "submitted": {"accepted", "returned", "declined", "withdrawn"},
        "returned": {"submitted", "withdrawn"},
        "accepted": {"scheduled", "withdrawn"},
    },
    Workshop: {
        "planned": {"open", "cancelled"},
        "open": {"closed", "cancelled"},
        "closed": {"held", "cancelled"},
        "held": {"reported"},
    },
    Seat: {
        "requested": {"confirmed", "waiting", "declined", "cancelled"},  # cancelled: added
        "waiting": {"confirmed", "cancelled"},
        "confirmed": {"attended", "absent", "cancelled"},
    },
}
FIRST = {WorkshopRequest: {"draft"}, Workshop: {"planned"}, Seat: {"requested", "confirmed", "waiting"}}
days = st.sampled_from(DAYS)


class Workshops(RuleBasedStateMachine):
    """One office, one center with two rooms and two trainers, twelve people of two cooperatives."""

    requests = Bundle("requests")

    def __init__(self) -> None:
        super().__init__()
        self.before: dict[tuple[type[Model], int], str] = {}
        self.nonce = 0
        self.clock = time_machine.travel(TODAY, tick=False)
        self.clock.start()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.rooms = list(Resource.objects.filter(kind=ResourceKind.ROOM).order_by("pk"))
        self.trainers = list(Resource.objects.filter(kind=ResourceKind.TRAINER).order_by("pk"))
        self.people = list(User.objects.filter(username__startswith="party").order_by("pk"))
        self.cooperatives = list(Organization.objects.filter(name__startswith="สหกรณ์ทดลอง").order_by("pk"))
        self.wipa, self.somchai = User.objects.get(username="wipa"), User.objects.get(username="somchai")

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        self.clock.stop()

    def attempt(self, action: object, *arguments: object, **named: object) -> object:
        """A refusal is an answer; anything else is a fault."""
        try:
            with transaction.atomic():
                return action(*arguments, **named)  # type: ignore[operator]
        except Refused:
            return None

    @initialize(target=requests, day=days, capacity=st.integers(1, 4), joined=st.permutations(range(12)))
    def a_workshop_with_people(self, day: date, capacity: int, joined: list[int]) -> int:
        """One that is open, with more people than seats: the rest of the story happens to it."""
        pk = self.ask(day)
        self.decide(pk, sees_all=True, place=(day, False, False))
        self.schedule(pk, day, room=False, trainer=False, capacity=capacity)
        for person in joined[:6]:
            self.join(0, person)
        assert Seat.objects.filter(state="waiting").exists()
        return self.ask(day)

    # --- requests
    @rule(target=requests, day=days)
    def asked(self, day: date) -> int:
        return self.ask(day)

    def ask(self, day: date) -> int:
        request = draft_request(
            office=office(),
            center=center(),
            people={self.cooperatives[0].pk: 4},
            windows=[(day, DAYS[-1])],
            title="คำขอ",
            topic="internal_control",
            aim="ลอง",
            province=office().province,
            by=self.somchai,
        )
        return request.pk

    @rule(pk=requests, sees_all=st.booleans(), place=st.none() | st.tuples(days, st.booleans(), st.booleans()))
    def decide(self, pk: int, sees_all: bool, place: tuple[date, bool, bool] | None) -> None:
        """Each step that the request may take, from a fresh or a stale page."""
        request = WorkshopRequest.objects.get(pk=pk)
        seen = request.events.latest("pk").pk - (0 if sees_all else 1)
        held = place and Place((place[0],), (Half.AM, Half.PM), self.rooms[place[1]], (self.trainers[place[2]],))
        self.attempt(submit_request, request, seen=seen, by=self.somchai)
        if sees_all:
            seen = request.events.latest("pk").pk
        self.attempt(accept_request, request, seen=seen, place=held, by=self.wipa)

    @rule(pk=requests, verb=st.sampled_from([return_request, decline_request, withdraw_request]))
    def turn_down(self, pk: int, verb: object) -> None:
        request = WorkshopRequest.objects.get(pk=pk)
        by = self.somchai if verb is withdraw_request else self.wipa
        self.attempt(verb, request, seen=request.events.latest("pk").pk, note="เพราะ", by=by)

    @rule(pk=requests, day=days, room=st.booleans(), trainer=st.booleans(), capacity=st.integers(1, 5))
    def schedule(self, pk: int, day: date, room: bool, trainer: bool, capacity: int) -> None:
        request = WorkshopRequest.objects.get(pk=pk)
        made = self.attempt(
            schedule_request,
            request,
            parts=parts_of([day], (Half.AM, Half.PM)),
            room=self.rooms[room],
            trainers=[self.trainers[trainer]],
            capacity=capacity,
            province=request.province,
            by=self.wipa,
        )
        if made:
            self.attempt(open_registration, made, by=self.wipa)

    # --- workshops
    def workshop(self, number: int) -> Workshop | None:
        found = list(Workshop.objects.order_by("pk"))
        return found[number % len(found)] if found else None

    @rule(number=st.integers(0, 5), day=days)
    def move(self, number: int, day: date) -> None:
        if workshop := self.workshop(number):
            self.attempt(move_workshop, workshop, to=day, by=self.wipa)

    @rule(number=st.integers(0, 5), capacity=st.integers(1, 6))
    def resize(self, number: int, capacity: int) -> None:
        if workshop := self.workshop(number):
            self.attempt(change_workshop, workshop, capacity=capacity, by=self.wipa)

    @rule(number=st.integers(0, 5), verb=st.sampled_from([close_registration, cancel_workshop, hold_workshop]))
    def end(self, number: int, verb: object) -> None:
        if workshop := self.workshop(number):
            if verb is cancel_workshop:
                self.attempt(verb, workshop, reason="น้ำท่วม", by=self.wipa)
            elif verb is hold_workshop:
                with time_machine.travel(datetime(2026, 12, 18, tzinfo=UTC), tick=False):
                    self.attempt(verb, workshop, by=self.wipa)
            else:
                self.attempt(verb, workshop, by=self.wipa)

    # --- seats
    @rule(number=st.integers(0, 5), person=st.integers(0, 11))
    def join(self, number: int, person: int) -> None:
        if workshop := self.workshop(number):
            who = self.people[person]
            self.attempt(register, workshop, membership=Membership.objects.get(user=who), by=who)

    @rule(number=st.integers(0, 5), people=st.sets(st.integers(0, 5), min_size=2, max_size=3))
    def join_together(self, number: int, people: set[int]) -> None:
        if workshop := self.workshop(number):
            chosen = [self.people[one].pk for one in sorted(people)]
            self.attempt(
                register_party,
                workshop,
                organization=self.cooperatives[0],
                people=chosen,
                together=True,
                by=self.somchai,
            )

    @rule(number=st.integers(0, 5), count=st.integers(0, 3))
    def keep(self, number: int, count: int) -> None:
        if workshop := self.workshop(number):
            self.attempt(
                reserve_seats,
                workshop,
                organization=self.cooperatives[1],
                count=count,
                release_on=date(2026, 12, 10),
                by=self.somchai,
            )

    @rule(number=st.integers(0, 5))
    def let_go(self, number: int) -> None:
        if workshop := self.workshop(number):
            self.attempt(release_reserved, workshop, organization=self.cooperatives[1], by=self.somchai)

    @rule(number=st.integers(0, 30))
    def leave(self, number: int) -> None:
        seats = list(Seat.objects.order_by("pk"))
        if seats:
            seat = seats[number % len(seats)]
            self.attempt(cancel_seat, seat, reason="", by=seat.user)

    # --- the door
    @rule(number=st.integers(0, 30), hour=st.sampled_from([6, 9, 14, 22]), day=days, again=st.booleans())
    def scan(self, number: int, hour: int, day: date, again: bool) -> None:
        seats = list(Seat.objects.select_related("workshop").order_by("pk"))
        if not seats:
            return
        seat = seats[number % len(seats)]
        session = seat.workshop.sessions.order_by("day", "starts").first()
        now = datetime.combine(day, time(hour), tzinfo=UTC) - timedelta(hours=7)
        self.nonce += not again
        posted = PostedScan(f"nonce-{self.nonce:06}", seat.pk, session.pk, now, "in", "list")
        with time_machine.travel(now, tick=False):
            self.attempt(record_scans, seat.workshop, [posted], device="phone", device_now=now, by=self.wipa)

    # --- what always holds
    @invariant()
    def every_step_is_in_the_table(self) -> None:
        for model, table in TABLES.items():
            for pk, state in model._default_manager.values_list("pk", "state"):
                before = self.before.get((model, pk))
                if before is None:
                    reachable = set(FIRST[model])
                    for _step in table:  # several steps of one rule
                        reachable |= {to for one in reachable for to in table.get(one, set())}
                    assert state in reachable
                elif state != before:
                    reached, front = set(), {before}
                    while front:
                        front = {to for one in front for to in table.get(one, set())} - reached
                        reached |= front
                    assert state in reached, f"{model.__name__}: {before} → {state}"
                self.before[model, pk] = state

    @invariant()
    def nobody_and_nothing_is_taken_twice(self) -> None:
        slots = ResourceSlot.objects.filter(active=True).select_related("session__workshop", "request")
        taken = Counter((slot.resource_id, slot.day, slot.half) for slot in slots)
        assert max(taken.values(), default=0) <= 1
        for slot in slots:
            if slot.purpose == SlotPurpose.SESSION:
                assert (slot.day, slot.half) == (slot.session.day, slot.session.half)
                assert slot.session.workshop.state != "cancelled"
            else:
                assert slot.request.state in {"submitted", "returned", "accepted"}

    @invariant()
    def every_workshop_that_stands_has_its_room(self) -> None:
        for workshop in Workshop.objects.exclude(state="cancelled"):
            for session in workshop.sessions.all():
                kinds = session.slots.filter(active=True).values_list("resource__kind", flat=True)
                assert sorted(kinds) == ["room", "trainer"]

    @invariant()
    def seats_are_counted_right_and_first_come_stays_first(self) -> None:
        for workshop in Workshop.objects.all():
            seats = list(workshop.seats.all())
            reserved = sum(Allotment.objects.filter(workshop=workshop).values_list("reserved", flat=True))
            chairs = sum(seat.state in {"confirmed", "attended", "absent"} for seat in seats)
            if workshop.state not in {"cancelled"}:
                assert workshop.taken == chairs + reserved <= workshop.capacity
            line = [seat for seat in seats if seat.state == "waiting"]
            assert workshop.waiting_count == len(line)
            numbers = [seat.queue_number for seat in seats if seat.queue_number is not None]
            assert len(numbers) == len(set(numbers))
            first = min((seat.queue_number or 0 for seat in line), default=None)
            if first is not None:
                # Chairs kept for the second cooperative are for its own people, whoever else waits.
                overtook = [
                    seat
                    for seat in seats
                    if seat.state == "confirmed"
                    and (seat.queue_number or 0) > first
                    and seat.organization_id == self.cooperatives[0].pk
                ]
                assert overtook == []

    @invariant()
    def only_who_has_a_seat_is_marked_and_only_in_its_hours(self) -> None:
        for one in Attendance.objects.select_related("seat", "session"):
            # Later the seat may be given back by the office; the mark stays as what was seen.
            assert one.session.workshop_id == one.seat.workshop_id
            local = one.arrived_at.astimezone(one.session.starts_at.tzinfo)
            marked_on_its_day = local.date() == one.session.day
            was_moved_since = one.session.workshop.revision > 0
            assert marked_on_its_day or was_moved_since


@pytest.fixture
def scene(cast: Cast) -> None:
    for name in ("หนึ่ง", "สอง"):
        make_room(f"ห้อง{name}", capacity=6)
        make_trainer(f"วิทยากร {name}")
        make_members(make_organization(f"สหกรณ์ทดลอง{name} จำกัด"), 6, prefix="party")


SETTINGS = settings(
    max_examples=10,
    stateful_step_count=35,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


@pytest.mark.django_db
def test_whatever_people_do_no_rule_is_broken(scene: None) -> None:
    run_state_machine_as_test(Workshops, settings=SETTINGS)


@pytest.mark.django_db
def test_a_line_that_calls_the_last_comer_first_is_found_out(scene: None, monkeypatch: pytest.MonkeyPatch) -> None:
    in_order = seating.line
    monkeypatch.setattr(seating, "line", lambda workshop: in_order(workshop)[::-1])
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Workshops, settings=SETTINGS)
