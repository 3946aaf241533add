"""An author opens a lesson in the admin, sees it as learners will, and what she did not touch stays as it was."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from courses.catalog.models import CoursePage, LessonPage
from courses.packs.pages import pack_of
from tests.browser.visitor import Visitor
from tests.cast import Cast


@pytest.fixture
def author(visit: Callable[..., Visitor], cast: Cast, shipped_course: CoursePage) -> Visitor:
    """Wipa with the lesson on counting cash in the editor: text, tables, a picture, a worked example, a self-check."""
    visitor = visit("desktop", by=cast.wipa)
    visitor.page.goto(f"{visitor.address}/admin/pages/{lesson().pk}/edit/")
    return visitor


def lesson() -> LessonPage:
    return LessonPage.objects.get(slug="cash-count")


def test_an_author_previews_what_she_has_just_written(author: Visitor) -> None:
    page = author.page
    expect(page.locator("[name=title]")).to_have_value(lesson().title)
    page.fill("[name=title]", "นับเงินสดทุกสิ้นวัน")
    page.locator("[data-side-panel-toggle=preview]").click()
    frame = page.frame_locator("iframe[data-w-preview-target=iframe]").first
    expect(frame.locator("h1")).to_have_text("นับเงินสดทุกสิ้นวัน")
    expect(frame.locator(".preview-remark")).to_be_visible()
    assert frame.locator("[data-check]").count() > 0
    assert author.faults == []


def test_a_save_in_the_editor_changes_nothing_that_the_author_did_not_touch(
    author: Visitor, shipped_course: CoursePage
) -> None:
    before = pack_of(shipped_course)
    page = author.page
    page.locator(".handsontable td").first.wait_for()
    page.fill("[name=summary]", "สรุปใหม่")
    page.locator("button.action-save").first.click()
    expect(page.locator(".messages .success, .w-messages .success").first).to_be_visible()
    lesson().get_latest_revision().publish()
    after = pack_of(CoursePage.objects.get(pk=shipped_course.pk))
    number = [one.slug for one in before.lessons].index("cash-count")
    expected = [*before.lessons]
    expected[number] = replace(before.lessons[number], summary="สรุปใหม่")
    assert [one.slug for one, other in zip(after.lessons, expected, strict=True) if one != other] == []
    assert author.faults == []


def test_the_table_editor_speaks_thai(author: Visitor) -> None:
    author.page.locator(".handsontable td").first.click(button="right")
    menu = author.page.locator(".htContextMenu:visible")
    expect(menu).to_contain_text("แทรกแถวด้านบน")
    expect(menu).not_to_contain_text("Insert")
    expect(menu).not_to_contain_text("Remove")
