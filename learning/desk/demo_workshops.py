"""The workshops of the demo: rooms and trainers of wipa's center, a request of somchai, and a workshop to join."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from certification.models import CertificateDesign
from courses.catalog.choices import Topic
from courses.catalog.models import CoursePage
from learning.organizations.choices import Position
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.places.models import Province, ProvincialOffice, TransferCenter
from learning.workshops.booking import closed_on
from learning.workshops.choices import Half, ResourceKind
from learning.workshops.flows.requests import draft_request, submit_request
from learning.workshops.flows.resources import save_resource, save_venue
from learning.workshops.flows.scheduling import open_registration, plan_workshop
from learning.workshops.flows.seats import register
from learning.workshops.models import Resource, Venue, Workshop, WorkshopRequest
from learning.workshops.timetable import parts_of

ROOMS = (("ห้องรวงข้าว", 40, "เครื่องฉาย ไมโครโฟน 4 ตัว"), ("ห้องชาวนา", 25, "เครื่องฉาย กระดานขาว"))
# Invented people; topics by their names in the catalog.
TRAINERS = (
    ("นางสาวกัลยา สอนดี", (Topic.INTERNAL_CONTROL, Topic.BOOKKEEPING)),
    ("นายประเสริฐ เล่าเก่ง", (Topic.IDEOLOGY, Topic.LAW)),
    ("นางอรุณี คิดเลข", (Topic.BOOKKEEPING, Topic.MANAGEMENT)),
)
WEEKS_AHEAD = 4


@transaction.atomic
def open_workshops(people: dict[str, User]) -> None:
    """Everything through the same flows as people use; a second call changes nothing."""
    center = TransferCenter.objects.get(number=14)
    if Workshop.objects.filter(center=center).exists() or Resource.objects.filter(center=center).exists():
        return
    wipa, somchai, malee = people["wipa"], people["somchai"], people["malee"]
    province = Province.objects.get(name="ชัยนาท")
    venue = save_venue(
        Venue(center=center, province=province),
        name="อาคารฝึกอบรมศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์",
        address="ตำบลบ้านกล้วย อำเภอเมืองชัยนาท",
        way_there="จอดรถหลังอาคาร ขึ้นบันไดด้านซ้ายไปชั้น 2",
        by=wipa,
    )
    rooms = [
        save_resource(
            Resource(center=center, kind=ResourceKind.ROOM),
            name=name,
            capacity=capacity,
            equipment=equipment,
            venue=venue,
            by=wipa,
        )
        for name, capacity, equipment in ROOMS
    ]
    trainers = [
        save_resource(
            Resource(center=center, kind=ResourceKind.TRAINER),
            name=name,
            topics=[str(topic) for topic in topics],
            by=wipa,
        )
        for name, topics in TRAINERS
    ]
    first = _working_day(timezone.localdate() + timedelta(weeks=WEEKS_AHEAD), center)
    workshop = plan_workshop(
        center=center,
        parts=parts_of([first], (Half.AM, Half.PM)),
        room=rooms[0],
        trainers=[trainers[0]],
        title="ตรวจนับเงินสดและควบคุมภายในสำหรับกรรมการ",
        topic=Topic.INTERNAL_CONTROL,
        aim="ให้กรรมการและเหรัญญิกตรวจนับเงินสดเป็น และรู้ว่าต้องดูอะไรก่อนลงชื่อ",
        course=CoursePage.objects.filter(slug="internal-control").first(),
        capacity=40,
        province=province,
        contact="นางสาววิภา ใฝ่เรียน",
        certificate_design=CertificateDesign.objects.get(slug="center"),
        by=wipa,
    )
    open_registration(workshop, by=wipa)
    register(workshop, membership=Membership.objects.get(user=malee, position=Position.BOARD_MEMBER), by=malee)
    _ask(somchai, center, first + timedelta(weeks=3))


def _working_day(day: date, center: TransferCenter) -> date:
    """The first day from `day` on that is neither a weekend nor a holiday."""
    while day.weekday() > 4 or closed_on([day], center=center.pk):
        day += timedelta(days=1)
    return day


def _ask(by: User, center: TransferCenter, since: date) -> WorkshopRequest:
    office = ProvincialOffice.objects.get(province__name="ชัยนาท")
    cooperative = Organization.objects.get(name="สหกรณ์การเกษตรทุ่งรวงทอง จำกัด")
    request = draft_request(
        office=office,
        center=center,
        people={cooperative.pk: 24},
        windows=[(since, since + timedelta(weeks=3))],
        title="บัญชีเบื้องต้นสำหรับเหรัญญิกกลุ่ม",
        topic=Topic.BOOKKEEPING,
        aim="ให้เหรัญญิกของกลุ่มสตรีและกลุ่มอาชีพลงสมุดเงินสดได้เองทุกวัน",
        day_count=1,
        province=office.province,
        budget_line="แผนงานพัฒนาบุคลากรสหกรณ์",
        by=by,
    )
    return submit_request(request, seen=request.events.latest("pk").pk, by=by)
