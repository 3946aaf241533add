"""An office puts a name or phone number right until the person has signed in; then it is theirs."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from learning.duties.choices import Role
from learning.kernel.refusals import Refused
from learning.organizations.choices import Position
from learning.people.flows import enter_person
from learning.people.models import User
from learning.register.inviting import never_signed_in
from learning.register.reach import require_correctable
from tests.cast import Cast
from tests.factories.duties import make_duty
from tests.factories.organizations import make_membership

pytestmark = pytest.mark.django_db
RIGHT = {"title": "นาย", "first_name": "บุญมี", "last_name": "ทองใบ", "phone": "089-111-2222"}


@pytest.fixture
def entered(cast: Cast) -> User:
    """Somebody whom somchai's office has entered, with a wrong phone number."""
    person = enter_person(first_name="บุญมา", last_name="ทองใบ", phone="+66891112223", by=cast.somchai)
    make_membership(person, cast.board_seat.organization, position=Position.MANAGER)
    return person


def address(person: User) -> str:
    return reverse("register:edit_person", args=[person.pk])


def test_a_wrong_phone_number_is_put_right_before_the_first_sign_in(client: Client, cast: Cast, entered: User) -> None:
    client.force_login(cast.somchai)
    assert address(entered) in client.get(reverse("register:person", args=[entered.pk])).content.decode()
    assert client.get(address(entered)).status_code == 200
    answer = client.post(address(entered), RIGHT)
    entered.refresh_from_db()
    assert (answer.status_code, str(entered), entered.phone) == (302, "นายบุญมี ทองใบ", "+66891112222")


def test_an_account_is_its_owners_to_change(client: Client, cast: Cast) -> None:
    """Whoever could write another phone number there could sign in as malee."""
    client.force_login(cast.somchai)
    before = cast.malee.phone
    assert address(cast.malee) not in client.get(reverse("register:person", args=[cast.malee.pk])).content.decode()
    assert client.post(address(cast.malee), RIGHT).status_code == 403
    cast.malee.refresh_from_db()
    assert (cast.malee.phone, cast.malee.first_name) == (before, "มาลี")


def test_who_holds_a_duty_and_never_signed_in_is_not_for_an_office_to_change(
    client: Client, cast: Cast, entered: User
) -> None:
    """Whoever could write another phone number there could sign in as that officer."""
    today = timezone.localdate()
    make_duty(entered, Role.COORDINATOR, cast.board_seat.organization, since=today, until=today)
    client.force_login(cast.somchai)
    text = client.get(reverse("register:person", args=[entered.pk])).content.decode()
    assert (address(entered) in text, "มีเพียงผู้ดูแลระบบเท่านั้นที่แก้ข้อมูลเหล่านี้ได้" in text) == (
        False,
        True,
    )
    for answer in (client.get(address(entered)), client.post(address(entered), RIGHT)):
        assert answer.status_code == 403
    entered.refresh_from_db()
    assert (entered.phone, entered.first_name) == ("+66891112223", "บุญมา")
    with translation.override("en"), pytest.raises(Refused, match="holds or has held a duty"):
        require_correctable(cast.somchai, entered)
    assert list(never_signed_in().filter(pk=entered.pk)) == []


def test_a_phone_number_that_is_none_or_somebody_elses_keeps_what_was_typed(
    client: Client, cast: Cast, entered: User
) -> None:
    client.force_login(cast.somchai)
    for wrong in ("12", cast.krit.phone):
        answer = client.post(address(entered), {**RIGHT, "phone": wrong})
        assert (answer.status_code, "บุญมี" in answer.content.decode()) == (422, True)
    entered.refresh_from_db()
    assert entered.phone == "+66891112223"


def test_who_meets_nobody_by_name_and_who_is_elsewhere_find_no_such_page(
    client: Client, cast: Cast, entered: User
) -> None:
    for stranger in (cast.wipa, cast.krit, cast.malee):
        client.force_login(stranger)
        assert client.post(address(entered), RIGHT).status_code in {403, 404}
    entered.refresh_from_db()
    assert entered.first_name == "บุญมา"
