"""What one person counts for: each line of every report, each person once. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from learning.reports.choices import Axis
from learning.reports.counting.facts import Fact, age_band, quarter_of, year_of
from learning.reports.counting.places import Places

EVERY_COURSE = 0


class Key(NamedTuple):
    """A line: an area, an axis with one of its values, one course or all of them (0)."""

    area: str
    axis: str
    course: int
    value: str


@dataclass(slots=True)
class Measures:
    """The seven counts of a line."""

    enrolled: int = 0
    active: int = 0
    completed: int = 0
    overdue: int = 0
    hours: Decimal = Decimal(0)
    people: int = 0
    people_completed: int = 0

    def add(self, other: "Measures", sign: int = 1) -> None:
        for name in MEASURES:
            setattr(self, name, getattr(self, name) + sign * getattr(other, name))

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in MEASURES)


MEASURES = ("enrolled", "active", "completed", "overdue", "hours", "people", "people_completed")
Counted = dict[Key, Measures]


def organizations_of(fact: Fact) -> tuple[str, ...]:
    """An enrollment counts for its organization, and for the cooperative that this group is attached to."""
    own = f"o{fact.organization}"
    return (own, f"o{fact.parent}") if fact.parent else (own,)


def standings(fact: Fact) -> Iterator[tuple[str, str]]:
    """The axes on which an enrollment counts as it stands, each with its value."""
    yield Axis.ALL, ""
    yield Axis.KIND, fact.kind
    yield Axis.POSITION, fact.position
    yield Axis.GENDER, fact.gender
    yield Axis.AGE, age_band(fact.birth_year, fact.enrolled_on)


def moments(fact: Fact) -> Iterator[tuple[str, str, bool, bool]]:
    """The quarters and fiscal years in which it began or was completed: axis, value, began, completed."""
    began = fact.enrolled_on if fact.enrolled else None
    done = fact.completed_on if fact.completed else None
    for axis, name in ((Axis.QUARTER, quarter_of), (Axis.YEAR, year_of)):
        first, last = (name(began) if began else None), (name(done) if done else None)
        if first is not None:
            yield axis, first, True, first == last
        if last is not None and last != first:
            yield axis, last, False, True


def lines_of(fact: Fact, *, with_moments: bool) -> Iterator[tuple[str, str, Measures]]:
    """Axis, value and what one enrollment adds there, people aside."""
    for axis, value in standings(fact):
        yield axis, value, Measures(fact.enrolled, fact.active, fact.completed, fact.overdue, fact.hours)
    if with_moments:
        for axis, value, began, done in moments(fact):
            yield axis, value, Measures(int(began), 0, int(done), 0, fact.hours if done else Decimal(0))


def contributions(own: Iterable[Fact], places: Places | None, *, with_moments: bool = True, whole: str = "") -> Counted:
    """Everything the enrollments of one person add to, the person counted once in each line.

    Organizations have a total only, but for the one whose code is given as `whole`. Without places nothing above
    the organizations is counted.
    """
    counted: Counted = {}
    for fact in own:
        areas = places.areas(fact.province, fact.district) if places else ()
        organizations = organizations_of(fact)
        for axis, value, measures in lines_of(fact, with_moments=with_moments):
            inside = organizations if axis == Axis.ALL else [code for code in organizations if code == whole]
            for area in (*areas, *inside):
                for course in (EVERY_COURSE, fact.course):
                    line = counted.setdefault(Key(area, str(axis), course, str(value)), Measures())
                    line.add(measures)
                    line.people = int(line.enrolled > 0)
                    line.people_completed = int(line.completed > 0)
    return {key: line for key, line in counted.items() if line}


def difference(after: Counted, before: Counted) -> Counted:
    """What must be added to come from one count to the other."""
    changed: Counted = {}
    for key in after.keys() | before.keys():
        line = Measures()
        if key in after:
            line.add(after[key])
        if key in before:
            line.add(before[key], -1)
        if line:
            changed[key] = line
    return changed
