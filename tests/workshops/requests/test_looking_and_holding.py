"""Before deciding the center sees the clash and what is free; what it holds is held until a day, and not longer."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from learning.kernel.refusals import Refused
from learning.notices.models import Notice
from learning.workshops import booking
from learning.workshops.booking import SlotsTaken, Wanted
from learning.workshops.choices import SlotPurpose
from learning.workshops.flows import requests as flows
from learning.workshops.flows.holds import release_holds
from learning.workshops.looking import day_to_look_at, days_from, look, place_written
from learning.workshops.models import ClosedDay, Resource, ResourceSlot
from learning.workshops.queries.requests import holds_of
from learning.workshops.schedule import release_holds as the_job
from tests.cast import Cast
from tests.factories.workshops import make_room, make_trainer, make_workshop
from tests.workshops.requests.conftest import FIRST, TODAY, Ask, address, last_line, lines_of, press
from tests.workshops.requests.test_steps import do

pytestmark = pytest.mark.django_db
NEXT = FIRST + timedelta(days=1)


@pytest.fixture
def room(cast: Cast) -> Resource:
    return make_room(capacity=40)


@pytest.fixture
def trainer(cast: Cast) -> Resource:
    return make_trainer()


def key(day: date, *resources: Resource) -> str:
    return "-".join([f"{day:%Y%m%d}", *(str(one.pk) for one in resources)])


def test_free_days_are_said_to_be_free(ask: Ask, room: Resource, trainer: Resource) -> None:
    seen = look(ask(), FIRST)
    assert (seen.days, seen.is_free, seen.clashes) == ((FIRST,), True, ())
    assert [(one.days[0], one.room, one.trainers) for one in seen.alternatives] == [
        (FIRST, room, (trainer,)), (NEXT, room, (trainer,)), (FIRST - timedelta(days=1), room, (trainer,)),
    ]  # fmt: skip


def test_the_clash_and_the_three_nearest_alternatives_are_shown_before_the_decision(
    cast: Cast, ask: Ask, room: Resource, trainer: Resource, wipa: Client
) -> None:
    make_workshop(cast.wipa, FIRST, room=room, title="อบรมบัญชี")
    page = wipa.get(address(ask()))
    found = page.context["look"]
    text = page.content.decode()
    assert (found.is_free, found.clashes) == (False, ("ห้องรวงข้าว on 1 ธ.ค. 2569 (all day): “อบรมบัญชี”",))
    assert sorted(one.days[0] for one in found.alternatives) == [
        FIRST - timedelta(days=1), NEXT, FIRST + timedelta(days=2),
    ]  # fmt: skip
    assert [text.count(f'value="{one.key}"') for one in found.alternatives] == [1, 1, 1]
    assert text.index("อบรมบัญชี") < text.index('value="accept"')


def test_the_own_hold_is_not_in_the_way_of_a_request(cast: Cast, ask: Ask, room: Resource, trainer: Resource) -> None:
    request, other = ask(), ask()
    place = place_written(request, key(FIRST, room, trainer))
    do("return", request, cast.wipa, place=place)
    assert (look(request, FIRST).is_free, look(other, FIRST).is_free) == (True, False)


def test_the_closed_day_of_the_center_is_named(ask: Ask, room: Resource, trainer: Resource) -> None:
    ClosedDay.objects.create(on=FIRST, name="ทำความสะอาดใหญ่", center_id=14)
    assert look(ask(), FIRST).clashes == ("1 ธ.ค. 2569: ทำความสะอาดใหญ่, the center is closed.",)


def test_a_center_without_a_room_that_is_large_enough_is_told(ask: Ask, trainer: Resource, wipa: Client) -> None:
    make_room(capacity=19)
    page = wipa.get(address(ask()))
    assert (page.context["look"].rooms, page.context["look"].alternatives) == (0, ())
    assert "holds 20 people" in page.content.decode()


def test_another_day_can_be_looked_at(ask: Ask, room: Resource, trainer: Resource, wipa: Client) -> None:
    request = ask()
    assert wipa.get(address(request), {"near": "6/1/2570"}).context["look"].days == (date(2027, 1, 6),)
    for hostile in ("x", "31/2/2570", "1/1/2500", "1/1/2700", "\x00", "9" * 99, "1/1/2571", "31/12/2572"):
        assert wipa.get(address(request), {"near": hostile}).status_code == 200


def test_the_first_day_of_the_best_wish_that_is_not_past_is_looked_at(ask: Ask, today: Any) -> None:
    request = ask()
    assert day_to_look_at(request) == FIRST
    today.move_to("2026-12-09T03:00:00+00:00")
    assert day_to_look_at(request) == date(2026, 12, 10)
    today.move_to("2027-01-05T03:00:00+00:00")
    assert day_to_look_at(request) == date(2027, 1, 6)


@pytest.mark.usefixtures("cast")
def test_days_in_a_row_keep_to_one_week_and_leave_holidays_out() -> None:
    assert days_from(date(2026, 12, 5), 1) == (date(2026, 12, 7),)
    assert days_from(date(2026, 12, 10), 3) == (date(2026, 12, 14), date(2026, 12, 15), date(2026, 12, 16))
    ClosedDay.objects.create(on=date(2026, 12, 15), name="วันหยุดราชการ")
    assert days_from(date(2026, 12, 14), 2) == (date(2026, 12, 14), date(2026, 12, 16))


# --- holding -------------------------------------------------------------------------------------------
def test_an_accepted_place_is_held_for_fourteen_days_unless_told_otherwise(
    cast: Cast, ask: Ask, room: Resource, trainer: Resource, wipa: Client
) -> None:
    request, other = ask(day_count=2), ask(day_length="am")
    press(wipa, request, "accept", place=key(FIRST, room, trainer))
    press(wipa, other, "accept", place=key(date(2026, 12, 8), room, trainer), held_until="30/11/2569", note="ยินดีค่ะ")
    held = list(holds_of(request).values_list("resource", "day", "half", "expires_on"))
    assert sorted(held) == sorted(
        (one.pk, day, half, date(2026, 12, 7))
        for one in (room, trainer)
        for day in (FIRST, NEXT)
        for half in ("am", "pm")
    )
    assert {(slot.half, slot.expires_on) for slot in holds_of(other)} == {("am", date(2026, 11, 30))}
    note = lines_of(other)[-1][3].split("\n")
    assert (note[0], room.name in note[1], len(note)) == ("ยินดีค่ะ", True, 2)


def test_what_is_held_stands_on_the_page_of_both_offices(
    cast: Cast, ask: Ask, room: Resource, trainer: Resource, wipa: Client, somchai: Client
) -> None:
    request = ask(day_count=2)
    press(wipa, request, "accept", place=key(FIRST, room, trainer))
    for browser in (wipa, somchai):
        holds = browser.get(address(request)).context["holds"]
        assert [(one["resource"], one["days"]) for one in holds] == [
            (room, "1 ธันวาคม 2569 to 2 ธันวาคม 2569"), (trainer, "1 ธันวาคม 2569 to 2 ธันวาคม 2569"),
        ]  # fmt: skip


def test_accepting_without_a_place_holds_nothing(ask: Ask, room: Resource, trainer: Resource, wipa: Client) -> None:
    request = ask()
    assert press(wipa, request, "accept", place="", held_until="").status_code == 302
    request.refresh_from_db()
    assert (request.state, ResourceSlot.objects.count()) == ("accepted", 0)


def test_a_place_that_went_to_somebody_else_accepts_nothing_and_keeps_the_note(
    cast: Cast, ask: Ask, room: Resource, trainer: Resource, wipa: Client
) -> None:
    request = ask()
    make_workshop(cast.wipa, FIRST, room=room, title="อบรมบัญชี")
    page = press(wipa, request, "accept", place=key(FIRST, room, trainer), note="ยินดีค่ะ")
    request.refresh_from_db()
    assert (page.status_code, type(page.context["refusal"]), request.state) == (409, SlotsTaken, "submitted")
    assert page.context["form"]["note"].value() == "ยินดีค่ะ"
    assert (request.events.count(), holds_of(request).count()) == (1, 0)


@pytest.mark.parametrize("verb", ["withdraw", "decline"])
def test_what_was_held_is_free_again_when_the_request_ends(
    verb: str, cast: Cast, ask: Ask, room: Resource, trainer: Resource
) -> None:
    request = ask()
    do("return", request, cast.wipa, place=place_written(request, key(FIRST, room, trainer)))
    if verb == "decline":
        do("submit", request, cast.somchai)
    assert holds_of(request).count() == 4
    do(verb, request, cast.somchai if verb == "withdraw" else cast.wipa)
    assert holds_of(request).count() == 0
    booking.take([Wanted(room.pk, FIRST, "am")], purpose=SlotPurpose.LEAVE, by=cast.wipa)


def test_another_place_is_held_instead_of_the_first(cast: Cast, ask: Ask, room: Resource, trainer: Resource) -> None:
    request = ask()
    do("return", request, cast.wipa, place=place_written(request, key(FIRST, room, trainer)))
    do("submit", request, cast.somchai)
    do("accept", request, cast.wipa, place=place_written(request, key(NEXT, room)))
    assert set(holds_of(request).values_list("resource", "day")) == {(room.pk, NEXT)}


@pytest.mark.parametrize("until", [TODAY - timedelta(days=1), TODAY + timedelta(days=91)])
def test_a_place_is_held_from_today_to_ninety_days(
    until: date, cast: Cast, ask: Ask, room: Resource, wipa: Client
) -> None:
    request = ask()
    written = f"{until.day}/{until.month}/{until.year + 543}"
    page = press(wipa, request, "accept", place=key(FIRST, room), held_until=written)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["held_until"])
    with pytest.raises(Refused) as refused:
        do("accept", request, cast.wipa, place=place_written(request, key(FIRST, room)), held_until=until)
    assert (refused.value.status, ResourceSlot.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    "written",
    [
        "x", "20261201", "20261201-", "20261201-x", "20261301-{room}", "20261205-{room}", "20261123-{room}",
        "99991231-{room}", "00010101-{room}", "20261201-{trainer}", "20261201-{room}-{room}", "20261201-{far}",
        "20261201-{room}-{far}", "20261201-{old}", "20261201-999999999999", "20261201-{room}-\x00", "๒๐๒๖๑๒๐๑-{room}",
        "20261201-{room}-1-1-1-1-1-1-1",
    ],
)  # fmt: skip
def test_a_place_that_the_center_does_not_have_cannot_be_held(
    written: str, ask: Ask, room: Resource, trainer: Resource, wipa: Client
) -> None:
    request = ask()
    old = make_room("ห้องเก่า")
    Resource.objects.filter(pk=old.pk).update(is_active=False)
    far = make_room("ห้องของศูนย์อื่น", number=1)
    place = written.format(room=room.pk, trainer=trainer.pk, far=far.pk, old=old.pk)
    page = press(wipa, request, "accept", place=place)
    request.refresh_from_db()
    assert (page.status_code, list(page.context["form"].errors), request.state) == (422, ["place"], "submitted")
    assert ResourceSlot.objects.count() == 0


def test_a_hold_past_its_last_day_is_in_nobodys_way(
    cast: Cast, ask: Ask, room: Resource, trainer: Resource, today: Any
) -> None:
    request, other = ask(), ask()
    do("accept", request, cast.wipa, place=place_written(request, key(date(2026, 12, 15), room)))
    today.move_to("2026-12-07T16:59:00+00:00")  # the last day, a minute before midnight in Bangkok
    assert look(other, date(2026, 12, 15)).is_free is False
    today.move_to("2026-12-07T17:01:00+00:00")
    assert (look(other, date(2026, 12, 15)).is_free, holds_of(request).count()) == (True, 2)
    do("accept", other, cast.wipa, place=place_written(other, key(date(2026, 12, 15), room)))
    assert (holds_of(request).count(), holds_of(other).count()) == (0, 2)


def test_the_job_gives_back_what_is_past_and_both_offices_hear_of_it_once(
    cast: Cast, ask: Ask, room: Resource, today: Any
) -> None:
    request, later = ask(), ask()
    do("accept", request, cast.wipa, place=place_written(request, key(date(2026, 12, 15), room)))
    do(
        "accept",
        later,
        cast.wipa,
        place=place_written(later, key(date(2026, 12, 16), room)),
        held_until=date(2026, 12, 8),
    )
    Notice.objects.all().delete()
    assert release_holds(today=date(2026, 12, 7)) == 0
    today.move_to("2026-12-08T03:00:00+00:00")
    assert (the_job(), the_job()) == (2, 0)
    assert (holds_of(request).count(), holds_of(later).count()) == (0, 2)
    assert sorted(Notice.objects.values_list("user__username", flat=True)) == ["somchai", "wipa"]
    request.refresh_from_db()
    assert (request.state, request.events.count(), last_line(request) > 0) == ("accepted", 2, True)


def test_the_beat_knows_the_job(settings: Any) -> None:
    assert settings.CELERY_BEAT_SCHEDULE["holds-past-their-day"] == {
        "task": the_job.name, "schedule": timedelta(hours=1),
    }  # fmt: skip


def test_only_what_belongs_to_the_center_is_held_by_the_flow(cast: Cast, ask: Ask) -> None:
    request = ask()
    far = make_room("ห้องของศูนย์อื่น", number=1)
    place = place_written(request, key(FIRST, make_room()))
    assert place is not None
    elsewhere = type(place)(place.days, place.halves, far, ())
    with pytest.raises(Refused) as refused:
        flows.accept_request(request, seen=last_line(request), place=elsewhere, by=cast.wipa)
    assert (refused.value.status, ResourceSlot.objects.count()) == (422, 0)
