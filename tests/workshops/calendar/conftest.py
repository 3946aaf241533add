"""Monday 2 November 2026, in the morning; Wipa's center with a room and a trainer."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from learning.workshops.models import Resource
from tests.cast import Cast
from tests.factories.workshops import make_room, make_trainer

NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)  # 09:00 in Bangkok
TODAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def today() -> Iterator[date]:
    with time_machine.travel(NOW, tick=False):
        yield TODAY


def client_of(user: object) -> Client:
    """Signed in, with pages in English."""
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def wipa(cast: Cast) -> Client:
    return client_of(cast.wipa)


@pytest.fixture
def somchai(cast: Cast) -> Client:
    return client_of(cast.somchai)


@pytest.fixture
def krit(cast: Cast) -> Client:
    return client_of(cast.krit)


@pytest.fixture
def room(cast: Cast) -> Resource:
    return make_room()


@pytest.fixture
def trainer(cast: Cast) -> Resource:
    return make_trainer()
