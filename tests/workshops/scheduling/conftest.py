"""Monday 2 November 2026, in the morning; a center with two rooms and two trainers; two offices that could ask it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from learning.duties.choices import Role
from learning.organizations.models import Membership
from learning.people.models import User
from learning.workshops.choices import RequestState
from learning.workshops.models import Resource, Workshop, WorkshopRequest
from tests.cast import Cast
from tests.factories.duties import make_duty, office_of
from tests.factories.people import make_members
from tests.factories.workshops import (
    center,
    expect_people,
    make_request,
    make_room,
    make_trainer,
    make_workshop,
    office,
)

NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)  # 09:00 in Bangkok
TODAY = date(2026, 11, 2)
MONDAY = date(2026, 11, 16)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (MONDAY + timedelta(days=count) for count in range(1, 6))


@pytest.fixture
def today() -> Iterator[date]:
    with time_machine.travel(NOW, tick=False):
        yield TODAY


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def room(cast: Cast) -> Resource:
    return make_room(capacity=40)


@pytest.fixture
def other_room(cast: Cast) -> Resource:
    return make_room("ห้องข้าวเปลือก", capacity=20)


@pytest.fixture
def trainer(cast: Cast) -> Resource:
    return make_trainer()


@pytest.fixture
def other_trainer(cast: Cast) -> Resource:
    return make_trainer("วิทยากร สอง")


@pytest.fixture
def members(cast: Cast) -> list[Membership]:
    """Members of malee's cooperative, for seats."""
    return [person.memberships.get() for person in make_members(cast.board_seat.organization, 6)]


@pytest.fixture
def english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def at(name: str, *args: object) -> str:
    return reverse(f"workshops:{name}", args=args)


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def wipa(cast: Cast) -> Client:
    return signed_in(cast.wipa)


@pytest.fixture
def somchai(cast: Cast) -> Client:
    return signed_in(cast.somchai)


def holding(role: Role, place: Any = None) -> User:
    """Somebody with a duty of this role and no other."""
    user = User.objects.create_user(f"officer-{role}")
    make_duty(user, role, place)
    return user


@pytest.fixture
def head_office(cast: Cast) -> Client:
    return signed_in(holding(Role.HEAD_OFFICE))


@pytest.fixture
def other_center(cast: Cast) -> Client:
    return signed_in(holding(Role.CENTER_STAFF, center(13)))


@pytest.fixture
def other_province(cast: Cast) -> Client:
    return signed_in(holding(Role.PROVINCIAL_HEAD, office_of("เชียงใหม่")))


@pytest.fixture
def workshop(cast: Cast, room: Resource, trainer: Resource) -> Workshop:
    return make_workshop(cast.wipa, MONDAY, TUESDAY, room=room, trainer=trainer, office=office())


@pytest.fixture
def asked(cast: Cast, room: Resource, trainer: Resource) -> WorkshopRequest:
    request = make_request(cast.somchai, since=MONDAY, until=FRIDAY, state=RequestState.ACCEPTED)
    expect_people(request, cast.board_seat.organization, 25)
    return request


def plan_form(room: Resource, *days: object, **others: object) -> dict[str, object]:
    lines = {f"day_{number}": f"{day:%d/%m/%Y}" for number, day in enumerate(days, start=1)}
    return {
        **lines,
        "day_length": "full",
        "am_starts": "9.00",
        "am_ends": "12.00",
        "pm_starts": "13:00",
        "pm_ends": "๑๖.๐๐ น.",
        "room": room.pk,
        "title": "บัญชีสหกรณ์เบื้องต้น",
        "topic": "bookkeeping",
        "capacity": 20,
        "hours": 6,
        "attendance_percent": 80,
        "is_listed": "on",
        **others,
    }
