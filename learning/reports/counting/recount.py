"""Everything counted anew from the facts, in one pass over the people.

Counting up to a million enrollments line by line in every area would take minutes, so it is done once, in
the smallest area (the district, or the province of what has no district), and summed upwards. Sums are
right for all counts but people: who has enrollments in several districts is taken off again where the
sum has them twice. `contributions` says the same the plain way, and the two are compared.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from learning.reports.choices import Axis
from learning.reports.counting.contributions import EVERY_COURSE, Counted, Key, Measures, organizations_of, standings
from learning.reports.counting.facts import Fact, quarter_of, year_of
from learning.reports.counting.places import Places

# What the loops below work on: plain lists instead of objects, hours in tenths instead of decimals, and a line's
# axis and value as one text, whose hash Python keeps.
Sums = list[int]  # enrolled, active, completed, overdue, tenths of hours, people, people completed
Lines = dict[str, Sums]
Courses = dict[int, Lines]
Base = tuple[str, str | None]
# Per course the lines in which one person is enrolled, and those in which they have completed.
Found = dict[int, tuple[set[str], set[str]]]
PEOPLE = 5
ALL = f"{Axis.ALL}|"


def recount(people: Iterable[list[Fact]], places: Places, *, with_moments: bool = True) -> Counted:
    """The counts of all the facts given."""
    return dict(recounted(people, places, with_moments=with_moments))


def recounted(
    people: Iterable[list[Fact]], places: Places, *, with_moments: bool = True
) -> Iterator[tuple[Key, Measures]]:
    """The same one area after another: the lines of a whole country are never held at once.

    The people have been read when this returns; taking the lines asks the database nothing.
    """
    bases: dict[Base, Courses] = defaultdict(dict)
    organizations: dict[str, Courses] = defaultdict(dict)
    twice: Counter[tuple[str, int, str, int]] = Counter()
    for own in people:
        in_bases: dict[Base, Found] = {}
        in_organizations: dict[str, Found] = {}
        for fact in own:
            base = (fact.province, fact.district)
            courses, found = bases[base], in_bases.setdefault(base, {})
            whole = (fact.enrolled, fact.active, fact.completed, fact.overdue, int(fact.hours * 10))
            for axis, value in standings(fact):
                _put(courses, found, fact.course, f"{axis}|{value}", *whole)
            if with_moments:
                _put_moments(courses, found, fact, whole[4])
            for area in organizations_of(fact):
                _put(organizations[area], in_organizations.setdefault(area, {}), fact.course, ALL, *whole)
        _count_person(bases, in_bases)
        _count_person(organizations, in_organizations)
        if len(in_bases) > 1:
            _note_twice(in_bases, places, twice)
    return _summed(bases, organizations, twice, places)


def _put(
    courses: Courses,
    found: Found,
    course: int,
    line: str,
    enrolled: int,
    active: int,
    completed: int,
    overdue: int,
    tenths: int,
) -> None:
    """Add to a line, once for all courses and once for its own."""
    for one in (EVERY_COURSE, course):
        lines = courses.get(one)
        if lines is None:
            lines = courses[one] = {}
        sums = lines.get(line)
        if sums is None:
            lines[line] = [enrolled, active, completed, overdue, tenths, 0, 0]
        else:
            sums[0] += enrolled
            sums[1] += active
            sums[2] += completed
            sums[3] += overdue
            sums[4] += tenths
        if enrolled > 0 or completed > 0:
            of_person = found.get(one)
            if of_person is None:
                of_person = found[one] = (set(), set())
            if enrolled > 0:
                of_person[0].add(line)
            if completed > 0:
                of_person[1].add(line)


def _put_moments(courses: Courses, found: Found, fact: Fact, tenths: int) -> None:
    began = _lines_of_day(fact.enrolled_on) if fact.enrolled and fact.enrolled_on else ("", "")
    done = _lines_of_day(fact.completed_on) if fact.completed and fact.completed_on else ("", "")
    for first, last in zip(began, done, strict=True):
        if first:
            same = first == last
            _put(courses, found, fact.course, first, 1, 0, int(same), 0, tenths if same else 0)
        if last and last != first:
            _put(courses, found, fact.course, last, 0, 0, 1, 0, tenths)


@cache
def _lines_of_day(day: date) -> tuple[str, str]:
    return f"{Axis.QUARTER}|{quarter_of(day)}", f"{Axis.YEAR}|{year_of(day)}"


def _count_person(areas: dict[Any, Courses], of_person: dict[Any, Found]) -> None:
    for area, found in of_person.items():
        courses = areas[area]
        for course, both in found.items():
            lines = courses[course]
            for place, names in enumerate(both, start=PEOPLE):
                for line in names:
                    lines[line][place] += 1


def _note_twice(in_bases: dict[Base, Found], places: Places, twice: Counter[tuple[str, int, str, int]]) -> None:
    """Count, for each wider area and line, in how many districts too many the sum will have this person."""
    seen: Counter[tuple[str, int, str, int]] = Counter()
    for (province, district), found in in_bases.items():
        for area in places.areas(province, district):
            for course, both in found.items():
                for place, names in enumerate(both, start=PEOPLE):
                    for line in names:
                        seen[area, course, line, place] += 1
    for key, count in seen.items():
        if count > 1:
            twice[key] += count - 1


def _summed(
    bases: dict[Base, Courses],
    organizations: dict[str, Courses],
    twice: Counter[tuple[str, int, str, int]],
    places: Places,
) -> Iterator[tuple[Key, Measures]]:
    inside: dict[str, list[Base]] = defaultdict(list)
    for base in bases:
        for area in places.areas(*base):
            inside[area].append(base)
    too_many: dict[str, list[tuple[int, str, int, int]]] = defaultdict(list)
    for (area, course, line, place), count in twice.items():
        too_many[area].append((course, line, place, count))
    for area, parts in inside.items():
        wider: Courses = {}
        for base in parts:
            for course, lines in bases[base].items():
                _sum_into(wider.setdefault(course, {}), lines)
        for course, line, place, count in too_many[area]:
            wider[course][line][place] -= count
        yield from _lines_of(area, wider)
    for area, courses in organizations.items():
        yield from _lines_of(area, courses)


def _lines_of(area: str, courses: Courses) -> Iterator[tuple[Key, Measures]]:
    for course, lines in courses.items():
        for line, sums in lines.items():
            if any(sums):
                axis, _bar, value = line.partition("|")
                hours = Decimal(sums[4]).scaleb(-1)
                yield Key(area, axis, course, value), Measures(*sums[:4], hours, *sums[PEOPLE:])


def _sum_into(wider: Lines, lines: Lines) -> None:
    for line, sums in lines.items():
        stands = wider.get(line)
        if stands is None:
            wider[line] = sums.copy()
        else:
            for place, value in enumerate(sums):
                stands[place] += value
