"""Lists: what waits for the one who looks comes first, the longest waiting first; states, years, pages, queries."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from learning.duties.choices import Role
from learning.workshops.choices import RequestState
from learning.workshops.models import RequestEvent, WorkshopRequest
from tests.cast import Cast
from tests.factories.duties import make_duty
from tests.factories.workshops import make_room, make_trainer
from tests.workshops.requests.conftest import Ask, address, signed_in
from tests.workshops.requests.test_steps import do

pytestmark = pytest.mark.django_db
LIST = "/office/workshops/requests/"
LIST_QUERIES = 8
PAGE_QUERIES = 15


def shown(browser: Client, **filters: str) -> list[WorkshopRequest]:
    return [line["request"] for line in browser.get(LIST, filters).context["lines"]]


def waits_since(request: WorkshopRequest, day: int) -> None:
    RequestEvent.objects.filter(request=request).update(at=datetime(2026, 11, day, 3, tzinfo=UTC))


def test_the_center_sees_what_it_has_to_decide_first_and_the_oldest_first(ask: Ask, wipa: Client) -> None:
    states = ["declined", "returned", "accepted", "submitted", "submitted", "withdrawn"]
    declined, returned, accepted, younger, older, withdrawn = (ask(state) for state in states)
    WorkshopRequest.objects.update(submitted_at=datetime(2026, 11, 1, tzinfo=UTC))
    waits_since(younger, 20)
    waits_since(older, 9)
    page = wipa.get(LIST)
    assert [line["request"] for line in page.context["lines"]] == [
        older, younger, accepted, returned, withdrawn, declined,
    ]  # fmt: skip
    assert [(line["days"], line["step"].is_mine) for line in page.context["lines"][:4]] == [
        (14, True), (3, True), (0, True), (0, False),
    ]  # fmt: skip
    assert page.context["waiting"] == 2


def test_the_office_sees_its_drafts_and_questions_first(ask: Ask, somchai: Client) -> None:
    submitted, returned, accepted, draft = (ask(state) for state in ("submitted", "returned", "accepted", "draft"))
    waits_since(returned, 12)
    assert shown(somchai) == [returned, draft, accepted, submitted]
    assert somchai.get(LIST).context["waiting"] == 2


def test_what_was_sent_again_waits_since_then(cast: Cast, ask: Ask, wipa: Client) -> None:
    request = ask("returned")
    waits_since(request, 2)
    do("submit", request, cast.somchai)
    do("say", request, cast.somchai)
    assert wipa.get(LIST).context["lines"][0]["days"] == 0


def test_head_office_looks_on_and_decides_nothing(cast: Cast, ask: Ask) -> None:
    make_duty(cast.krit, Role.HEAD_OFFICE)
    request, _draft = ask(), ask("draft")
    browser = signed_in(cast.krit)
    page = browser.get(LIST)
    assert ([line["request"] for line in page.context["lines"]], page.context["waiting"]) == ([request], 0)
    text = browser.get(address(request)).content.decode()
    assert [one for one in ('name="verb"', "request_new", 'name="note"', "/edit/") if one in text] == []


def test_a_list_is_narrowed_by_state_and_by_the_fiscal_year_of_the_wished_days(ask: Ask, somchai: Client) -> None:
    autumn = ask(since=date(2027, 9, 30), until=date(2027, 10, 15))
    next_year = ask("returned", since=date(2027, 10, 1), until=date(2027, 10, 15))
    assert somchai.get(LIST).context["filters"].years == [2571, 2570]
    assert (shown(somchai, year="2570"), shown(somchai, year="2571")) == ([autumn], [next_year])
    assert shown(somchai, state="returned") == [next_year]
    assert shown(somchai, state="returned", year="2570") == []


@pytest.mark.parametrize("value", ["x", "2570' OR 1=1", "\x00", "9" * 40, "-1"])
@pytest.mark.parametrize("name", ["state", "year", "page"])
def test_what_no_filter_knows_filters_nothing(name: str, value: str, ask: Ask, somchai: Client) -> None:
    request = ask()
    assert shown(somchai, **{name: value}) == [request]


def test_empty_lists_say_what_to_do(cast: Cast, somchai: Client, wipa: Client, ask: Ask) -> None:
    make_duty(cast.krit, Role.HEAD_OFFICE)
    said = [browser.get(LIST).content.decode() for browser in (somchai, wipa, signed_in(cast.krit))]
    assert ["has not asked for a workshop yet" in text for text in said] == [True, False, False]
    assert ["No request has been sent yet" in text for text in said] == [False, True, True]
    ask()
    assert "No request matches" in somchai.get(LIST, {"state": "declined"}).content.decode()


def test_twenty_five_stand_on_a_page(ask: Ask, somchai: Client) -> None:
    for _number in range(26):
        ask()
    assert [len(shown(somchai)), len(shown(somchai, page="2"))] == [25, 1]


@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_asks_as_often_for_one_row_as_for_thirty(
    rows: int, ask: Ask, somchai: Client, wipa: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        ask(list(RequestState)[1 + number % 3])
    for browser in (somchai, wipa):
        browser.get(LIST)
        with django_assert_num_queries(LIST_QUERIES):
            browser.get(LIST)


@pytest.mark.parametrize("lines", [1, 30])
def test_a_page_asks_as_often_for_one_line_of_conversation_as_for_thirty(
    lines: int, cast: Cast, ask: Ask, wipa: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_room(), make_trainer()
    request = ask()
    for number in range(lines):
        do("say", request, cast.somchai if number % 2 else cast.wipa)
    wipa.get(address(request))
    with django_assert_num_queries(PAGE_QUERIES):
        wipa.get(address(request))


def test_days_of_waiting_are_days_of_the_calendar_here(ask: Ask, wipa: Client, today: Any) -> None:
    request = ask()
    RequestEvent.objects.update(at=datetime(2026, 11, 22, 16, 59, tzinfo=UTC))  # a minute before midnight
    assert wipa.get(LIST).context["lines"][0]["days"] == 1
    today.shift(timedelta(hours=14))
    assert (wipa.get(LIST).context["lines"][0]["days"], request.is_open) == (2, True)
