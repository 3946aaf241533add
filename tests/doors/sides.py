"""Two centers with an office each, and behind every address of workshops something that is only theirs.

Ours is center 14 with the office of ชัยนาท and malee; theirs is another center with the office of เชียงใหม่ and krit.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from certification.models import CertificateDesign
from courses.quizzes.models import Quiz
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.places.models import District, Province, ProvincialOffice, TransferCenter
from learning.records.models import IssueBatch
from learning.workshops.models import (
    Allotment,
    CalendarFeed,
    CostLine,
    Proposal,
    Resource,
    ScheduledMessage,
    SchedulePlan,
    Seat,
    Session,
    Venue,
    Workshop,
    WorkshopPaper,
    WorkshopPicture,
    WorkshopRequest,
)
from tests.cast import Cast
from tests.doors.arranging import (
    CLOCKS,
    days_ahead,
    fill_report,
    lay_messages,
    make_house,
    make_plan,
    make_requests,
    plan_over_all,
    print_sheet,
    token_of,
)
from tests.factories.duties import office_of
from tests.factories.organizations import make_membership, make_organization
from tests.factories.workshops import CENTER, make_seat, make_workshop


@dataclass(frozen=True)
class Side:
    """What belongs to one center and one office. `mark` stands in every word that is not public.

    `center_staff` and `officers` are callers (tests/doors/people.py) whose workshops these are; the first of each
    holds the doors.
    """

    mark: str
    names: tuple[str, ...]
    phone: str
    seat_of: Membership
    center: TransferCenter
    office: ProvincialOffice
    center_staff: tuple[str, ...]
    officers: tuple[str, ...]
    by: User  # an officer who wrote and asked for what is there
    organization: Organization
    people: list[User]
    house: dict[str, Resource]
    venue: Venue
    requests: dict[str, WorkshopRequest]
    workshops: dict[str, Workshop] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    @property
    def learner(self) -> User:
        """Malee, or krit."""
        return self.seat_of.user

    @property
    def secrets(self) -> tuple[str, ...]:
        """For nobody but its own center and office."""
        return (self.mark, *self.who)

    @property
    def who(self) -> tuple[str, ...]:
        """People: also not for head office, which sees totals."""
        return (*self.names, self.phone, self.learner.first_name)

    @property
    def own(self) -> frozenset[str]:
        return frozenset({*self.center_staff, *self.officers})

    def session(self, name: str, at: int = 0) -> Session:
        return list(self.workshops[name].sessions.order_by("day", "starts"))[at]


def make_sides(cast: Cast, crowd: Organization, quiz: Quiz) -> tuple[Side, Side]:
    """Ours and theirs, and one plan over both."""
    ours = _side(
        mark="ริมบึงลับ",
        names=("พรางกาย", "แอบซุ่ม", "ซ่อนเงา", "หลบแดด", "ปลีกวิเวก", "ลี้ลับตา"),
        phone="890055701",
        seat_of=cast.board_seat,
        center=TransferCenter.objects.get(number=CENTER),
        office=office_of("ชัยนาท"),
        center_staff=("wipa",),
        officers=("somchai", "neighbour", "last day"),
    )
    theirs = _side(
        mark="เชิงผาลับ",
        names=("เร้นหมอก", "คลุมไอ", "ดอยบัง", "เมฆคลุม", "ไพรทึบ", "ถ้ำลึก"),
        phone="890066801",
        seat_of=Membership.objects.get(user=cast.krit),
        center=other_center(),
        office=office_of("เชียงใหม่"),
        center_staff=("other center",),
        officers=("other manager", "other head"),
    )
    for side in (ours, theirs):
        _fill(side, quiz)
    for membership in Membership.objects.filter(organization=crowd).order_by("pk")[:1]:
        ours.seats["crowd"] = make_seat(ours.workshops["open"], membership)
    ours.things["plan_over_all"] = theirs.things["plan_over_all"] = plan_over_all(ours, theirs)
    return ours, theirs


def other_center() -> TransferCenter:
    found = TransferCenter.objects.exclude(number=CENTER).first()
    assert found is not None
    found.provinces.set([Province.objects.get(name="เชียงใหม่")])
    return found


def forget_files(sides: Iterable[Side]) -> None:
    """Papers and pictures stand beside the database."""
    for side in sides:
        for stored in (side.things["paper"].file, side.things["picture"].image):
            stored.delete(save=False)


def _side(*, mark: str, names: tuple[str, ...], phone: str, **facts: Any) -> Side:
    place = District.objects.filter(province=facts["office"].province).order_by("code").first()
    assert place is not None
    organization = make_organization(f"สหกรณ์การเกษตร{mark} จำกัด", province=place.province.name, district=place)
    people = []
    for at, (first, last) in enumerate(zip(names[::2], names[1::2], strict=True)):
        person = User.objects.create_user(
            f"{facts['center'].number}-kept-{at}", first_name=first, last_name=last, phone=f"+66{int(phone) + at}"
        )
        make_membership(person, organization)
        people.append(person)
    by = User.objects.create_user(f"{facts['center'].number}-officer", first_name="ผู้เขียน", last_name="ประจำฝ่าย")
    venue, house = make_house(facts["center"], place.province, mark)
    requests = make_requests(facts["office"], facts["center"], place.province, organization, mark, by=by)
    return Side(
        mark=mark,
        names=names,
        phone=phone[:8],
        organization=organization,
        people=people,
        venue=venue,
        house=house,
        requests=requests,
        by=by,
        **facts,
    )


def _fill(side: Side, quiz: Quiz) -> None:
    memberships = [side.seat_of, *(Membership.objects.get(user=person) for person in side.people)]
    today = days_ahead(0)[0]
    _make_workshops(side, quiz, today)
    takers = {
        "open": ("confirmed", "confirmed", "waiting", "requested"),
        "running": ("confirmed", "confirmed", "confirmed", "waiting"),
        "over": ("confirmed", "confirmed"),
        "held": ("attended", "attended", "absent"),
        "past": ("attended", "attended"),
        "planned": ("cancelled", "confirmed"),
    }
    for name, states in takers.items():
        for membership, state in zip(memberships, states, strict=False):
            facts: dict[str, Any] = {"queue_number": 1} if state == "waiting" else {}
            if state in ("attended", "absent"):
                facts |= {"attended_percent": 100 if state == "attended" else 0}
            whose = "own" if membership == side.seat_of else state
            side.seats[f"{name} {whose}"] = make_seat(side.workshops[name], membership, state=state, **facts)
        line = states.count("waiting")
        Workshop.objects.filter(pk=side.workshops[name].pk).update(waiting_count=line, queue_last=line)
        side.workshops[name].refresh_from_db()
    Allotment.objects.create(
        workshop=side.workshops["open"], organization=side.organization, most=9, taken=1, by=side.by
    )
    side.things["message"], side.things["unsure"] = lay_messages(side)
    side.things["cost"], side.things["picture"] = fill_report(side)
    side.things["paper"] = print_sheet(side)
    side.things["plan"], side.things["proposal"] = make_plan(side)
    side.things["batch"] = IssueBatch.objects.create(
        title=side.workshops["held"].title, workshop=side.workshops["held"], asked_by=side.by, state="done"
    )
    side.things["feed"] = CalendarFeed.objects.create(user=side.learner, token=token_of(side.mark, "learner"))
    side.things["center feed"] = CalendarFeed.objects.create(center=side.center, token=token_of(side.mark, "center"))
    _check(side)


def _make_workshops(side: Side, quiz: Quiz, today: date) -> None:
    """One in each state that some page wants; only the open one may be found by anybody."""
    by = side.by
    own = {"center": side.center, "office": side.office, "province": side.office.province}
    ahead, day = days_ahead(40), timedelta(days=1)
    hidden = {**own, "is_listed": False, "contact": f"ถาม{side.mark}"}
    booked = {"room": side.house["room"], "trainer": side.house["trainer"]}

    def put(name: str, on: date, state: str, **facts: Any) -> None:
        title = "การประชุมเปิดเผย" if name == "open" else f"อบรม{name} {side.mark}"
        side.workshops[name] = make_workshop(by, on, state=state, title=title, **facts)

    put("open", ahead[0] - 7 * day, "open", pre_test=quiz, **own)
    put("running", today, "closed", **hidden)
    put("over", today - day, "closed", **hidden)
    put("held", today - day, "held", post_test=quiz, **hidden)
    put("past", today - 95 * day, "held", certificate_design=CertificateDesign.objects.get(slug="center"), **hidden)
    put("planned", ahead[0], "planned", **hidden, **booked)
    for starts, ends, session in zip(*CLOCKS, side.workshops["running"].sessions.order_by("starts"), strict=True):
        session.starts, session.ends = starts, ends
        session.save(update_fields=["starts", "ends"])


def _check(side: Side) -> None:
    """Everything is of the kinds that the ways expect."""
    kinds = {
        "message": ScheduledMessage,
        "cost": CostLine,
        "picture": WorkshopPicture,
        "paper": WorkshopPaper,
        "plan": SchedulePlan,
        "proposal": Proposal,
    }
    assert {name: type(side.things[name]) for name in kinds} == kinds
