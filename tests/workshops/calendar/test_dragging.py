"""What a drop in the calendar opens: the page that moves, with the days filled in, and nothing moved yet."""

from datetime import date

import pytest
from django.test import Client

from learning.workshops.models import Resource
from tests.cast import Cast
from tests.factories.workshops import make_workshop

THURSDAY, FRIDAY = date(2026, 11, 12), date(2026, 11, 13)


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2026-11-17", ["17/11/2569", "18/11/2569"]),
        ("", ["12/11/2569", "13/11/2569"]),
        ("tomorrow", ["12/11/2569", "13/11/2569"]),
        ("9999-12-31", ["12/11/2569", "13/11/2569"]),
    ],
)
def test_the_form_begins_with_the_days_chosen_and_the_workshop_stays(
    wipa: Client, cast: Cast, room: Resource, day: str, shown: list[str]
) -> None:
    workshop = make_workshop(cast.wipa, THURSDAY, FRIDAY, room=room)
    page = wipa.get(f"/office/workshops/{workshop.pk}/move/?day={day}").content.decode()
    assert [f'value="{one}"' in page for one in shown] == [True, True]
    workshop.refresh_from_db()
    assert workshop.first_on == THURSDAY


def test_a_drop_on_a_taken_room_is_refused_with_the_clash_and_three_free_days(
    wipa: Client, cast: Cast, room: Resource
) -> None:
    make_workshop(cast.wipa, FRIDAY, room=room, title="มีอยู่ก่อน")
    workshop = make_workshop(cast.wipa, THURSDAY, room=room)
    answer = wipa.post(f"/office/workshops/{workshop.pk}/move/", {"day_1": "13/11/2569", "revision": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "มีอยู่ก่อน" in page
    assert page.count('name="use"') == 3
