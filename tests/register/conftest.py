"""Who keeps the register in these tests, and the cooperative that the files of people are about."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from learning.organizations.models import Organization
from learning.people.models import User
from tests.cast import Cast
from tests.factories.imports import NAME, keeps_register, make_organization


@pytest.fixture
def english() -> Iterator[None]:
    """For tests that compare sentences as the sources have them."""
    with translation.override("en"):
        yield


@pytest.fixture
def somchai(cast: Cast) -> User:
    keeps_register(cast.somchai)
    return cast.somchai


@pytest.fixture
def cooperative(somchai: User) -> Organization:
    return make_organization(NAME, number="0012/2530")
