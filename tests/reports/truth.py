"""What happened, as the walk wrote it down itself: plain objects, never read back from the tables that are counted."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

BOARD = ("board_chair", "board_vice_chair", "board_secretary", "board_treasurer", "board_member")
COMMITTEE = ("group_leader", "group_treasurer", "group_board_member")
AUDITOR = "business_auditor"


def latest(lines: list[tuple[date, Any]], day: date) -> Any:
    """What was written last on a day or before; None before the first."""
    found = None
    for on, value in lines:
        if on <= day:
            found = value
    return found


@dataclass(eq=False)
class Org:
    """`past`: from which day on which kind, name, province, district and parent."""

    pk: int
    past: list[tuple[date, dict[str, Any]]]
    begun: date | None = None
    ended: date | None = None

    def then(self, day: date) -> dict[str, Any]:
        return latest(self.past, day) or self.past[0][1]

    def stands(self, day: date) -> bool:
        return (self.begun is None or self.begun <= day) and (self.ended is None or day < self.ended)

    def change(self, day: date, **facts: Any) -> None:
        self.past.append((day, {**self.past[-1][1], **facts}))

    @property
    def now(self) -> dict[str, Any]:
        return self.past[-1][1]


@dataclass(eq=False)
class Person:
    pk: int
    gender: str
    born: int | None


@dataclass(eq=False)
class Held:
    """A position; `pk` only tells which of two was written first."""

    pk: int
    person: Person
    org: Org
    position: str
    since: date
    until: date | None

    def on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until >= day)


@dataclass(eq=False)
class Enrolled:
    """Who, where and as what on the day of enrolling, which never changes; and what came of it, day by day."""

    pk: int
    person: Person
    course: int
    org: int
    parent: int | None
    province: str
    district: str | None
    kind: str
    position: str
    gender: str
    born: int | None
    states: list[tuple[date, str]]
    dues: list[tuple[date, date | None]] = field(default_factory=list)
    hours: Decimal = Decimal(0)
    is_renewed: bool = False

    @property
    def began(self) -> date:
        return self.states[0][0]

    @property
    def state(self) -> str:
        return self.states[-1][1]

    @property
    def completed(self) -> date | None:
        return next((day for day, state in self.states if state == "completed"), None)

    @property
    def is_current(self) -> bool:
        return self.state in ("active", "completed", "lapsed") and not self.is_renewed

    @property
    def due(self) -> date | None:
        return self.dues[-1][1] if self.dues else None


@dataclass(eq=False)
class Task:
    """An assignment: which courses, for which positions in which places or organizations."""

    pk: int
    courses: list[int]
    positions: list[str]
    provinces: set[str]
    districts: set[str]
    orgs: set[int]
    starts: date
    days: int
    from_election: bool
    hours: Decimal | None
    months: int | None
    each_term: bool
    is_open: bool = True
    owed: list["Owed"] = field(default_factory=list)

    def means(self, held: Held, day: date) -> bool:
        facts = held.org.now
        if not held.on(day) or held.org.ended or (self.positions and held.position not in self.positions):
            return False
        if self.orgs:
            return held.org.pk in self.orgs or facts["parent"] in self.orgs
        return facts["province"] in self.provinces or facts["district"] in self.districts


@dataclass(eq=False)
class Owed:
    """One round of what a person owes."""

    person: Person
    held: Held
    number: int
    begun: date
    since: date | None
    due: date
    state: str = "open"
    done: date | None = None
    expires: date | None = None


def months_after(day: date, months: int) -> date:
    """The same day of a later (or earlier) month, or its last day."""
    year, month = day.year, day.month
    for _step in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


class Truth:
    """Everybody and everything of the small world."""

    def __init__(self) -> None:
        self.provinces: dict[str, str] = {}
        self.districts: dict[str, str] = {}
        self.centers: dict[int, tuple[str, set[str]]] = {}
        self.groups: dict[int, set[str]] = {}
        self.offices: dict[str, set[str]] = {}
        self.courses: dict[int, tuple[str, Decimal]] = {}
        self.orgs: list[Org] = []
        self.people: list[Person] = []
        self.held: list[Held] = []
        self.enrolled: list[Enrolled] = []
        self.tasks: list[Task] = []

    def current(self, person: Person, course: int) -> Enrolled | None:
        found = [one for one in self.enrolled if one.person is person and one.course == course and one.is_current]
        assert len(found) < 2
        return found[0] if found else None

    def enlist(self, course: int, held: Held, day: date, since: date | None = None) -> Enrolled | None:
        """Enroll anew, take up again, or leave as it is. Gives what was made anew."""
        there = self.current(held.person, course)
        if there and there.state == "lapsed":
            there.states.append((day, "active"))
            return None
        if there and since and there.completed and there.completed < since:
            there.is_renewed = True
            there = None
        if there:
            return None
        facts = held.org.now
        made = Enrolled(
            0,
            held.person,
            course,
            held.org.pk,
            facts["parent"],
            facts["province"],
            facts["district"],
            facts["kind"],
            held.position,
            held.person.gender,
            held.person.born,
            [(day, "active")],
        )
        self.enrolled.append(made)
        return made

    def walk(self, task: Task, day: date) -> None:
        """Who comes into the audience owes, who leaves it does not, who is done may owe again."""
        if not task.is_open:
            for owed in task.owed:
                if owed.state == "open":
                    owed.state = "lifted"
            return
        if task.starts > day:
            return
        seats: dict[Person, list[Held]] = {}
        for held in sorted(self.held, key=lambda held: (held.since, held.pk)):
            if task.means(held, day):
                seats.setdefault(held.person, []).append(held)
        for person in sorted(seats, key=lambda person: person.pk):
            self._bring_in(task, person, seats[person][0], seats[person][-1], day)
        self.settle(day, task)
        for course in task.courses:
            for owed in task.owed:
                if owed.state == "open" and owed.person in seats:
                    self.enlist(course, owed.held, day, owed.since)
        for owed in task.owed:
            if owed.state == "open" and owed.person not in seats:
                owed.state = "lifted"

    def _bring_in(self, task: Task, person: Person, first: Held, last: Held, day: date) -> None:
        rounds = [owed for owed in task.owed if owed.person is person]
        valid = months_after(day, -task.months) if task.months else None
        if not rounds:
            task.owed.append(Owed(person, first, 1, day, valid, self._due(task, first, day, None)))
            return
        owed = rounds[-1]
        if owed.state == "lifted":
            owed.since = max((since for since in (owed.since, valid) if since), default=None)
            owed.due = self._due(task, first, day, owed.since if owed.number > 1 else None)
            owed.state, owed.held = "open", first
        elif owed.state == "open":
            if owed.held not in (first, last):
                owed.held = first
        else:
            again = None
            if owed.expires and owed.expires <= day:
                again = owed.expires
            elif task.each_term and owed.done and last.since > max(owed.done, owed.begun):
                again = last.since
            if again:
                due = self._due(task, last, day, again)
                task.owed.append(Owed(person, last, owed.number + 1, day, again, due))

    def _due(self, task: Task, held: Held, day: date, again: date | None) -> date:
        base = max(task.starts, again) if again else task.starts
        if task.from_election and held.since > base:
            base = held.since
        return max(base + timedelta(days=task.days), day + timedelta(days=min(task.days, 14)))

    def settle(self, day: date, only: Task | None = None) -> None:
        """What is owed and has been learned is done."""
        for task in [only] if only else self.tasks:
            for owed in task.owed:
                if owed.state == "open" and (done := self._done(task, owed)):
                    owed.state, owed.done = "done", done
                    owed.expires = months_after(done, task.months) if task.months else None

    def _done(self, task: Task, owed: Owed) -> date | None:
        firsts: dict[int, tuple[date, Decimal]] = {}
        for one in sorted(self.enrolled, key=lambda one: one.completed or date.max):
            day = one.completed
            if (
                one.person is owed.person
                and one.course in task.courses
                and day
                and (not owed.since or day >= owed.since)
            ):
                firsts.setdefault(one.course, (day, one.hours))
        if task.hours is None:
            return max(day for day, _hours in firsts.values()) if len(firsts) == len(task.courses) else None
        total = Decimal(0)
        for day, hours in firsts.values():
            total += hours
            if total >= task.hours:
                return day
        return None

    def write_due_days(self, day: date) -> None:
        """Each course that is being learned is due on the earliest day by which somebody wants it."""
        for one in self.enrolled:
            if one.state != "active":
                continue
            wanted = [
                owed.due
                for task in self.tasks
                for owed in task.owed
                if owed.state == "open" and owed.person is one.person and one.course in task.courses
            ]
            due = min(wanted) if wanted else None
            if due != one.due:
                one.dues.append((day, due))
