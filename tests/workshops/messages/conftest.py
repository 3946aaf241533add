"""A workshop in twenty days, and people who sit in it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from learning.organizations.models import Membership
from learning.people.models import User
from learning.workshops.choices import SeatState
from learning.workshops.models import Seat, Workshop
from tests.cast import Cast
from tests.factories.workshops import make_room, make_seat, make_trainer, make_workshop, office

BANGKOK = ZoneInfo("Asia/Bangkok")
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=BANGKOK)
FIRST_DAY = date(2026, 12, 10)


@pytest.fixture
def clock() -> Iterator[Any]:
    """Ten in the morning of 20 November 2569, until a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def workshop(cast: Cast, clock: object) -> Workshop:
    """Two days, 10 and 11 December 2569."""
    return make_workshop(
        cast.wipa,
        FIRST_DAY,
        FIRST_DAY + timedelta(days=1),
        capacity=40,
        room=make_room(),
        trainer=make_trainer(),
        office=office(),
        contact="นางสาววิภา ใฝ่เรียน",
        contact_phone="056 411 222",
    )


@pytest.fixture
def malee(cast: Cast) -> User:
    """With an e-mail address."""
    cast.malee.email = "malee@example.org"
    cast.malee.save(update_fields=["email"])
    return cast.malee


@pytest.fixture
def seat(workshop: Workshop, cast: Cast, malee: User) -> Seat:
    """Malee's, confirmed."""
    membership = cast.board_seat
    membership.user = malee
    return make_seat(workshop, membership, confirmed_at=NOW)


@pytest.fixture
def seats_of(workshop: Workshop, cast: Cast) -> Callable[..., list[Seat]]:
    """As many people as are asked for, one seat each."""

    def make(count: int, *, state: str = SeatState.CONFIRMED, **fields: object) -> list[Seat]:
        people = [
            User.objects.create_user(f"{state}-{number}", first_name=f"คนที่ {number}", **fields)
            for number in range(count)
        ]
        memberships = [
            Membership.objects.create(user=person, organization=cast.board_seat.organization, position="member")
            for person in people
        ]
        return [
            make_seat(workshop, membership, state=state, queue_number=number if state == SeatState.WAITING else None)
            for number, membership in enumerate(memberships, start=1)
        ]

    return make


@pytest.fixture
def english(settings: Any) -> None:
    """A site whose own language is English: what it writes can be compared."""
    settings.LANGUAGE_CODE = "en"
