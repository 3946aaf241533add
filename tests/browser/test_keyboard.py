"""A test can be found, sat and handed in by keyboard alone, and one always sees where one is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from courses.catalog.models import CoursePage
from learning.sittings.models import Sitting
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.factories.learning import enroll_malee, read_everything
from tests.factories.sittings import right_values

MOST_STOPS = 60
# A ring around the element, or around the label that holds it; and nothing laid over its middle.
IS_SEEN = """() => {
  const one = document.activeElement, label = one.closest("label");
  const ringed = [one, label].some(e => {
    if (!e) return false;
    const style = getComputedStyle(e);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  });
  const box = (label ?? one).getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, innerHeight / 2));
  const holder = label ?? one;
  return { what: one.outerHTML.slice(0, 120), ringed, free: !!top && (holder.contains(top) || top.contains(holder)) };
}"""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element is reached; every stop on the way is ringed and lies free."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        seen = page.evaluate(IS_SEEN)
        assert (seen["ringed"], seen["free"]) == (True, True), seen
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{MOST_STOPS} times Tab did not reach {selector}")


@pytest.fixture
def typist(visit: Callable[..., Visitor], cast: Cast, course: CoursePage) -> Visitor:
    """Malee at a computer without a mouse; only the test is left."""
    read_everything(enroll_malee(cast, course), by=cast.malee)
    return visit("desktop", by=cast.malee)


def test_a_test_is_sat_and_handed_in_by_keyboard_alone(typist: Visitor) -> None:
    page = typist.page
    page.goto(f"{typist.address}/tests/control/final-test/")
    tab_to(page, "[data-action=begin]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sittings/*/")
    sitting = Sitting.objects.get()
    for response in sitting.responses.select_related("question"):
        [value] = right_values(response)
        tab_to(page, f"#q{response.position} input")
        page.keyboard.press("Space")
        for _step in range(4):
            if page.locator(f"#q{response.position} input:checked").get_attribute("value") == value:
                break
            page.keyboard.press("ArrowDown")
        assert page.locator(f"#q{response.position} input:checked").get_attribute("value") == value
    expect(page.locator("[data-overall]")).to_have_attribute("data-state", "saved")
    tab_to(page, "[data-action=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/result/")
    sitting.refresh_from_db()
    assert (sitting.score, sitting.passed) == (4, True)
    tab_to(page, "[data-action=certificate]")


def test_the_question_about_open_answers_holds_the_focus_and_escape_leads_back(typist: Visitor) -> None:
    page = typist.page
    page.goto(f"{typist.address}/tests/control/final-test/")
    tab_to(page, "[data-action=begin]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sittings/*/")
    tab_to(page, "[data-action=submit]")
    page.keyboard.press("Enter")
    dialog = page.locator("dialog#ask-open")
    expect(dialog).to_be_visible()
    expect(dialog.locator("[data-ask=back]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("[data-action=submit]")).to_be_focused()
    assert Sitting.objects.get().state == "open"


@pytest.mark.parametrize("path", ["/", "/courses/", "/courses/control/lesson-1/", "/my/"])
def test_the_first_tab_stop_leads_past_the_header(typist: Visitor, path: str) -> None:
    typist.page.goto(f"{typist.address}{path}")
    tab_to(typist.page, ":focus")
    first = typist.page.locator(":focus")
    expect(first).to_have_attribute("href", "#main")
    expect(first).to_be_in_viewport()
    typist.page.keyboard.press("Enter")
    expect(typist.page.locator("#main")).to_be_focused()
    typist.page.keyboard.press("Tab")
    assert typist.page.evaluate("document.querySelector('#main').contains(document.activeElement)")


def test_the_menu_of_the_header_opens_and_closes_by_keyboard(typist: Visitor) -> None:
    page = typist.page
    page.goto(f"{typist.address}/my/")
    tab_to(page, "details.drop.wide > summary")
    page.keyboard.press("Enter")
    panel = page.locator("details.drop.wide .panel")
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator("details.drop.wide > summary")).to_be_focused()
