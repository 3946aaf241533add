"""Others than the center itself see what is public, what is their own, and of the rest that something is taken."""

from datetime import date

import pytest
from django.test import Client

from learning.duties.choices import Role
from learning.places.models import TransferCenter
from learning.workshops.choices import Half, SlotPurpose, WorkshopState
from learning.workshops.models import Resource, ResourceSlot, WorkshopRequest
from tests.cast import Cast
from tests.factories.duties import make_duty
from tests.factories.workshops import center, make_request, make_workshop, office
from tests.workshops.calendar.conftest import client_of
from tests.workshops.calendar.reading import ADDRESS, month, text

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 11)


def hold(resource: Resource, day: date, asked: WorkshopRequest) -> None:
    for half in Half:
        ResourceSlot.objects.create(
            resource=resource, day=day, half=half, purpose=SlotPurpose.HOLD, request=asked, expires_on=WEDNESDAY
        )


def test_an_office_sees_public_workshops_by_name_and_that_others_take_a_room(
    somchai: Client, cast: Cast, room: Resource
) -> None:
    open_one = make_workshop(cast.wipa, MONDAY, room=room, title="เปิดแล้ว")
    make_workshop(cast.wipa, TUESDAY, room=room, title="ยังไม่เปิด", state=WorkshopState.PLANNED)
    make_workshop(cast.wipa, WEDNESDAY, room=room, title="ไม่ประกาศ", is_listed=False, state=WorkshopState.CLOSED)
    days = month(somchai)
    assert days["2026-11-09"].links == [f"/office/workshops/{open_one.pk}/"]
    assert days["2026-11-10"].words == "Tuesday 10 พ.ย. Taken ห้องรวงข้าว"
    assert days["2026-11-11"].words == "Wednesday 11 พ.ย. Taken ห้องรวงข้าว"
    assert "ยังไม่เปิด" not in text(somchai, "on=2026-11-02&view=week&by=room")


def test_an_office_sees_its_own_planned_workshop_and_cannot_move_it(somchai: Client, cast: Cast) -> None:
    own = make_workshop(cast.wipa, TUESDAY, title="ของเรา", state=WorkshopState.PLANNED, office=office())
    assert month(somchai)["2026-11-10"].links == [f"/office/workshops/{own.pk}/"]


def test_an_office_reads_the_name_of_its_own_hold_only(somchai: Client, cast: Cast, room: Resource) -> None:
    own = make_request(cast.somchai, since=MONDAY, until=TUESDAY, title="คำขอของเรา")
    other = make_request(cast.krit, since=MONDAY, until=TUESDAY, title="คำขอของเขา", office=office("อ่างทอง"))
    hold(room, MONDAY, own)
    hold(room, TUESDAY, other)
    days = month(somchai)
    assert "คำขอของเรา" in days["2026-11-09"].words
    assert days["2026-11-10"].words == "Tuesday 10 พ.ย. Held for another office ห้องรวงข้าว Held until 11 พ.ย."
    assert days["2026-11-10"].links == []


def test_nobody_else_learns_when_a_trainer_is_away(
    somchai: Client, cast: Cast, room: Resource, trainer: Resource
) -> None:
    for resource, day in ((trainer, MONDAY), (room, TUESDAY)):
        ResourceSlot.objects.create(resource=resource, day=day, half=Half.AM, purpose=SlotPurpose.LEAVE, reason="ผ่าตัด")
    days = month(somchai)
    assert days["2026-11-09"].marks == {"is-empty"}
    assert days["2026-11-10"].words == "Tuesday 10 พ.ย. Taken Morning · ห้องรวงข้าว"
    page = text(somchai, "on=2026-11-02&by=trainer")
    assert "วิทยากร หนึ่ง" not in page
    assert "ผ่าตัด" not in page
    assert somchai.get(f"{ADDRESS}?resource={trainer.pk}").status_code == 404


def test_an_office_has_no_handles_and_no_script(somchai: Client, wipa: Client, cast: Cast) -> None:
    make_workshop(cast.wipa, TUESDAY, office=office())
    for client, count in ((wipa, 1), (somchai, 0)):
        page = text(client, "on=2026-11-02")
        assert page.count("data-move=") == count
        assert page.count("workshops/calendar.js") == count


def test_a_center_that_does_not_serve_the_office_is_not_there(somchai: Client) -> None:
    near = center()
    assert somchai.get(f"{ADDRESS}?center={near.pk}").status_code == 200
    other = TransferCenter.objects.exclude(pk=near.pk).first()
    assert other is not None
    assert somchai.get(f"{ADDRESS}?center={other.pk}").status_code == 404


def test_where_no_center_is_known_to_serve_a_province_all_of_them_may_be_looked_at(somchai: Client) -> None:
    center().provinces.clear()
    assert {somchai.get(f"{ADDRESS}?center={one.pk}").status_code for one in TransferCenter.objects.all()} == {200}


def test_another_center_is_not_there_for_the_staff_of_one(wipa: Client, krit: Client, cast: Cast) -> None:
    other = TransferCenter.objects.exclude(pk=center().pk).first()
    assert other is not None
    make_duty(cast.krit, Role.CENTER_STAFF, other)
    make_workshop(cast.wipa, TUESDAY, title="บัญชี")
    assert wipa.get(f"{ADDRESS}?center={other.pk}").status_code == 404
    assert krit.get(f"{ADDRESS}?center={center().pk}").status_code == 404
    assert "บัญชี" not in text(krit, "on=2026-11-02")


def test_a_room_of_another_center_is_not_there(wipa: Client, krit: Client, cast: Cast, room: Resource) -> None:
    other = TransferCenter.objects.exclude(pk=center().pk).first()
    make_duty(cast.krit, Role.CENTER_STAFF, other)
    assert wipa.get(f"{ADDRESS}?resource={room.pk}").status_code == 200
    assert krit.get(f"{ADDRESS}?resource={room.pk}").status_code == 404


def test_head_office_chooses_a_center_and_moves_nothing(krit: Client, cast: Cast) -> None:
    make_duty(cast.krit, Role.HEAD_OFFICE)
    make_workshop(cast.wipa, TUESDAY, title="บัญชี", state=WorkshopState.PLANNED)
    page = text(krit, f"on=2026-11-02&center={center().pk}")
    assert "บัญชี" in page
    assert page.count("data-move=") == 0
    assert page.count("<option value=") >= TransferCenter.objects.count()


@pytest.mark.parametrize("who", ["krit", "malee"])
def test_who_holds_no_duty_is_told_so(cast: Cast, who: str) -> None:
    assert client_of(getattr(cast, who)).get(ADDRESS).status_code == 403


def test_a_coordinator_has_no_calendar(cast: Cast, krit: Client) -> None:
    make_duty(cast.krit, Role.COORDINATOR, cast.board_seat.organization)
    assert krit.get(ADDRESS).status_code == 403


def test_an_office_pays_the_same_queries_for_one_workshop_and_for_thirty(
    somchai: Client, cast: Cast, room: Resource, django_assert_num_queries: object
) -> None:
    asked = make_request(cast.somchai, since=MONDAY, until=TUESDAY)
    hold(room, MONDAY, asked)
    make_workshop(cast.wipa, TUESDAY, room=room)
    # session · person · duties · centers · rooms · sessions · bookings · borrowed · workshops · those that may be
    # opened · requests that hold · days off
    with django_assert_num_queries(12):  # type: ignore[operator]
        somchai.get(f"{ADDRESS}?on=2026-11-02")
    for _number in range(29):
        make_workshop(cast.wipa, TUESDAY, state=WorkshopState.PLANNED)
    with django_assert_num_queries(12):  # type: ignore[operator]
        somchai.get(f"{ADDRESS}?on=2026-11-02")
