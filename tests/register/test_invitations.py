"""People whom the office entered sign in for the first time with a slip of paper."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.kernel.codes import WRONG_TRIES, spaced
from learning.kernel.refusals import Refused
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.register.flows.invitations import accept_invitation, make_invitations
from learning.register.models import Invitation
from tests.cast import Cast
from tests.factories.duties import make_duty, office_of
from tests.factories.people import make_members
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db
GOOD = "ข้าวหอมมะลิ-2570"


@pytest.fixture
def cooperative(cast: Cast) -> Organization:
    """Malee's; somchai is the head of its province."""
    Duty.objects.all().delete()
    make_duty(cast.somchai, Role.PROVINCIAL_HEAD, office_of())
    return cast.board_seat.organization


@pytest.fixture
def somchai(cast: Cast, cooperative: Organization) -> Client:
    browser = Client()
    browser.force_login(cast.somchai)
    return browser


@pytest.fixture
def entered(cooperative: Organization) -> list[User]:
    """Three people whom the office has entered."""
    return make_members(cooperative, 3)


@pytest.fixture
def slip(cast: Cast, cooperative: Organization, entered: list[User]) -> Invitation:
    return make_invitations(cooperative, people=[entered[0].pk], by=cast.somchai)[0]


def page_of(organization: Organization, rest: str = "") -> str:
    return f"/office/organizations/{organization.pk}/invitations/{rest}"


def welcome(slip: Invitation) -> str:
    return f"/welcome/{slip.code}/"


# --- making ---------------------------------------------------------------------------------------
def test_only_those_are_offered_who_never_signed_in_and_can_do_nothing_but_learn(
    cast: Cast, somchai: Client, cooperative: Organization
) -> None:
    people = make_members(cooperative, 8)
    fresh, seen, with_password, closed, staff, author, officer, gone = people
    User.objects.filter(pk=seen.pk).update(last_login=timezone.now())
    with_password.set_password(GOOD)
    with_password.save()
    User.objects.filter(pk=closed.pk).update(is_active=False)
    User.objects.filter(pk=staff.pk).update(is_staff=True)
    author.groups.add(cast.wipa.groups.get())
    make_duty(officer, Role.COORDINATOR, cooperative, since=timezone.localdate() + timedelta(days=30))
    Membership.objects.filter(user=gone).update(until=date(2026, 1, 1))
    assert [person for person, _until, _chosen in somchai.get(page_of(cooperative)).context["people"]] == [fresh]
    made = make_invitations(cooperative, people=[one.pk for one in people], by=cast.somchai)
    assert [one.user for one in made] == [fresh]


def test_slips_are_made_and_printed_one_for_each(
    cast: Cast, somchai: Client, cooperative: Organization, entered: list[User], settings: Any
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://academy.example.org"
    sent = {"people": [entered[0].pk, entered[2].pk]}
    assert somchai.post(page_of(cooperative), sent)["Location"] == page_of(cooperative, "slips/")
    made = list(Invitation.objects.order_by("pk"))
    assert [(one.user, len(one.code), one.created_by) for one in made] == [
        (entered[0], 12, cast.somchai), (entered[2], 12, cast.somchai),
    ]  # fmt: skip
    assert {one.until for one in made} == {timezone.localdate() + timedelta(days=30)}
    page = somchai.get(page_of(cooperative, "slips/"))
    text = page.content.decode()
    assert [spaced(one.code) in text for one in made] == [True, True]
    assert [str(one) in text for one in entered] == [True, False, True]
    assert (text.count("<svg viewBox"), "academy.example.org/welcome/" in text) == (2, True)
    assert "no-store" in page["Cache-Control"]
    assert ModelLogEntry.objects.get(action="register.invite").user == cast.somchai


def test_a_new_slip_ends_the_older_one(cast: Cast, cooperative: Organization, slip: Invitation) -> None:
    new = make_invitations(cooperative, people=[slip.user_id], by=cast.somchai)[0]
    assert [Client().get(welcome(one)).status_code for one in (slip, new)] == [410, 200]


def test_nobody_ticked_is_asked_again(somchai: Client, cooperative: Organization, entered: list[User]) -> None:
    for sent in ({}, {"people": ["x"]}, {"people": ["9" * 30]}, {"people": [""]}):
        assert somchai.post(page_of(cooperative), sent).status_code == 422
    assert somchai.post(page_of(cooperative), {"people": [10**15]}).status_code == 422
    assert Invitation.objects.count() == 0


def test_a_coordinator_may_and_an_outsider_may_not(
    cast: Cast, cooperative: Organization, entered: list[User], slip: Invitation
) -> None:
    krit = Client()
    krit.force_login(cast.krit)
    addresses = [page_of(cooperative), page_of(cooperative, "slips/")]
    assert [krit.get(address).status_code for address in addresses] == [403, 403]
    with pytest.raises(Refused) as refused:
        make_invitations(cooperative, people=[entered[0].pk], by=cast.krit)
    assert refused.value.status == 403
    duty = make_duty(cast.krit, Role.COORDINATOR, Organization.objects.get(province__name="เชียงใหม่"))
    assert [krit.get(address).status_code for address in addresses] == [404, 404]
    Duty.objects.filter(pk=duty.pk).update(organization=cooperative)
    assert [krit.get(address).status_code for address in addresses] == [200, 200]
    assert krit.post(page_of(cooperative), {"people": [entered[1].pk]}).status_code == 302


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_cost_the_same_for_one_and_for_thirty(
    cast: Cast, somchai: Client, cooperative: Organization, count: int, django_assert_num_queries: Any
) -> None:
    people = make_members(cooperative, count)
    make_invitations(cooperative, people=[one.pk for one in people], by=cast.somchai)
    somchai.get(page_of(cooperative))
    # session · person · areas: twice · organization · slips, and on the first page the people
    for rest, queries in (("", 7), ("slips/", 6)):
        with django_assert_num_queries(queries):
            somchai.get(page_of(cooperative, rest))


# --- using ----------------------------------------------------------------------------------------
def test_the_slip_shows_the_name_takes_a_password_and_signs_in(
    client: Client, slip: Invitation, entered: list[User]
) -> None:
    page = client.get(welcome(slip))
    assert (page.status_code, str(entered[0]) in page.content.decode()) == (200, True)
    done = client.post(welcome(slip), {"password": GOOD, "phone": "089-765-4321"})
    assert done["Location"] == "/my/"
    person = User.objects.get(pk=entered[0].pk)
    assert (person.check_password(GOOD), person.phone, person.phone_verified) == (True, "+66897654321", False)
    assert (int(client.session["_auth_user_id"]), person.last_login is not None) == (person.pk, True)
    assert Invitation.objects.get().used_at is not None
    assert Client().login(username=person.username, password=GOOD)
    assert ModelLogEntry.objects.get(action="register.accept_invitation").user == person


@pytest.mark.parametrize("password", ["", "1234567", "12345678", "password", "member-1-000"])
def test_a_weak_password_is_asked_again_and_the_slip_stays_good(
    client: Client, slip: Invitation, password: str
) -> None:
    username = User.objects.get(pk=slip.user_id).username
    page = client.post(welcome(slip), {"password": username if "member" in password else password})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["password"])
    assert Invitation.objects.get().used_at is None


def test_the_phone_of_somebody_else_is_asked_again(client: Client, slip: Invitation) -> None:
    for phone in ("081-234-5678", "12", "\x00"):  # malee's, and none
        page = client.post(welcome(slip), {"password": GOOD, "phone": phone})
        assert (page.status_code, list(page.context["form"].errors)) == (422, ["phone"])
    with pytest.raises(Refused):
        accept_invitation(slip.code, password=GOOD, phone="+66812345678")


def test_who_has_a_phone_is_told_to_sign_in_with_it(client: Client, slip: Invitation) -> None:
    User.objects.filter(pk=slip.user_id).update(phone="+66897654321")
    page = client.get(welcome(slip))
    assert ("phone" in page.context["form"].fields, page.context["signs_in_with"]) == (False, "089-765-4321")
    assert client.post(welcome(slip), {"password": GOOD, "phone": "081-111-1111"}).status_code == 302
    assert User.objects.get(pk=slip.user_id).phone == "+66897654321"


def test_a_used_a_past_and_an_overtaken_slip_say_so_and_open_nothing(client: Client, slip: Invitation) -> None:
    Invitation.objects.update(until=date(2026, 1, 1))
    past = client.post(welcome(slip), {"password": GOOD})
    assert (past.status_code, "1 มกราคม 2569" in past.content.decode()) == (410, True)
    Invitation.objects.update(until=timezone.localdate())
    User.objects.filter(pk=slip.user_id).update(last_login=timezone.now())  # meanwhile they signed in another way
    assert client.post(welcome(slip), {"password": GOOD}).status_code == 410
    User.objects.filter(pk=slip.user_id).update(last_login=None)
    assert client.post(welcome(slip), {"password": GOOD}).status_code == 302
    used = Client().post(welcome(slip), {"password": "ข้าวเหนียวมะม่วง-99"})
    assert (used.status_code, "/account/login/" in used.content.decode()) == (410, True)
    assert User.objects.get(pk=slip.user_id).check_password(GOOD)


def test_a_slip_opens_nothing_once_its_person_was_given_a_duty(
    cast: Cast, client: Client, slip: Invitation, cooperative: Organization
) -> None:
    make_duty(slip.user, Role.MANAGEMENT_OFFICER, office_of())
    assert client.post(welcome(slip), {"password": GOOD}).status_code == 410
    assert not User.objects.get(pk=slip.user_id).has_usable_password()


def test_whoever_is_signed_in_on_the_device_is_told_and_replaced(cast: Cast, client: Client, slip: Invitation) -> None:
    client.force_login(cast.malee)
    assert str(cast.malee) in client.get(welcome(slip)).content.decode()
    client.post(welcome(slip), {"password": GOOD})
    assert int(client.session["_auth_user_id"]) == slip.user_id


def test_the_code_is_typed_forgivingly_and_guessing_ends(client: Client, slip: Invitation) -> None:
    typed = spaced(slip.code).lower()
    assert client.post("/welcome/", {"code": typed})["Location"] == welcome(slip)
    assert [client.post("/welcome/", {"code": bad}).status_code for bad in ("", "---", "\x00")] == [422] * 3
    wrong = [client.get(f"/welcome/22223333444{number % 8 + 2}/").status_code for number in range(WRONG_TRIES)]
    assert wrong == [404] * WRONG_TRIES
    assert [client.get(address).status_code for address in (welcome(slip), "/go/22223333/")] == [429, 429]


@pytest.mark.django_db(transaction=True)
def test_two_people_with_the_same_slip_at_once_make_one_password(cast: Cast) -> None:
    Duty.objects.all().delete()
    make_duty(cast.somchai, Role.PROVINCIAL_HEAD, office_of())
    organization = cast.board_seat.organization
    person = make_members(organization, 1)[0]
    code = make_invitations(organization, people=[person.pk], by=cast.somchai)[0].code
    done = at_once(*[lambda word=word: accept_invitation(code, password=word) for word in ("หนึ่ง-คำยาว", "สอง-คำยาว")])
    assert sorted(type(one).__name__ for one in done) == ["Refused", "User"]
