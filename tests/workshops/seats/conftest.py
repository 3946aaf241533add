"""Two offices' people and a workshop five weeks ahead."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from learning.organizations.models import Membership, Organization
from learning.workshops.choices import SeatState
from learning.workshops.flows.seats import cancel_seat, register
from learning.workshops.models import Allotment, Seat, Workshop
from tests.cast import Cast
from tests.factories.organizations import make_organization
from tests.factories.people import make_members
from tests.factories.workshops import make_workshop, office

TODAY = date(2026, 11, 23)
DAY = date(2026, 12, 28)

Members = Callable[..., list[Membership]]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Ten in the morning in Bangkok, five weeks before."""
    with time_machine.travel("2026-11-23T03:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def workshop(cast: Cast) -> Workshop:
    """Ten seats; the center is wipa's, the office that asked is somchai's."""
    return make_workshop(cast.wipa, DAY, capacity=10, office=office())


@pytest.fixture
def cooperative(cast: Cast) -> Organization:
    """Malee's."""
    return cast.board_seat.organization


@pytest.fixture
def neighbours(cast: Cast) -> Organization:
    return make_organization("สหกรณ์การเกษตรหนองบัว จำกัด")


@pytest.fixture
def members() -> Members:
    """Further people of an organization, as memberships."""

    def make(organization: Organization, count: int, **fields: object) -> list[Membership]:
        prefix = f"seat{Membership.objects.count()}"
        people = make_members(organization, count, prefix=prefix, **fields)
        return list(
            Membership.objects.filter(user__in=people, organization=organization)
            .select_related("user", "organization")
            .order_by("pk")
        )

    return make


@pytest.fixture
def malee(client: Client, cast: Cast) -> Client:
    client.force_login(cast.malee)
    return client


@pytest.fixture
def wipa(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.wipa)
    return client


@pytest.fixture
def somchai(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.somchai)
    return client


@pytest.fixture
def krit(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.krit)
    return client


def in_line(workshop: Workshop) -> list[int]:
    """Who waits, in order, as ids of people."""
    waiting = Seat.objects.filter(workshop=workshop, state=SeatState.WAITING).order_by("queue_number")
    return list(waiting.values_list("user", flat=True))


def figures(workshop: Workshop) -> tuple[int, int]:
    """Chairs taken, people waiting, as the row says; and the row says what is there."""
    workshop.refresh_from_db()
    seats = Seat.objects.filter(workshop=workshop)
    kept = sum(share.reserved for share in Allotment.objects.filter(workshop=workshop))
    confirmed = seats.filter(state=SeatState.CONFIRMED).count()
    waiting = seats.filter(state=SeatState.WAITING).count()
    assert (workshop.taken, workshop.waiting_count) == (confirmed + kept, waiting)
    return workshop.taken, workshop.waiting_count


def come(workshop: Workshop, *memberships: Membership) -> list[Seat]:
    """Each registers, one after the other."""
    return [register(Workshop.objects.get(pk=workshop.pk), membership=one, by=one.user) for one in memberships]


def go(seat: Seat) -> list[Seat]:
    """The person gives the seat back; gives who was promoted."""
    return cancel_seat(Seat.objects.get(pk=seat.pk), reason="", by=seat.user)


def states(*seats: Seat) -> list[str]:
    """Of these seats, as they are now."""
    now = Seat.objects.in_bulk([seat.pk for seat in seats])
    return [str(now[seat.pk].state) for seat in seats]
