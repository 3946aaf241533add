"""A workshop that was held, with people who attended it."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from certification.models import CertificateDesign
from learning.workshops.choices import SeatState, WorkshopState
from learning.workshops.models import Seat, Workshop
from tests.cast import Cast
from tests.factories.people import make_members
from tests.factories.workshops import make_room, make_seat, make_trainer, make_workshop

DAY = date(2026, 12, 14)
EVENING = datetime(2026, 12, 14, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_thai() -> Iterator[None]:
    with translation.override("th"):
        yield


@pytest.fixture
def evening() -> Iterator[None]:
    with time_machine.travel(EVENING, tick=False):
        yield


@pytest.fixture
def hold(cast: Cast) -> Callable[[int], Workshop]:
    """A workshop of wipa's center that so many people attended; nothing but attendance is asked for."""

    def hold(count: int) -> Workshop:
        workshop = make_workshop(
            cast.wipa,
            DAY,
            capacity=max(count, 1),
            room=make_room(),
            trainer=make_trainer(),
            certificate_design=CertificateDesign.objects.get(slug="standard"),
            needs_evaluation=False,
        )
        for person in make_members(cast.board_seat.organization, count):
            make_seat(workshop, person.memberships.get())
        Seat.objects.update(state=SeatState.ATTENDED, attended_percent=100, attended_on=DAY)
        workshop.state = WorkshopState.HELD
        workshop.save()
        return workshop

    return hold
