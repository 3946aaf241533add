"""One district and its visitors for all tests of this package."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.doors.district import World, world_for_a_module
from tests.doors.people import Caller, callers


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with world_for_a_module(django_db_blocker) as world:
        yield world


@pytest.fixture(scope="package")
def people(world: World, django_db_blocker: Any) -> dict[str, Caller]:
    with django_db_blocker.unblock():
        return callers(world)
