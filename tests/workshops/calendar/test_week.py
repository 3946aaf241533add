"""A week in lanes: mornings and afternoons as rows, rooms or trainers as columns."""

import re
from datetime import date

from django.test import Client

from learning.workshops.choices import Half, SlotPurpose
from learning.workshops.models import Resource, ResourceSlot
from tests.cast import Cast
from tests.factories.workshops import make_room, make_workshop
from tests.workshops.calendar.reading import text

TUESDAY = date(2026, 11, 10)


def rows(page: str) -> list[list[str]]:
    """The words of each cell, row by row; cells that span two rows stand in the first."""
    body = page[page.index("<tbody") : page.index("</table>")]
    found = []
    for row in re.findall(r"<tr.*?</tr>", body, re.S):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        found.append([" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells])
    return found


def heads(page: str) -> list[str]:
    return re.findall(r'<th role="columnheader"[^>]*>(.*?)</th>', page)


def test_each_day_has_a_morning_and_an_afternoon(wipa: Client, room: Resource) -> None:
    found = rows(text(wipa, "view=week&by=room&on=2026-11-10"))
    assert [row[0] for row in found[::2]] == [
        "Sunday 8 พ.ย.",
        "Monday 9 พ.ย.",
        "Tuesday 10 พ.ย.",
        "Wednesday 11 พ.ย.",
        "Thursday 12 พ.ย.",
        "Friday 13 พ.ย.",
        "Saturday 14 พ.ย.",
    ]
    assert {(row[1], later[0]) for row, later in zip(found[::2], found[1::2], strict=True)} == {
        ("Morning", "Afternoon")
    }


def test_what_fills_a_day_is_one_cell_and_half_a_day_is_its_own(
    wipa: Client, cast: Cast, room: Resource, trainer: Resource
) -> None:
    other = make_room("ห้องข้าวเปลือก")
    make_workshop(cast.wipa, TUESDAY, room=room, trainer=trainer, title="บัญชี")
    make_workshop(cast.wipa, TUESDAY, halves=(Half.PM,), room=other, title="กฎหมาย")
    page = text(wipa, "view=week&by=room&on=2026-11-10")
    assert heads(page) == ["Day", "Half", "ห้องข้าวเปลือก", "ห้องรวงข้าว"]
    morning, afternoon = rows(page)[4:6]
    assert morning[2:] == ["", "บัญชี All day · 0 of 10 seats · วิทยากร หนึ่ง Open for registration Move บัญชี"]
    assert afternoon[1:] == ["กฎหมาย 0 of 10 seats Open for registration Move กฎหมาย"]
    assert page.count("rowspan=2>") == 1


def test_one_lane_for_the_whole_center(wipa: Client, cast: Cast, room: Resource) -> None:
    make_workshop(cast.wipa, TUESDAY, room=room, title="บัญชี")
    page = text(wipa, "view=week&on=2026-11-10")
    assert heads(page) == ["Day", "Half", "The whole center"]
    assert rows(page)[4][2].startswith("บัญชี All day · 0 of 10 seats · ห้องรวงข้าว")


def test_a_room_out_of_use_has_a_lane_only_while_something_stands_in_it(
    wipa: Client, cast: Cast, room: Resource
) -> None:
    old = make_room("ห้องเก่า")
    make_workshop(cast.wipa, TUESDAY, room=old)
    Resource.objects.filter(pk=old.pk).update(is_active=False)
    assert heads(text(wipa, "view=week&by=room&on=2026-11-10"))[2:] == ["ห้องรวงข้าว", "ห้องเก่า"]
    assert heads(text(wipa, "view=week&by=room&on=2026-11-17"))[2:] == ["ห้องรวงข้าว"]


def test_by_trainer_leave_stands_in_the_lane_of_the_trainer(wipa: Client, trainer: Resource) -> None:
    ResourceSlot.objects.create(
        resource=trainer, day=TUESDAY, half=Half.AM, purpose=SlotPurpose.LEAVE, reason="ลาพักผ่อน"
    )
    morning, afternoon = rows(text(wipa, "view=week&by=trainer&on=2026-11-10"))[4:6]
    assert morning[2] == "วิทยากร หนึ่ง ลาพักผ่อน Not at work, or out of use"
    assert afternoon[1] == ""


def test_an_empty_week_says_so(wipa: Client, cast: Cast) -> None:
    assert "Nothing is planned in this week" in text(wipa, "view=week&on=2026-11-10")
