"""An author opens a lesson in the admin, changes it and sees it as learners will."""

from collections.abc import Callable

from playwright.sync_api import expect

from courses.catalog.models import CoursePage, LessonPage
from tests.browser.visitor import Visitor
from tests.cast import Cast


def test_an_author_edits_a_lesson_and_previews_it_without_an_error_of_ours(
    visit: Callable[..., Visitor], cast: Cast, shipped_course: CoursePage
) -> None:
    lesson = LessonPage.objects.get(slug="cash-count")
    author = visit("desktop", by=cast.wipa)
    page = author.page
    page.goto(f"{author.address}/admin/pages/{lesson.pk}/edit/")
    title = page.locator("[name=title]")
    expect(title).to_have_value(lesson.title)
    title.fill("นับเงินสดทุกสิ้นวัน")
    page.locator("[data-side-panel-toggle=preview]").click()
    frame = page.frame_locator("iframe[data-w-preview-target=iframe]").first
    expect(frame.locator("h1")).to_have_text("นับเงินสดทุกสิ้นวัน")
    expect(frame.locator(".preview-remark")).to_be_visible()
    assert frame.locator("[data-check]").count() > 0
    assert author.faults == []
