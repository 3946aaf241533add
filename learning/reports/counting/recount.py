"""Everything counted anew from the facts, in one pass over the people.

Counting up to a million enrollments line by line in every area would take minutes, so it is done once, in
the smallest area (the district, or the province of what has no district), and summed upwards. Sums are
right for all counts but people: who has enrollments in several districts is taken off again where the
sum has them twice. `contributions` says the same the plain way, and the two are compared.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from learning.reports.choices import Axis
from learning.reports.counting.contributions import (
    EVERY_COURSE,
    Counted,
    Key,
    Measures,
    moments,
    organizations_of,
    standings,
)
from learning.reports.counting.facts import Fact
from learning.reports.counting.places import Places

# A line within its area: axis, value, course.
Line = tuple[str, str, int]
Sums = list  # enrolled, active, completed, overdue, hours, people, people_completed


def recount(people: Iterable[list[Fact]], places: Places, *, with_moments: bool = True) -> Counted:
    """The counts of all the facts given, area by area."""
    bases: dict[tuple[str, str | None], dict[Line, Sums]] = defaultdict(dict)
    organizations: dict[str, dict[Line, Sums]] = defaultdict(dict)
    twice: Counter[tuple[str, Line, int]] = Counter()
    for own in people:
        in_base: dict[tuple[str, str | None], dict[Line, list[bool]]] = defaultdict(dict)
        in_organization: dict[str, dict[Line, list[bool]]] = defaultdict(dict)
        for fact in own:
            base = (fact.province, fact.district)
            for line, sums in _lines(fact, with_moments):
                _put(bases[base], in_base[base], line, sums)
                if line[0] == Axis.ALL:
                    for area in organizations_of(fact):
                        _put(organizations[area], in_organization[area], line, sums)
        _count_person(bases, in_base)
        _count_person(organizations, in_organization)
        if len(in_base) > 1:
            _note_twice(in_base, places, twice)
    return _summed(bases, organizations, twice, places)


def _lines(fact: Fact, with_moments: bool) -> Iterator[tuple[Line, tuple[int, int, int, int, Decimal]]]:
    whole = (fact.enrolled, fact.active, fact.completed, fact.overdue, fact.hours)
    for axis, value in standings(fact):
        yield (axis, value, EVERY_COURSE), whole
        yield (axis, value, fact.course), whole
    if with_moments:
        for axis, value, began, done in moments(fact):
            part = (int(began), 0, int(done), 0, fact.hours if done else Decimal(0))
            yield (axis, value, EVERY_COURSE), part
            yield (axis, value, fact.course), part


def _put(
    lines: dict[Line, Sums],
    of_person: dict[Line, list[bool]],
    line: Line,
    sums: tuple[int, int, int, int, Decimal],
) -> None:
    stands = lines.get(line)
    if stands is None:
        stands = lines[line] = [0, 0, 0, 0, Decimal(0), 0, 0]
    for place in range(5):
        if sums[place]:
            stands[place] += sums[place]
    seen = of_person.get(line)
    if seen is None:
        of_person[line] = [sums[0] > 0, sums[2] > 0]
    else:
        seen[0] = seen[0] or sums[0] > 0
        seen[1] = seen[1] or sums[2] > 0


def _count_person(areas: dict, of_person: dict) -> None:
    for area, lines in of_person.items():
        stands = areas[area]
        for line, (enrolled, completed) in lines.items():
            if enrolled:
                stands[line][5] += 1
            if completed:
                stands[line][6] += 1


def _note_twice(in_base: dict, places: Places, twice: Counter[tuple[str, Line, int]]) -> None:
    """Count, for each wider area and line, in how many districts too many the sum will have this person."""
    found: Counter[tuple[str, Line, int]] = Counter()
    for (province, district), lines in in_base.items():
        for area in places.areas(province, district):
            for line, flags in lines.items():
                for place, flag in enumerate(flags):
                    if flag:
                        found[area, line, place] += 1
    for key, count in found.items():
        if count > 1:
            twice[key] += count - 1


def _summed(
    bases: dict[tuple[str, str | None], dict[Line, Sums]],
    organizations: dict[str, dict[Line, Sums]],
    twice: Counter[tuple[str, Line, int]],
    places: Places,
) -> Counted:
    areas: dict[str, dict[Line, Sums]] = defaultdict(dict)
    for (province, district), lines in bases.items():
        for area in places.areas(province, district):
            wider = areas[area]
            for line, sums in lines.items():
                stands = wider.get(line)
                wider[line] = list(sums) if stands is None else [a + b for a, b in zip(stands, sums, strict=True)]
    for (area, line, place), count in twice.items():
        areas[area][line][5 + place] -= count
    areas.update(organizations)
    return {
        Key(area, str(axis), course, str(value)): measures
        for area, lines in areas.items()
        for (axis, value, course), sums in lines.items()
        if (measures := Measures(*sums))
    }
