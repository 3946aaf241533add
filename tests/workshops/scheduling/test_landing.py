"""The first page, the list and what they cost, by role."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from learning.workshops.models import ClosedDay, Resource, Workshop
from tests.cast import Cast
from tests.factories.workshops import (
    center,
    make_request,
    make_seat,
    make_trainer,
    make_workshop,
)
from tests.workshops.scheduling.conftest import (
    FRIDAY,
    MONDAY,
    TODAY,
    TUESDAY,
    at,
)

pytestmark = pytest.mark.usefixtures("today", "english")


# --- the landing -----------------------------------------------------------------------------------------
def test_a_center_sees_requests_tasks_and_what_comes(cast: Cast, workshop: Workshop, wipa: Client) -> None:
    decide = make_request(cast.somchai, since=MONDAY, until=FRIDAY)
    make_request(cast.somchai, since=MONDAY, until=FRIDAY, state="declined")
    past = make_workshop(cast.wipa, TODAY - timedelta(days=5), state="closed", title="งานที่ผ่านมา")
    context = wipa.get(at("office")).context
    assert [line["request"] for line in context["requests"]] == [decide]
    assert [(task.workshop, task.label) for task in context["tasks"]] == [(past, "To the workshop")]
    assert list(context["workshops"]) == [workshop]


def test_an_office_sees_its_own_requests_and_what_comes_for_its_people(
    cast: Cast, workshop: Workshop, somchai: Client
) -> None:
    mine = make_request(cast.somchai, since=MONDAY, until=FRIDAY, state="returned")
    make_workshop(cast.wipa, MONDAY, state="planned", title="ยังไม่เปิด")
    context = somchai.get(at("office")).context
    assert ([line["request"] for line in context["requests"]], list(context["workshops"])) == ([mine], [workshop])
    assert context["tasks"] == []


def test_head_office_sees_every_center(cast: Cast, workshop: Workshop, head_office: Client) -> None:
    make_request(cast.somchai, since=MONDAY, until=FRIDAY)
    lines = {line.center.pk: line for line in head_office.get(at("office")).context["centers"]}
    assert (len(lines), lines[14].workshops, lines[14].seats, lines[14].requests) == (20, 1, 10, 1)
    assert (lines[13].workshops, lines[13].requests) == (0, 0)


def test_each_task_says_what_to_do_and_where(cast: Cast, room: Resource, trainer: Resource, wipa: Client) -> None:
    soon = {"trainer": trainer, "state": "open"}
    facts: list[tuple[dict[str, Any], str, str]] = [
        ({"state": "held"}, "It was held. Look over the results, then close the report.", "report"),
        ({"state": "planned", "trainer": trainer}, "Registration has not been opened yet.", "manage"),
        ({**soon, "registration_closes_on": TODAY - timedelta(1)}, "The last day to register is past.", "manage"),
        ({"state": "open"}, "It has no trainer yet.", "places"),
    ]
    for offset, (values, _words, _page) in enumerate(facts):
        make_workshop(cast.wipa, TODAY + timedelta(days=8 + offset), **values)
    few = make_workshop(cast.wipa, TODAY + timedelta(days=3), min_participants=5, trainer=trainer)
    off = make_workshop(cast.wipa, date_of_friday := FRIDAY + timedelta(days=7), trainer=trainer)
    ClosedDay.objects.create(on=date_of_friday, name="วันหยุดพิเศษ")
    tasks = wipa.get(at("office")).context["tasks"]
    assert (tasks[0].workshop, tasks[0].words) == (few, "0 people so far; it is worth it from 5 on.")
    assert [(task.words, task.url) for task in tasks[1:5]] == [
        (words, at(page, task.workshop.pk)) for (_values, words, page), task in zip(facts, tasks[1:5], strict=True)
    ]
    assert (tasks[5].workshop, tasks[5].words, tasks[5].url) == (
        off,
        "27 พฤศจิกายน 2569 is a day off now: วันหยุดพิเศษ.",
        at("move", off.pk),
    )


def test_everybody_with_a_duty_has_the_tab(cast: Cast, wipa: Client, somchai: Client, head_office: Client) -> None:
    for client in (wipa, somchai, head_office):
        tabs = client.get(at("office")).context["office_tabs"]
        assert [tab["label"] for tab in tabs if tab["current"]] == ["Workshops"]


def test_the_list_is_narrowed_by_what_stands_in_the_address(
    cast: Cast, workshop: Workshop, wipa: Client, head_office: Client
) -> None:
    past = make_workshop(cast.wipa, TODAY - timedelta(days=5), state="reported", title="งานที่ผ่านมา", topic="law")
    asks = {"": [workshop, past], "?when=ahead": [workshop], "?when=past": [past], "?state=reported": [past]}
    asks |= {"?topic=law": [past], "?q=ผ่าน": [past], "?q=%00": [workshop, past], "?state=nonsense": [workshop, past]}
    for query, found in asks.items():
        assert list(wipa.get(at("all") + query).context["page_obj"]) == found
    assert list(head_office.get(at("all") + "?center=13").context["page_obj"]) == []
    assert wipa.get(at("all") + "?q=ไม่มี").content.count(b"No workshop matches") == 1


# --- query counts ----------------------------------------------------------------------------------------
def fill(cast: Cast, count: int) -> None:
    for number in range(count):
        made = make_workshop(cast.wipa, MONDAY, TUESDAY, trainer=make_trainer(f"คนที่ {number}"), title=f"งาน {number}")
        make_seat(made, cast.board_seat, state="requested")
        make_request(cast.somchai, since=MONDAY, until=FRIDAY)
        ClosedDay.objects.create(center=center(), on=FRIDAY + timedelta(days=number), name=f"ปิด {number}")


@pytest.mark.parametrize("count", [1, 30])
def test_lists_cost_the_same_whatever_they_hold(
    cast: Cast, room: Resource, wipa: Client, head_office: Client, count: int, django_assert_num_queries: Any
) -> None:
    fill(cast, count)
    for client, name, queries in (
        (wipa, "office", 9),
        (head_office, "office", 7),
        (wipa, "all", 5),
        (wipa, "resources", 9),
    ):
        client.get(at(name))
        with django_assert_num_queries(queries):
            assert client.get(at(name)).status_code == 200


@pytest.mark.parametrize("days", [1, 10])
def test_the_overview_costs_the_same_whatever_the_workshop_holds(
    cast: Cast, room: Resource, wipa: Client, days: int, django_assert_num_queries: Any
) -> None:
    made = make_workshop(cast.wipa, *(MONDAY + timedelta(days=7 * n) for n in range(days)), room=room)
    wipa.get(at("manage", made.pk))
    with django_assert_num_queries(11):
        assert wipa.get(at("manage", made.pk)).status_code == 200
