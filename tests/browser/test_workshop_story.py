"""Two offices, forty-two members and a door without a network: a workshop from the request to the certificate."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from certification.models import CertificateDesign
from courses.catalog.choices import Topic
from learning.people.models import User
from learning.places.models import TransferCenter
from learning.workshops.choices import FormKind, ItemKind, SeatState, SlotPurpose
from learning.workshops.flows.evaluating import prepare_form, send_evaluation
from learning.workshops.flows.resources import load_holidays
from learning.workshops.flows.seats import register
from learning.workshops.models import Attendance, ResourceSlot, Scan, Seat, Session, Workshop, WorkshopRequest
from learning.workshops.tickets.codes import code_of
from learning.workshops.tickets.signing import sign
from tests.browser.door import Door, outcomes
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.factories.people import make_members
from tests.factories.workshops import CENTER, make_room, make_seat, make_trainer, make_workshop

Visit = Callable[..., Visitor]
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # nine o'clock in Thailand
WISHED = date(2026, 12, 14)
TITLE = "ตรวจนับเงินสดและอ่านงบเดือนให้เป็น"
TAKEN_BY = "การบัญชีสำหรับกลุ่มอาชีพ"
EXPECTED, SEATS = 42, 40
CHOSEN_BY_OFFICER = 20
FORMS = 9  # people who hand in the evaluation, and so complete it


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The site's clock; it runs on."""
    with time_machine.travel(MONDAY, tick=True) as traveller:
        yield traveller


@pytest.fixture
def other(cast: Cast) -> Workshop:
    """The only room that is large enough is taken on the day that is wished for."""
    load_holidays()
    make_trainer()
    return make_workshop(cast.wipa, WISHED, room=make_room(capacity=45), title=TAKEN_BY)


@pytest.fixture
def members(cast: Cast) -> list[User]:
    """Those of Malee's cooperative, without her."""
    return make_members(cast.board_seat.organization, EXPECTED - 1)


def in_thailand(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def seat_of(person: User) -> Seat:
    return Seat.objects.select_related("workshop", "user").get(user=person, workshop__title=TITLE)


# --- two offices ------------------------------------------------------------------------------------------
def ask(officer: Visitor, cast: Cast) -> WorkshopRequest:
    """The office of the province writes, looks it over and sends it."""
    officer.go("/office/workshops/")
    officer.follow("main a[href='/office/workshops/requests/new/'] >> nth=0", "/office/workshops/requests/new/")
    page = officer.page
    page.select_option("[name=center]", str(TransferCenter.objects.get(number=CENTER).pk))
    page.select_option("[name=topic]", Topic.INTERNAL_CONTROL)
    for name, value in {
        "title": TITLE,
        "aim": "ให้กรรมการและสมาชิกตรวจนับเงินสดและอ่านงบเดือนของตนเองได้",
        f"count_{cast.board_seat.organization_id}": str(EXPECTED),
        "since_1": "14/12/2569",
        "until_1": "14/12/2569",
        "budget_line": "เงินอุดหนุนเพื่อพัฒนากรรมการ",
        "letter_ref": "ชน 0010/1234",
    }.items():
        page.fill(f"[name={name}]", value)
    officer.send("[name=action][value=save]", "/office/workshops/requests/*/")
    officer.send("[name=verb][value=submit]", "/office/workshops/requests/*/")
    return WorkshopRequest.objects.get()


def decide(center: Visitor, found: WorkshopRequest) -> date:
    """What is in the way and what is free instead stand there before anything is decided; the first is held."""
    address = f"/office/workshops/requests/{found.pk}/"
    center.reload()
    center.follow(f"main a[href='{address}']", address)
    expect(center.page.locator(".request-look .alert-warning li", has_text=TAKEN_BY)).to_have_count(1)
    free = center.page.locator("[name=place]:not([value=''])")
    days = [datetime.strptime(str(one.get_attribute("value"))[:8], "%Y%m%d").date() for one in free.all()]
    assert (len(set(days)), WISHED in days, str(found.state)) == (3, False, "submitted")
    center.press(free.first)
    center.send("[name=verb][value=accept]", address)
    held = ResourceSlot.objects.filter(request=found, purpose=SlotPurpose.HOLD, active=True)
    assert list(held.values_list("day", flat=True).distinct().order_by("day")) == [days[0]]
    return days[0]


def schedule(center: Visitor, found: WorkshopRequest, day: date) -> Workshop:
    """What is held stands in the form already; then everybody finds it."""
    address = f"/office/workshops/requests/{found.pk}/schedule/"
    center.follow(f"main a[href='{address}']", address)
    page = center.page
    assert page.input_value("[name=day_1]") == f"{day:%d/%m}/2569"
    page.fill("[name=capacity]", str(SEATS))
    page.select_option("[name=certificate_design]", str(CertificateDesign.objects.get(slug="center").pk))
    center.send("main form .btn-primary.btn-lg", "/office/workshops/*/")
    workshop = Workshop.objects.get(request=found)
    center.send("[data-action=next]", f"/office/workshops/{workshop.pk}/")
    workshop.refresh_from_db()
    assert (workshop.state, workshop.first_on, workshop.capacity) == ("open", day, SEATS)
    return workshop


# --- forty-two members ---------------------------------------------------------------------------------------
def take_a_seat(learner: Visitor, workshop: Workshop, cast: Cast) -> None:
    address = f"/workshops/{workshop.pk}/"
    learner.go("/workshops/")
    learner.follow(f"main a[href='{address}']", address)
    learner.follow("[data-action=register]", f"{address}register/")
    learner.press(f"[name=membership][value='{cast.board_seat.pk}']")
    learner.send("[data-action=register]", "/my/workshops/*/")
    expect(learner.page.locator("[data-seat]")).to_have_attribute("data-seat", SeatState.CONFIRMED)
    code = code_of(seat_of(cast.malee).pk)
    expect(learner.page.locator(".ticket .code")).to_have_text(f"{code[:3]} {code[3:]}")


def enter_members(officer: Visitor, workshop: Workshop, people: Sequence[User]) -> None:
    """The office of the province enters members of one organization from a list."""
    seats = f"/office/workshops/{workshop.pk}/seats/"
    officer.go(seats)
    officer.follow("main a[data-action=add]", f"{seats}add/")
    choice = f"?organization={people[0].memberships.get().organization_id}"
    officer.follow(f"main .pick-list a[href='{choice}']", f"{seats}add/{choice}")
    for person in people:
        officer.page.check(f"[name=people][value='{person.pk}']")
    officer.send("button[data-action=add]", seats)
    expect(officer.page.locator(".tile-number b").first).to_have_text(str(SEATS - 1 - len(people)))


def place_in_line(learner: Visitor) -> list[str]:
    return learner.page.locator(".in-line .place b").all_inner_texts()


def give_back(learner: Visitor, seat: Seat) -> None:
    learner.follow("[data-action=cancel]", f"/my/workshops/{seat.pk}/cancel/")
    learner.page.fill("[name=reason]", "ติดประชุมกลุ่มสตรี")
    learner.send("button[data-action=cancel]", "/my/workshops/*")


# --- the day -----------------------------------------------------------------------------------------------
def stand_at_the_door(officer: Visitor, workshop: Workshop, seats: Sequence[Seat], stranger: Seat) -> None:
    """No network from beginning to end; a reload loses nothing, and what is sent is there once.

    The phone's own clock is weeks off: that of the site is used.
    """
    door = Door(officer, f"/office/workshops/{workshop.pk}/check-in/")
    door.counts(0, SEATS)
    officer.look()
    door.loses_the_network()
    good = sign(workshop.pk, seats[0].pk)
    for seat, shown in ((seats[0], good), (seats[1], code_of(seats[1].pk))):
        door.show(shown)
        expect(door.answer.locator("[data-who]")).to_have_text(str(seat.user))
        expect(door.answer).to_have_attribute("data-tone", "good")
    door.show(str(seats[2].user))
    expect(door.page.locator("[data-list] li:visible")).to_have_count(1)
    door.press(seats[2].pk)
    door.show(f"{good[:60]}{'1' if good[60] == '0' else '0'}{good[61:]}")
    door.says("no", door.word("forged"), more=door.word("forged_more"))
    door.show(sign(stranger.workshop_id, stranger.pk))
    door.says("no", door.word("other_workshop", number=stranger.workshop_id), more=door.word("nothing_marked"))
    officer.look()
    door.page.reload()
    door.page.locator("#check-in").wait_for()  # the script and its parts come from the device
    door.tells("none", door.word("kept_none_many", count=3))
    door.counts(3, SEATS)
    officer.look()
    assert Scan.objects.count() == 0
    door.has_network_again()
    door.is_sent()
    assert sorted(outcomes()) == sorted((seat.pk, "in", "counted") for seat in seats)
    assert sorted(Attendance.objects.values_list("seat", flat=True)) == sorted(seat.pk for seat in seats)


def enter_sheet(center: Visitor, session: Session, absent: Seat) -> None:
    """Who signed on paper and was not seen by a phone."""
    address = f"/office/workshops/{session.workshop_id}/attendance/?session={session.pk}"
    center.page.goto(f"{center.address}{address}")
    missing = center.page.locator(f"[name=present]:not(:checked):not([value='{absent.pk}'])")
    missing.evaluate_all("boxes => boxes.forEach(box => box.click())")
    center.send("#sheet .btn-primary", address)


def evaluate(learner: Visitor, seat: Seat) -> None:
    learner.go(f"/my/workshops/{seat.pk}/")
    learner.follow("[data-action=evaluation]", f"/workshops/{seat.workshop_id}/evaluation/")
    for line in learner.page.locator("fieldset.five-points").all():
        learner.press(line.locator("input[value='4']"))
    learner.page.locator("textarea").first.fill("นับเงินสดทุกสิ้นวันกับเหรัญญิก")
    learner.send("[data-action=send]", f"/my/workshops/{seat.pk}/")


def evaluate_as_well(seat: Seat) -> None:
    items = prepare_form(seat.workshop, FormKind.END)
    scores = {item.pk: 5 for item in items if item.kind == ItemKind.SCALE}
    send_evaluation(seat, FormKind.END, scores=scores, texts={}, by=seat.user)


# --- afterwards -------------------------------------------------------------------------------------------
def close_and_hold(center: Visitor, workshop: Workshop) -> None:
    address = f"/office/workshops/{workshop.pk}/"
    center.go(address)
    for state in ("closed", "held"):
        center.send("[data-action=next]", address)
        workshop.refresh_from_db()
        assert workshop.state == state


def give_certificates(center: Visitor, workshop: Workshop) -> None:
    address = f"/office/workshops/{workshop.pk}/results/"
    center.follow(f".workshop-pages a[href='{address}']", address)
    center.send("[data-action=complete]", "/office/certificates/batches/*/")
    center.go(address)
    expect(center.page.locator(".data-table a[href*='/v/']")).to_have_count(FORMS)


def report(reader: Visitor, workshop: Workshop) -> None:
    """The figures, and the two files."""
    address = f"/office/workshops/{workshop.pk}/report/"
    reader.go(address)
    figures = reader.page.locator("section[aria-labelledby=people] dl dd").all_inner_texts()
    assert figures[:3] == [str(SEATS), str(SEATS - 1), str(FORMS)]
    assert reader.download(f"a[href='{address}file.xlsx']")[:2] == b"PK"
    reader.send("form[action*='/papers/'] button", f"/office/workshops/{workshop.pk}/papers/*/")
    assert reader.download(".job[data-state=done] a")[:4] == b"%PDF"


def test_a_workshop_is_asked_for_scheduled_filled_attended_without_a_network_and_completed(
    visit: Visit, cast: Cast, other: Workshop, members: list[User], clock: time_machine.Traveller
) -> None:
    somchai, wipa = visit("desktop", by=cast.somchai), visit("desktop", by=cast.wipa)
    wipa.go("/office/workshops/requests/")
    found = ask(somchai, cast)
    day = decide(wipa, found)
    workshop = schedule(wipa, found, day)
    somchai.reload()
    expect(somchai.page.locator(f"main a[href='/office/workshops/{workshop.pk}/']")).to_have_count(1)

    malee = visit("phone", by=cast.malee)
    take_a_seat(malee, workshop, cast)
    enter_members(somchai, workshop, members[:CHOSEN_BY_OFFICER])
    for person in members[CHOSEN_BY_OFFICER:]:
        register(workshop, membership=person.memberships.get(), by=person)
    workshop.refresh_from_db()
    assert (workshop.taken, workshop.waiting_count) == (SEATS, EXPECTED - SEATS)

    first, second = (visit("phone", by=person) for person in members[-2:])
    first.go(f"/my/workshops/{seat_of(members[-2]).pk}/")
    second.go(f"/my/workshops/{seat_of(members[-1]).pk}/")
    assert (place_in_line(first), place_in_line(second)) == (["1", "2"], ["2", "2"])
    give_back(malee, seat_of(cast.malee))
    first.reload()
    second.reload()
    expect(first.page.locator("[data-seat]")).to_have_attribute("data-seat", SeatState.CONFIRMED)
    assert place_in_line(second) == ["1", "1"]

    clock.move_to(in_thailand(day, 8, 40))
    seats = [seat_of(person) for person in (members[-2], members[0], members[1])]
    stranger = make_seat(other, cast.krit.memberships.get())
    stand_at_the_door(visit("phone", by=cast.wipa), workshop, seats, stranger)

    clock.move_to(in_thailand(day, 16, 20))
    absent = seat_of(members[5])
    for session in workshop.sessions.all():
        enter_sheet(wipa, session, absent)
    evaluate(first, seats[0])
    for person in members[6 : 6 + FORMS - 1]:
        evaluate_as_well(seat_of(person))
    close_and_hold(wipa, workshop)
    assert seat_of(members[5]).state == SeatState.ABSENT
    give_certificates(wipa, workshop)
    report(wipa, workshop)
    report(somchai, workshop)
    first.go("/my/")
    assert first.download("main a[href$='/file/']")[:4] == b"%PDF"


# --- and without a script ------------------------------------------------------------------------------------
def test_workshop_without_script(visit: Visit, cast: Cast, clock: time_machine.Traveller) -> None:
    workshop = make_workshop(cast.wipa, WISHED, title=TITLE)
    clock.move_to(in_thailand(WISHED, 8, 30))
    kept = make_seat(workshop, make_members(cast.board_seat.organization, 1)[0].memberships.get())
    learner = visit("phone", by=cast.malee, java_script_enabled=False)
    take_a_seat(learner, workshop, cast)
    give_back(learner, seat_of(cast.malee))
    assert seat_of(cast.malee).state == SeatState.CANCELLED

    officer = visit("phone", by=cast.wipa, java_script_enabled=False)
    address = f"/office/workshops/{workshop.pk}/check-in/"
    officer.go(address)
    officer.send(f"#seat-{kept.pk} button", address)
    expect(officer.page.locator(f"#seat-{kept.pk}")).to_have_attribute("data-state", "in")
    assert outcomes() == [(kept.pk, "in", "counted")]
