"""Officers enter people and their positions; who is alike is asked about, and nobody outside the area is shown."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.kernel.refusals import Refused
from learning.organizations.choices import Position
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.places.areas import Area
from learning.places.models import District
from learning.register.flows.members import correct_membership, end_membership, seat_new_person, seat_person
from learning.register.namesakes import Typed, Why, namesakes
from tests.cast import Cast
from tests.factories.duties import make_duty, promotion_officer
from tests.factories.organizations import make_membership, make_organization

TODAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PEOPLE = "/office/people/"
CHAI_NAT = Area.of(provinces=["18"])
NEW = {"title": "นาย", "first_name": "บุญมี", "last_name": "ทองใบ", "position": "manager", "since": "1/11/2569"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def officer(client: Client, cast: Cast) -> Client:
    """Somchai of the group with สรรพยา, signed in."""
    Duty.objects.all().delete()
    promotion_officer(cast.somchai, "สรรพยา")
    client.force_login(cast.somchai)
    return client


@pytest.fixture
def cooperative(cast: Cast) -> Organization:
    return cast.board_seat.organization


def page(name: str, thing: Any = None, **query: Any) -> str:
    address = reverse(f"register:{name}", args=[thing.pk] if thing else [])
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else address


def named(client: Client, **query: Any) -> list[str]:
    return [str(person) for person, _phone in client.get(PEOPLE, query).context["lines"]]


# --- who is seen ---------------------------------------------------------------------------------
def test_an_officer_meets_the_people_of_the_area_and_nobody_else(officer: Client, cast: Cast) -> None:
    assert User.objects.count() == 4
    assert named(officer) == ["นางมาลี ใจดี"]
    assert officer.get(page("person", cast.malee)).status_code == 200
    assert officer.get(page("person", cast.krit)).status_code == 404


@pytest.mark.parametrize("text", ["มาลี", "ใจดี มาลี", "081-234-5678", "๐๘๑๒๓๔๕๖๗๘", "5678", "นาง"])
def test_a_person_is_found_by_name_and_by_phone(officer: Client, text: str) -> None:
    assert named(officer, q=text) == ["นางมาลี ใจดี"]


@pytest.mark.parametrize("text", ["กฤต", "084-567-8901", "\x00ไม่มี", "ก" * 5000])
def test_who_is_outside_is_found_by_nothing(officer: Client, text: str) -> None:
    assert named(officer, q=text) == []


def test_people_of_one_organization(officer: Client, cast: Cast, cooperative: Organization) -> None:
    make_membership(cast.krit, cooperative)
    assert named(officer, organization=cooperative.pk) == ["นายกฤต แดนไกล", "นางมาลี ใจดี"]
    outside = Organization.objects.get(kind="savings")
    for wanted in (outside.pk, 10**17):
        assert officer.get(PEOPLE, {"organization": wanted}).status_code == 404
    assert named(officer, organization="x") == named(officer)


def test_of_a_person_only_the_positions_in_the_area_are_shown(officer: Client, cast: Cast) -> None:
    make_membership(cast.krit, cast.board_seat.organization, position="member", until=date(2026, 1, 31))
    found = officer.get(page("person", cast.krit))
    text = found.content.decode()
    assert (found.context["lines"], len(found.context["past"])) == ([], 1)
    assert ("สหกรณ์การเกษตรทุ่งรวงทอง" in text, "ดอยฟ้าใส" in text) == (True, False)


@pytest.mark.parametrize(("count", "shown"), [(1, 1), (30, 25)])
def test_the_list_costs_the_same_with_one_row_and_with_thirty(
    officer: Client, cast: Cast, cooperative: Organization, django_assert_num_queries: Any, count: int, shown: int
) -> None:
    for number in range(count):
        person = User.objects.create(username=f"p{number}", first_name="บุญมี", last_name=f"{number:02}")
        make_membership(person, cooperative)
    with django_assert_num_queries(6):  # session, person, duties, how many, people, their positions
        assert len(named(officer, q="บุญมี")) == shown


# --- entering ------------------------------------------------------------------------------------
def test_somebody_of_the_area_is_found_and_seated(officer: Client, cast: Cast, cooperative: Organization) -> None:
    group = Organization.objects.get(kind="womens_group")
    found = officer.get(page("add_member", group, q="มาลี")).context["found"]
    assert [person for person, _note in found] == [cast.malee]
    address = page("add_member", group, person=cast.malee.pk)
    assert officer.get(address).status_code == 200
    assert officer.post(address, {"position": "group_leader", "since": "1/11/2569"})["Location"] == page(
        "organization", group
    )
    assert Membership.objects.get(organization=group, position="group_leader").user == cast.malee


def test_a_stranger_is_not_seated_by_a_guessed_number(officer: Client, cast: Cast, cooperative: Organization) -> None:
    for person in (cast.krit.pk, 10**17):
        address = page("add_member", cooperative, person=person)
        assert officer.post(address, {"position": "member", "since": "1/11/2569"}).status_code == 404
    with pytest.raises(Refused):
        seat_person(cooperative, cast.krit, position=Position.MEMBER, since=date(2026, 11, 1), by=cast.somchai)
    assert not Membership.objects.filter(user=cast.krit, organization=cooperative).exists()


def test_a_new_person_needs_only_a_name_and_cannot_sign_in_yet(
    officer: Client, cast: Cast, cooperative: Organization
) -> None:
    response = officer.post(page("add_member", cooperative, who="new"), {**NEW, "birth_year": "2510", "gender": "male"})
    assert response["Location"] == page("organization", cooperative)
    person = User.objects.get(first_name="บุญมี")
    assert (person.phone, person.email, person.birth_year, person.gender) == (None, "", 1967, "male")
    assert (person.has_usable_password(), person.username[:2]) == (False, "p-")
    assert Membership.objects.get(user=person).position == "manager"


def test_who_is_alike_is_shown_before_a_new_person_is_made(
    officer: Client, cast: Cast, cooperative: Organization
) -> None:
    address = page("add_member", cooperative, who="new")
    typed = {**NEW, "first_name": "มาลีย์", "last_name": "ใจดี"}
    asked = officer.post(address, typed)
    assert asked.status_code == 422
    assert [(one.person, one.why) for one, _note in asked.context["alike"]] == [(cast.malee, Why.NAME)]
    assert 'value="มาลีย์"' in asked.content.decode()
    assert User.objects.count() == 4
    assert officer.post(address, {**typed, "same": str(cast.krit.pk)}).status_code == 422
    assert officer.post(address, {**typed, "same": str(cast.malee.pk)}).status_code == 302
    assert Membership.objects.get(organization=cooperative, position="manager").user == cast.malee
    assert officer.post(address, {**typed, "same": "new"}).status_code == 302
    assert User.objects.filter(first_name="มาลีย์").count() == 1


def test_a_phone_number_of_the_area_brings_its_owner_to_be_chosen(
    officer: Client, cast: Cast, cooperative: Organization
) -> None:
    asked = officer.post(page("add_member", cooperative, who="new"), {**NEW, "phone": "081-234-5678"})
    assert [(one.person, one.why) for one, _note in asked.context["alike"]] == [(cast.malee, Why.PHONE)]
    again = officer.post(page("add_member", cooperative, who="new"), {**NEW, "phone": "081-234-5678", "same": "new"})
    assert (again.status_code, User.objects.count()) == (422, 4)


def test_somebody_outside_is_met_only_by_phone_and_name_together(
    officer: Client, cast: Cast, cooperative: Organization
) -> None:
    address = page("add_member", cooperative, who="new")
    guessed = officer.post(address, {**NEW, "phone": "084-567-8901"})
    assert (guessed.status_code, guessed.context["alike"]) == (422, [])
    assert "กฤต" not in guessed.content.decode()
    known = {**NEW, "first_name": "กฤต", "last_name": "แดนไกล", "phone": "084-567-8901"}
    asked = officer.post(address, known)
    assert [one.person for one, _note in asked.context["alike"]] == [cast.krit]
    assert "ดอยฟ้าใส" not in asked.content.decode()
    assert officer.post(address, {**known, "same": str(cast.krit.pk)}).status_code == 302
    assert Membership.objects.filter(user=cast.krit, organization=cooperative, position="manager").exists()


def test_the_flow_itself_makes_nobody_twice(officer: Client, cast: Cast, cooperative: Organization) -> None:
    typed = Typed(first_name="มาลี", last_name="ใจดี")
    with pytest.raises(Refused):
        seat_new_person(cooperative, typed, position=Position.MANAGER, since=date(2026, 11, 1), by=cast.somchai)
    assert User.objects.count() == 4


def test_two_people_whose_names_differ_are_not_alike(cast: Cast) -> None:
    assert namesakes(Typed(first_name="มานี", last_name="ใจดี"), CHAI_NAT) == []
    assert namesakes(Typed(first_name="มาลี", last_name="ใจดี"), Area()) == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"first_name": ""}, "first_name"),
        ({"phone": "12"}, "phone"),
        ({"birth_year": "2600"}, "birth_year"),
        ({"birth_year": "53"}, "birth_year"),
    ],
)
def test_wrong_facts_of_a_person_come_back(
    officer: Client, cast: Cast, cooperative: Organization, facts: dict[str, str], field: str
) -> None:
    response = officer.post(page("add_member", cooperative, who="new"), {**NEW, **facts})
    assert (response.status_code, list(response.context["forms"][0].errors)) == (422, [field])
    assert User.objects.count() == 4


@pytest.mark.parametrize(
    "facts",
    [
        {"position": "group_leader"},
        {"position": ""},
        {"since": "วันวาน"},
        {"until": "1/1/2569"},
        {"term_number": "3"},
    ],
)
def test_a_wrong_position_makes_no_person(
    officer: Client, cast: Cast, cooperative: Organization, facts: dict[str, str]
) -> None:
    assert officer.post(page("add_member", cooperative, who="new"), {**NEW, **facts}).status_code == 422
    assert User.objects.count() == 4


def test_a_third_term_is_refused_in_the_form_and_no_person_is_left_behind(
    officer: Client, cast: Cast, cooperative: Organization
) -> None:
    Membership.objects.filter(pk=cast.board_seat.pk).update(term_number=2, until=date(2026, 10, 31))
    address = page("add_member", cooperative, person=cast.malee.pk)
    response = officer.post(address, {"position": "board_member", "since": "1/11/2569"})
    assert response.status_code == 422
    assert "50" in response.context["forms"][0].non_field_errors()[0]


# --- ending and correcting -----------------------------------------------------------------------
def test_a_position_is_ended_on_a_day_and_only_by_a_form(officer: Client, cast: Cast) -> None:
    address = page("end_membership", cast.board_seat)
    assert officer.get(address).status_code == 200
    assert cast.board_seat.until is None
    assert officer.post(address, {"on": "1/1/2560"}).status_code == 422
    assert officer.post(address, {"on": "31/10/2569"}).status_code == 302
    assert cast.board_seat.until == date(2026, 10, 31)


def test_a_position_is_corrected(officer: Client, cast: Cast) -> None:
    address = page("edit_member", cast.board_seat)
    assert officer.get(address).context["form"]["position"].value() == "board_member"
    sent = {"position": "board_member", "since": "20/3/2569", "until": "19/3/2571", "term_number": "2"}
    assert officer.post(address, sent).status_code == 302
    seat = cast.board_seat
    assert (seat.since, seat.until, seat.term_number) == (date(2026, 3, 20), date(2028, 3, 19), 2)


def test_positions_of_others_are_not_found(officer: Client, cast: Cast) -> None:
    outside = Membership.objects.get(user=cast.krit)
    for name in ("edit_member", "end_membership"):
        assert officer.get(page(name, outside)).status_code == 404
        assert officer.post(page(name, outside), {"on": "31/10/2569"}).status_code == 404
    with pytest.raises(Refused):
        end_membership(outside, on=date(2026, 10, 31), by=cast.somchai)
    with pytest.raises(Refused):
        correct_membership(outside, position=Position.MEMBER, since=outside.since, until=None, by=cast.somchai)


# --- the coordinator -----------------------------------------------------------------------------
def test_a_coordinator_enters_and_ends_people_of_the_own_organization_and_changes_nothing_else(
    client: Client, cast: Cast, cooperative: Organization
) -> None:
    Duty.objects.all().delete()
    make_duty(cast.malee, Role.COORDINATOR, cooperative)
    client.force_login(cast.malee)
    assert client.post(page("add_member", cooperative, who="new"), NEW).status_code == 302
    entered = Membership.objects.get(position="manager")
    assert client.post(page("end_membership", entered), {"on": "23/11/2569"}).status_code == 302
    group = Organization.objects.get(kind="womens_group")
    assert client.get(page("add_member", group)).status_code == 200
    assert client.get(page("edit_member", entered)).status_code == 404
    assert client.get(page("add_organization")).status_code == 403
    for name in ("edit_organization", "merge", "split", "dissolve"):
        assert client.get(page(name, cooperative)).status_code in {403, 404}, name
    text = client.get(page("organization", cooperative)).content.decode()
    assert page("edit_organization", cooperative) not in text
    assert page("add_member", cooperative) in text


def test_a_coordinator_sees_only_the_own_organization_and_its_groups(client: Client, cast: Cast) -> None:
    Duty.objects.all().delete()
    make_duty(cast.malee, Role.COORDINATOR, cast.board_seat.organization)
    other = make_organization("สหกรณ์การเกษตรสรรพยา จำกัด", district=District.objects.get(pk="1804"))
    make_membership(cast.krit, other)
    client.force_login(cast.malee)
    assert len(client.get("/office/organizations/").context["lines"]) == 3
    assert client.get(page("organization", other)).status_code == 404
    assert client.get(page("add_member", other)).status_code == 404
    assert named(client) == ["นางมาลี ใจดี"]
