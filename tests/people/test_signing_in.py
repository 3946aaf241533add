"""One line to sign in: the phone number in any spelling, the e-mail address, or the username."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from learning.people.models import User
from tests.people.conftest import PASSWORD

Fill = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def account(sign_up: Fill) -> User:
    sign_up(phone="081-234-5678", email="malee@example.com", username="malee")
    return User.objects.get()


@pytest.mark.parametrize(
    "login",
    [
        "081-234-5678",
        "0812345678",
        "๐๘๑๒๓๔๕๖๗๘",
        "+66812345678",
        "+66 81-234-5678",
        "'0812345678",
        " 081 234 5678 ",
        "malee@example.com",
        "Malee@Example.com",
        "malee",
        "Malee",
    ],
)
def test_each_of_the_three_signs_in(sign_in: Fill, login: str) -> None:
    response = sign_in(login)
    assert (response.status_code, response["Location"]) == (302, reverse("desk:home"))


@pytest.mark.parametrize("login", ["081-234-5678", "malee@example.com", "malee", "nobody", "089-999-9999"])
def test_a_wrong_password_and_an_unknown_name_stay_outside(sign_in: Fill, login: str) -> None:
    response = sign_in(login, "wrong-password")
    assert response.status_code == 200
    assert len(response.context["form"].non_field_errors()) == 1
    assert "_auth_user_id" not in response.client.session


def test_after_signing_in_one_goes_where_one_was_going(academy: object) -> None:
    client = Client()
    wanted = client.get("/account/organizations/find/?q=ทุ่งรวงทอง")["Location"]
    response = client.post(wanted, {"login": "malee", "password": PASSWORD})
    assert response["Location"].startswith("/account/organizations/find/?q=")


def test_signing_in_never_leads_off_the_site(academy: object) -> None:
    response = Client().post(
        reverse("account_login") + "?next=https://evil.example/", {"login": "malee", "password": PASSWORD}
    )
    assert response["Location"] == reverse("desk:home")
