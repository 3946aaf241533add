"""How much of each board and committee has learned: today, kept ready; and on a past day.

A line of a board in the tallies counts boards, not enrollments: `enrolled` boards, `people` seats (both on the
line of every course, 0), `completed` boards of which at least half have completed the course, and
`people_completed` the seats whose holders have.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from learning.enrollments.choices import EnrollmentState, EventKind
from learning.enrollments.models import Enrollment, EnrollmentEvent
from learning.organizations.choices import BOARD_POSITIONS, COMMITTEE_POSITIONS, OrganizationState
from learning.organizations.models import Membership, Organization
from learning.organizations.queries import facts_as_of, holding_on
from learning.places.areas import Area
from learning.reports.choices import Axis
from learning.reports.counting.contributions import EVERY_COURSE, Counted, Key, Measures
from learning.reports.counting.places import Places
from learning.reports.models import BoardCount

SEATS = tuple(str(position) for position in (*BOARD_POSITIONS, *COMMITTEE_POSITIONS))


class Seat(NamedTuple):
    """Somebody who sits on a board, and the board as the register has it on the day."""

    user: int
    organization: int
    kind: str
    province: str
    district: str


def seats_of_today(organizations: Iterable[int] | None = None) -> QuerySet[Membership, tuple[object, ...]]:
    """Seats of active organizations: of those given, or of all."""
    held = Membership.objects.filter(
        holding_on(timezone.localdate()), position__in=SEATS, organization__state=OrganizationState.ACTIVE
    )
    if organizations is not None:
        held = held.filter(organization__in=organizations)
    return held.order_by().values_list(
        "user_id",
        "organization_id",
        "organization__kind",
        "organization__province_id",
        "organization__district_id",
    )


def boards_of(seats: Iterable[tuple[object, ...]], courses: dict[int, set[int]]) -> list[BoardCount]:
    """The counts of each board: its seats, and for each course how many of their holders have completed it."""
    holders: dict[int, set[int]] = defaultdict(set)
    facts: dict[int, Seat] = {}
    for row in seats:
        seat = Seat._make(row)
        holders[seat.organization].add(seat.user)
        facts[seat.organization] = seat
    found = []
    for organization, users in sorted(holders.items()):
        seat = facts[organization]
        trained: dict[int, int] = defaultdict(int, {EVERY_COURSE: 0})
        for user in users:
            completed = courses.get(user, set())
            trained[EVERY_COURSE] += bool(completed)
            for course in completed:
                trained[course] += 1
        found.extend(
            BoardCount(
                organization_id=organization,
                course=course,
                kind=seat.kind,
                province=seat.province,
                district=seat.district or "",
                seats=len(users),
                trained=count,
            )
            for course, count in sorted(trained.items())
        )
    return found


def lines_of_boards(boards: Iterable[BoardCount], places: Places, sign: int = 1) -> Counted:
    """What the boards add to the lines of the areas they stand in."""
    counted: Counted = {}
    for board in boards:
        for area in places.areas(board.province, board.district or None):
            line = counted.setdefault(Key(area, str(Axis.BOARD), board.course, board.kind), Measures())
            if board.course == EVERY_COURSE:
                line.enrolled += sign
                line.people += sign * board.seats
            line.completed += sign * (not board.is_below_half)
            line.people_completed += sign * board.trained
    return counted


# --- today ---------------------------------------------------------------------------------------
def stale_boards(users: Iterable[int], most: int) -> set[int]:
    """Organizations to count anew: those whose register changed, and those where these people sit."""
    flagged = Organization.objects.filter(is_counted=False).order_by("pk").values_list("pk", flat=True)[:most]
    of_people = seats_of_today().filter(user__in=users).values_list("organization_id", flat=True)
    return {*flagged, *of_people}


def renew(organizations: set[int], places: Places) -> Counted:
    """Count some boards anew; gives what that changes in the lines of their areas."""
    if not organizations:
        return {}
    old = list(BoardCount.objects.filter(organization__in=organizations, span__isnull=True))
    Organization.objects.filter(pk__in=organizations, is_counted=False).update(is_counted=True)
    new = boards_of(seats_of_today(organizations), _completed_by_holders(organizations))
    BoardCount.objects.filter(pk__in=[board.pk for board in old]).delete()
    BoardCount.objects.bulk_create(new, batch_size=1000)
    changed = lines_of_boards(new, places)
    for key, line in lines_of_boards(old, places, -1).items():
        changed.setdefault(key, Measures()).add(line)
    return {key: line for key, line in changed.items() if line}


def renew_all(places: Places) -> Counted:
    """Write the counts of every board, in place of those that have been removed."""
    Organization.objects.filter(is_counted=False).update(is_counted=True)
    new = boards_of(seats_of_today().iterator(chunk_size=5000), _completed_courses())
    BoardCount.objects.bulk_create(new, batch_size=1000)
    return lines_of_boards(new, places)


def recount_all(places: Places) -> Counted:
    """The lines of every board from the facts; nothing is written."""
    return lines_of_boards(boards_of(seats_of_today().iterator(chunk_size=5000), _completed_courses()), places)


def _completed_by_holders(organizations: Iterable[int]) -> dict[int, set[int]]:
    holders = {row[0] for row in seats_of_today(organizations)}
    return _by_user(
        Enrollment.objects.filter(user__in=holders, state=EnrollmentState.COMPLETED)
        .order_by()
        .values_list("user_id", "course_id")
    )


def _completed_courses() -> dict[int, set[int]]:
    rows = Enrollment.objects.filter(state=EnrollmentState.COMPLETED).order_by().values_list("user_id", "course_id")
    return _by_user(rows.iterator(chunk_size=5000))


def _by_user(rows: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    courses: dict[int, set[int]] = defaultdict(set)
    for user, course in rows:
        courses[user].add(course)
    return courses


def counted_lines(places: Places) -> Counted:
    """The lines of the boards as they were last counted, also where the register has changed since."""
    return lines_of_boards(BoardCount.objects.filter(span__isnull=True).iterator(chunk_size=5000), places)


# --- a past day ----------------------------------------------------------------------------------
def seats_on(day: date, area: Area) -> list[tuple[object, ...]]:
    """Seats held on a past day, on boards that stood in an area then, by the register of that day."""
    past = facts_as_of(day)
    inside = area.where(
        province="organization__province",
        district="organization__district",
        organizations=["organization", "organization__parent"],
    )
    held = (
        Membership.objects.filter(holding_on(day), position__in=SEATS)
        # "Everywhere" is an empty condition, which would vanish beside another one.
        .filter(inside if area.is_country else inside | Q(organization__in=past))
        .order_by()
        .values_list(
            "user_id",
            "organization_id",
            "organization__state",
            "organization__kind",
            "organization__province_id",
            "organization__district_id",
            "organization__parent_id",
        )
    )
    found: list[tuple[object, ...]] = []
    for user, organization, state, kind, province, district, parent in held:
        then = past.get(organization)
        if then is not None:
            kind, province, district, parent = then.kind, then.province_id, then.district_id, then.parent_id
        exists = then.exists if then else state == OrganizationState.ACTIVE
        if exists and (area.has_place(province, district) or {organization, parent} & area.organizations):
            found.append((user, organization, kind, province, district))
    return found


def completed_until(day: date, holders: Q) -> dict[int, set[int]]:
    """Courses completed until a day, by person; `holders` keeps the events of those who are asked for."""
    rows = (
        EnrollmentEvent.objects.filter(holders, kind=EventKind.COMPLETED, on__lte=day)
        .order_by()
        .values_list("enrollment__user_id", "enrollment__course_id")
    )
    return _by_user(rows.iterator(chunk_size=5000))
