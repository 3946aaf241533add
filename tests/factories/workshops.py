"""Centers with rooms and trainers, requests, workshops and seats."""

from datetime import date, time

from courses.catalog.choices import Topic
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.places.models import Province, ProvincialOffice, TransferCenter
from learning.workshops.choices import Half, RequestState, ResourceKind, SeatState, SlotPurpose, WorkshopState
from learning.workshops.models import (
    RequestedPeople,
    RequestWindow,
    Resource,
    ResourceSlot,
    Seat,
    Session,
    Venue,
    Workshop,
    WorkshopRequest,
)

# Wipa's center and somchai's office (learning/desk/cast.py).
CENTER = 14
CLOCK = {Half.AM: (time(9), time(12)), Half.PM: (time(13), time(16))}


def center(number: int = CENTER) -> TransferCenter:
    return TransferCenter.objects.get(number=number)


def office(province: str = "ชัยนาท") -> ProvincialOffice:
    found = ProvincialOffice.objects.filter(province__name=province).order_by("code").first()
    assert found is not None
    return found


def make_venue(name: str = "อาคารฝึกอบรม", *, number: int = CENTER, province: str = "ชัยนาท") -> Venue:
    return Venue.objects.get_or_create(
        center=center(number), name=name, defaults={"province": Province.objects.get(name=province)}
    )[0]


def make_room(
    name: str = "ห้องรวงข้าว", *, capacity: int = 40, number: int = CENTER, venue: Venue | None = None
) -> Resource:
    return Resource.objects.create(
        center=center(number),
        kind=ResourceKind.ROOM,
        name=name,
        venue=venue or make_venue(number=number),
        capacity=capacity,
    )


def make_trainer(name: str = "วิทยากร หนึ่ง", *, topics: tuple[str, ...] = (), number: int = CENTER) -> Resource:
    """A trainer of every topic unless told otherwise."""
    return Resource.objects.create(
        center=center(number), kind=ResourceKind.TRAINER, name=name, topics=list(topics or Topic.values)
    )


def make_request(
    by: User, *, state: str = RequestState.SUBMITTED, since: date, until: date, **fields: object
) -> WorkshopRequest:
    """The office of Chai Nat asks center 14 for one whole day of internal control, between two days."""
    values = {
        "office": office(),
        "center": center(),
        "title": "การควบคุมภายในสำหรับกรรมการ",
        "topic": Topic.INTERNAL_CONTROL,
        "aim": "ให้กรรมการตรวจนับเงินสดเป็น",
        "province": Province.objects.get(name="ชัยนาท"),
        **fields,
    }
    request = WorkshopRequest.objects.create(created_by=by, state=state, **values)
    RequestWindow.objects.create(request=request, since=since, until=until)
    return request


def expect_people(request: WorkshopRequest, organization: Organization, count: int) -> RequestedPeople:
    return RequestedPeople.objects.create(request=request, organization=organization, count=count)


def make_workshop(
    by: User,
    *days: date,
    capacity: int = 10,
    state: str = WorkshopState.OPEN,
    halves: tuple[str, ...] = (Half.AM, Half.PM),
    room: Resource | None = None,
    trainer: Resource | None = None,
    **fields: object,
) -> Workshop:
    """A workshop of center 14 on these days, both halves, with slots for the room and the trainer if given."""
    values = {
        "center": center(),
        "title": "ตรวจนับเงินสดและควบคุมภายใน",
        "topic": Topic.INTERNAL_CONTROL,
        "province": Province.objects.get(name="ชัยนาท"),
        "first_on": min(days, default=None),
        "last_on": max(days, default=None),
        **fields,
    }
    workshop = Workshop.objects.create(created_by=by, capacity=capacity, state=state, **values)
    for day in days:
        for half in halves:
            starts, ends = CLOCK[Half(half)]
            session = Session.objects.create(workshop=workshop, day=day, half=half, starts=starts, ends=ends)
            for resource in filter(None, (room, trainer)):
                ResourceSlot.objects.create(
                    resource=resource, day=day, half=half, purpose=SlotPurpose.SESSION, session=session, by=by
                )
    return workshop


def make_seat(
    workshop: Workshop, membership: Membership, *, state: str = SeatState.CONFIRMED, **fields: object
) -> Seat:
    """A seat as registering would leave it; a confirmed one is counted in the workshop."""
    organization = membership.organization
    seat = Seat.objects.create(
        workshop=workshop,
        user=membership.user,
        state=state,
        organization=organization,
        position=membership.position,
        kind=organization.kind,
        parent=organization.parent,
        province=organization.province,
        district=organization.district,
        registered_by=membership.user,
        **fields,
    )
    if state == SeatState.CONFIRMED:
        workshop.taken += 1
        workshop.save(update_fields=["taken"])
    return seat
