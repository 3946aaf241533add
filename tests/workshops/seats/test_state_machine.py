"""Whatever offices and learners do, in whatever order: no chair twice, nobody overtaken, every figure true.

`Ledger` keeps the same workshop in plain lists, with the rules written down once more and otherwise; after each
step the tables must say what it says.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from learning.kernel import states as kernel_states
from learning.kernel.refusals import Refused
from learning.organizations.models import Membership, Organization
from learning.workshops import seating, telling
from learning.workshops.choices import SEAT_TRANSITIONS, SeatState
from learning.workshops.flows import allotments, seats
from learning.workshops.models import Allotment, Seat, Workshop
from tests.cast import Cast
from tests.factories.organizations import make_organization
from tests.factories.people import make_members
from tests.factories.workshops import make_workshop, office

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
DAY, UNTIL = date(2026, 12, 28), date(2026, 12, 14)
HOUSES, PEOPLE, ROOM = 3, 5, 4
WHICH = st.integers(0, HOUSES - 1)
NUMBER = st.integers(0, 99)


@dataclass
class Ledger:
    """Units are tuples of people; `line` is in the order of coming."""

    capacity: int
    inside: dict[int, int] = field(default_factory=dict)  # person → house
    line: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)  # house, people
    asked: dict[int, int] = field(default_factory=dict)
    kept: dict[int, int] = field(default_factory=dict)
    most: dict[int, int | None] = field(default_factory=dict)

    @property
    def taken(self) -> int:
        return len(self.inside) + sum(self.kept.values())

    def count(self, house: int) -> int:
        return sum(own == house for own in self.inside.values())

    def is_over_quota(self, house: int, size: int) -> bool:
        most = self.most.get(house)
        return most is not None and self.count(house) + size > most

    def come(self, house: int, unit: tuple[int, ...]) -> None:
        self.line.append((house, unit))
        self.settle()

    def settle(self) -> None:
        """One after the other, always from the front: the first that may sit down does."""
        while (found := self._first_to_sit()) is not None:
            house, unit = self.line.pop(found)
            self.kept[house] = max(self.kept.get(house, 0) - len(unit), 0)
            self.inside |= dict.fromkeys(unit, house)

    def _first_to_sit(self) -> int | None:
        somebody_lacks_a_chair, houses = False, set()
        for index, (house, unit) in enumerate(self.line):
            if len(unit) > self.capacity or self.is_over_quota(house, len(unit)):
                continue
            from_the_room = max(len(unit) - self.kept.get(house, 0), 0)
            fits = from_the_room <= self.capacity - self.taken
            if house not in houses and fits and not (from_the_room and somebody_lacks_a_chair):
                return index
            houses.add(house)
            somebody_lacks_a_chair = somebody_lacks_a_chair or bool(from_the_room)
        return None

    def leave(self, person: int) -> None:
        self.inside.pop(person, None)
        self.asked.pop(person, None)
        left = [(house, tuple(one for one in unit if one != person)) for house, unit in self.line]
        self.line = [(house, unit) for house, unit in left if unit]
        self.settle()

    @property
    def is_line_blocked(self) -> bool:
        """Somebody waits who lacks nothing but a chair."""
        return any(len(unit) <= self.capacity and not self.is_over_quota(house, len(unit)) for house, unit in self.line)


class Machine(RuleBasedStateMachine):
    """`stage` is put in by the test: who acts, the houses and their people."""

    stage: "Stage"

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.workshop = make_workshop(self.stage.wipa, DAY, capacity=ROOM, office=office())
        self.ledger = Ledger(capacity=ROOM)

    @initialize(
        arrivals=st.lists(st.tuples(WHICH, st.integers(1, 3)), min_size=3, max_size=7),
        most=st.lists(st.none() | st.integers(1, 3), min_size=HOUSES, max_size=HOUSES),
        kept=st.tuples(WHICH, st.integers(0, 2)),
        asks=st.integers(0, 3),
    )
    def begin(self, arrivals: list[tuple[int, int]], most: list[int | None], kept: tuple[int, int], asks: int) -> None:
        """Singles and parties have come, some of them over a quota: a line stands from the first step on."""
        for house, figure in enumerate(most):
            self.change_quota(house, figure)
        self.keep(*kept)
        for house, size in arrivals:
            free = [number for number in range(PEOPLE) if not self._is_known(self._person(house, number))]
            self.come_together(house, [self._person(house, number) for number in free[:size]], together=True)
        self.workshop.confirms_by_officer = asks == 0
        self.workshop.save(update_fields=["confirms_by_officer"])

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # --- what people do
    @rule(house=WHICH, which=NUMBER)
    def register(self, house: int, which: int) -> None:
        membership = self.stage.members[house][which % PEOPLE]
        is_new = not self._is_known(membership.user_id)
        seats.register(self._now(), membership=membership, by=membership.user)
        if is_new and self.workshop.confirms_by_officer:
            self.ledger.asked[membership.user_id] = house
        elif is_new:
            self.ledger.come(house, (membership.user_id,))

    @rule(house=WHICH, which=st.lists(NUMBER, min_size=2, max_size=4), together=st.booleans())
    def register_party(self, house: int, which: list[int], together: bool) -> None:
        people = list(dict.fromkeys(self._person(house, one) for one in which))
        self.come_together(house, people, together=together)

    def come_together(self, house: int, people: list[int], *, together: bool) -> None:
        most = self.ledger.most.get(house)
        limit = self.ledger.capacity if most is None else min(self.ledger.capacity, most)
        is_too_large = together and 1 < len(people) > limit
        new = tuple(person for person in people if not self._is_known(person))
        if not people:
            return

        def verb() -> object:
            return seats.register_party(
                self._now(),
                organization=self.stage.houses[house],
                people=people,
                together=together,
                by=self.stage.somchai,
            )

        if self._tries(verb, is_allowed=not is_too_large) and new:
            self.ledger.line += [(house, unit) for unit in ([new] if together else [(person,) for person in new])]
            self.ledger.settle()

    @rule(which=NUMBER, by_office=st.booleans())
    def cancel(self, which: int, by_office: bool) -> None:
        self._cancel([*self.ledger.inside, *self.ledger.asked], which, by_office)

    @precondition(lambda self: self.ledger.line)
    @rule(which=NUMBER, by_office=st.booleans())
    def leave_the_line(self, which: int, by_office: bool) -> None:
        self._cancel([one for _house, unit in self.ledger.line for one in unit], which, by_office)

    def _cancel(self, people: list[int], which: int, by_office: bool) -> None:
        if people:
            seat = self._seat(people[which % len(people)])
            by = self.stage.somchai if by_office else seat.user
            seats.cancel_seat(seat, reason="–", by=by)
            self.ledger.leave(seat.user_id)

    @precondition(lambda self: self.ledger.asked)
    @rule(which=NUMBER, says_yes=st.booleans())
    def decide(self, which: int, says_yes: bool) -> None:
        person = sorted(self.ledger.asked)[which % len(self.ledger.asked)]
        house = self.ledger.asked.pop(person)
        if says_yes:
            seats.confirm_seat(self._seat(person), by=self.stage.somchai)
            self.ledger.come(house, (person,))
        else:
            seats.decline_seat(self._seat(person), reason="–", by=self.stage.somchai)

    @rule(house=WHICH, count=st.integers(0, 3))
    def reserve(self, house: int, count: int) -> None:
        self.keep(house, count)

    def keep(self, house: int, count: int) -> None:
        more, most = count - self.ledger.kept.get(house, 0), self.ledger.most.get(house)
        is_allowed = more <= 0 or (
            more <= self.ledger.capacity - self.ledger.taken
            and not self.ledger.is_line_blocked
            and (most is None or self.ledger.count(house) + count <= most)
        )
        organization, by = self.stage.houses[house], self.stage.wipa
        if self._tries(
            lambda: allotments.reserve_seats(
                self._now(), organization=organization, count=count, release_on=UNTIL, by=by
            ),
            is_allowed=is_allowed,
        ):
            self.ledger.kept[house] = count
            self.ledger.settle()

    @rule(house=WHICH)
    def release(self, house: int) -> None:
        allotments.release_reserved(self._now(), organization=self.stage.houses[house], by=self.stage.wipa)
        self.ledger.kept[house] = 0
        self.ledger.settle()

    @rule()
    def pass_the_day_of_kept_seats(self) -> None:
        with transaction.atomic():
            allotments.release_due(today=DAY)
        # One organization after the other, as the rows stand.
        for organization in (
            Allotment.objects.filter(workshop=self.workshop).order_by("pk").values_list("organization", flat=True)
        ):
            self.ledger.kept[self.stage.house_of[organization]] = 0
            self.ledger.settle()

    @rule(house=WHICH, most=st.none() | st.integers(0, 3))
    def quota(self, house: int, most: int | None) -> None:
        self.change_quota(house, most)

    def change_quota(self, house: int, most: int | None) -> None:
        has = self.ledger.count(house) + self.ledger.kept.get(house, 0)
        organization, by = self.stage.houses[house], self.stage.wipa
        if self._tries(
            lambda: allotments.set_quota(self._now(), organization=organization, most=most, by=by),
            is_allowed=most is None or most >= has,
        ):
            self.ledger.most[house] = most
            self.ledger.settle()

    @rule(capacity=st.integers(1, 6))
    def resize(self, capacity: int) -> None:
        def verb() -> object:
            with transaction.atomic():
                return seating.resize(self._now(), capacity)

        if self._tries(verb, is_allowed=capacity >= self.ledger.taken):
            self.ledger.capacity = capacity
            self.ledger.settle()

    # --- what must hold
    @invariant()
    def the_tables_say_what_the_ledger_says(self) -> None:
        now, ledger = self._now(), self.ledger
        rows = Seat.objects.filter(workshop=now)
        assert set(rows.filter(state=SeatState.CONFIRMED).values_list("user", flat=True)) == set(ledger.inside)
        assert set(rows.filter(state=SeatState.REQUESTED).values_list("user", flat=True)) == set(ledger.asked)
        waiting = rows.filter(state=SeatState.WAITING).order_by("queue_number")
        assert list(waiting.values_list("user", flat=True)) == [one for _h, unit in ledger.line for one in unit]
        assert (now.taken, now.waiting_count) == (ledger.taken, sum(len(unit) for _h, unit in ledger.line))
        assert now.taken <= now.capacity == ledger.capacity
        numbers = list(waiting.values_list("queue_number", flat=True))
        assert len(set(numbers)) == len(numbers)
        for share in Allotment.objects.filter(workshop=now):
            house = self.stage.house_of[share.organization_id]
            expected = (ledger.count(house), ledger.kept.get(house, 0), ledger.most.get(house))
            assert (share.taken, share.reserved, share.most) == expected

    # --- by which means
    def _now(self) -> Workshop:
        return Workshop.objects.get(pk=self.workshop.pk)

    def _is_known(self, person: int) -> bool:
        in_line = any(person in unit for _house, unit in self.ledger.line)
        return in_line or person in self.ledger.inside or person in self.ledger.asked

    def _person(self, house: int, which: int) -> int:
        return self.stage.members[house][which % PEOPLE].user_id

    def _seat(self, person: int) -> Seat:
        live = [SeatState.REQUESTED, SeatState.WAITING, SeatState.CONFIRMED]
        found = Seat.objects.select_related("workshop", "organization", "user")
        return found.get(workshop=self.workshop, user=person, state__in=live)

    def _tries(self, verb: Callable[[], object], *, is_allowed: bool) -> bool:
        if is_allowed:
            verb()
        else:
            with pytest.raises(Refused):
                verb()
        return is_allowed


@dataclass
class Stage:
    wipa: object
    somchai: object
    houses: list[Organization]
    members: list[list[Membership]]

    @property
    def house_of(self) -> dict[int, int]:
        return {organization.pk: number for number, organization in enumerate(self.houses)}


@pytest.fixture
def stage(cast: Cast, clock: object, monkeypatch: pytest.MonkeyPatch) -> Stage:
    for name in ("seats_confirmed", "seats_waiting", "seats_declined", "seats_cancelled"):
        monkeypatch.setattr(telling, name, lambda *args, **kwargs: None)
    for module in (seats, allotments):
        monkeypatch.setattr(module, "log", lambda *args, **kwargs: None)
    houses = [make_organization(f"สหกรณ์การเกษตรบ้าน{number} จำกัด") for number in ("ก", "ข", "ค")]
    for house in houses:
        make_members(house, PEOPLE)
    memberships = Membership.objects.select_related("user", "organization")
    members = [list(memberships.filter(organization=house).order_by("pk")) for house in houses]
    return Stage(cast.wipa, cast.somchai, houses, members)


@pytest.fixture
def steps_taken(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """From which state into which seats were moved."""
    taken: set[tuple[str, str]] = set()

    def watched(thing: object, to: str, **rest: object) -> None:
        taken.add((str(thing.state), str(to)))  # type: ignore[attr-defined]
        kernel_states.move(thing, to, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(seating, "move", watched)
    monkeypatch.setattr(seats, "move", watched)
    return taken


def test_whatever_happens_the_seats_are_what_the_ledger_says(
    stage: Stage, steps_taken: set[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Machine, "stage", stage, raising=False)
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=40,
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )
    assert {(before, to) for before, to in steps_taken if to not in SEAT_TRANSITIONS[before]} == set()
    assert steps_taken >= {("waiting", "confirmed"), ("confirmed", "cancelled")}
