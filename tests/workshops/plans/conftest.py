"""Monday 2 November 2026; wipa's center with two rooms and two trainers; somchai's office has asked for workshops."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from learning.people.models import User
from learning.workshops.choices import RequestState, Side
from learning.workshops.models import Proposal, RequestEvent, Resource, SchedulePlan, WorkshopRequest
from learning.workshops.planning.making import make_plan
from tests.cast import Cast
from tests.factories.workshops import center, expect_people, make_request, make_room, make_trainer

NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)  # 09:00 in Bangkok
SINCE, UNTIL = date(2026, 11, 16), date(2026, 11, 20)
YEAR = 2570
Ask = Callable[..., WorkshopRequest]


@pytest.fixture(autouse=True)
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller, translation.override("en"):
        yield traveller


@pytest.fixture(autouse=True)
def room(cast: Cast) -> Resource:
    return make_room(capacity=40)


@pytest.fixture(autouse=True)
def small_room(cast: Cast) -> Resource:
    return make_room("ห้องข้าวเปลือก", capacity=20)


@pytest.fixture(autouse=True)
def trainer(cast: Cast) -> Resource:
    return make_trainer("วิทยากร หนึ่ง")


@pytest.fixture(autouse=True)
def other_trainer(cast: Cast) -> Resource:
    return make_trainer("วิทยากร สอง")


def signed_in(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    browser.cookies["django_language"] = "en"
    return browser


@pytest.fixture
def wipa(cast: Cast) -> Client:
    return signed_in(cast.wipa)


@pytest.fixture
def ask(cast: Cast) -> Ask:
    """A request for 30 people with the first line of its conversation, in the state that is asked for."""

    def made(state: str = RequestState.SUBMITTED, *, people: int = 30, **fields: object) -> WorkshopRequest:
        request = make_request(cast.somchai, state=state, **{"since": SINCE, "until": UNTIL, **fields})
        if people:
            expect_people(request, cast.board_seat.organization, people)
        RequestEvent.objects.create(
            request=request, actor=cast.somchai, side=Side.OFFICE, office="", from_state="", to_state=state
        )
        return request

    return made


def plan_of(user: User, *, own: bool = True, **fields: object) -> SchedulePlan:
    """A plan that has been worked out, of wipa's center or of all."""
    plan = SchedulePlan.objects.create(
        fiscal_year=YEAR, center=center() if own else None, asked_by=user, **{"lost": [], **fields}
    )
    make_plan(plan.pk)
    plan.refresh_from_db()
    return plan


def only(plan: SchedulePlan) -> Proposal:
    return plan.proposals.get()
