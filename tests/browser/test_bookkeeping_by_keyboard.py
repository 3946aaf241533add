"""Books are kept by keyboard alone: an entry, a trial balance, a cash count and a control check as we ship them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from courses import packs
from courses.catalog.models import CourseIndexPage, CoursePage, LessonPage
from courses.packs.flows import load_pack
from courses.packs.reading import read_pack
from courses.quizzes.models import Question
from learning.enrollments.models import Enrollment
from learning.sittings.models import Sitting
from tests.browser.test_keyboard import tab_to
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.factories.learning import enroll_malee

LIBRARY = Path(packs.__file__).parent / "library"
BOOKS, CONTROL = "cooperative-bookkeeping", "internal-control"
# Balances of 30 November as lesson 9 lets them be worked out: cash is wrong by 900, and the total follows from it.
BALANCES = {
    "101": "8,130", "102": "189,480", "103": "360,000", "104": "11,700", "105": "42,000", "106": "35,200",
    "201": "231,500", "202": "21,000", "301": "291,000", "302": "62,000", "303": "40,000",
    "401": "4,280", "402": "54,600", "501": "49,000", "502": "8,000", "503": "1,770",
}  # fmt: skip


class Typist:
    """Malee at a computer without a mouse, in a test that asks only these questions of a shipped one."""

    def __init__(self, reader: Visitor, enrollment: Enrollment, slug: str, keys: list[str]) -> None:
        self.reader, self.page = reader, reader.page
        lesson = LessonPage.objects.child_of(enrollment.course).get(slug=slug)
        assert lesson.quiz is not None
        course = enrollment.course.slug
        lesson.quiz.questions.set(Question.objects.filter(uid__in=[f"{course}--{key}" for key in keys]))
        self.page.goto(f"{reader.address}/tests/{course}/{slug}/")
        tab_to(self.page, "[data-action=begin]")
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/sittings/**")
        self.reader.look()

    def stop_at(self, selector: str) -> None:
        tab_to(self.page, selector)

    def write(self, text: str) -> None:
        """Write into the next control; a list is chosen from by the first letters of what stands in it."""
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(text)

    def go_on(self) -> None:
        expect(self.page.locator(".question-state")).to_have_attribute("data-state", "saved")
        self.stop_at("[data-action=next]")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def hand_in(self) -> Sitting:
        self.page.locator("[data-action=submit]").wait_for()
        self.reader.look()
        self.stop_at("[data-action=submit]")
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/result/")
        self.reader.look()
        return Sitting.objects.get()

    def open_review(self, number: int) -> str:
        """Open what is told of one question by keyboard, and read it."""
        review = self.page.locator("details.review").nth(number)
        if review.get_attribute("open") is None:
            review.locator("summary").focus()
            self.page.keyboard.press("Enter")
        return review.inner_text()


@pytest.fixture
def sit(visit: Callable[..., Visitor], cast: Cast, academy: CourseIndexPage) -> Callable[[str, str, list[str]], Typist]:
    def begun(slug: str, lesson: str, keys: list[str]) -> Typist:
        load_pack(read_pack(LIBRARY / slug), academy)
        enrollment = enroll_malee(cast, CoursePage.objects.get(slug=slug))
        return Typist(visit("desktop", by=cast.malee), enrollment, lesson, keys)

    return begun


def words(page: Page, selector: str) -> list[str]:
    return [text.strip() for text in page.locator(selector).all_inner_texts()]


def test_an_entry_is_recorded_and_the_wrong_line_is_told_with_its_reason(
    sit: Callable[[str, str, list[str]], Typist],
) -> None:
    typist = sit(BOOKS, "november-by-hand", ["november-09"])
    rows = [("101", "๑๐,๒๐๐", ""), ("103", "", "10,200"), ("401", "", "200 บาท")]
    typist.stop_at("#q1 select")
    for number, (account, debit, credit) in enumerate(rows):
        if number:
            typist.page.keyboard.press("Tab")
        typist.page.keyboard.type(account)
        typist.write(debit)
        typist.write(credit)
    typist.page.keyboard.press("Tab")
    sums = typist.page.locator("[data-sums]")
    expect(sums).to_have_attribute("data-sums", "off")
    said = sums.inner_text()
    assert [amount for amount in ("10,200.00", "10,400.00", "200.00") if amount not in said] == [], said
    typist.go_on()
    sitting = typist.hand_in()
    assert (sitting.score, sitting.max_score) == (2, 3)  # 2 1/2, less 1/2: it does not balance
    typist.open_review(0)
    assert typist.page.locator(".book-review .is-right").count() == 2
    [wrong] = words(typist.page, ".book-review .is-partly")
    assert [amount for amount in ("103", "10,000.00", "10,200.00", "200.00") if amount not in wrong] == []


def test_a_trial_balance_and_a_cash_count_are_filled_and_what_follows_counts(
    sit: Callable[[str, str, list[str]], Typist],
) -> None:
    typist = sit(BOOKS, "closing-november", ["close-04", "close-06"])
    typist.stop_at("#q1 input")
    for number, (code, balance) in enumerate(BALANCES.items()):
        debit, credit = (balance, "") if code[0] in "15" else ("", balance)
        if number:
            typist.page.keyboard.press("Tab")
        typist.page.keyboard.type(debit)
        typist.write(credit)
    typist.write("705,280")
    typist.write("704,380")
    typist.page.keyboard.press("Tab")
    typist.go_on()

    typist.stop_at("#q2 input")
    typist.page.keyboard.type("5,000")
    for amount in ("1,500", "400", "100", "100", "20", "5", "5", "7,130"):
        typist.write(amount)
    typist.write("")
    for key in ("Space", "ArrowDown", "ArrowDown", "Enter"):  # past “equal” to “short”
        typist.page.keyboard.press(key)
    typist.write("100")
    typist.page.keyboard.press("Tab")
    typist.go_on()

    sitting = typist.hand_in()
    assert (sitting.score, sitting.max_score) == (17 + 11, 18 + 11)
    typist.open_review(0)
    [wrong] = words(typist.page, ".book-review .is-wrong")
    assert [amount for amount in ("101", "8,130.00", "7,230.00", "900.00") if amount not in wrong] == []
    assert len(words(typist.page, ".book-review .is-partly")) == 1


def test_the_gap_in_a_process_is_found_and_the_step_that_was_missed_is_told(
    sit: Callable[[str, str, list[str]], Typist],
) -> None:
    typist = sit(CONTROL, "find-the-gap", ["gap-01"])
    response = Sitting.objects.get().responses.get()
    tokens = response.presentation["tokens"]
    typist.stop_at(f"#q1 input[value='{tokens['s5']}']")
    typist.page.keyboard.press("Space")
    typist.stop_at("#q1 input[type=radio]")
    typist.page.keyboard.press("Space")
    chosen = typist.page.locator("#q1 input[type=radio]:checked")
    for _step in range(2):
        if chosen.get_attribute("value") != tokens["f1"]:
            typist.page.keyboard.press("ArrowDown")
    assert chosen.get_attribute("value") == tokens["f1"]
    typist.go_on()
    sitting = typist.hand_in()
    assert (sitting.score, sitting.max_score) == (2, 3)
    typist.open_review(0)
    assert typist.page.locator(".process .is-weak").count() == 2
    assert len(words(typist.page, ".process-reason")) == 2


def test_an_entry_is_recorded_on_a_phone_without_a_script(
    visit: Callable[..., Visitor], cast: Cast, academy: CourseIndexPage
) -> None:
    load_pack(read_pack(LIBRARY / BOOKS), academy)
    enrollment = enroll_malee(cast, CoursePage.objects.get(slug=BOOKS))
    lesson = LessonPage.objects.child_of(enrollment.course).get(slug="november-by-hand")
    assert lesson.quiz is not None
    lesson.quiz.questions.set(Question.objects.filter(uid=f"{BOOKS}--november-01"))
    reader = visit("phone", by=cast.malee, java_script_enabled=False)
    reader.go(f"/tests/{BOOKS}/november-by-hand/")
    reader.follow("[data-action=begin]", "/sittings/*/**")
    reader.page.locator("#q1 select").nth(0).select_option("301")
    reader.page.locator("#q1 [data-side=credit]").nth(0).fill("๖,๐๐๐ บาท")
    reader.page.locator("#q1 select").nth(1).select_option("101")
    reader.page.locator("#q1 [data-side=debit]").nth(1).fill("6000")
    reader.follow("[data-action=next]", "/sittings/*/?q=end")
    reader.follow("[data-action=submit]", "/sittings/*/result/")
    sitting = Sitting.objects.get()
    assert (sitting.score, sitting.max_score, sitting.passed) == (2, 2, True)
