"""The door of a workshop: with no network from beginning to end, and nothing lost or counted twice."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import Dialog, Route, expect

from learning.workshops.models import Attendance, Scan, Seat, Workshop
from learning.workshops.tickets.codes import code_of
from learning.workshops.tickets.signing import sign
from tests.browser.door import Door, outcomes
from tests.browser.visitor import Visitor
from tests.cast import PASSWORD, Cast
from tests.factories.people import make_members
from tests.factories.workshops import make_seat, make_workshop

Visit = Callable[..., Visitor]
Opened = Callable[..., Door]
DAY = date(2026, 12, 14)
MORNING = datetime(2026, 12, 14, 1, 55, tzinfo=UTC)  # 08:55 in Bangkok; the session is from nine to twelve
LONGER_THAN_A_WAIT = 25_000  # milliseconds; the page waits at most 20 s between two tries
LONGER_THAN_A_LIST = 90_000  # it asks for a new list after a minute, when it looks


@pytest.fixture
def site_clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=True) as clock:
        yield clock


@pytest.fixture
def workshop(site_clock: time_machine.Traveller, cast: Cast) -> Workshop:
    return make_workshop(cast.wipa, DAY, DAY + timedelta(days=1), capacity=40)


@pytest.fixture
def seats(workshop: Workshop, cast: Cast) -> list[Seat]:
    people = make_members(cast.board_seat.organization, 6)
    return [make_seat(workshop, person.memberships.get()) for person in people]


@pytest.fixture
def opened(visit: Visit, cast: Cast, workshop: Workshop, seats: list[Seat]) -> Opened:
    """Wipa's device at the door; `at` is what its own clock says, otherwise it is right."""

    def open_door(window: str = "phone", *, at: datetime = MORNING, **options: object) -> Door:
        visitor = visit(window, by=cast.wipa, **options)
        visitor.page.clock.install(time=at)
        return Door(visitor, f"/office/workshops/{workshop.pk}/check-in/")

    return open_door


def ticket(seat: Seat) -> str:
    return sign(seat.workshop_id, seat.pk)


# --- with no network ---------------------------------------------------------------------------------


def test_tickets_shown_with_no_network_are_sent_when_it_returns(opened: Opened, seats: list[Seat]) -> None:
    door = opened()
    door.is_sent()
    door.visitor.look()
    door.loses_the_network()
    door.show(ticket(seats[0]))
    door.says("good", door.word("came_in", time=door.time("08:55")), name=str(seats[0].user))
    door.tells("none", door.word("kept_none_one", count=1))
    door.press(seats[1].pk)
    door.tells("none", door.word("kept_none_many", count=2))
    door.counts(2, 6)
    expect(door.row(seats[0].pk)).to_contain_text(door.word("waits"))
    door.visitor.look()
    assert outcomes() == []
    door.has_network_again()
    door.is_sent()
    expect(door.row(seats[0].pk)).not_to_contain_text(door.word("waits"))
    door.counts(2, 6)
    assert sorted(outcomes()) == [(seats[0].pk, "in", "counted"), (seats[1].pk, "in", "counted")]
    assert dict(Scan.objects.values_list("seat", "source")) == {seats[0].pk: "qr", seats[1].pk: "list"}


def test_what_waits_outlives_a_closed_page(
    opened: Opened, seats: list[Seat], site_clock: time_machine.Traveller
) -> None:
    door = opened()
    door.visitor.context.route("**/scans/", lambda route: route.abort())
    door.show(ticket(seats[0]))
    door.tells("none", door.word("kept_none_one"))
    door.page.close()
    assert outcomes() == []
    door.visitor.context.unroute("**/scans/")
    site_clock.shift(timedelta(minutes=10))
    door.visitor.page = door.visitor.open_tab()
    door.visitor.page.clock.fast_forward("10:00")
    door.open()
    door.is_sent()
    assert outcomes() == [(seats[0].pk, "in", "counted")]
    assert abs(Attendance.objects.get().arrived_at - MORNING) < timedelta(minutes=2)


def test_the_page_itself_opens_with_no_network(opened: Opened, seats: list[Seat], visit: Visit, cast: Cast) -> None:
    visitor = visit("phone", by=cast.wipa)  # with its own clock, three weeks off: the site's is used
    door = Door(visitor, f"/office/workshops/{seats[0].workshop_id}/check-in/")
    door.visitor.press(".door-device summary")
    expect(door.page.locator("[data-ready]")).to_have_text(door.word("ready"))
    door.loses_the_network()
    visitor.page.reload()
    door.tells("none", door.word("empty_none"))
    door.counts(0, 6)
    door.show(ticket(seats[2]))
    expect(door.answer.locator("[data-who]")).to_have_text(str(seats[2].user))
    assert door.page.evaluate("document.fonts.check('700 18px \"Plex Looped\"', 'เช็กชื่อ')") is True
    door.has_network_again()
    door.is_sent()
    assert outcomes() == [(seats[2].pk, "in", "counted")]


def test_two_devices_with_no_network_lose_and_double_nothing(opened: Opened, seats: list[Seat]) -> None:
    doors = [opened("phone"), opened("desktop")]
    for door in doors:
        door.loses_the_network()
    for door, shown in zip(doors, (seats[:4], seats[2:]), strict=True):
        for seat in shown:
            door.show(ticket(seat))
            door.says("good", door.word("came_in", time=door.time("08:55")), name=str(seat.user))
    for door in doors:
        door.has_network_again()
        door.is_sent()
    assert sorted(outcomes()) == sorted(
        [(seat.pk, "in", "counted") for seat in seats] + [(seat.pk, "in", "already") for seat in seats[2:4]]
    )
    assert Attendance.objects.count() == 6
    doors[0].page.clock.fast_forward(LONGER_THAN_A_LIST)
    doors[0].counts(6, 6)


def test_a_scan_whose_reply_was_lost_is_sent_again_and_counted_once(opened: Opened, seats: list[Seat]) -> None:
    door = opened()

    def lose_the_reply(route: Route) -> None:
        route.fetch()
        route.abort()

    door.page.route("**/scans/", lose_the_reply)
    door.show(ticket(seats[0]))
    door.tells("none", door.word("kept_none_one"))
    assert outcomes() == [(seats[0].pk, "in", "counted")]
    door.page.unroute("**/scans/")
    door.page.clock.fast_forward(LONGER_THAN_A_WAIT)
    door.is_sent()
    assert outcomes() == [(seats[0].pk, "in", "counted")]


# --- a line that is there and does not help ------------------------------------------------------------


def test_an_officer_signed_out_elsewhere_is_told_and_goes_on(opened: Opened, seats: list[Seat]) -> None:
    door = opened()
    other = door.visitor.open_tab()
    other.goto(f"{door.visitor.address}/account/logout/")
    other.locator("main form button[type=submit]").tap()
    other.wait_for_url(f"{door.visitor.address}/")
    door.page.bring_to_front()
    door.show(ticket(seats[0]))
    door.says("good", door.word("came_in", time=door.time("08:55")), name=str(seats[0].user))
    door.tells("out", door.word("kept_out_one"))
    door.visitor.look()
    assert outcomes() == []
    with door.visitor.context.expect_page() as signing_in:
        door.visitor.press(door.line.locator("a"))
    entrance = signing_in.value
    entrance.fill("[name=login]", "wipa")
    entrance.fill("[name=password]", PASSWORD)
    entrance.locator("main form button[type=submit]").tap()
    entrance.wait_for_url(f"**{door.path}")
    door.page.bring_to_front()
    door.page.clock.fast_forward(LONGER_THAN_A_WAIT)
    door.is_sent()
    assert outcomes() == [(seats[0].pk, "in", "counted")]


def test_a_site_in_trouble_is_tried_again_and_one_bad_scan_holds_up_no_other(opened: Opened, seats: list[Seat]) -> None:
    door = opened()
    door.visitor.is_line_bad = True
    posted: list[int] = []

    def stumble(route: Route) -> None:
        scans = route.request.post_data_json["scans"]
        posted.append(len(scans))
        if any(scan["seat"] == seats[0].pk for scan in scans):
            route.fulfill(status=500, body="")
        else:
            route.continue_()

    door.page.route("**/scans/", stumble)
    door.loses_the_network()
    for seat in seats[:3]:
        door.press(seat.pk)
    door.has_network_again()
    door.tells("failed", door.word("kept_failed_one"))
    assert sorted(outcomes()) == [(seat.pk, "in", "counted") for seat in seats[1:3]]
    assert posted[:2] == [3, 1]
    door.page.unroute("**/scans/")
    door.page.clock.fast_forward(LONGER_THAN_A_WAIT)
    door.is_sent()
    assert len(outcomes()) == 3


def test_a_refusal_of_the_site_is_told_in_its_own_words_and_the_marks_stay(opened: Opened, seats: list[Seat]) -> None:
    door = opened()
    Workshop.objects.update(state="held")
    door.press(seats[0].pk)
    expect(door.line).to_have_attribute("data-state", "failed")
    expect(door.line.locator("[data-line-word]")).to_contain_text(Workshop.objects.get().get_state_display())
    expect(door.line.locator("[data-line-more]")).to_have_text(door.word("kept_failed_one"))


# --- tickets, codes, names ---------------------------------------------------------------------------


def test_the_same_ticket_twice_says_since_when_and_is_sent_once(
    opened: Opened, seats: list[Seat], site_clock: time_machine.Traveller
) -> None:
    door = opened()
    door.loses_the_network()
    door.show(ticket(seats[0]))
    door.says("good", door.word("came_in", time=door.time("08:55")), name=str(seats[0].user))
    site_clock.shift(timedelta(minutes=4))
    door.page.clock.fast_forward("04:00")
    door.show(ticket(seats[0]))
    already = door.word("already_in", time=door.time("08:55"))
    door.says("note", already, name=str(seats[0].user))
    door.tells("none", door.word("kept_none_one"))
    door.has_network_again()
    door.is_sent()
    door.show(ticket(seats[0]))
    door.says("note", already, name=str(seats[0].user))
    assert outcomes() == [(seats[0].pk, "in", "counted")]


def test_a_forged_ticket_and_one_of_another_workshop_mark_nobody(opened: Opened, seats: list[Seat]) -> None:
    door = opened()
    door.loses_the_network()
    good = ticket(seats[0])
    door.show(f"{good[:60]}{'1' if good[60] == '0' else '0'}{good[61:]}")
    door.says("no", door.word("forged"), more=door.word("forged_more"))
    door.visitor.look()
    door.show(sign(4711, seats[0].pk))
    door.says("no", door.word("other_workshop", number=4711), more=door.word("nothing_marked"))
    door.show("https://academy.example/a-web-address-that-is-much-longer-than-a-code/")
    door.says("no", door.word("not_a_ticket"), more=door.word("not_a_ticket_more"))
    door.counts(0, 6)
    door.tells("none", door.word("empty_none"))


def test_a_good_ticket_that_the_list_does_not_know_is_never_turned_away(
    opened: Opened, seats: list[Seat], workshop: Workshop, cast: Cast
) -> None:
    door = opened()
    door.loses_the_network()
    late = make_seat(workshop, cast.board_seat)
    door.show(ticket(late))
    moment = door.time("08:55")
    door.says("note", door.word("came_in", time=moment), more=door.word("unknown_seat", moment=moment))
    door.has_network_again()
    door.is_sent()
    assert outcomes() == [(late.pk, "in", "counted")]


def test_a_cancelled_seat_is_told_kept_and_its_end_is_told_as_well(opened: Opened, seats: list[Seat]) -> None:
    Seat.objects.filter(pk=seats[0].pk).update(state="cancelled")
    door = opened()
    door.counts(0, 5)
    door.show(ticket(seats[0]))
    moment = door.time("08:55")
    more = door.word("seat_cancelled", moment=moment)
    door.says("note", door.word("came_in", time=moment), name=str(seats[0].user), more=more)
    remark = door.page.locator("[data-remarks] li")
    expect(remark).to_contain_text(str(seats[0].user))
    assert outcomes() == [(seats[0].pk, "in", "no_seat")]
    door.visitor.look()
    door.page.reload()
    expect(remark).to_have_count(1)
    door.visitor.press(remark.locator("button"))
    expect(remark).to_have_count(0)


def test_a_short_code_is_typed_in_any_way_and_a_typing_error_is_told(opened: Opened, seats: list[Seat]) -> None:
    door = opened("desktop")
    code = code_of(seats[0].pk)
    door.show(f" {code[:3].lower()}-{code[3:].lower()}")
    door.says("good", door.word("came_in", time=door.time("08:55")), name=str(seats[0].user))
    door.show(f"{code[:5]}{'2' if code[5] != '2' else '3'}")
    door.says("no", door.word("no_such_code"), more=door.word("typing_error"))
    door.show(code_of(999_999))
    door.says("no", door.word("no_such_code"), more=door.word("unknown_code", moment=door.time("08:55")))
    door.is_sent()
    assert list(Scan.objects.values_list("source", flat=True)) == ["typed"]


def test_a_scanner_at_a_computer_that_is_set_to_thai_is_understood(opened: Opened, seats: list[Seat]) -> None:
    door = opened("desktop")
    door.show(in_thai(ticket(seats[0])))
    door.says("good", door.word("came_in", time=door.time("08:55")), name=str(seats[0].user))
    door.show(in_thai(code_of(seats[1].pk)))
    door.says("good", door.word("came_in", time=door.time("08:55")), name=str(seats[1].user))


def in_thai(text: str) -> str:
    """What a keyboard set to Thai (Kedmanee, TIS 820) writes for the keys of a text; capitals are shifted keys."""
    return text.translate(
        str.maketrans(
            "1234567890QWERTYUIOPASDFGHJKLZXCVBNM -./$%*+:",
            'ๅ/-ภถุึคตจ๐"ฎฑธํ๊ณฯญฤฆฏโฌ็๋ษศ()ฉฮฺ์? ขใฝ๓๔๕๙ซ',
        )
    )


def test_people_are_found_by_name_and_marked_by_keyboard_alone(opened: Opened, seats: list[Seat]) -> None:
    door = opened("desktop")
    expect(door.page.locator("#typed")).to_be_focused()
    seat = seats[3]
    door.show(str(seat.user))
    expect(door.page.locator("[data-list] li:visible")).to_have_count(1)
    for _press in range(2):  # over the button of the form to that of the person
        door.page.keyboard.press("Tab")
    door.page.keyboard.press("Enter")
    door.says("good", door.word("came_in", time=door.time("08:55")), name=str(seat.user))
    door.show("ไม่มีคนนี้")
    expect(door.page.locator("[data-found]")).to_have_text(door.word("nobody"))


# --- the clock, and both ways through the door ------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "word"), [(20, "clock_fast"), (-20, "clock_slow")])
def test_a_clock_twenty_minutes_off_notes_the_time_of_the_site(
    opened: Opened, seats: list[Seat], minutes: int, word: str
) -> None:
    door = opened(at=MORNING + timedelta(minutes=minutes))
    expect(door.page.locator("[data-clock]")).to_have_text(door.word(word, minutes=20))
    door.loses_the_network()
    door.show(ticket(seats[0]))
    door.says("good", door.word("came_in", time=door.time("08:55")), name=str(seats[0].user))
    door.has_network_again()
    door.is_sent()
    scan = Scan.objects.get()
    assert abs(scan.at - MORNING) < timedelta(minutes=2)
    assert scan.outcome == "counted"


def test_a_scan_between_two_sessions_or_for_tomorrow_is_refused_and_not_kept(
    opened: Opened, seats: list[Seat], site_clock: time_machine.Traveller
) -> None:
    door = opened()
    evening = (datetime(2026, 12, 14, 10, 30, tzinfo=UTC) - MORNING).total_seconds()  # 17:30 in Bangkok
    door.loses_the_network()
    door.page.clock.fast_forward(int(evening * 1000))
    door.show(ticket(seats[0]))
    tomorrow = door.word("day_and_time", day="15 ธ.ค. 2569", time=door.time("08:00"))
    expect(door.answer).to_have_attribute("data-tone", "no")
    expect(door.answer.locator("[data-head]")).to_have_text(door.word("closed"))
    expect(door.answer.locator("[data-more]")).to_contain_text(tomorrow)
    expect(door.page.locator("[data-session-time]")).to_contain_text(tomorrow)
    expect(door.page.locator("[data-mark]:visible")).to_have_count(0)
    door.tells("none", door.word("empty_none"))
    door.visitor.look()


def test_who_shows_the_ticket_again_near_the_end_is_asked_and_leaves(opened: Opened, seats: list[Seat]) -> None:
    door = opened()
    door.loses_the_network()
    door.show(ticket(seats[0]))
    door.says("good", door.word("came_in", time=door.time("08:55")), name=str(seats[0].user))
    door.page.clock.fast_forward(int(timedelta(hours=2, minutes=50).total_seconds() * 1000))
    door.show(ticket(seats[0]))
    expect(door.answer.locator("[data-ask]")).to_have_text(door.word("ask_leaving"))
    door.visitor.look()
    door.visitor.press(door.answer.locator("[data-yes]"))
    expect(door.answer.locator("[data-head]")).to_contain_text("11:4")
    expect(door.row(seats[0].pk)).to_have_attribute("data-state", "out")
    door.tells("none", door.word("kept_none_many", count=2))


def test_people_go_out_and_one_who_was_not_seen_coming_is_kept_all_the_same(opened: Opened, seats: list[Seat]) -> None:
    door = opened()
    door.press(seats[0].pk)
    door.is_sent()
    door.going_out()
    door.press(seats[0].pk)
    moment = door.time("08:55")
    door.says("good", door.word("went_out", time=moment), name=str(seats[0].user))
    door.show(ticket(seats[0]))
    door.says("note", door.word("already_out", time=moment), name=str(seats[0].user))
    door.show(ticket(seats[1]))
    more = door.word("out_not_in", moment=moment)
    door.says("note", door.word("went_out", time=moment), name=str(seats[1].user), more=more)
    door.is_sent()
    assert sorted(outcomes()) == [
        (seats[0].pk, "in", "counted"),
        (seats[0].pk, "out", "counted"),
        (seats[1].pk, "out", "counted"),
    ]


# --- the device, and a browser without scripts -------------------------------------------------------------


def test_the_names_leave_the_device_only_when_everything_is_sent(opened: Opened, seats: list[Seat]) -> None:
    door = opened()
    door.page.on("dialog", Dialog.accept)
    door.visitor.press(".door-device summary")
    door.loses_the_network()
    door.press(seats[0].pk)
    door.tells("none", door.word("kept_none_one"))
    door.visitor.press("[data-forget]")
    door.says("note", door.word("not_forgotten"), more=door.word("not_forgotten_more"))
    door.has_network_again()
    door.is_sent()
    door.visitor.press("[data-forget]")
    door.says("good", door.word("forgotten"), more=door.word("forgotten_more"))
    expect(door.page.locator("[data-seat]")).to_have_count(0)
    assert door.page.evaluate(KEPT) == [0, 0, 0]


KEPT = """() => new Promise(done => {
  const asked = indexedDB.open("check-in");
  asked.onsuccess = () => {
    const stores = ["lists", "scans", "remarks"].map(name => asked.result.transaction(name).objectStore(name).count());
    stores[2].onsuccess = () => setTimeout(() => done(stores.map(one => one.result)));
  };
})"""


def test_without_a_script_there_is_a_list_with_a_button_for_each_person(
    visit: Visit, cast: Cast, workshop: Workshop, seats: list[Seat]
) -> None:
    officer = visit("phone", by=cast.wipa, java_script_enabled=False)
    officer.go(f"/office/workshops/{workshop.pk}/check-in/")
    officer.send(f"#seat-{seats[1].pk} button", f"/office/workshops/{workshop.pk}/check-in/")
    expect(officer.page.locator(f"#seat-{seats[1].pk}")).to_have_attribute("data-state", "in")
    assert outcomes() == [(seats[1].pk, "in", "counted")]


def test_the_plain_list_is_there_for_a_browser_that_is_too_old(
    visit: Visit, cast: Cast, workshop: Workshop, seats: list[Seat]
) -> None:
    officer = visit("desktop", by=cast.wipa)
    officer.go(f"/office/workshops/{workshop.pk}/check-in/?plain")
    expect(officer.page.locator(".door-plain li")).to_have_count(6)
    expect(officer.page.locator("script[src*=checkin]")).to_have_count(0)
