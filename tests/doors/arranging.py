"""The parts of a side of workshops: its house, its requests, its papers and its plans."""

import io
from datetime import date, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from cms.thai.dates import fiscal_year_be
from courses.catalog.choices import Topic
from learning.organizations.models import Organization
from learning.people.models import User
from learning.places.models import Province, ProvincialOffice, TransferCenter
from learning.workshops.choices import MessageKind, MessageState, PaperKind, PlanState, ResourceKind, SlotPurpose
from learning.workshops.looking import days_from
from learning.workshops.models import (
    ClosedDay,
    CostLine,
    Proposal,
    RequestEvent,
    Resource,
    ResourceSlot,
    ScheduledMessage,
    SchedulePlan,
    Venue,
    WorkshopPaper,
    WorkshopPicture,
    WorkshopRequest,
)
from learning.workshops.printing.making import make_paper
from tests.factories.workshops import expect_people, make_request

if TYPE_CHECKING:
    from tests.doors.sides import Side

# The workshop of today lasts all day, so that its door is open whenever the tests run.
CLOCKS = ((time(0), time(12)), (time(11, 59), time(23, 59)))
LEAVE_FROM = 120  # days from today


def days_ahead(after: int, count: int = 3) -> list[date]:
    """Working days in a row from so many days on; for 0 the day of today, whatever it is."""
    today = timezone.localdate()
    return list(days_from(today + timedelta(days=after), count)) if after else [today]


def token_of(mark: str, whose: str) -> str:
    return sha256(f"{mark} {whose}".encode()).hexdigest()[:43]


def first_key(center: TransferCenter) -> int:
    """Keys that a page can be searched for: no other number of it looks like them."""
    return 771_000_000 + 10_000 * center.number


def make_house(center: TransferCenter, province: Province, mark: str) -> tuple[Venue, dict[str, Resource]]:
    """A venue with two rooms, two trainers, things, leave to come and a closed day."""
    key = first_key(center)
    venue = Venue.objects.create(id=key, center=center, name=f"อาคาร{mark}", address=f"ซอย{mark}", province=province)
    room = {"kind": ResourceKind.ROOM, "venue": venue, "capacity": 40}
    trainer = {"kind": ResourceKind.TRAINER, "topics": list(Topic.values), "note": f"หมายเหตุ{mark}"}
    kinds = {
        "room": room,
        "other room": room,
        "trainer": trainer,
        "other trainer": trainer,
        "vehicle": {"kind": ResourceKind.VEHICLE},
        "retired": {"kind": ResourceKind.EQUIPMENT, "is_active": False},
    }
    house = {
        name: Resource.objects.create(id=key + at, center=center, name=f"{name} {mark}", **facts)
        for at, (name, facts) in enumerate(kinds.items(), start=1)
    }
    on = timezone.localdate() + timedelta(days=LEAVE_FROM)
    ResourceSlot.objects.create(
        resource=house["other trainer"], day=on, half="am", purpose=SlotPurpose.LEAVE, reason=f"ลา{mark}"
    )
    ClosedDay.objects.create(center=center, on=on + timedelta(days=1), name=f"ปิด{mark}")
    return venue, house


def make_requests(
    office: ProvincialOffice,
    center: TransferCenter,
    province: Province,
    organization: Organization,
    mark: str,
    *,
    by: User,
) -> dict[str, WorkshopRequest]:
    """A draft, one that was sent, one that came back, and one that is accepted."""
    found = {}
    since, until = days_ahead(60)[0], days_ahead(90)[0]
    for at, state in enumerate(("draft", "submitted", "returned", "accepted")):
        facts = {
            "id": first_key(center) + at,
            "office": office,
            "center": center,
            "province": province,
            "title": f"คำขอ{state} {mark}",
        }
        request = make_request(by, state=state, since=since, until=until, **facts)
        expect_people(request, organization, 12)
        RequestEvent.objects.create(
            request=request, actor=by, side="office", office=str(office), to_state=state, note=f"ข้อความ{mark}"
        )
        if state != "draft":
            WorkshopRequest.objects.filter(pk=request.pk).update(submitted_at=timezone.now())
        found[state] = request
    return found


def lay_messages(side: "Side") -> tuple[ScheduledMessage, ScheduledMessage]:
    """One that was not sent, and one that may have been."""
    found = [
        ScheduledMessage.objects.create(
            key=f"{side.mark}-{state}",
            kind=MessageKind.CONFIRMATION,
            state=state,
            workshop=side.workshops["running"],
            seat=side.seats["running confirmed"],
            user=side.people[0],
            due_at=timezone.now(),
            claimed_at=timezone.now(),
            note=f"ไม่ถึง{side.mark}",
        )
        for state in (MessageState.FAILED, MessageState.UNSURE)
    ]
    return found[0], found[1]


def fill_report(side: "Side") -> tuple[CostLine, WorkshopPicture]:
    workshop, by = side.workshops["held"], side.by
    cost = CostLine.objects.create(workshop=workshop, kind="food", text=f"อาหาร{side.mark}", price=100, added_by=by)
    drawn = io.BytesIO()
    Image.new("RGB", (4, 4), "green").save(drawn, "JPEG")
    picture = WorkshopPicture(workshop=workshop, caption=f"ภาพ{side.mark}", added_by=by)
    picture.image.save("picture.jpg", ContentFile(drawn.getvalue()), save=True)
    return cost, picture


def print_sheet(side: "Side") -> WorkshopPaper:
    """A sign-in sheet with the names, printed for good as the worker would have."""
    workshop = side.workshops["running"]
    paper = WorkshopPaper.objects.create(workshop=workshop, kind=PaperKind.SIGN_IN, asked_by=side.by)
    assert make_paper(paper.pk)
    paper.refresh_from_db()
    return paper


def make_plan(side: "Side") -> tuple[SchedulePlan, Proposal]:
    """A plan of the center itself, with a day for what was asked."""
    plan = _plan(side, center=side.center)
    return plan, propose(plan, side, "submitted", days_ahead(70)[0])


def plan_over_all(*sides: "Side") -> SchedulePlan:
    """A plan of head office; each center sees of it what is about its own workshops."""
    plan = _plan(sides[0], center=None)
    for side in sides:
        propose(plan, side, "accepted", days_ahead(75)[0])
    plan.unplaced = [{"request": side.requests["returned"].pk, "why": []} for side in sides]
    plan.save(update_fields=["unplaced"])
    return plan


def _plan(side: "Side", *, center: TransferCenter | None) -> SchedulePlan:
    return SchedulePlan.objects.create(
        fiscal_year=fiscal_year_be(days_ahead(70)[0]),
        center=center,
        state=PlanState.READY,
        took_ms=12,
        asked_by=side.by,
        made_at=timezone.now(),
    )


def propose(plan: SchedulePlan, side: "Side", request: str, day: date) -> Proposal:
    found = Proposal.objects.create(
        plan=plan,
        request=side.requests[request],
        room=side.house["room"],
        slots=[[day.isoformat(), "am"], [day.isoformat(), "pm"]],
        first_on=day,
    )
    found.trainers.set([side.house["trainer"]])
    return found
