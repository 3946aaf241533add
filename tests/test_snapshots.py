"""What tests begin with is the same whether it was built or written from a snapshot."""

import dataclasses
from typing import Any

import pytest
from django.db import connection

from courses.catalog.models import CoursePage
from learning.people.models import User
from tests.cast import Cast
from tests.snapshots import Ledger, _tables

pytestmark = pytest.mark.django_db


def test_a_second_time_gives_the_same_rows(db: None) -> None:
    from django.db import transaction

    def told() -> dict[str, set[tuple[str, ...]]]:
        with transaction.atomic():
            Ledger().give("three people", build)
            tables = _tables()
            transaction.set_rollback(True)
        return {name: rows for name, rows in tables.items() if rows}

    def build() -> User:
        built.append(1)
        for number in range(2):
            User.objects.create_user(f"somebody-{number}", first_name="50% of 'us'", last_name="ใจดี\\n")
        return User.objects.create_user("malee", first_name="มาลี")

    built: list[int] = []
    assert told() == told()
    assert built == [1]


def test_what_is_written_in_between_has_it_built_anew(snapshots: Ledger) -> None:
    built = []

    def build() -> User:
        built.append(1)
        return User.objects.create_user("krit")

    connection.cursor().execute("DELETE FROM people_user WHERE id < 0")
    assert snapshots.give("one person", build).username == "krit"
    assert (built, snapshots.names) == ([1], ())


@pytest.mark.parametrize("turn", ["built", "written"])
def test_the_cast_and_a_course_are_whole_either_way(turn: str, cast: Cast, course: CoursePage) -> None:
    assert [getattr(cast, field.name).username for field in dataclasses.fields(cast)] == [
        "malee",
        "somchai",
        "wipa",
        "krit",
    ]
    assert cast.board_seat.organization.district_id is not None
    assert course.get_children().live().count() == 3
    new = User.objects.create_user("another")
    assert new.pk > max(getattr(cast, field.name).pk for field in dataclasses.fields(cast))


def test_a_list_is_no_thing_to_take_a_snapshot_of(snapshots: Ledger) -> None:
    def build() -> Any:
        return [User.objects.create_user("krit")]

    with pytest.raises(TypeError, match="rows or a dataclass of rows"):
        snapshots.give("a list", build)
