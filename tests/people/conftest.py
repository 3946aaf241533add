from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

PASSWORD = "ruang-thong-2569"


@pytest.fixture
def sign_up(academy: Any) -> Callable[..., HttpResponse]:
    """Fill in the sign-up form in a browser of its own; a name and a password unless they are given."""

    def fill_in(**fields: str) -> HttpResponse:
        filled = {"first_name": "มาลี", "last_name": "ใจดี", "password1": PASSWORD, **fields}
        return Client().post(reverse("account_signup"), filled)

    return fill_in


@pytest.fixture
def sign_in(academy: Any) -> Callable[..., HttpResponse]:
    """Sign in in a browser of its own."""

    def fill_in(login: str, password: str = PASSWORD, **environ: str) -> HttpResponse:
        return Client(**environ).post(reverse("account_login"), {"login": login, "password": password})

    return fill_in
