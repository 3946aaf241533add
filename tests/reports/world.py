"""The small world in which a walk is taken: three provinces, eight organizations, eight people, three courses."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from courses.catalog.models import CoursePage
from learning.duties.choices import Role
from learning.organizations.kinds import positions_in
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.places.models import District, PromotionGroup, Province, ProvincialOffice, TransferCenter
from tests.factories.catalog import make_course
from tests.factories.duties import make_duty
from tests.reports.truth import Held, Org, Person, Truth

FIRST_DAY = date(2025, 9, 20)  # ten days before the fiscal year 2568 ends
BANGKOK = ZoneInfo("Asia/Bangkok")

DISTRICTS = {
    "10": {"1001": "เขตเหนือ", "1002": "เขตใต้", "1003": "เขตตะวันออก"},
    "17": {"1701": "เมืองสิงห์", "1702": "บางระจัน"},
    "18": {"1801": "เมืองชัย", "1802": "มโนรมย์", "1803": "วัดสิงห์"},
}
ORGANIZATIONS = (
    ("agricultural", "การเกษตรมโนรมย์", "18", "1802", None),
    ("savings", "ออมทรัพย์ชัย", "18", None, None),
    ("fishery", "ประมงสิงห์", "17", "1701", None),
    ("agricultural", "การเกษตรเขตเหนือ", "10", "1001", None),
    ("womens_group", "สตรีมโนรมย์", "18", "1802", 0),
    ("youth_group", "เยาวชนวัดสิงห์", "18", "1803", 0),
    ("farmers_group", "ทำนาบางระจัน", "17", "1702", None),
    ("womens_group", "สตรีเขตใต้", "10", "1002", 3),
)
PEOPLE = (
    ("female", 1968),
    ("male", 1996),
    ("", None),
    ("female", 2008),
    ("other", 1986),
    ("male", None),
    ("", 1975),
    ("female", 1965),
)
COURSES = (("การควบคุมภายใน", "3.0"), ("กฎหมายสหกรณ์", "1.1"), ("บัญชีครัวเรือน", "0.7"))


def build_world() -> None:
    """Rows that every walk begins with, written once. The academy has been opened."""
    for place, (code, name) in enumerate((("10", "กรุงเทพมหานคร"), ("17", "สิงห์บุรี"), ("18", "ชัยนาท"))):
        province = Province.objects.create(code=code, name=name, name_en=code, region="กลาง", position=place)
        for number, (key, district) in enumerate(DISTRICTS[code].items()):
            District.objects.create(code=key, province=province, name=district, name_en=key, position=number)
        for number in (1, 2) if code == "10" else (1,):
            ProvincialOffice.objects.create(code=f"{code}{number:02}", province=province, name=f"{name} {number}")
    ProvincialOffice.objects.get(pk="1001").districts.set(["1001", "1002"])
    ProvincialOffice.objects.get(pk="1002").districts.set(["1003"])
    for number, served in ((14, ["17", "18"]), (2, ["10"]), (3, [])):
        center = TransferCenter.objects.create(
            number=number, name=f"ศูนย์ที่ {number}", short_name=str(number), name_en=str(number), host_province_id="18"
        )
        center.provinces.set(served)
    for office, districts in (("1801", ["1801", "1802"]), ("1001", ["1001"])):
        PromotionGroup.objects.create(office_id=office, number=1).districts.set(districts)
    organizations: list[Organization] = []
    for kind, name, province_code, district_code, parent in ORGANIZATIONS:
        organizations.append(
            Organization.objects.create(
                kind=kind,
                name=name,
                province_id=province_code,
                district_id=district_code,
                parent=None if parent is None else organizations[parent],
            )
        )
    for number, (gender, born) in enumerate(PEOPLE):
        User.objects.create(username=f"person-{number}", first_name=f"คนที่ {number}", gender=gender, birth_year=born)
    officer = User.objects.create(username="somchai", first_name="สมชาย")
    for office in ProvincialOffice.objects.all():
        make_duty(officer, Role.PROVINCIAL_HEAD, office, since=date(2024, 1, 1))
    for number, (title, hours) in enumerate(COURSES):
        make_course(
            f"course-{number}", title=title, hours=Decimal(hours), lessons=1, quiz=None, certificate_design=None
        )


class World:
    """The world in motion: `truth` is what happened, `asked` which past days somebody asked for on the way."""

    def __init__(self, clock: object) -> None:
        self.clock, self.today = clock, FIRST_DAY
        self.asked: list[tuple[str, date | None, date]] = []
        self.officer = User.objects.get(username="somchai")
        self.made = 0
        self.truth = truth = Truth()
        truth.provinces = dict(Province.objects.values_list("code", "name"))
        truth.districts = dict(District.objects.values_list("code", "name"))
        truth.centers = {
            14: ("ศูนย์ที่ 14", {"17", "18"}),
            2: ("ศูนย์ที่ 2", {"10"}),
            3: ("ศูนย์ที่ 3", set()),
        }
        groups = list(PromotionGroup.objects.order_by("-office").values_list("pk", flat=True))
        truth.groups = {groups[0]: {"1801", "1802"}, groups[1]: {"1001"}}
        truth.offices = {"1001": {"1001", "1002"}, "1002": {"1003"}}
        courses = dict(CoursePage.objects.values_list("title", "pk"))
        truth.courses = {courses[title]: (title, Decimal(hours)) for title, hours in COURSES}
        keys = dict(Organization.objects.values_list("name", "pk"))
        for kind, name, province, district, parent in ORGANIZATIONS:
            facts = {
                "kind": kind,
                "name": name,
                "province": province,
                "district": district,
                "parent": None if parent is None else truth.orgs[parent].pk,
            }
            truth.orgs.append(Org(keys[name], [(date.min, facts)]))
        people = User.objects.filter(username__startswith="person-").order_by("username").values_list("pk", flat=True)
        truth.people = [Person(pk, gender, born) for pk, (gender, born) in zip(people, PEOPLE, strict=True)]
        self._set_clock(0)

    def _set_clock(self, number: int) -> None:
        """Shortly after midnight or shortly before: half a day away from the same day in UTC."""
        hour, minute = ((0, 20), (23, 40))[number % 2]
        moment = datetime(self.today.year, self.today.month, self.today.day, hour, minute, tzinfo=BANGKOK)
        self.clock.move_to(moment)  # type: ignore[attr-defined]

    def _org(self, number: int) -> Org:
        return self.truth.orgs[number % len(self.truth.orgs)]

    def _person(self, number: int) -> Person:
        return self.truth.people[number % len(self.truth.people)]

    def _position(self, org: Org, number: int) -> str:
        positions = positions_in(org.now["kind"])
        return str(positions[number % len(positions)])

    def _hold(self, person: Person, org: Org, position: str, since: date, until: date | None) -> None:
        """A position newly held; its key tells only which was written first."""
        key = Membership.objects.get(user=person.pk, organization=org.pk, position=position, since=since).pk
        self.truth.held.append(Held(key, person, org, position, since, until))

    def _of_today(self, number: int) -> Held | None:
        held = [held for held in self.truth.held if held.on(self.today) and held.org.ended is None]
        return held[number % len(held)] if held else None
