"""A month of a center, as its own staff see it."""

from datetime import date

import pytest
from django.test import Client

from learning.places.models import TransferCenter
from learning.workshops.choices import Half, RequestState, SlotPurpose, WorkshopState
from learning.workshops.entries import SHOWN
from learning.workshops.models import ClosedDay, Resource, ResourceSlot
from tests.cast import Cast
from tests.factories.workshops import center, make_request, make_room, make_trainer, make_venue, make_workshop
from tests.workshops.calendar.reading import ADDRESS, month, text

TUESDAY, WEDNESDAY = date(2026, 11, 10), date(2026, 11, 11)


def block(resource: Resource, day: date, purpose: str, *halves: str, **fields: object) -> None:
    for half in halves or Half:
        ResourceSlot.objects.create(resource=resource, day=day, half=half, purpose=purpose, **fields)


def test_weeks_begin_on_sunday_and_are_whole(wipa: Client) -> None:
    days = list(month(wipa))
    assert (days[0], days[-1], len(days)) == ("2026-11-01", "2026-12-05", 35)
    days = list(month(wipa, "on=2026-08-15"))
    assert (days[0], days[-1], len(days)) == ("2026-07-26", "2026-09-05", 42)


def test_a_workshop_stands_on_each_of_its_days_with_room_and_seats(
    wipa: Client, cast: Cast, room: Resource, trainer: Resource
) -> None:
    workshop = make_workshop(cast.wipa, TUESDAY, WEDNESDAY, room=room, trainer=trainer, capacity=30, title="บัญชี")
    days = month(wipa)
    words = "บัญชี 10–11 พ.ย. · 0 of 30 seats · ห้องรวงข้าว Open for registration Move บัญชี"
    assert [day for day, square in days.items() if "บัญชี" in square.words] == ["2026-11-10", "2026-11-11"]
    assert days["2026-11-10"].words == f"Tuesday 10 พ.ย. {words}"
    address = f"/office/workshops/{workshop.pk}/"
    assert days["2026-11-10"].links == [address, f"{address}move/"]


def test_half_a_day_says_which(wipa: Client, cast: Cast, room: Resource) -> None:
    make_workshop(cast.wipa, TUESDAY, halves=(Half.PM,), room=room, title="บัญชี")
    assert "บัญชี Afternoon · 0 of 10 seats · ห้องรวงข้าว" in month(wipa)["2026-11-10"].words


def test_what_is_cancelled_is_gone_and_what_was_held_cannot_be_moved(wipa: Client, cast: Cast) -> None:
    make_workshop(cast.wipa, TUESDAY, state=WorkshopState.CANCELLED, title="บัญชี")
    held = make_workshop(cast.wipa, WEDNESDAY, state=WorkshopState.HELD, title="กฎหมาย")
    days = month(wipa)
    assert "บัญชี" not in days["2026-11-10"].words
    assert days["2026-11-11"].links == [f"/office/workshops/{held.pk}/"]


def test_a_hold_says_until_when_and_ends_by_itself(wipa: Client, cast: Cast, room: Resource) -> None:
    asked = make_request(cast.somchai, since=TUESDAY, until=WEDNESDAY, title="ขอจัดอบรม")
    block(room, TUESDAY, SlotPurpose.HOLD, request=asked, expires_on=date(2026, 11, 2))
    block(room, WEDNESDAY, SlotPurpose.HOLD, request=asked, expires_on=date(2026, 11, 1))
    days = month(wipa)
    assert "ขอจัดอบรม ห้องรวงข้าว Held until 2 พ.ย." in days["2026-11-10"].words
    assert days["2026-11-10"].links == [f"/office/workshops/requests/{asked.pk}/"]
    assert days["2026-11-11"].words == "Wednesday 11 พ.ย."


def test_leave_names_who_and_why(wipa: Client, cast: Cast, trainer: Resource) -> None:
    block(trainer, TUESDAY, SlotPurpose.LEAVE, Half.AM, reason="ลาพักผ่อน")
    assert "วิทยากร หนึ่ง Morning · ลาพักผ่อน Not at work, or out of use" in month(wipa)["2026-11-10"].words


def test_what_was_given_back_is_not_shown(wipa: Client, cast: Cast, room: Resource) -> None:
    block(room, TUESDAY, SlotPurpose.LEAVE, reason="ซ่อมแซม", active=False)
    assert "is-empty" in month(wipa)["2026-11-10"].marks


def test_holidays_and_closed_days_are_named_once_and_only_the_own(wipa: Client, cast: Cast) -> None:
    other = TransferCenter.objects.exclude(pk=center().pk).first()
    ClosedDay.objects.create(on=TUESDAY, name="วันหยุด")
    ClosedDay.objects.create(on=TUESDAY, name="ล้างถังน้ำ", center=center())
    ClosedDay.objects.create(on=WEDNESDAY, name="วันหยุดชดเชย")
    ClosedDay.objects.create(on=WEDNESDAY, name="วันหยุดชดเชย", center=center())
    ClosedDay.objects.create(on=date(2026, 11, 12), name="ของศูนย์อื่น", center=other)
    days = month(wipa)
    assert days["2026-11-10"].words == "Tuesday 10 พ.ย. วันหยุด · ล้างถังน้ำ"
    assert days["2026-11-10"].marks == {"is-off"}
    assert days["2026-11-11"].words == "Wednesday 11 พ.ย. วันหยุดชดเชย"
    assert days["2026-11-12"].marks == {"is-empty"}


def test_weekends_outside_days_and_today_are_marked(wipa: Client) -> None:
    days = month(wipa)
    assert days["2026-11-01"].marks == {"is-weekend", "is-empty"}
    assert days["2026-11-02"].marks == {"is-today", "is-empty"}
    assert days["2026-12-01"].marks == {"is-outside", "is-empty"}


def test_a_full_day_folds_what_comes_after_the_first(wipa: Client, cast: Cast) -> None:
    for number in range(SHOWN + 1):
        make_workshop(cast.wipa, TUESDAY, title=f"เรื่องที่ {number}")
    assert "more" not in month(wipa)["2026-11-10"].words
    make_workshop(cast.wipa, TUESDAY, title="อีกเรื่อง")
    assert "and 2 more" in month(wipa)["2026-11-10"].words


def test_words_of_people_are_escaped(wipa: Client, cast: Cast, room: Resource) -> None:
    room.name = 'ห้อง "<b>'
    room.save()
    make_workshop(cast.wipa, TUESDAY, room=room, title="<script>alert(1)</script>")
    page = text(wipa, "on=2026-11-02")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "ห้อง &quot;&lt;b&gt;<" in page


def test_by_room_each_room_has_its_own_entry_and_says_who_teaches(
    wipa: Client, cast: Cast, room: Resource, trainer: Resource
) -> None:
    make_workshop(cast.wipa, TUESDAY, room=room, trainer=trainer, title="บัญชี")
    make_workshop(cast.wipa, TUESDAY, title="ยังไม่มีห้อง")
    words = month(wipa, "on=2026-11-02&by=room")["2026-11-10"].words
    assert words.index("No room yet ยังไม่มีห้อง") < words.index("ห้องรวงข้าว บัญชี 0 of 10 seats · วิทยากร หนึ่ง")


def test_one_trainer_alone(wipa: Client, cast: Cast, room: Resource, trainer: Resource) -> None:
    other = make_trainer("วิทยากร สอง")
    make_workshop(cast.wipa, TUESDAY, room=room, trainer=trainer, title="บัญชี")
    make_workshop(cast.wipa, WEDNESDAY, trainer=other, title="กฎหมาย")
    days = month(wipa, f"on=2026-11-02&resource={other.pk}")
    assert [day for day, square in days.items() if "is-empty" not in square.marks] == ["2026-11-11"]


def test_a_trainer_lent_by_another_center_is_named_and_one_lent_to_it_is_busy(
    wipa: Client, cast: Cast, trainer: Resource
) -> None:
    other = TransferCenter.objects.exclude(pk=center().pk).first()
    assert other is not None
    lent = make_trainer("วิทยากรจากศูนย์อื่น", number=other.pk)
    make_workshop(cast.wipa, TUESDAY, trainer=lent, title="บัญชี")
    make_workshop(cast.krit, WEDNESDAY, trainer=trainer, center=other, title="ที่อื่น", state=WorkshopState.PLANNED)
    make_workshop(cast.krit, date(2026, 11, 12), trainer=trainer, center=other, title="ที่อื่นที่เปิดแล้ว")
    days = month(wipa, "on=2026-11-02&by=trainer")
    assert "วิทยากรจากศูนย์อื่น บัญชี" in days["2026-11-10"].words
    assert days["2026-11-11"].words == "Wednesday 11 พ.ย. วิทยากร หนึ่ง Taken"
    assert "วิทยากร หนึ่ง ที่อื่นที่เปิดแล้ว" in days["2026-11-12"].words
    assert not any("move" in link for link in days["2026-11-12"].links)


@pytest.mark.parametrize(
    "query",
    [
        "view=year&on=yesterday&by=moon&resource=x",
        "on=9999-12-31",
        "on=0001-01-01",
        "on=2026-02-30",
        "resource=99999999999999999999",
        "view=week&on=2199-12-31",
    ],
)
def test_nonsense_in_the_address_is_as_if_it_were_not_there(wipa: Client, query: str) -> None:
    assert wipa.get(f"{ADDRESS}?{query}").status_code == 200


def test_the_steps_lead_to_the_months_beside_and_keep_what_was_chosen(wipa: Client, room: Resource) -> None:
    page = text(wipa, f"on=2026-11-30&by=room&resource={room.pk}")
    rest = f"by=room&amp;resource={room.pk}"
    for day in ("2026-10-01", "2026-12-01", "2026-11-02"):
        assert f'href="?view=month&amp;on={day}&amp;{rest}"' in page
    assert f'href="?view=week&amp;on=2026-11-30&amp;{rest}"' in page


def test_an_empty_month_says_so(wipa: Client, cast: Cast) -> None:
    assert "Nothing is planned in this month" in text(wipa, "on=2026-11-02")
    make_workshop(cast.wipa, TUESDAY)
    assert "Nothing is planned in this month" not in text(wipa, "on=2026-11-02")


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("query", ["by=center", "by=room", "by=trainer", "view=week&by=room"])
def test_a_month_costs_the_same_queries_for_one_workshop_and_for_thirty(
    wipa: Client,
    cast: Cast,
    django_assert_num_queries: object,
    query: str,
    count: int,
) -> None:
    venue = make_venue()
    asked = make_request(cast.somchai, since=TUESDAY, until=WEDNESDAY, state=RequestState.ACCEPTED)
    for number in range(count):
        pair = make_room(f"ห้อง {number}", venue=venue), make_trainer(f"วิทยากร {number}")
        make_workshop(cast.wipa, TUESDAY, WEDNESDAY, room=pair[0], trainer=pair[1])
        block(pair[0], date(2026, 11, 12), SlotPurpose.HOLD, request=asked, expires_on=WEDNESDAY)
        block(pair[1], date(2026, 11, 13), SlotPurpose.LEAVE, reason="ลา")
    # session · person · duties · centers · rooms and trainers · sessions · bookings · borrowed · workshops · requests
    # that hold · days off
    with django_assert_num_queries(12):  # type: ignore[operator]
        wipa.get(f"{ADDRESS}?on=2026-11-10&{query}")
