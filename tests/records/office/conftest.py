"""Officers at the register of certificates; pages are in Thai, and so are the sentences they are compared with."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation

from learning.people.models import User
from tests.cast import Cast


@pytest.fixture(autouse=True)
def in_thai() -> Iterator[None]:
    with translation.override("th"):
        yield


@pytest.fixture
def at_office(cast: Cast) -> Callable[[User], Client]:
    """The browser of an officer."""

    def signed_in(person: User) -> Client:
        browser = Client()
        browser.force_login(person)
        return browser

    return signed_in


@pytest.fixture
def somchai(cast: Cast, at_office: Callable[[User], Client]) -> Client:
    return at_office(cast.somchai)


@pytest.fixture
def wipa(cast: Cast, at_office: Callable[[User], Client]) -> Client:
    return at_office(cast.wipa)
