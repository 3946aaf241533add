"""The seats of a workshop on the pages of officers: who sees whom, and what they do there."""

import pytest
from django.test import Client

from learning.organizations.models import Organization
from learning.workshops.choices import SeatState
from learning.workshops.models import Allotment, Party, Seat, Workshop
from tests.cast import Cast
from tests.factories.duties import make_duty, office_of
from tests.factories.organizations import make_organization
from tests.factories.workshops import make_seat, make_workshop
from tests.workshops.seats.conftest import DAY, Members, come, figures, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def _english(settings: object) -> None:
    settings.LANGUAGE_CODE = "en"  # type: ignore[attr-defined]


def page_of(workshop: Workshop, rest: str = "") -> str:
    return f"/office/workshops/{workshop.pk}/seats/{rest}"


@pytest.fixture
def chiang_mai(cast: Cast) -> Client:
    """The officer of another province."""
    make_duty(cast.krit, "management_officer", office_of("เชียงใหม่"))
    client = Client()
    client.force_login(cast.krit)
    return client


# --- who sees whom -----------------------------------------------------------------------------------
def test_the_center_and_the_office_that_asked_see_everybody(
    wipa: Client, somchai: Client, workshop: Workshop, cast: Cast, neighbours: Organization, members: Members
) -> None:
    come(workshop, *members(neighbours, 12))
    for client in (wipa, somchai):
        roll = client.get(page_of(workshop)).context["roll"]
        assert (roll.seen, [item.number for item in roll.line]) == (10, [1, 2])


def test_another_office_sees_its_own_people_and_the_numbers(
    chiang_mai: Client, workshop: Workshop, cast: Cast, neighbours: Organization, members: Members
) -> None:
    savings = cast.krit.memberships.get()
    come(workshop, *members(neighbours, 11), savings)
    page = chiang_mai.get(page_of(workshop))
    roll = page.context["roll"]
    assert (roll.seen, page.context["unseen"], page.context["unseen_waiting"]) == (0, 10, 1)
    assert [(item.seat.user, item.number) for item in roll.line] == [(cast.krit, 2)]
    assert "บุญมา" not in page.content.decode()


@pytest.mark.parametrize("rest", ["", "add/", "allotments/"])
def test_who_holds_no_duty_comes_in_nowhere(rest: str, malee: Client, workshop: Workshop) -> None:
    assert malee.get(page_of(workshop, rest)).status_code == 403


def test_a_workshop_that_is_not_for_ones_area_is_not_there(chiang_mai: Client, cast: Cast) -> None:
    planned = make_workshop(cast.wipa, DAY, state="planned")
    for rest in ("", "add/", "allotments/"):
        assert chiang_mai.get(page_of(planned, rest)).status_code == 404


def test_a_seat_one_does_not_see_cannot_be_touched(
    chiang_mai: Client, workshop: Workshop, neighbours: Organization, members: Members
) -> None:
    (seat,) = come(workshop, *members(neighbours, 1))
    for verb in ("confirm", "decline", "cancel"):
        assert chiang_mai.post(page_of(workshop, f"{seat.pk}/{verb}/"), {"reason": "x"}).status_code == 404
    assert states(seat) == [SeatState.CONFIRMED]


def test_a_seat_of_another_workshop_is_not_found_under_this_one(wipa: Client, workshop: Workshop, cast: Cast) -> None:
    other = make_seat(make_workshop(cast.wipa, DAY), cast.board_seat)
    assert wipa.post(page_of(workshop, f"{other.pk}/cancel/"), {"reason": "x"}).status_code == 404


# --- deciding --------------------------------------------------------------------------------------
def test_somchai_confirms_one_and_declines_another(
    somchai: Client, workshop: Workshop, neighbours: Organization, members: Members
) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(confirms_by_officer=True)
    yes, no = come(workshop, *members(neighbours, 2))
    assert [seat.pk for seat in somchai.get(page_of(workshop)).context["roll"].requested] == [yes.pk, no.pk]
    assert somchai.get(page_of(workshop, f"{yes.pk}/confirm/")).status_code == 405
    somchai.post(page_of(workshop, f"{yes.pk}/confirm/"))
    assert somchai.get(page_of(workshop, f"{no.pk}/decline/")).status_code == 200
    assert somchai.post(page_of(workshop, f"{no.pk}/decline/"), {"reason": " "}).status_code == 422
    somchai.post(page_of(workshop, f"{no.pk}/decline/"), {"reason": "เคยอบรมแล้ว"})
    assert states(yes, no) == [SeatState.CONFIRMED, SeatState.DECLINED]


def test_a_seat_that_was_decided_meanwhile_leads_back_with_words(
    somchai: Client, workshop: Workshop, cast: Cast
) -> None:
    (seat,) = come(workshop, cast.board_seat)
    answer = somchai.post(page_of(workshop, f"{seat.pk}/confirm/"))
    assert (answer.status_code, page_of(workshop) in answer.content.decode()) == (409, True)


def test_cancelling_asks_for_a_reason_and_says_who_got_the_seat(
    wipa: Client, workshop: Workshop, neighbours: Organization, members: Members
) -> None:
    seats = come(workshop, *members(neighbours, 11))
    address = page_of(workshop, f"{seats[0].pk}/cancel/")
    assert (wipa.get(address).status_code, wipa.post(address, {}).status_code) == (200, 422)
    page = wipa.post(address, {"reason": "ป่วย"}, follow=True).content.decode()
    assert "1 person from the waiting list has it now." in page
    assert states(seats[0], seats[10]) == [SeatState.CANCELLED, SeatState.CONFIRMED]


# --- adding ----------------------------------------------------------------------------------------
def test_somchai_adds_members_together(
    somchai: Client, workshop: Workshop, cooperative: Organization, members: Members
) -> None:
    people = members(cooperative, 3)
    ids = [one.user_id for one in people]
    assert cooperative in somchai.get(page_of(workshop, "add/")).context["organizations"]
    page = somchai.get(page_of(workshop, f"add/?organization={cooperative.pk}"))
    assert set(ids) < {person["id"] for person in page.context["people"]}
    sent = {"organization": cooperative.pk, "people": ids, "together": "1"}
    assert somchai.post(page_of(workshop, "add/"), sent)["Location"] == page_of(workshop)
    assert (figures(workshop), Party.objects.get().size) == ((3, 0), 3)


def test_people_who_cannot_be_chosen_say_why(
    somchai: Client, workshop: Workshop, cast: Cast, cooperative: Organization, members: Members, course: object
) -> None:
    workshop.course, workshop.needs_lessons = course, True  # type: ignore[assignment]
    workshop.save(update_fields=["course", "needs_lessons"])
    (plain,) = members(cooperative, 1)
    make_seat(workshop, cast.board_seat)
    page = somchai.get(page_of(workshop, f"add/?organization={cooperative.pk}"))
    found = {person["id"]: (person["is_closed"], person.get("state_label")) for person in page.context["people"]}
    assert found == {cast.malee.pk: (True, "Confirmed"), plain.user_id: (True, "3 lessons are missing")}
    Workshop.objects.filter(pk=workshop.pk).update(needs_lessons=False, positions=["manager"])
    page = somchai.get(page_of(workshop, f"add/?organization={cooperative.pk}"))
    closed = {person["id"]: person["state_label"] for person in page.context["people"]}
    assert closed[plain.user_id] == "Not for this position or organization"


def test_without_a_tick_nothing_is_sent(somchai: Client, workshop: Workshop, cooperative: Organization) -> None:
    for people in ([], ["x", "-1", "9" * 30]):
        answer = somchai.post(page_of(workshop, "add/"), {"organization": cooperative.pk, "people": people})
        assert answer.status_code == 422


def test_an_organization_outside_the_area_is_no_choice(
    somchai: Client, workshop: Workshop, cast: Cast, members: Members
) -> None:
    savings = cast.krit.memberships.get().organization
    assert somchai.get(page_of(workshop, f"add/?organization={savings.pk}")).context["organization"] is None
    somchai.post(page_of(workshop, "add/"), {"organization": savings.pk, "people": [cast.krit.pk]})
    assert figures(workshop) == (0, 0)


def test_the_center_looks_through_no_list_of_names_and_adds_one_by_phone(
    wipa: Client, workshop: Workshop, cast: Cast, cooperative: Organization
) -> None:
    page = wipa.get(page_of(workshop, f"add/?organization={cooperative.pk}"))
    assert (page.context["organization"], page.context["meets_people"], "มาลี" in page.content.decode()) == (
        None,
        False,
        False,
    )
    assert wipa.post(page_of(workshop, "add/"), {"login": "0899999999"}).status_code == 422
    assert wipa.post(page_of(workshop, "add/"), {"login": "081-234-5678"}).status_code == 302
    assert Seat.objects.get().user == cast.malee


def test_a_coordinator_adds_the_own_people_and_nobody_by_phone(
    workshop: Workshop, cast: Cast, cooperative: Organization, members: Members
) -> None:
    make_duty(cast.krit, "coordinator", cooperative)
    client = Client()
    client.force_login(cast.krit)
    page = client.get(page_of(workshop, "add/"))
    assert (cooperative in page.context["organizations"], page.context["person_form"]) == (True, None)
    client.post(page_of(workshop, "add/"), {"login": "0812345678"})
    assert figures(workshop) == (0, 0)
    client.post(page_of(workshop, "add/"), {"organization": cooperative.pk, "people": [cast.malee.pk]})
    assert figures(workshop) == (1, 0)


def test_a_refusal_leads_back_to_the_seats(
    somchai: Client, workshop: Workshop, cooperative: Organization, members: Members
) -> None:
    ids = [one.user_id for one in members(cooperative, 11)]
    sent = {"organization": cooperative.pk, "people": ids, "together": "1"}
    answer = somchai.post(page_of(workshop, "add/"), sent)
    assert (answer.status_code, f'href="{page_of(workshop)}"' in answer.content.decode()) == (422, True)


# --- quotas and kept seats -------------------------------------------------------------------------
def test_the_office_keeps_seats_sets_a_quota_and_releases(
    somchai: Client, workshop: Workshop, cooperative: Organization
) -> None:
    address, whom = page_of(workshop, "allotments/"), {"organization": cooperative.pk}
    assert cooperative in somchai.get(f"{address}?q=ทุ่งรวงทอง").context["found"]
    assert somchai.get(f"{address}?organization={cooperative.pk}").context["organization"] == cooperative
    somchai.post(address, {**whom, "keep": "1", "count": "4", "until": "14/12/2569"})
    somchai.post(address, {**whom, "quota": "1", "most": "6"})
    share = Allotment.objects.get()
    assert (share.reserved, str(share.release_on), share.most, figures(workshop)) == (4, "2026-12-14", 6, (4, 0))
    somchai.post(address, {**whom, "release": "1"})
    share.refresh_from_db()
    assert (share.reserved, share.most, figures(workshop)) == (0, 6, (0, 0))


@pytest.mark.parametrize(
    "sent",
    [
        {"keep": "1", "count": "4"},
        {"keep": "1", "count": "-1", "until": "14/12/2569"},
        {"keep": "1", "count": "11", "until": "14/12/2569"},
        {"keep": "1", "count": "1", "until": "28/12/2569"},
        {"keep": "1", "count": "1", "until": "31/02/2569"},
        {"quota": "1", "most": "2"},
        {"quota": "1", "most": "x"},
    ],
)
def test_what_cannot_be_kept_is_said_beside_the_line_and_nothing_is_lost(
    sent: dict[str, str], wipa: Client, workshop: Workshop, cooperative: Organization, members: Members
) -> None:
    come(workshop, *members(cooperative, 3))
    answer = wipa.post(page_of(workshop, "allotments/"), {"organization": cooperative.pk, **sent})
    assert (answer.status_code, figures(workshop)) == (422, (3, 0))
    form = answer.context["keep" if "keep" in sent else "most"]
    assert form.errors != {}


def test_a_coordinator_divides_no_seats(workshop: Workshop, cast: Cast, cooperative: Organization) -> None:
    make_duty(cast.krit, "coordinator", cooperative)
    client = Client()
    client.force_login(cast.krit)
    sent = {"organization": cooperative.pk, "quota": "1", "most": "1"}
    assert client.post(page_of(workshop, "allotments/"), sent).status_code == 403
    assert Allotment.objects.count() == 0


@pytest.mark.parametrize("value", ["", "0", "x", "9" * 30, "\x00", "-1"])
def test_a_key_that_is_none_chooses_nothing(value: str, somchai: Client, workshop: Workshop) -> None:
    make_organization("สหกรณ์การเกษตรห้วยกรด จำกัด")
    for rest in ("add/", "allotments/"):
        page = somchai.get(page_of(workshop, rest), {"organization": value, "q": value})
        assert (page.status_code, page.context["organization"]) == (200, None)
