"""A month of a center as full as asked: workshops of one to three days, each with a room and a trainer of its own."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import count as numbers
from itertools import cycle

from courses.catalog.choices import Topic
from learning.people.models import User
from learning.places.models import TransferCenter
from learning.workshops.calendars.working import working_days
from learning.workshops.choices import Half, ResourceKind, SlotPurpose, WorkshopState
from learning.workshops.models import ClosedDay, Resource, ResourceSlot, Session, Venue, Workshop

CLOCK = {Half.AM: (time(9), time(12)), Half.PM: (time(13), time(16))}
LENGTHS = (1, 2, 1, 3, 1)  # days, over and over
STATES = (WorkshopState.OPEN, WorkshopState.PLANNED, WorkshopState.OPEN, WorkshopState.CLOSED)
TITLES = {
    Topic.IDEOLOGY: "อุดมการณ์ หลักการ และวิธีการสหกรณ์สำหรับสมาชิกใหม่",
    Topic.LAW: "กฎหมายสหกรณ์และข้อบังคับที่กรรมการต้องรู้",
    Topic.BOOKKEEPING: "การบัญชีสหกรณ์เบื้องต้นและการอ่านงบการเงิน",
    Topic.INTERNAL_CONTROL: "การควบคุมภายในและการตรวจนับเงินสด",
    Topic.MANAGEMENT: "การบริหารจัดการธุรกิจสหกรณ์และการวางแผนกลยุทธ์",
}
CAPACITY = 40


def many_workshops(center: TransferCenter, month: date, count: int, *, by: User) -> list[Workshop]:
    """`count` workshops of a center in the month of a day; nothing is booked twice, holidays are kept.

    As many rooms and trainers are made as are needed, under new names: a second call finds nothing taken.
    """
    made = list(_workshops(center, month, count, by))
    Workshop.objects.bulk_create([workshop for workshop, _days, _pair in made], batch_size=500)
    sessions, slots = [], []
    for workshop, days, pair in made:
        for day in days:
            for half, (starts, ends) in CLOCK.items():
                session = Session(workshop=workshop, day=day, half=half, starts=starts, ends=ends)
                sessions.append(session)
                slots += [
                    ResourceSlot(
                        resource=resource, day=day, half=half, purpose=SlotPurpose.SESSION, session=session, by=by
                    )
                    for resource in pair
                ]
    Session.objects.bulk_create(sessions, batch_size=500)
    ResourceSlot.objects.bulk_create(slots, batch_size=500)
    return [workshop for workshop, _days, _pair in made]


def _workshops(
    center: TransferCenter, month: date, count: int, by: User
) -> Iterator[tuple[Workshop, list[date], tuple[Resource, Resource]]]:
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    days = working_days(first, last, set(ClosedDay.objects.filter(center=None).values_list("on", flat=True)))
    topics, lengths, states = cycle(Topic), cycle(LENGTHS), cycle(STATES)
    pairs = _pairs(center)
    pair, at = next(pairs), 0
    for number in range(count):
        length, topic = next(lengths), next(topics)
        place = _in_one_week(days, at, length)
        if place is None:
            pair, place = next(pairs), _in_one_week(days, 0, length) or 0
        at = place + length
        own = days[place:at]
        workshop = Workshop(
            center=center,
            state=next(states),
            title=TITLES[topic],
            topic=topic,
            province=center.host_province,
            first_on=own[0],
            last_on=own[-1],
            capacity=CAPACITY,
            taken=number % (CAPACITY + 1),
            created_by=by,
        )
        yield workshop, own, pair


def _in_one_week(days: list[date], at: int, length: int) -> int | None:
    """The first place from `at` on where so many working days lie in one week: no workshop crosses a weekend."""
    for place in range(at, len(days) - length + 1):
        if days[place].isocalendar()[:2] == days[place + length - 1].isocalendar()[:2]:
            return place
    return None


def _pairs(center: TransferCenter) -> Iterator[tuple[Resource, Resource]]:
    """A room and a trainer, one pair after another."""
    venue, _is_new = Venue.objects.get_or_create(
        center=center, name="อาคารฝึกอบรมรวม", defaults={"province": center.host_province}
    )
    known = Resource.objects.filter(center=center).count()
    for number in numbers(known // 2 + 1):
        room = Resource.objects.create(
            center=center, kind=ResourceKind.ROOM, name=f"ห้องอบรม {number}", venue=venue, capacity=CAPACITY
        )
        trainer = Resource.objects.create(
            center=center, kind=ResourceKind.TRAINER, name=f"วิทยากร {number}", topics=Topic.values
        )
        yield room, trainer
