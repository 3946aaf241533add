"""One of phone, e-mail and username is enough for an account; what is taken or missing is said in the form."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from learning.people.models import User

SignUp = Callable[..., HttpResponse]


def is_welcomed(response: HttpResponse) -> bool:
    return (response.status_code, response.get("Location")) == (302, reverse("desk:home"))


def errors_of(response: Any) -> dict[str, list[str]]:
    assert response.status_code in {200, 422}
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


@pytest.mark.parametrize(
    "written",
    [
        "081-234-5678",
        "0812345678",
        "๐๘๑-๒๓๔-๕๖๗๘",
        "๐๘๑ ๒๓๔ ๕๖๗๘",
        "+66812345678",
        "+66 81 234 5678",
        "66812345678",
        "'0812345678",
        "(081) 234 5678",
        "081.234.5678",
        " 081\u2013234\u20135678\u200b",
    ],
)
def test_a_phone_number_alone_is_enough_however_it_is_written(sign_up: SignUp, written: str) -> None:
    assert is_welcomed(sign_up(phone=written))
    person = User.objects.get()
    assert (person.phone, person.phone_verified, person.email) == ("+66812345678", False, "")
    assert person.check_password("ruang-thong-2569")


def test_an_email_address_alone_is_enough_and_is_kept_in_small_letters(sign_up: SignUp) -> None:
    assert is_welcomed(sign_up(email="Malee@Example.com"))
    person = User.objects.get()
    assert (person.email, person.phone) == ("malee@example.com", None)


def test_a_username_alone_is_enough(sign_up: SignUp) -> None:
    assert is_welcomed(sign_up(username="Malee.J"))
    assert User.objects.values_list("username", "email", "phone").get() == ("malee.j", "", None)


def test_two_people_without_email_and_phone_do_not_stand_in_each_others_way(sign_up: SignUp) -> None:
    assert is_welcomed(sign_up(username="malee"))
    assert is_welcomed(sign_up(username="somchai", first_name="สมชาย"))
    assert User.objects.count() == 2


def test_people_with_only_a_phone_each_get_a_username_of_their_own(sign_up: SignUp) -> None:
    for number in range(3):
        assert is_welcomed(sign_up(phone=f"081-234-567{number}"))
    assert len(set(User.objects.values_list("username", flat=True))) == 3


def test_without_any_of_the_three_the_form_says_what_it_needs(sign_up: SignUp) -> None:
    sentence = gettext("Give a phone number, an e-mail address or a username: you sign in with it next time.")
    assert errors_of(sign_up()) == {"phone": [sentence]}
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("taken", "again"),
    [
        ({"phone": "081-234-5678"}, {"phone": "+66 81 234 5678"}),
        ({"email": "malee@example.com"}, {"email": "MALEE@example.com"}),
        ({"username": "malee"}, {"username": "Malee"}),
    ],
    ids=["phone", "email", "username"],
)
def test_what_another_account_uses_is_refused_with_a_sentence(
    sign_up: SignUp, taken: dict[str, str], again: dict[str, str]
) -> None:
    assert is_welcomed(sign_up(**taken))
    errors = errors_of(sign_up(**again, first_name="สมชาย"))
    assert list(errors) == list(again)
    assert [len(said) for said in errors.values()] == [1]
    assert User.objects.count() == 1


@pytest.mark.parametrize("written", ["12345", "ไม่มี", "081-234", "0812345678901234"])
def test_a_number_that_is_no_phone_number_is_refused_with_an_example(sign_up: SignUp, written: str) -> None:
    sentence = gettext("This is not a phone number. Write it like 081-234-5678.")
    assert errors_of(sign_up(phone=written)) == {"phone": [sentence]}


def test_a_phone_number_in_the_line_for_the_username_is_sent_to_its_own_line(sign_up: SignUp) -> None:
    """Whoever signs in with 0812345678 is looked for among the phones."""
    sentence = gettext("This is a phone number. Write it in the line for the phone number.")
    assert errors_of(sign_up(username="0812345678")) == {"username": [sentence]}
    assert User.objects.count() == 0


def test_a_short_password_is_refused_and_the_rest_of_the_form_is_kept(sign_up: SignUp) -> None:
    response: Any = sign_up(phone="081-234-5678", password1="1234")
    assert list(errors_of(response)) == ["password1"]
    assert response.context["form"]["phone"].value() == "081-234-5678"


def test_what_was_typed_stands_in_the_form_when_it_comes_back(sign_up: SignUp) -> None:
    page = sign_up(title="ว่าที่ร้อยตรี", phone="12345").content.decode()
    assert 'value="ว่าที่ร้อยตรี"' in page
    assert 'value="12345"' in page
