"""The SQL behind every officers' page runs on PostgreSQL too; the other walks through the doors do not ask for it."""

from typing import Any

import pytest

from tests.doors.district import world_for_a_module
from tests.doors.judging import refused_to_holders
from tests.doors.offices import ways
from tests.doors.people import callers

pytestmark = pytest.mark.django_db


def test_who_holds_the_district_comes_through_every_officers_door(
    django_db_setup: None, django_db_blocker: Any
) -> None:
    with world_for_a_module(django_db_blocker) as world:
        assert refused_to_holders(callers(world), ways(world)) == {}
