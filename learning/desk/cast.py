"""The demo cast: always the same four people, invented, in invented organizations."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction

from learning.desk.opening import AUTHORS
from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.organizations.choices import Kind, Position
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.places.models import District, PromotionGroup, Province, ProvincialOffice, TransferCenter

PASSWORD = "sahakorn-2569"  # noqa: S105  public on purpose: setup --demo only


@dataclass(frozen=True)
class Character:
    username: str
    title: str
    first_name: str
    last_name: str
    phone: str
    who: str


CAST = (
    Character("malee", "นาง", "มาลี", "ใจดี", "+66812345678", "กรรมการสหกรณ์การเกษตรทุ่งรวงทอง จำกัด และเหรัญญิกกลุ่มสตรี"),
    Character("somchai", "นาย", "สมชาย", "ตั้งมั่น", "+66823456789", "เจ้าหน้าที่สำนักงานสหกรณ์จังหวัด"),
    Character("wipa", "นางสาว", "วิภา", "ใฝ่เรียน", "+66834567890", "เจ้าหน้าที่ศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์ ผู้จัดทำหลักสูตร"),
    Character("krit", "นาย", "กฤต", "แดนไกล", "+66845678901", "กรรมการสหกรณ์ในจังหวัดอื่น"),
)


# Districts of the demo office's promotion groups, and the provinces of the demo center: invented, not official.
GROUPS = (("เมืองชัยนาท", "มโนรมย์", "วัดสิงห์", "หนองมะโมง"), ("สรรพยา", "สรรคบุรี", "หันคา", "เนินขาม"))
SERVED = ("ชัยนาท", "อุทัยธานี", "สิงห์บุรี", "อ่างทอง")


@transaction.atomic
def welcome_cast() -> dict[str, User]:
    """The four accounts, their organizations, memberships and duties; a second call changes nothing."""
    people = {character.username: _person(character) for character in CAST}
    people["wipa"].groups.add(Group.objects.get(name=AUTHORS))
    User.objects.filter(username="wipa").update(is_staff=True)  # shows her the way into the admin
    cooperative = _organization(Kind.AGRICULTURAL, "สหกรณ์การเกษตรทุ่งรวงทอง จำกัด", "ชัยนาท", "สรรพยา")
    women = _organization(Kind.WOMENS_GROUP, "กลุ่มสตรีสหกรณ์ทุ่งรวงทอง", "ชัยนาท", "สรรพยา", parent=cooperative)
    _organization(Kind.YOUTH_GROUP, "กลุ่มเยาวชนสหกรณ์โรงเรียนทุ่งรวงทองวิทยา", "ชัยนาท", "สรรพยา", parent=cooperative)
    savings = _organization(Kind.SAVINGS, "สหกรณ์ออมทรัพย์ดอยฟ้าใส จำกัด", "เชียงใหม่", "แม่ริม")
    _membership(people["malee"], cooperative, Position.BOARD_MEMBER)
    _membership(people["malee"], women, Position.GROUP_TREASURER)
    _membership(people["krit"], savings, Position.BOARD_MEMBER)
    _duties(people)
    return people


def _duties(people: dict[str, User]) -> None:
    """Somchai answers for his province, wipa for her center; the office has two promotion groups."""
    office = ProvincialOffice.objects.get(province__name="ชัยนาท")
    for number, names in enumerate(GROUPS, start=1):
        group, is_new = PromotionGroup.objects.get_or_create(office=office, number=number)
        if is_new:
            group.districts.set(District.objects.filter(province=office.province, name__in=names))
    center = TransferCenter.objects.get(number=14)
    if not center.provinces.exists():
        center.provinces.set(Province.objects.filter(name__in=SERVED))
    _duty(people["somchai"], Role.MANAGEMENT_OFFICER, office=office)
    _duty(people["wipa"], Role.CENTER_STAFF, center=center)


def _duty(user: User, role: Role, **place: object) -> None:
    Duty.objects.get_or_create(user=user, role=role, **place, defaults={"since": date(2025, 10, 1)})


def _person(character: Character) -> User:
    person = User.objects.filter(username=character.username).first()
    if person is None:
        person = User.objects.create_user(
            character.username,
            password=PASSWORD,
            title=character.title,
            first_name=character.first_name,
            last_name=character.last_name,
            phone=character.phone,
            phone_verified=True,
        )
    return person


def _organization(
    kind: Kind, name: str, province: str, district: str, *, parent: Organization | None = None
) -> Organization:
    place = Province.objects.get(name=province)
    found = Organization.objects.filter(kind=kind, name=name, province=place).first()
    return found or Organization.objects.create(
        kind=kind,
        name=name,
        province=place,
        district=District.objects.get(province=place, name=district),
        parent=parent,
    )


def _membership(user: User, organization: Organization, position: Position) -> None:
    Membership.objects.get_or_create(
        user=user, organization=organization, position=position, defaults={"since": date(2025, 12, 1)}
    )
