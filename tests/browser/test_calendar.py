"""A workshop is dragged to another day with the mouse, or moved by its link: nothing moves before somebody says yes."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page

from learning.workshops.choices import RequestState
from learning.workshops.models import ClosedDay, SchedulePlan, Workshop
from learning.workshops.planning.making import make_plan
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.factories.workshops import center, expect_people, make_request, make_room, make_trainer, make_workshop

CALENDAR = "/office/workshops/calendar/"


def a_monday() -> date:
    """In three weeks or a little later, in a week that lies in one month."""
    day = date.today() + timedelta(days=21)
    while day.weekday() or day.month != (day + timedelta(days=4)).month:
        day += timedelta(days=1)
    return day


@pytest.fixture
def monday(academy: object) -> date:
    ClosedDay.objects.all().delete()
    return a_monday()


@pytest.fixture
def workshop(cast: Cast, monday: date) -> Workshop:
    return make_workshop(cast.wipa, monday, room=make_room(), trainer=make_trainer())


def carry(page: Page, entry: Locator, to: Locator) -> None:
    """Press, pull and stay above another day without letting go."""
    entry.scroll_into_view_if_needed()
    here, there = entry.bounding_box(), to.bounding_box()
    assert here is not None
    assert there is not None
    page.mouse.move(here["x"] + 20, here["y"] + 10)
    page.mouse.down()
    page.mouse.move(here["x"] + 60, here["y"] + 30)
    page.mouse.move(there["x"] + there["width"] / 2, there["y"] + 40, steps=4)


def test_a_drop_asks_and_the_answer_moves_it(visit: Callable[..., Visitor], cast: Cast, workshop: Workshop) -> None:
    assert workshop.first_on
    wipa, wednesday = visit("desktop", by=cast.wipa), workshop.first_on + timedelta(days=2)
    wipa.go(f"{CALENDAR}?on={workshop.first_on}")
    target = wipa.page.locator(f".day[data-day='{wednesday}']")
    carry(wipa.page, wipa.page.locator(".entry[data-move]"), target)
    assert "is-target" in (target.get_attribute("class") or "")
    wipa.page.mouse.up()
    wipa.page.wait_for_url(f"**/office/workshops/{workshop.pk}/move/?day={wednesday}")
    wipa.look()
    workshop.refresh_from_db()
    assert workshop.first_on != wednesday
    wipa.send("form .btn-primary", f"/office/workshops/{workshop.pk}/")
    workshop.refresh_from_db()
    assert workshop.first_on == wednesday


def test_escape_and_the_same_day_leave_everything_as_it_was(
    visit: Callable[..., Visitor], cast: Cast, workshop: Workshop
) -> None:
    assert workshop.first_on
    wipa = visit("desktop", by=cast.wipa)
    address = f"{CALENDAR}?on={workshop.first_on}"
    wipa.go(address)
    entry = wipa.page.locator(".entry[data-move]")
    carry(wipa.page, entry, wipa.page.locator(f".day[data-day='{workshop.first_on + timedelta(days=2)}']"))
    wipa.page.keyboard.press("Escape")
    assert wipa.page.locator(".is-ghost, .is-target, .is-lifted").count() == 0
    wipa.page.mouse.up()
    carry(wipa.page, entry, wipa.page.locator(f".day[data-day='{workshop.first_on}']"))
    wipa.page.mouse.up()
    assert wipa.page.url.endswith(address)
    wipa.follow(".entry-title a", f"/office/workshops/{workshop.pk}/")


def test_on_a_phone_the_link_opens_the_same_page(visit: Callable[..., Visitor], cast: Cast, workshop: Workshop) -> None:
    wipa = visit("phone", by=cast.wipa)
    for view in ("month", "week", "week&by=room"):
        wipa.go(f"{CALENDAR}?on={workshop.first_on}&view={view}")
    wipa.follow(wipa.page.locator(".entry-move").first, f"/office/workshops/{workshop.pk}/move/")


def test_a_plan_is_read_and_agreed_to_on_a_phone(visit: Callable[..., Visitor], cast: Cast, monday: date) -> None:
    make_room()
    make_trainer()
    asked = make_request(cast.somchai, state=RequestState.ACCEPTED, since=monday, until=monday + timedelta(days=4))
    large = make_request(cast.somchai, since=monday, until=monday + timedelta(days=4))
    expect_people(asked, cast.board_seat.organization, 30)
    expect_people(large, cast.board_seat.organization, 300)
    year = monday.year + 543 + (monday.month >= 10)
    plan = SchedulePlan.objects.create(fiscal_year=year, center=center(), asked_by=cast.wipa)
    make_plan(plan.pk)
    wipa = visit("phone", by=cast.wipa)
    wipa.go("/office/workshops/plans/")
    wipa.follow(".plan-list a", f"/office/workshops/plans/{plan.pk}/")
    wipa.press(".proposal-why summary")
    wipa.look()
    wipa.send(".proposal .btn-primary", f"/office/workshops/plans/{plan.pk}/?page=1#proposal-*")
    asked.refresh_from_db()
    assert asked.state == RequestState.SCHEDULED
    wipa.go(f"/office/workshops/plans/{plan.pk}/repair/")
