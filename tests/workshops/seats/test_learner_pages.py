"""Workshops as a learner meets them: finding, registering, the ticket, giving back."""

import re
from datetime import date

import pytest
from django.test import Client

from learning.organizations.models import Organization
from learning.workshops.choices import SeatState, WorkshopState
from learning.workshops.models import Seat, Workshop
from learning.workshops.tickets.codes import seat_id_of
from tests.cast import Cast
from tests.factories.workshops import make_room, make_seat, make_venue, make_workshop
from tests.workshops.seats.conftest import DAY, Members, come, figures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def _english(settings: object) -> None:
    settings.LANGUAGE_CODE = "en"  # type: ignore[attr-defined]


def titles(page: object) -> list[str]:
    return [entry.workshop.title for entry in page.context["entries"]]  # type: ignore[attr-defined]


# --- finding ---------------------------------------------------------------------------------------
def test_anybody_finds_what_is_to_come_the_next_first(client: Client, cast: Cast) -> None:
    make_workshop(cast.wipa, date(2027, 1, 11), title="later")
    make_workshop(cast.wipa, DAY, title="next")
    make_workshop(cast.wipa, DAY, title="closed", state=WorkshopState.CLOSED)
    for state in (WorkshopState.PLANNED, WorkshopState.CANCELLED, WorkshopState.HELD):
        make_workshop(cast.wipa, DAY, title=str(state), state=state)
    make_workshop(cast.wipa, DAY, title="of offices", is_listed=False)
    make_workshop(cast.wipa, date(2026, 11, 22), title="over")
    assert titles(client.get("/workshops/")) == ["next", "closed", "later"]


def test_the_list_is_filtered_by_province_topic_and_course(client: Client, cast: Cast, course: object) -> None:
    make_workshop(cast.wipa, DAY, title="here")
    make_workshop(cast.wipa, DAY, title="of the course", course=course, topic="law")
    assert titles(client.get("/workshops/?topic=law")) == ["of the course"]
    assert titles(client.get(f"/workshops/?course={course.slug}")) == ["of the course"]  # type: ignore[attr-defined]
    assert titles(client.get("/workshops/?province=50")) == []
    assert titles(client.get("/workshops/?province=xx&topic=%00&course=%00&page=9")) == ["here", "of the course"]


def test_without_workshops_there_is_a_way_on(client: Client, cast: Cast) -> None:
    assert 'href="/courses/"' in client.get("/workshops/").content.decode().partition("<main")[2]
    page = client.get("/workshops/?topic=law").content.decode().partition("<main")[2]
    assert 'href="/workshops/"' in page


def test_a_line_says_when_where_and_how_full(client: Client, workshop: Workshop, cast: Cast) -> None:
    venue = make_venue("อาคารรวงทอง")
    make_workshop(cast.wipa, DAY, date(2026, 12, 29), room=make_room(venue=venue), title="two days")
    Workshop.objects.filter(pk=workshop.pk).update(taken=10, waiting_count=12)
    first, second = client.get("/workshops/").context["entries"]
    assert (first.dates, first.hours, first.place) == ("28 ธันวาคม 2569", "09.00–16.00", "จังหวัดชัยนาท")
    assert (second.dates, second.place) == ("28–29 ธันวาคม 2569", "อาคารรวงทอง · จังหวัดชัยนาท")
    assert "Full, 12 people wait" in client.get("/workshops/").content.decode()


# --- one workshop ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "offer", "way_on"),
    [
        ({}, "seats", "register/"),
        ({"taken": 10}, "line", "register/"),
        ({"waiting_count": 1}, "line", "register/"),
        ({"state": "closed"}, "closed", "/workshops/"),
        ({"registration_closes_on": date(2026, 11, 22)}, "closed", "/workshops/"),
        ({"state": "held"}, "held", "/workshops/"),
        ({"state": "cancelled", "cancel_reason": "น้ำท่วม"}, "cancelled", "/workshops/"),
        ({"first_on": date(2026, 11, 22)}, "begun", "/workshops/"),
    ],
)
def test_every_state_of_a_workshop_has_its_words_and_a_way_on(
    fields: dict[str, object], offer: str, way_on: str, client: Client, workshop: Workshop
) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(**fields)
    page = client.get(f"/workshops/{workshop.pk}/")
    panel = page.content.decode().partition('class="course-panel"')[2].partition("</section>")[0]
    assert (page.status_code, page.context["offer"]) == (200, offer)
    assert re.findall(r'class="btn [^"]*" href="([^"]+)"', panel)[-1].endswith(way_on)


def test_a_workshop_that_is_planned_or_of_offices_is_shown_to_nobody_else(malee: Client, workshop: Workshop) -> None:
    for fields in ({"state": "planned"}, {"state": "open", "is_listed": False}):
        Workshop.objects.filter(pk=workshop.pk).update(**fields)
        assert malee.get(f"/workshops/{workshop.pk}/").status_code == 404


def test_who_was_entered_by_the_office_sees_a_workshop_that_is_not_listed(
    malee: Client, krit: Client, workshop: Workshop, cast: Cast
) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(is_listed=False)
    make_seat(workshop, cast.board_seat)
    assert malee.get(f"/workshops/{workshop.pk}/").status_code == 200
    assert krit.get(f"/workshops/{workshop.pk}/").status_code == 404


def test_a_page_of_a_workshop_shows_ones_own_place_in_line_and_why(
    malee: Client, workshop: Workshop, cast: Cast, neighbours: Organization, members: Members
) -> None:
    come(workshop, *members(neighbours, 12), cast.board_seat)
    page = malee.get(f"/workshops/{workshop.pk}/").content.decode()
    assert "You are number 3 of 3 on the waiting list." in page
    assert "All 10 seats are taken." in page


# --- registering -----------------------------------------------------------------------------------
def test_without_an_account_registering_leads_to_the_sign_in_page(client: Client, workshop: Workshop) -> None:
    address = f"/workshops/{workshop.pk}/register/"
    assert client.get(address)["Location"] == f"/account/login/?next={address}"


def test_malee_registers_for_one_of_her_organizations(malee: Client, workshop: Workshop, cast: Cast) -> None:
    address = f"/workshops/{workshop.pk}/register/"
    assert malee.get(address).status_code == 200
    answer = malee.post(address, {"membership": cast.board_seat.pk})
    seat = Seat.objects.get()
    assert answer["Location"] == f"/my/workshops/{seat.pk}/"
    assert (seat.user, seat.organization, seat.state) == (cast.malee, cast.board_seat.organization, "confirmed")
    assert malee.get(address)["Location"] == f"/my/workshops/{seat.pk}/"


def test_the_membership_of_somebody_else_is_no_choice(
    malee: Client, workshop: Workshop, neighbours: Organization, members: Members
) -> None:
    (other,) = members(neighbours, 1)
    answer = malee.post(f"/workshops/{workshop.pk}/register/", {"membership": other.pk})
    assert (answer.status_code, Seat.objects.count()) == (422, 0)


def test_a_clash_is_shown_and_asked_about_before_the_seat_is_taken(
    malee: Client, workshop: Workshop, cast: Cast
) -> None:
    make_seat(make_workshop(cast.wipa, DAY, halves=("am",), title="เช้าเดียวกัน"), cast.board_seat)
    address = f"/workshops/{workshop.pk}/register/"
    assert "เช้าเดียวกัน" in malee.get(address).content.decode()
    assert malee.post(address, {"membership": cast.board_seat.pk}).status_code == 422
    assert figures(workshop) == (0, 0)
    assert malee.post(address, {"membership": cast.board_seat.pk, "knows": "on"}).status_code == 302
    assert figures(workshop) == (1, 0)


def test_lessons_that_are_missing_stand_there_with_their_links(
    malee: Client, workshop: Workshop, course: object
) -> None:
    workshop.course, workshop.needs_lessons = course, True  # type: ignore[assignment]
    workshop.save(update_fields=["course", "needs_lessons"])
    page = malee.get(f"/workshops/{workshop.pk}/register/")
    lessons = page.context["lessons"]
    assert len(lessons) == 3
    assert [lesson.url for lesson in lessons if f'href="{lesson.url}"' not in page.content.decode()] == []
    assert b'name="membership"' not in page.content


def test_who_belongs_nowhere_is_led_to_find_the_organization(workshop: Workshop, cast: Cast) -> None:
    cast.krit.memberships.all().delete()
    client = Client()
    client.force_login(cast.krit)
    page = client.get(f"/workshops/{workshop.pk}/register/").content.decode()
    assert f"next=/workshops/{workshop.pk}/register/" in page


def test_a_workshop_for_others_says_so_of_each_membership(malee: Client, workshop: Workshop) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(positions=["manager"])
    page = malee.get(f"/workshops/{workshop.pk}/register/")
    assert (len(page.context["misfits"]), b'<form method="post" class="form-column"' in page.content) == (2, False)


def test_registering_for_what_is_not_open_leads_back_to_its_page(malee: Client, workshop: Workshop) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(state="closed")
    for answer in (malee.get, malee.post):
        assert answer(f"/workshops/{workshop.pk}/register/")["Location"] == f"/workshops/{workshop.pk}/"


# --- the ticket ------------------------------------------------------------------------------------
def test_a_ticket_has_a_square_and_a_code_of_this_seat(malee: Client, workshop: Workshop, cast: Cast) -> None:
    (seat,) = come(workshop, cast.board_seat)
    page = malee.get(f"/my/workshops/{seat.pk}/")
    assert "<svg" in page.context["square"]
    assert seat_id_of(page.context["code"]) == seat.pk


@pytest.mark.parametrize(
    "state", [SeatState.REQUESTED, SeatState.WAITING, SeatState.DECLINED, SeatState.CANCELLED, SeatState.ABSENT]
)
def test_without_a_confirmed_seat_there_is_no_square(state: str, malee: Client, workshop: Workshop, cast: Cast) -> None:
    seat = make_seat(workshop, cast.board_seat, state=state, queue_number=1, reason="เพราะว่า")
    page = malee.get(f"/my/workshops/{seat.pk}/")
    assert (page.status_code, page.context["square"]) == (200, "")


def test_a_cancelled_workshop_has_no_ticket_and_says_why(malee: Client, workshop: Workshop, cast: Cast) -> None:
    (seat,) = come(workshop, cast.board_seat)
    Workshop.objects.filter(pk=workshop.pk).update(state="cancelled", cancel_reason="น้ำท่วม")
    page = malee.get(f"/my/workshops/{seat.pk}/")
    assert (page.context["square"], page.context["may_cancel"], "น้ำท่วม" in page.content.decode()) == ("", False, True)


def test_somebody_elses_ticket_is_not_there(krit: Client, workshop: Workshop, cast: Cast) -> None:
    (seat,) = come(workshop, cast.board_seat)
    for address in (f"/my/workshops/{seat.pk}/", f"/my/workshops/{seat.pk}/cancel/"):
        assert (krit.get(address).status_code, krit.post(address).status_code in {404, 405}) == (404, True)
    assert figures(workshop) == (1, 0)


def test_one_question_and_the_seat_is_given_back(malee: Client, workshop: Workshop, cast: Cast) -> None:
    (seat,) = come(workshop, cast.board_seat)
    address = f"/my/workshops/{seat.pk}/cancel/"
    assert (malee.get(address).status_code, figures(workshop)) == (200, (1, 0))
    assert malee.post(address, {"reason": "ติดธุระ"})["Location"] == "/my/workshops/"
    seat.refresh_from_db()
    assert (seat.state, seat.reason, figures(workshop)) == ("cancelled", "ติดธุระ", (0, 0))
    assert malee.post(address)["Location"] == f"/my/workshops/{seat.pk}/"


def test_my_workshops_tells_the_coming_from_the_past(malee: Client, workshop: Workshop, cast: Cast) -> None:
    assert malee.get("/my/workshops/").context["coming"] == []
    old = make_workshop(cast.wipa, date(2026, 10, 5), state=WorkshopState.HELD)
    past = make_seat(old, cast.board_seat, state=SeatState.ATTENDED, attended_percent=100)
    (seat,) = come(workshop, cast.board_seat)
    page = malee.get("/my/workshops/")
    assert [line["seat"].pk for line in page.context["coming"]] == [seat.pk]
    assert [line["seat"].pk for line in page.context["past"]] == [past.pk]


def test_who_attended_sees_what_is_missing_and_what_to_do(malee: Client, cast: Cast) -> None:
    held = make_workshop(cast.wipa, date(2026, 11, 20), state=WorkshopState.HELD)
    seat = make_seat(held, cast.board_seat, state=SeatState.ATTENDED, attended_percent=100)
    page = malee.get(f"/my/workshops/{seat.pk}/")
    assert [step.name for step in page.context["steps_ahead"]] == ["evaluation"]
    assert page.context["missing"] == ["the evaluation"]


def test_the_desk_shows_the_next_workshop(malee: Client, workshop: Workshop, cast: Cast) -> None:
    assert malee.get("/my/").context["next_workshop"] is None
    (seat,) = come(workshop, cast.board_seat)
    page = malee.get("/my/")
    assert page.context["next_workshop"] == seat
    assert f"/my/workshops/{seat.pk}/" in page.content.decode()
