"""What is free, read from the database: the problem that `proposing` solves, and alternatives for people to choose."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from learning.places.models import TransferCenter
from learning.workshops.calendars.working import working_days
from learning.workshops.choices import ResourceKind, SlotPurpose
from learning.workshops.models import ClosedDay, Resource, ResourceSlot, WorkshopRequest
from learning.workshops.proposing.free import Candidate, knowing_trainers, nearest, working_days_between
from learning.workshops.proposing.problem import LONGEST, Problem, Reason, Room, Slot, Trainer, Wish
from learning.workshops.proposing.reasons import Choice, placement
from learning.workshops.proposing.words import sentence

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Alternative:
    """Days, room and trainers that are free together, and why they were chosen, in sentences."""

    slots: tuple[Slot, ...]
    room: Resource
    trainers: tuple[Resource, ...]
    why: tuple[str, ...]

    @property
    def days(self) -> list[date]:
        return sorted({day for day, _half in self.slots})

    @property
    def key(self) -> str:
        """For a form: 2026-12-01 and the numbers of room and trainers."""
        return "-".join([f"{self.days[0]:%Y%m%d}", str(self.room.pk), *(str(one.pk) for one in self.trainers)])


def wish_of(request: WorkshopRequest, *, priority: int = 1) -> Wish:
    """A request as a wish; two queries unless `people`, `windows` and `province` are prefetched."""
    return Wish(
        id=request.pk,
        center=request.center_id,
        topic=request.topic,
        people=max(1, sum(one.count for one in request.people.all())),
        days=request.day_count,
        halves=request.day_length,  # type: ignore[arg-type]  # DayLength has the same words
        windows=tuple((window.since, window.until) for window in request.windows.all()),
        province=request.province_id,
        district=request.district_id,
        region=request.province.region,
        priority=priority,
    )


def wish_for(
    center: TransferCenter, *, topic: str, people: int, slots: Iterable[tuple[date, str]], trainers: int = 1
) -> Wish | None:
    """A workshop with these half-days as a wish for days in a row; None when it is longer than a working week."""
    taken = set(slots)
    days = {day for day, _half in taken}
    if not 1 <= len(days) <= LONGEST:
        return None
    halves = {half for _day, half in taken}
    home = center.host_province
    return Wish(
        id=0,
        center=center.pk,
        topic=topic,
        people=max(1, people),
        days=len(days),
        halves="full" if len(halves) > 1 else "am" if "am" in halves else "pm",
        windows=(),
        province=home.code,
        district=None,
        region=home.region,
        trainers=trainers,
    )


def problem_of(
    wishes: Sequence[Wish],
    *,
    since: date,
    until: date,
    centers: Collection[int] | None = None,
    without: Collection[int] = (),
    ignoring: QuerySet[ResourceSlot] | None = None,
) -> Problem:
    """Rooms, trainers and days between two dates, as they stand now; three queries.

    `centers`: only theirs (default: all). `without`: resources that dropped out. `ignoring`: slots that would be
    given back, such as the holds of the request itself.
    """
    resources = _resources(centers, without)
    return _problem(resources, wishes, since=since, until=until, ignoring=ignoring)


def _problem(
    resources: Mapping[int, Resource],
    wishes: Sequence[Wish],
    *,
    since: date,
    until: date,
    ignoring: QuerySet[ResourceSlot] | None = None,
) -> Problem:
    things = [_thing(row) for row in resources.values()]
    holidays, closed = _days_off(since, until)
    days = tuple(working_days(since, until, holidays))
    most = {pk: row.most_days for pk, row in resources.items() if row.is_trainer and row.most_days is not None}
    busy, given = _taken(resources, days, ignoring, counted=most)
    least = min((wish.load for wish in wishes), default=1)
    for trainer, per_month in most.items():
        busy[trainer].update(_full_months(days, given[trainer], 2 * per_month - least))
    months = len({(day.year, day.month) for day in days})
    left = {pk: max(0, per_month * months - sum(given[pk].values()) // 2) for pk, per_month in most.items()}
    return Problem(
        days,
        tuple(thing for thing in things if isinstance(thing, Room)),
        tuple(thing for thing in things if isinstance(thing, Trainer)),
        tuple(wishes),
        closed=closed,
        busy=busy,
        most_days=left,
    )


def _resources(centers: Collection[int] | None, without: Collection[int] = ()) -> dict[int, Resource]:
    rows = Resource.objects.filter(is_active=True, kind__in=[ResourceKind.ROOM, ResourceKind.TRAINER])
    if centers is not None:
        rows = rows.filter(center__in=centers)
    rows = rows.exclude(pk__in=without).select_related("center__host_province", "venue__province")
    return {row.pk: row for row in rows.order_by("pk")}


def _thing(row: Resource) -> Room | Trainer:
    if row.is_room:
        venue = row.venue
        assert venue is not None  # the constraint of the table
        assert row.capacity is not None
        return Room(row.pk, row.center_id, row.capacity, venue.province_id, venue.district_id, venue.province.region)
    home = row.center.host_province
    return Trainer(row.pk, row.center_id, frozenset(row.topics), home.code, home.region)


def _days_off(since: date, until: date) -> tuple[set[date], dict[int, set[date]]]:
    holidays: set[date] = set()
    closed: dict[int, set[date]] = defaultdict(set)
    for center, day in ClosedDay.objects.filter(on__range=(since, until)).values_list("center", "on"):
        (holidays if center is None else closed[center]).add(day)
    return holidays, closed


def _taken(
    resources: Mapping[int, Resource],
    days: Sequence[date],
    ignoring: QuerySet[ResourceSlot] | None,
    *,
    counted: Collection[int],
) -> tuple[dict[int, set[Slot]], dict[int, dict[tuple[int, int], int]]]:
    """What is taken on these days, and how many half-days of each month those who are counted give."""
    busy: dict[int, set[Slot]] = defaultdict(set)
    given: dict[int, dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))
    if not days:
        return busy, given
    rows = _standing(
        ResourceSlot.objects.filter(resource__in=list(resources), day__range=(days[0], days[-1])), ignoring
    )
    # Thousands of rows: a day that is read as text and looked up costs half of one that is converted.
    day_of = {day.isoformat(): day for day in days}
    fields = ("resource_id", "on", "half", *(["purpose"] if counted else []))
    for resource, on, half, *purpose in rows.order_by().annotate(on=Cast("day", TextField())).values_list(*fields):
        if day := day_of.get(on):
            busy[resource].add((day, half))
            if resource in counted and purpose != [SlotPurpose.LEAVE]:
                given[resource][day.year, day.month] += 1
    return busy, given


def _standing(rows: QuerySet[ResourceSlot], ignoring: QuerySet[ResourceSlot] | None) -> QuerySet[ResourceSlot]:
    """Those that are in the way today: not given back, no hold past its last day, not among those to be ignored."""
    rows = rows.filter(active=True).exclude(purpose=SlotPurpose.HOLD, expires_on__lt=timezone.localdate())
    return rows if ignoring is None else rows.exclude(pk__in=ignoring.order_by().values("pk"))


def _full_months(days: Iterable[date], given: Mapping[tuple[int, int], int], most: int) -> Iterator[Slot]:
    """Every half-day of the months in which a trainer gives more than so many half-days already."""
    for day in days:
        if given.get((day.year, day.month), 0) > most:
            yield from ((day, "am"), (day, "pm"))


def alternatives(
    wanted: WorkshopRequest | Wish,
    near: date,
    *,
    count: int = 3,
    center: TransferCenter | int | None = None,
    ignoring: QuerySet[ResourceSlot] | None = None,
    keeping: Collection[int] = (),
) -> list[Alternative]:
    """The free days nearest to a day, each with its best room and trainers of the center that is asked.

    Looks from tomorrow to a year after `near`. Where nobody at the center knows the topic, no trainer is proposed.
    `keeping`: the room and trainers of now, which a day keeps when they are free on it. Three queries, and two for a
    request that is not prefetched.
    """
    wish = wanted if isinstance(wanted, Wish) else wish_of(wanted)
    number = center.pk if isinstance(center, TransferCenter) else center or wish.center
    wish = replace(wish, center=number)
    tomorrow = timezone.localdate() + timedelta(days=1)
    names = _resources(None if number is None else [number])
    problem = _problem(names, [wish], since=tomorrow, until=max(near, tomorrow) + YEAR, ignoring=ignoring)
    if wish.trainers > len(knowing_trainers(problem, wish)):
        wish = replace(wish, trainers=0)
    best: dict[date, Candidate] = {}
    # Three rooms on one day are no three alternatives: the best of each day, what stays as it is first.
    for narrowed, narrow_wish in [*_kept(problem, wish, keeping), (problem, wish)]:
        for one in nearest(narrowed, narrow_wish, near, count * max(1, len(narrowed.rooms))):
            best.setdefault(one.start, one)
    found = sorted(
        best.values(), key=lambda one: (working_days_between(problem, near, one.start), one.cost, one.start)
    )[:count]
    return [_alternative(problem, wish, one, names) for one in found]


def _kept(problem: Problem, wish: Wish, keeping: Collection[int]) -> Iterator[tuple[Problem, Wish]]:
    """The same with the rooms and trainers of now only; nothing when one of them is no longer there."""
    rooms = tuple(room for room in problem.rooms if room.id in keeping)
    trainers = tuple(replace(one, topics=one.topics | {wish.topic}) for one in problem.trainers if one.id in keeping)
    if rooms and len(rooms) + len(trainers) == len(set(keeping)):
        yield replace(problem, rooms=rooms, trainers=trainers), replace(wish, trainers=len(trainers))


def _alternative(problem: Problem, wish: Wish, one: Candidate, names: Mapping[int, Resource]) -> Alternative:
    choice = Choice(problem.position[one.start], one.room, one.trainers)
    load = dict.fromkeys(one.trainers, wish.load)
    placed = placement(problem, wish, choice, load)
    return Alternative(
        placed.slots,
        names[one.room],
        tuple(names[trainer] for trainer in one.trainers),
        tuple(_sentences(placed.why, names)),
    )


# How much a trainer has to do says something in a plan of many workshops only; that any day would do, nothing here.
_UNSAID = frozenset({"within_share", "above_share", "any_day"})


def _sentences(why: Iterable[Reason], names: Mapping[int, Resource]) -> Iterator[str]:
    called = {pk: resource.name for pk, resource in names.items()}
    return (sentence(reason, called) for reason in why if reason.code not in _UNSAID)
