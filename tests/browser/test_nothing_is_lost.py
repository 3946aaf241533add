"""Whatever breaks (the line, the tab, the server, the time), no answer is lost: texts, orders and choices."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, Route, expect

from courses.catalog.models import CoursePage, LessonPage
from courses.quizzes.models import Quiz
from learning.sittings.flows import open_sitting
from learning.sittings.models import Response, Sitting
from learning.sittings.schedule import close_overdue
from tests.browser.own_server import OwnServer
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.factories.learning import enroll_malee
from tests.factories.sittings import sample_question, values_for

Visit = Callable[..., Visitor]
KINDS = ["essay", "ordering", "short_answer", "single_choice"]  # in the order in which they are asked
ESSAY, ORDERING, SHORT, CHOICE = 1, 2, 3, 4
TEXT = "คนเดียวรับเงินและลงบัญชี ไม่มีใครตรวจสอบ\nจึงต้องแบ่งหน้าที่"
LONGER_THAN_A_WAIT = 40_000  # milliseconds; the page waits at most 36 s between two tries


@pytest.fixture
def live_server(transactional_db: None) -> Iterator[OwnServer]:
    """Instead of the thread that other browser tests share: this one can be killed."""
    server = OwnServer()
    server.start()
    yield server
    server.kill()


@pytest.fixture
def begin(cast: Cast, course: CoursePage) -> Callable[..., Sitting]:
    """Malee begins a test of a text, an order, a short answer and a choice."""
    lesson = LessonPage.objects.get(slug="final-test")
    assert lesson.quiz is not None
    lesson.quiz.questions.set([sample_question(code, number) for number, code in enumerate(KINDS, 1)])

    def opened(**settings: Any) -> Sitting:
        Quiz.objects.filter(pk=lesson.quiz_id).update(random_order=False, **settings)
        enrollment = enroll_malee(cast, course)
        return open_sitting(enrollment, LessonPage.objects.get(pk=lesson.pk), by=cast.malee)

    return opened


@pytest.fixture
def sit(visit: Visit, cast: Cast, begin: Callable[..., Sitting]) -> Callable[..., Visitor]:
    def opened(**settings: Any) -> Visitor:
        sitting = begin(**settings)
        visitor = visit("phone", by=cast.malee)
        visitor.page.clock.install()
        visitor.page.goto(f"{visitor.address}/sittings/{sitting.pk}/")
        return visitor

    return opened


def question(page: Page, position: int) -> Locator:
    return page.locator(f"#q{position}")


def write(page: Page, position: int, text: str) -> None:
    """Key by key, as a person does; the cursor stays in the field."""
    field = question(page, position).locator("textarea, input[type=text]").first
    field.press_sequentially(text)


def put_in_order(visitor: Visitor, page: Page) -> None:
    """Move the first step one down."""
    visitor.press(question(page, ORDERING).locator("[data-move='1']").first)


def choose(visitor: Visitor, page: Page) -> None:
    visitor.press(question(page, CHOICE).locator("label").first)


def says(page: Page, position: int, state: str) -> None:
    expect(question(page, position).locator(".question-state")).to_have_attribute("data-state", state)


def in_page(page: Page, position: int) -> list[str]:
    """The values of a question's controls."""
    values: list[str] = question(page, position).evaluate(
        """(one) => [...one.querySelectorAll(`[name="${one.id}"]`)]
          .filter((control) => control.type !== "radio" || control.checked).map((control) => control.value)"""
    )
    return values


def on_server(position: int) -> list[str]:
    response = Response.objects.select_related("question").get(position=position)
    return values_for(response, response.answer) if response.is_answered else []


def the_server_has_what_the_page_shows(page: Page, *positions: int) -> None:
    for position in positions:
        says(page, position, "saved")
    shown = {position: in_page(page, position) for position in positions}
    assert {position: on_server(position) for position in positions} == shown
    assert all(any(values) for values in shown.values())


# --- the line ------------------------------------------------------------------------------------
def test_without_a_line_a_text_an_order_and_a_choice_wait_and_arrive_once(sit: Callable[..., Visitor]) -> None:
    visitor = sit()
    page = visitor.page
    visitor.context.set_offline(True)
    write(page, ESSAY, TEXT)
    put_in_order(visitor, page)
    write(page, SHORT, "ผู้สอบบัญชี")
    choose(visitor, page)
    for position in (ORDERING, CHOICE):
        says(page, position, "waiting")
    assert Response.objects.filter(revision__gt=0).count() == 0
    visitor.context.set_offline(False)
    the_server_has_what_the_page_shows(page, ESSAY, ORDERING, SHORT, CHOICE)
    assert on_server(ESSAY) == [TEXT]
    assert set(Response.objects.values_list("revision", flat=True)) == {1}


def test_a_text_is_saved_while_it_is_written_and_not_with_every_key(sit: Callable[..., Visitor]) -> None:
    page = sit().page
    write(page, ESSAY, TEXT)
    says(page, ESSAY, "saved")
    assert on_server(ESSAY) == [TEXT]
    assert Response.objects.get(position=ESSAY).revision < 6


# --- the tab -------------------------------------------------------------------------------------
@pytest.mark.parametrize("has_line", [True, False])
def test_a_tab_killed_in_the_midst_of_a_word_loses_nothing(sit: Callable[..., Visitor], has_line: bool) -> None:
    visitor = sit()
    page, address = visitor.page, visitor.page.url
    visitor.context.set_offline(not has_line)
    write(page, ESSAY, TEXT[:20])
    put_in_order(visitor, page)
    page.close()
    visitor.context.set_offline(False)
    page = visitor.open_tab()
    page.goto(address)
    the_server_has_what_the_page_shows(page, ESSAY, ORDERING)
    assert on_server(ESSAY) == [TEXT[:20]]
    expect(question(page, ORDERING).locator("[data-items] li").first).to_have_attribute(
        "data-value", in_page(page, ORDERING)[0]
    )


def test_of_two_tabs_the_older_shows_the_newer_text_and_keeps_its_own_to_be_copied(
    sit: Callable[..., Visitor],
) -> None:
    visitor = sit()
    older, newer = visitor.page, visitor.open_tab()
    newer.goto(older.url)
    write(newer, ESSAY, "จากแท็บใหม่")
    put_in_order(visitor, newer)
    the_server_has_what_the_page_shows(newer, ESSAY, ORDERING)
    order = in_page(newer, ORDERING)
    older.bring_to_front()
    write(older, ESSAY, "จากแท็บเก่า")
    says(older, ESSAY, "newer")
    assert (in_page(older, ESSAY), on_server(ESSAY)) == (["จากแท็บใหม่"], ["จากแท็บใหม่"])
    expect(question(older, ESSAY).locator(".set-aside")).to_have_value("จากแท็บเก่า")
    visitor.press(question(older, ORDERING).locator("[data-move='-1']").last)
    says(older, ORDERING, "newer")
    assert (in_page(older, ORDERING), on_server(ORDERING)) == (order, order)
    visitor.look()


def test_a_choice_changed_while_the_first_is_on_its_way_outlives_the_tab(sit: Callable[..., Visitor]) -> None:
    visitor = sit()
    page, address = visitor.page, visitor.page.url
    held: list[Route] = []

    def hold(route: Route) -> None:
        """The server has the first, the page never hears so; no other arrives."""
        held.append(route)
        if len(held) > 1:
            return route.abort()
        route.fetch()
        return page.locator("body").evaluate("(body) => { body.dataset.arrived = ''; }")

    page.route("**/answers/**", hold)
    choose(visitor, page)
    expect(page.locator("body[data-arrived]")).to_be_attached()
    assert on_server(CHOICE) == in_page(page, CHOICE)
    visitor.press(question(page, CHOICE).locator("label").nth(1))
    changed = in_page(page, CHOICE)
    assert changed != on_server(CHOICE)
    page.close()
    page = visitor.open_tab()
    page.goto(address)
    the_server_has_what_the_page_shows(page, CHOICE)
    assert on_server(CHOICE) == changed


# --- the server ----------------------------------------------------------------------------------
def test_a_server_that_is_killed_and_started_again_gets_everything(
    sit: Callable[..., Visitor], live_server: OwnServer
) -> None:
    visitor = sit()
    page = visitor.page
    choose(visitor, page)
    says(page, CHOICE, "saved")
    live_server.kill()
    write(page, ESSAY, TEXT)
    put_in_order(visitor, page)
    says(page, ORDERING, "waiting")
    live_server.start()
    page.clock.fast_forward(LONGER_THAN_A_WAIT)
    the_server_has_what_the_page_shows(page, ESSAY, ORDERING, CHOICE)
    assert on_server(ESSAY) == [TEXT]


def test_server_and_tab_both_gone_the_answers_wait_on_the_device(
    sit: Callable[..., Visitor], live_server: OwnServer
) -> None:
    visitor = sit()
    page, address = visitor.page, visitor.page.url
    live_server.kill()
    write(page, SHORT, "ผู้สอบบัญชี")
    choose(visitor, page)
    says(page, CHOICE, "waiting")
    page.close()
    live_server.start()
    page = visitor.open_tab()
    page.goto(address)
    the_server_has_what_the_page_shows(page, SHORT, CHOICE)
    assert on_server(SHORT) == ["ผู้สอบบัญชี"]


# --- the time ------------------------------------------------------------------------------------
def test_when_nobody_comes_back_the_job_hands_in_what_was_saved(sit: Callable[..., Visitor]) -> None:
    visitor = sit(time_limit_minutes=20)
    page, address = visitor.page, visitor.page.url
    write(page, ESSAY, TEXT)
    write(page, SHORT, "ผู้สอบบัญชี")
    choose(visitor, page)
    the_server_has_what_the_page_shows(page, ESSAY, SHORT, CHOICE)
    kept = {position: on_server(position) for position in (ESSAY, SHORT, CHOICE)}
    page.close()
    Sitting.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    close_overdue()
    sitting = Sitting.objects.get()
    assert (sitting.state, sitting.closed_by_clock) == ("in_review", True)
    assert {position: on_server(position) for position in kept} == kept
    visitor.page = visitor.open_tab()
    visitor.page.goto(address)
    expect(visitor.page.locator("[data-waits=marking]")).to_be_visible()
    visitor.look()


def test_a_text_in_the_midst_of_being_written_is_handed_in_when_the_time_runs_out(
    sit: Callable[..., Visitor],
) -> None:
    visitor = sit(time_limit_minutes=20)
    Sitting.objects.update(due_at=timezone.now() + timedelta(minutes=6))
    visitor.page.reload()
    write(visitor.page, ESSAY, TEXT)
    visitor.page.clock.fast_forward(7 * 60_000)
    visitor.page.wait_for_url("**/result/")
    assert (Sitting.objects.get().state, on_server(ESSAY)) == ("in_review", [TEXT])


# --- one question per page -----------------------------------------------------------------------
def test_without_a_line_the_next_page_waits_for_it_and_the_answer_is_kept(sit: Callable[..., Visitor]) -> None:
    visitor = sit(layout="one")
    page = visitor.page
    write(page, ESSAY, TEXT)
    visitor.context.set_offline(True)
    visitor.press("[data-action=next]")
    expect(page.locator("[data-remark-text]")).to_have_text(str(page.locator("#sitting").get_attribute("data-held-on")))
    visitor.context.set_offline(False)
    page.clock.fast_forward(LONGER_THAN_A_WAIT)
    page.wait_for_url("**/?q=2")
    assert on_server(ESSAY) == [TEXT]
    visitor.look()


def test_an_answer_left_on_the_device_is_sent_from_whichever_question_is_opened_next(
    sit: Callable[..., Visitor],
) -> None:
    visitor = sit(layout="one")
    page, address = visitor.page, visitor.page.url
    visitor.context.set_offline(True)
    write(page, ESSAY, TEXT)
    page.close()
    visitor.context.set_offline(False)
    page = visitor.open_tab()
    page.goto(f"{address}?q=4")
    expect(page.locator("[data-live]")).to_contain_text("1")
    assert on_server(ESSAY) == [TEXT]


def test_an_answer_that_another_tab_has_delivered_holds_nobody_up(sit: Callable[..., Visitor]) -> None:
    visitor = sit(layout="one")
    first, second = visitor.page, visitor.open_tab()
    for page in (first, second):
        page.route("**/answers/1/", lambda route: route.abort())
    write(first, ESSAY, TEXT)
    first.clock.fast_forward(1_000)
    says(first, ESSAY, "waiting")
    second.goto(f"{first.url}?q=4")
    expect(second.locator("[data-overall]")).to_have_attribute("data-state", "waiting")
    first.unroute("**/answers/1/")
    first.clock.fast_forward(LONGER_THAN_A_WAIT)
    says(first, ESSAY, "saved")
    second.bring_to_front()
    choose(visitor, second)
    second.locator("[data-action=next]").click()
    second.wait_for_url("**/?q=end")
    assert on_server(ESSAY) == [TEXT]


def test_never_back_asks_before_a_question_is_left_without_an_answer(sit: Callable[..., Visitor]) -> None:
    visitor = sit(navigation="sequential")
    page = visitor.page
    visitor.press("[data-action=next]")
    dialog = page.locator("dialog#ask-open")
    expect(dialog).to_be_visible()
    visitor.press(dialog.locator("[data-ask=back]"))
    write(page, ESSAY, TEXT)
    visitor.press("[data-action=next]")
    page.wait_for_url("**/?q=2")
    visitor.press("[data-action=next]")
    visitor.press(dialog.locator("[data-ask=submit]"))
    page.wait_for_url("**/?q=3")
    assert (on_server(ESSAY), on_server(ORDERING)) == ([TEXT], [])
    visitor.look()
