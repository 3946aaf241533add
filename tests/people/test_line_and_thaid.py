"""LINE and ThaID are ready behind settings: no button until they are set up, and the name comes with them."""

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.test import Client, RequestFactory
from django.urls import reverse

from learning.people.adapter import SocialAccountAdapter
from learning.people.models import User

pytestmark = pytest.mark.django_db
PAGES = ("account_login", "account_signup")
LINE = {"line": {"APPS": [{"client_id": "1", "secret": "2"}], "SCOPE": ["profile", "openid"]}}
THAID = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "thaid",
                "name": "ThaID",
                "client_id": "1",
                "secret": "2",
                "settings": {"server_url": "https://thaid.example"},
            }
        ]
    }
}
ADDRESSES = {"line": "/account/line/login/", "thaid": "/account/oidc/thaid/login/"}


def offered() -> dict[str, set[str]]:
    """Which of the two each entrance offers."""
    found = {}
    for page in PAGES:
        text = Client().get(reverse(page)).content.decode()
        found[page] = {name for name, address in ADDRESSES.items() if address in text}
    return found


def test_by_default_neither_is_offered(academy: Any) -> None:
    assert offered() == {page: set() for page in PAGES}


@pytest.mark.parametrize(
    ("providers", "names"), [(LINE, {"line"}), (THAID, {"thaid"}), ({**LINE, **THAID}, {"line", "thaid"})]
)
def test_each_is_offered_once_it_is_set_up(
    academy: Any, settings: Any, providers: dict[str, Any], names: set[str]
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = providers
    assert offered() == dict.fromkeys(PAGES, names)


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"title": "นาง", "given_name": "มาลี", "family_name": "ใจดี"}, "นางมาลี ใจดี"),
        ({"displayName": "Malee ☘"}, "Malee ☘"),
        ({}, ""),
    ],
    ids=["thaid", "line", "nothing"],
)
def test_the_name_that_comes_along_fills_the_form(told: dict[str, str], name: str) -> None:
    login = SocialLogin(user=User(), account=SocialAccount(provider="thaid", uid="1", extra_data=told))
    person = SocialAccountAdapter().populate_user(RequestFactory().get("/"), login, {})
    assert person.full_name == name
