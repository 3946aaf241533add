"""Every report told from the truth in the slowest and plainest way: loops and sets, nothing shared with the reports."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from learning.organizations.choices import Kind, Position
from learning.people.models import Gender
from learning.reports.choices import AgeBand
from tests.reports.truth import BOARD, COMMITTEE, Enrolled, Org, Truth, latest

Cells = tuple[Any, ...]
QUARTERS = {10: 1, 11: 1, 12: 1, 1: 2, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3, 7: 4, 8: 4, 9: 4}


def fiscal_year(day: date) -> int:
    return day.year + 543 + (1 if day.month in (10, 11, 12) else 0)


def band(born: int | None, year: int) -> str:
    if born is None:
        return ""
    age = year - born
    for first, last in ((0, 17), (18, 29), (30, 39), (40, 49), (50, 59)):
        if age <= last:
            return f"{first}-{last}"
    return "60-"


def share(part: int, whole: int) -> int | None:
    return part * 100 // whole if whole else None


class Obvious:
    """The recount of one question: an area by its code, a course or all, now (`until` today), until or between days."""

    def __init__(self, truth: Truth, code: str, *, course: int | None, since: date | None, until: date, today: date):
        self.truth, self.code, self.course = truth, code, course
        self.since, self.until, self.today = since, until, today

    # --- where -----------------------------------------------------------------------------------
    def counts_in(self, code: str, one: Enrolled) -> bool:
        """By the place and the organization of the day of enrolling."""
        level, key = code[0], code[1:]
        if level == "n":
            return True
        if level == "o":
            return str(one.org) == key or str(one.parent) == key
        return self._place_in(code, one.province, one.district)

    def _place_in(self, code: str, province: str, district: str | None) -> bool:
        level, key = code[0], code[1:]
        if level == "p":
            return province == key
        if level == "d":
            return district == key
        if level == "c":
            return province in self.truth.centers[int(key)][1]
        return district in (self.truth.groups[int(key)] if level == "g" else self.truth.offices[key])

    def stands_in(self, code: str, org: Org, day: date) -> bool:
        level, key = code[0], code[1:]
        facts = org.then(day)
        if level == "n":
            return True
        if level == "o":
            return str(org.pk) == key or str(facts["parent"]) == key
        return self._place_in(code, facts["province"], facts["district"])

    # --- cells -----------------------------------------------------------------------------------
    def found(self, code: str, only: Callable[[Enrolled], bool] = lambda one: True) -> list[Enrolled]:
        return [
            one
            for one in self.truth.enrolled
            if self.counts_in(code, one)
            and (self.course is None or one.course == self.course)
            and one.began <= self.until
            and only(one)
        ]

    def cells(self, found: list[Enrolled]) -> Cells:
        return self._between(found, self.since, self.until) if self.since else self._state(found)

    def _state(self, found: list[Enrolled]) -> Cells:
        people, learned = set(), set()
        enrolled = active = completed = overdue = 0
        hours = Decimal(0)
        for one in found:
            people.add(one.person)
            enrolled += 1
            state = latest(one.states, self.until)
            if state == "active":
                active += 1
                due = latest(one.dues, self.until)
                if due and due < self.until:
                    overdue += 1
            if state == "completed":
                completed += 1
                learned.add(one.person)
                hours += one.hours
        return (
            len(people),
            enrolled,
            active,
            completed,
            overdue,
            share(completed, enrolled),
            len(learned),
            float(hours),
        )

    def _between(self, found: list[Enrolled], since: date, until: date) -> Cells:
        people, learned = set(), set()
        enrolled = completed = 0
        hours = Decimal(0)
        for one in found:
            if since <= one.began <= until:
                enrolled += 1
                people.add(one.person)
            if one.completed and since <= one.completed <= until:
                completed += 1
                learned.add(one.person)
                hours += one.hours
        return len(people), enrolled, completed, len(learned), float(hours)

    def _has_something(self, cells: Cells) -> bool:
        return any(cells)

    # --- reports ---------------------------------------------------------------------------------
    def report(self, slug: str) -> tuple[dict[Any, Cells], Cells | None]:
        """Lines by their labels, and the total; a total of nothing may be left out."""
        lines: dict[Any, Cells] = getattr(self, slug)()
        if slug == "quarters" or (slug == "boards" and self.code[0] not in "nc"):
            return lines, None
        if slug == "boards":
            return lines, self._boards_line(self.code)
        return lines, self.cells(self.found(self.code))

    def _by(self, labels: dict[str, str], value: Callable[[Enrolled], str]) -> dict[Any, Cells]:
        lines = {}
        for key, label in labels.items():
            cells = self.cells(self.found(self.code, lambda one, key=key: value(one) == key))  # type: ignore[misc]
            if self._has_something(cells):
                lines[label] = cells
        return lines

    def kinds(self) -> dict[Any, Cells]:
        return self._by({str(kind): str(kind.label) for kind in Kind}, lambda one: one.kind)

    def positions(self) -> dict[Any, Cells]:
        return self._by({str(position): str(position.label) for position in Position}, lambda one: one.position)

    def gender(self) -> dict[Any, Cells]:
        labels = {str(gender): str(gender.label) for gender in Gender}
        return self._by({**labels, "": str(AgeBand.NOT_GIVEN.label)}, lambda one: one.gender)

    def age(self) -> dict[Any, Cells]:
        return self._by({str(age): str(age.label) for age in AgeBand}, lambda one: band(one.born, one.began.year))

    def courses(self) -> dict[Any, Cells]:
        lines = {}
        for pk, (title, _hours) in self.truth.courses.items():
            cells = self.cells(self.found(self.code, lambda one, pk=pk: one.course == pk))  # type: ignore[misc]
            if self._has_something(cells):
                lines[title] = cells
        return lines

    def organizations(self) -> dict[Any, Cells]:
        lines = {}
        for org in self.truth.orgs:
            if not self.stands_in(self.code, org, self.today):
                continue
            cells = self.cells(self.found(f"o{org.pk}"))
            if org.ended is None or self._has_something(cells):
                lines[org.now["name"]] = cells
        return lines

    def parts(self) -> dict[str, str]:
        level = self.code[0]
        if level == "n":
            return {f"p{code}": name for code, name in self.truth.provinces.items()}
        if level == "c":
            served = self.truth.centers[int(self.code[1:])][1]
            return {f"p{code}": name for code, name in self.truth.provinces.items() if code in served}
        return {
            f"d{code}": name for code, name in self.truth.districts.items() if self._place_in(self.code, code[:2], code)
        }

    def places(self) -> dict[Any, Cells]:
        return {name: self.cells(self.found(code)) for code, name in self.parts().items()}

    def centers(self) -> dict[Any, Cells]:
        return {name: self.cells(self.found(f"c{pk}")) for pk, (name, _provinces) in self.truth.centers.items()}

    def quarters(self) -> dict[Any, Cells]:
        lines: dict[Any, Cells] = {}
        for year in range(2560, 2580):
            for quarter in (1, 2, 3, 4, None):
                months = [month for month, number in QUARTERS.items() if quarter in (None, number)]
                days = [date(year - 543 - (month >= 10), month, 1) for month in months]
                first = min(days)
                after = max(days).replace(day=28)
                last = max(date.fromordinal(after.toordinal() + n) for n in range(4) if _same_month(after, n))
                cells = self._between(self.found(self.code), first, last)
                if self._has_something(cells):
                    lines[(str(quarter), str(year)) if quarter else (str(year),)] = cells
        return lines

    # --- boards ----------------------------------------------------------------------------------
    def board(self, org: Org) -> tuple[int, int]:
        """Who sits on it at the end of the last day, and how many of them had completed the course, or any."""
        sitting = {
            held.person
            for held in self.truth.held
            if held.org is org and held.on(self.until) and held.position in BOARD + COMMITTEE
        }
        if not org.stands(self.until):
            return 0, 0
        learned = {
            one.person
            for one in self.truth.enrolled
            if one.completed and one.completed <= self.until and self.course in (None, one.course)
        }
        return len(sitting), len(sitting & learned)

    def boards(self) -> dict[Any, Cells]:
        if self.code[0] in "nc":
            return {name: self._boards_line(code) for code, name in self.parts().items()}
        lines = {}
        for org in self.truth.orgs:
            seats, trained = self.board(org)
            if self.stands_in(self.code, org, self.until) and trained < seats / 2:
                lines[org.now["name"]] = (seats, trained, share(trained, seats))
        return lines

    def _boards_line(self, code: str) -> Cells:
        boards = below = seats = trained = 0
        for org in self.truth.orgs:
            held, learned = self.board(org)
            if held and self.stands_in(code, org, self.until):
                boards += 1
                seats += held
                trained += learned
                below += learned < held / 2
        return boards, below, share(below, boards), seats, trained


def _same_month(day: date, more: int) -> bool:
    return date.fromordinal(day.toordinal() + more).month == day.month
