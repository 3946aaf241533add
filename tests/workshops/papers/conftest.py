"""A workshop of two days in December 2569, and a way to fill it with people of three organizations."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pypdf
import pytest
import time_machine
from django.core.files.storage import FileSystemStorage

from learning.organizations.choices import Kind
from learning.organizations.models import Membership
from learning.people.models import User
from learning.workshops.models import Seat, Workshop, WorkshopPaper
from learning.workshops.printing.shelf import print_paper
from tests.cast import Cast
from tests.factories.organizations import make_organization
from tests.factories.workshops import make_room, make_seat, make_trainer, make_workshop, office

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=ZoneInfo("Asia/Bangkok"))
DAYS = (date(2026, 12, 9), date(2026, 12, 10))
# What Thai has that printers of other alphabets get wrong: ำ after a tone, marks on marks, silent signs.
GIVEN = ("กานดา", "น้ำผึ้ง", "ปิ่นเกล้า", "ฐิติ", "ณัฏฐ์", "เพ็ญศรี", "กำธร", "ญาณี", "สุรสิทธิ์", "ฤทัย")
FAMILY = ("ศรีสุข", "ทองคำ", "น้ำเพชร", "พงษ์พิพัฒน์", "เกื้อกูล", "ดุษฎี", "อู่ข้าวอู่น้ำ")
ORGANIZATIONS = (
    ("สหกรณ์การเกษตรบ้านนาน้ำใส จำกัด", Kind.AGRICULTURAL),
    ("สหกรณ์ออมทรัพย์ครูและบุคลากรทางการศึกษาจังหวัดชัยนาทและใกล้เคียง จำกัด", Kind.SAVINGS),
    ("กลุ่มสตรีแปรรูปน้ำผึ้งบ้านปึก", Kind.WOMENS_GROUP),
)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """Two in the afternoon of 23 November 2569; files of this test only."""
    monkeypatch.setattr(WorkshopPaper._meta.get_field("file"), "storage", FileSystemStorage(location=tmp_path))
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def workshop(cast: Cast) -> Workshop:
    return make_workshop(
        cast.wipa,
        *DAYS,
        capacity=400,
        room=make_room(capacity=400),
        trainer=make_trainer("นางสาววิภา ใฝ่เรียน"),
        office=office(),
        title="การควบคุมภายใน รุ่นที่ 3",
        contact="นางสาววิภา ใฝ่เรียน",
        contact_phone="056 411 222",
    )


@pytest.fixture
def fill(workshop: Workshop) -> Callable[[int], list[Seat]]:
    """So many people, each with another name, with a seat."""
    organizations = [make_organization(name, kind=kind) for name, kind in ORGANIZATIONS]

    def filled(count: int) -> list[Seat]:
        seats = []
        for number in range(count):
            person = User.objects.create_user(
                f"person-{number}",
                title=("นาย", "นาง", "นางสาว")[number % 3],
                first_name=GIVEN[number % 10] + GIVEN[number // 10 % 10],
                last_name=FAMILY[number % 7] + GIVEN[number // 100 % 10],
            )
            membership = Membership.objects.create(
                user=person, organization=organizations[number % 3], position="member"
            )
            seats.append(make_seat(workshop, membership))
        return seats

    return filled


@pytest.fixture
def printed(workshop: Workshop, cast: Cast) -> Callable[..., bytes]:
    """The bytes of a paper of this workshop, as the worker would print them."""

    def paper(kind: str, **fields: object) -> bytes:
        return print_paper(
            WorkshopPaper.objects.create(workshop=workshop, kind=kind, asked_by=cast.wipa, **fields), printed_at=NOW
        )

    return paper


def pages(data: bytes) -> list[str]:
    """What a reader copies from each page."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def joined(text: str) -> str:
    """Text without the blanks and line ends that a reader puts where a line is broken."""
    return re.sub(r"\s", "", text)
