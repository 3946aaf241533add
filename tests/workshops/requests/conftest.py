"""Somchai's office asks wipa's center on a Monday in November 2569; the screen is a real page of the site."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from learning.organizations.models import Organization
from learning.people.models import User
from learning.workshops.choices import RequestState, Side
from learning.workshops.models import RequestEvent, WorkshopRequest
from tests.cast import Cast
from tests.factories.workshops import expect_people, make_request

TODAY = date(2026, 11, 23)
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 18)
Ask = Callable[..., WorkshopRequest]


@pytest.fixture(autouse=True)
def today() -> Iterator[Any]:
    with time_machine.travel("2026-11-23T03:00:00+00:00", tick=False) as traveller, translation.override("en"):
        yield traveller


def signed_in(user: User) -> Client:
    browser = Client()
    browser.cookies["django_language"] = "en"
    browser.force_login(user)
    return browser


@pytest.fixture
def cooperative(cast: Cast) -> Organization:
    return cast.board_seat.organization


@pytest.fixture
def somchai(cast: Cast) -> Client:
    return signed_in(cast.somchai)


@pytest.fixture
def wipa(cast: Cast) -> Client:
    return signed_in(cast.wipa)


@pytest.fixture
def ask(cast: Cast, cooperative: Organization) -> Ask:
    """A request of somchai's for 20 people, with the line of the conversation that brought it into its state."""

    def made(state: str = RequestState.SUBMITTED, **fields: object) -> WorkshopRequest:
        values: dict[str, Any] = {"since": FIRST, "until": LAST, **fields}
        request = make_request(cast.somchai, state=state, **values)
        expect_people(request, cooperative, 20)
        by_center = state in (RequestState.RETURNED, RequestState.ACCEPTED, RequestState.DECLINED)
        RequestEvent.objects.create(
            request=request,
            actor=cast.wipa if by_center else cast.somchai,
            side=Side.CENTER if by_center else Side.OFFICE,
            office=str(request.center if by_center else request.office),
            to_state=state,
        )
        return request

    return made


def last_line(request: WorkshopRequest) -> int:
    """What a page shows last."""
    line = request.events.order_by("pk").last()
    return line.pk if line else 0


def address(request: WorkshopRequest, rest: str = "") -> str:
    return f"/office/workshops/requests/{request.pk}/{rest}"


def press(browser: Client, request: WorkshopRequest, verb: str, **typed: object) -> Any:
    """A button on the page of a request, as it is seen now unless told otherwise."""
    return browser.post(address(request), {"verb": verb, "seen": last_line(request), **typed})


def lines_of(request: WorkshopRequest) -> list[tuple[str, str, str, str]]:
    """(side, from, to, note) of the conversation."""
    return list(request.events.order_by("pk").values_list("side", "from_state", "to_state", "note"))
