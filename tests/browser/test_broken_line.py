"""A test on a broken line: every answer is kept, and the page says in words where it is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, Route, expect

from courses.catalog.models import CoursePage, LessonPage
from learning.enrollments.models import Enrollment
from learning.sittings.flows import open_sitting
from learning.sittings.models import Response, Sitting
from tests.browser.visitor import Visitor
from tests.cast import PASSWORD, Cast
from tests.factories.learning import enroll_malee, read_everything
from tests.factories.sittings import right_values, values_for, wrong_values

Visit = Callable[..., Visitor]
LONGER_THAN_A_WAIT = 40_000  # milliseconds; the page waits at most 36 s between two tries


@pytest.fixture
def enrollment(cast: Cast, course: CoursePage) -> Enrollment:
    """Malee has read everything; only the test is left."""
    found = enroll_malee(cast, course)
    read_everything(found, by=cast.malee)
    return found


@pytest.fixture
def sitter(visit: Visit, cast: Cast, enrollment: Enrollment) -> Visitor:
    """Malee on her phone, in the test of four questions, with a clock that a test may move."""
    visitor = visit("phone", by=cast.malee)
    visitor.page.clock.install()
    test = LessonPage.objects.get(slug="final-test")
    visitor.page.goto(f"{visitor.address}/sittings/{open_sitting(enrollment, test, by=cast.malee).pk}/")
    return visitor


def response_to(position: int) -> Response:
    return Response.objects.select_related("question", "sitting").get(position=position)


def right(position: int) -> str:
    [value] = right_values(response_to(position))
    return value


def wrong(position: int) -> str:
    [value] = wrong_values(response_to(position))
    return value


def saved_answers() -> dict[int, Any]:
    """What the server has: place → the values that its page shows as chosen, only the answered ones."""
    answered = Response.objects.filter(answer__isnull=False).select_related("question")
    return {response.position: values_for(response, response.answer) for response in answered}


def choose(visitor: Visitor, position: int, value: str, page: Page | None = None) -> None:
    visitor.press((page or visitor.page).locator(f"#q{position} input[value='{value}']"))


def says(page: Page, position: int, state: str) -> None:
    """The question carries the state, and the words for it."""
    words = page.locator("#sitting").get_attribute(f"data-{state}")
    assert words
    told = page.locator(f"#q{position} .question-state")
    expect(told).to_have_attribute("data-state", state)
    expect(told).to_have_text(words)


def over_all(page: Page, state: str) -> None:
    """The line at the bottom tells the worst of all questions."""
    words = page.locator("#sitting").get_attribute(f"data-{state}")
    told = page.locator("[data-overall]")
    expect(told).to_have_attribute("data-state", state)
    expect(told).to_have_text(str(words))
    expect(told).to_be_visible()


def test_answers_given_without_a_line_are_sent_when_it_returns(sitter: Visitor) -> None:
    choose(sitter, 1, right(1))
    says(sitter.page, 1, "saved")
    sitter.context.set_offline(True)
    choose(sitter, 2, right(2))
    choose(sitter, 3, wrong(3))
    says(sitter.page, 2, "waiting")
    says(sitter.page, 3, "waiting")
    over_all(sitter.page, "waiting")
    choose(sitter, 3, right(3))
    assert saved_answers() == {1: [right(1)]}
    sitter.context.set_offline(False)
    over_all(sitter.page, "saved")
    says(sitter.page, 3, "saved")
    assert saved_answers() == {position: [right(position)] for position in (1, 2, 3)}


def test_answers_given_without_a_line_outlive_the_page(sitter: Visitor) -> None:
    address = sitter.page.url
    sitter.context.set_offline(True)
    choose(sitter, 2, right(2))
    says(sitter.page, 2, "waiting")
    sitter.page.close()
    assert saved_answers() == {}
    sitter.context.set_offline(False)
    sitter.page = sitter.open_tab()
    sitter.page.goto(address)
    expect(sitter.page.locator(f"#q2 input[value='{right(2)}']")).to_be_checked()
    says(sitter.page, 2, "saved")
    assert saved_answers() == {2: [right(2)]}


def test_an_answer_that_the_server_could_not_keep_is_tried_again(sitter: Visitor) -> None:
    sitter.is_line_bad = True
    tries: list[str] = []

    def fail(route: Route) -> None:
        tries.append(route.request.url)
        route.fulfill(status=500, body="")

    sitter.page.route("**/answers/*/", fail)
    choose(sitter, 1, right(1))
    says(sitter.page, 1, "failed")
    over_all(sitter.page, "failed")
    sitter.page.clock.fast_forward(LONGER_THAN_A_WAIT)
    says(sitter.page, 1, "failed")
    expect(sitter.page.locator("#q1 input:checked")).to_have_count(1)
    assert (len(tries) > 1, saved_answers()) == (True, {})
    sitter.page.unroute("**/answers/*/")
    sitter.page.clock.fast_forward(LONGER_THAN_A_WAIT)
    says(sitter.page, 1, "saved")
    over_all(sitter.page, "saved")
    assert saved_answers() == {1: [right(1)]}


def test_an_answer_whose_reply_was_lost_is_not_taken_for_a_strangers(sitter: Visitor) -> None:
    def lose_the_reply(route: Route) -> None:
        route.fetch()
        route.abort()

    sitter.page.route("**/answers/*/", lose_the_reply)
    choose(sitter, 1, right(1))
    says(sitter.page, 1, "waiting")
    assert saved_answers() == {1: [right(1)]}
    sitter.page.unroute("**/answers/*/")
    choose(sitter, 1, wrong(1))
    says(sitter.page, 1, "saved")
    expect(sitter.page.locator(f"#q1 input[value='{wrong(1)}']")).to_be_checked()
    assert saved_answers() == {1: [wrong(1)]}


def test_the_older_of_two_tabs_shows_the_newer_answer(sitter: Visitor) -> None:
    older = sitter.page
    newer = sitter.open_tab()
    newer.goto(older.url)
    choose(sitter, 1, right(1), newer)
    says(newer, 1, "saved")
    older.bring_to_front()
    choose(sitter, 1, wrong(1), older)
    says(older, 1, "newer")
    expect(older.locator(f"#q1 input[value='{right(1)}']")).to_be_checked()
    assert saved_answers() == {1: [right(1)]}
    choose(sitter, 1, wrong(1), older)
    says(older, 1, "saved")
    assert saved_answers() == {1: [wrong(1)]}


def test_another_device_goes_on_with_the_saved_answers(sitter: Visitor, visit: Visit, cast: Cast) -> None:
    choose(sitter, 1, right(1))
    says(sitter.page, 1, "saved")
    computer = visit("desktop", by=cast.malee)
    computer.go("/tests/control/final-test/")
    computer.follow("[data-action=begin]", "/sittings/*/")
    assert computer.page.url == sitter.page.url
    checked: Locator = computer.page.locator("#sitting input:checked")
    assert [one.get_attribute("value") for one in checked.all()] == [right(1)]
    assert computer.page.locator("#q1 .question-state").get_attribute("data-state") == "saved"


def test_when_time_runs_out_the_test_is_handed_in_with_what_was_answered(sitter: Visitor) -> None:
    Sitting.objects.update(due_at=timezone.now() + timedelta(minutes=6))
    sitter.page.reload()
    clock = sitter.page.locator("[data-clock]")
    expect(clock).to_be_visible()
    choose(sitter, 1, right(1))
    says(sitter.page, 1, "saved")
    sitter.page.clock.fast_forward(65_000)
    expect(clock).to_have_attribute("data-near", "five")
    expect(sitter.page.locator("[data-live]")).to_have_text(
        str(sitter.page.locator("#sitting").get_attribute("data-five"))
    )
    sitter.page.clock.fast_forward(6 * 60_000)
    sitter.page.wait_for_url("**/result/")
    sitter.look()
    sitting = Sitting.objects.get()
    assert (sitting.state, sitting.score, sitting.passed) == ("graded", 1, False)
    assert saved_answers() == {1: [right(1)]}


def test_a_person_signed_out_elsewhere_is_told_and_loses_nothing(sitter: Visitor) -> None:
    other = sitter.open_tab()
    other.goto(f"{sitter.address}/account/logout/")
    other.locator("main form button[type=submit]").tap()
    other.wait_for_url(f"{sitter.address}/")
    sitter.page.bring_to_front()
    choose(sitter, 1, right(1))
    says(sitter.page, 1, "away")
    over_all(sitter.page, "away")
    remark = sitter.page.locator("[data-remark]")
    expect(remark).to_be_visible()
    sitter.look()
    assert saved_answers() == {}
    with sitter.context.expect_page() as opened:
        sitter.press(remark.locator("a"))
    entrance = opened.value
    entrance.fill("[name=login]", "malee")
    entrance.fill("[name=password]", PASSWORD)
    entrance.locator("main form button[type=submit]").tap()
    entrance.wait_for_url("**/sittings/*/")
    sitter.page.bring_to_front()
    sitter.page.clock.fast_forward(LONGER_THAN_A_WAIT)
    says(sitter.page, 1, "saved")
    expect(remark).to_be_hidden()
    assert saved_answers() == {1: [right(1)]}


def test_right_answers_and_explanations_reach_the_browser_only_after_grading(sitter: Visitor) -> None:
    bodies: list[str] = []
    sitter.page.on("requestfinished", lambda request: bodies.append(_text_of(request)))
    sitter.page.reload()
    for position in range(1, 5):
        choose(sitter, position, wrong(position))
        says(sitter.page, position, "saved")
    before = "\n".join([*bodies, sitter.page.content()])
    assert "คำถามที่ 1" in before
    assert [word for word in ("คำอธิบายลับ", '"correct"', "มาตรา 65") if word in before] == []
    inputs = sitter.page.locator("#q1 input[type=radio]").all()
    shapes = {one.evaluate("one => [...one.attributes].map(a => a.name).sort().join()") for one in inputs}
    labels = {one.evaluate("one => one.parentElement.getAttributeNames().join()") for one in inputs}
    assert (len(inputs), len(shapes), labels) == (4, 1, {""})
    sitter.follow("[data-action=submit]", "/sittings/*/result/")
    assert "คำอธิบายลับที่ 1" in sitter.page.content()


def _text_of(request: Any) -> str:
    response = request.response()
    if request.resource_type in {"document", "fetch", "xhr"} and response and not 300 <= response.status < 400:
        return str(response.text())
    return ""


def test_handing_in_with_open_questions_asks_first(sitter: Visitor) -> None:
    choose(sitter, 1, right(1))
    choose(sitter, 3, right(3))
    over_all(sitter.page, "saved")
    dialog = sitter.page.locator("dialog#ask-open")
    expect(dialog).to_be_hidden()
    sitter.press("[data-action=submit]")
    expect(dialog).to_be_visible()
    expect(dialog.locator("[data-ask-text]")).to_contain_text("2, 4")
    sitter.look()
    sitter.press(dialog.locator("[data-ask=back]"))
    expect(dialog).to_be_hidden()
    expect(sitter.page.locator("#q2")).to_be_focused()
    assert Sitting.objects.get().state == "open"
    sitter.press("[data-action=submit]")
    sitter.press(dialog.locator("[data-ask=submit]"))
    sitter.page.wait_for_url("**/result/")
    sitting = Sitting.objects.get()
    assert (sitting.state, sitting.score, sitting.max_score) == ("graded", 2, 4)


def test_handing_in_without_a_line_happens_when_it_returns(sitter: Visitor) -> None:
    sitter.context.set_offline(True)
    for position in range(1, 5):
        choose(sitter, position, right(position))
    sitter.press("[data-action=submit]")
    expect(sitter.page.locator("[data-remark-text]")).to_have_text(
        str(sitter.page.locator("#sitting").get_attribute("data-held"))
    )
    assert Sitting.objects.get().state == "open"
    sitter.context.set_offline(False)
    sitter.page.wait_for_url("**/result/")
    assert Sitting.objects.get().passed is True
