"""The SQL behind every officers' page runs on PostgreSQL too; the other walks through the doors do not ask for it."""

import pytest

from tests.doors.district import World
from tests.doors.judging import refused_to_holders
from tests.doors.offices import ways
from tests.doors.people import Caller

pytestmark = pytest.mark.django_db


def test_who_holds_the_district_comes_through_every_officers_door(world: World, people: dict[str, Caller]) -> None:
    assert refused_to_holders(people, ways(world)) == {}
