"""Reading, enrolling, answering and handing in need no script."""

from collections.abc import Callable

from courses.catalog.models import CoursePage
from courses.quizzes.models import Quiz
from learning.sittings.models import Sitting
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.factories.learning import enroll_malee, read_everything
from tests.factories.sittings import right_values


def test_without_a_script_one_can_enroll_read_answer_hand_in_and_download(
    visit: Callable[..., Visitor], cast: Cast, course: CoursePage
) -> None:
    reader = visit("phone", by=cast.malee, java_script_enabled=False)
    reader.go("/courses/control/")
    reader.follow("[data-action=enroll]", "/enroll/control/")
    reader.press(f"[name=membership][value='{cast.board_seat.pk}']")
    reader.follow("[data-action=enroll]", "/courses/control/lesson-1/")
    reader.follow("[data-action=finish]", "/courses/control/lesson-2/")
    reader.follow("[data-action=finish]", "/courses/control/final-test/")
    reader.follow("[data-action=test]", "/tests/control/final-test/")
    reader.follow("[data-action=begin]", "/sittings/*/")
    sitting = Sitting.objects.get()
    for response in sitting.responses.select_related("question"):
        [value] = right_values(response)
        reader.press(f"#q{response.position} input[value='{value}']")
    reader.follow("[data-action=submit]", f"/sittings/{sitting.pk}/result/")
    assert reader.page.locator("[data-passed]").get_attribute("data-passed") == "yes"
    with reader.page.expect_download() as waiting:
        reader.press("[data-action=certificate]")
    assert waiting.value.path().read_bytes()[:5] == b"%PDF-"


def test_without_a_script_one_question_per_page_keeps_each_answer_and_leads_on(
    visit: Callable[..., Visitor], cast: Cast, course: CoursePage
) -> None:
    Quiz.objects.update(layout="one")
    read_everything(enroll_malee(cast, course), by=cast.malee)
    reader = visit("phone", by=cast.malee, java_script_enabled=False)
    reader.go("/tests/control/final-test/")
    reader.follow("[data-action=begin]", "/sittings/*/")
    sitting = Sitting.objects.get()
    address = f"/sittings/{sitting.pk}/"

    def choose(place: int) -> None:
        [value] = right_values(sitting.responses.select_related("question").get(position=place))
        reader.press(f"#q{place} input[value='{value}']")

    choose(1)
    reader.follow("[data-action=next]", f"{address}?q=2")
    choose(2)
    reader.follow("[data-number='4']", f"{address}?q=4")
    choose(4)
    reader.follow("[data-action=back]", f"{address}?q=3")
    choose(3)
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(f"**{address}?q=4")
    reader.follow("[data-action=next]", f"{address}?q=end")
    assert reader.page.locator(".numbers .answered").count() == 4
    reader.follow("[data-action=submit]", f"{address}result/")
    assert reader.page.locator("[data-passed]").get_attribute("data-passed") == "yes"


def test_without_a_script_the_menu_and_a_self_check_open(
    visit: Callable[..., Visitor], cast: Cast, shipped_course: CoursePage
) -> None:
    enroll_malee(cast, shipped_course)
    reader = visit("phone", by=cast.malee, java_script_enabled=False)
    reader.go("/courses/internal-control/why-the-board-answers/")
    reader.press("[data-check] summary")
    assert reader.page.locator("[data-check] .why").first.is_visible()
    reader.press("details.drop.narrow > summary")
    reader.follow("details.drop.narrow nav a[href='/my/']", "/my/")
