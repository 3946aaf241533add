"""A workshop of one day with three people of malee's cooperative, on the morning of that day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from learning.workshops.models import Seat, Session, Workshop
from tests.cast import Cast
from tests.factories.people import make_members
from tests.factories.workshops import make_seat, make_workshop, office

DAY = date(2026, 12, 14)
NINE = datetime(2026, 12, 14, 2, 0, tzinfo=UTC)  # 09:00 in Bangkok


@pytest.fixture
def at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.fixture
def workshop(cast: Cast) -> Workshop:
    return make_workshop(cast.wipa, DAY, capacity=40, office=office())


@pytest.fixture
def seats(cast: Cast, workshop: Workshop) -> list[Seat]:
    organization = cast.board_seat.organization
    people = make_members(organization, 3)
    return [make_seat(workshop, person.memberships.get()) for person in people]


@pytest.fixture
def morning(workshop: Workshop) -> Session:
    return workshop.sessions.get(half="am")


@pytest.fixture
def afternoon(workshop: Workshop) -> Session:
    return workshop.sessions.get(half="pm")
