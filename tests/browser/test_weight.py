"""What a lesson weighs on the line: real gunicorn, hashed and compressed files, a cold browser and a warm one."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from deploy.throwaway import academy
from learning.desk.cast import PASSWORD
from tests.browser.visitor import WINDOWS
from tests.databases import SQLiteCopy

FIRST_VISIT = 150_000  # bytes on the line, without images
LATER_PAGE = 40_000


@pytest.fixture(scope="module")
def address(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served academy; its database begins as a copy of the migrated template, which saves half a minute."""
    var = tmp_path_factory.mktemp("academy")
    shutil.copyfile(SQLiteCopy().template, var / "academy.sqlite3")
    with academy(var) as served:
        yield served


@dataclass
class Line:
    """Every request of a page: its address, its kind, and the bytes that came over the line."""

    kinds: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Page) -> "Line":
        line = cls()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", line._sent)
        session.on("Network.loadingFinished", line._finished)
        return line

    def _sent(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = event.get("type", "")
        self.addresses[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = event["encodedDataLength"]

    def take(self) -> dict[str, float]:
        """Bytes by address since the last call, without images."""
        taken = {
            self.addresses.get(key, key): size for key, size in self.sizes.items() if self.kinds.get(key) != "Image"
        }
        self.sizes.clear()
        return taken


@pytest.fixture
def enrolled(address: str, new_context: Callable[..., BrowserContext]) -> Any:
    """The cookies of malee, enrolled in a shipped course by a browser of its own."""
    context = new_context(**WINDOWS["phone"])
    page = context.new_page()
    page.goto(f"{address}/account/login/?next=/enroll/internal-control/")
    page.fill("[name=login]", "malee")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").tap()
    page.wait_for_url(f"{address}/enroll/internal-control/")
    page.locator("[data-action=enroll]").tap()
    page.wait_for_url(f"{address}/courses/internal-control/*/")
    return context.storage_state()


def test_a_lesson_is_light_and_nothing_is_asked_of_another_site(
    address: str, enrolled: Any, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(**WINDOWS["phone"], storage_state=enrolled).new_page()
    line = Line.of(page)
    page.goto(f"{address}/courses/internal-control/why-the-board-answers/", wait_until="networkidle")
    first = line.take()
    kinds = {path.rsplit(".", 1)[-1] for path in first}
    assert kinds >= {"css", "js", "woff2"}
    assert sum(first.values()) <= FIRST_VISIT, first
    heaviest: dict[str, float] = {}
    while page.locator("[data-action=test]").count() == 0:
        lesson = page.locator("[data-lesson]").get_attribute("data-lesson")
        page.locator("[data-action=finish]").tap()
        page.locator(f"[data-lesson]:not([data-lesson='{lesson}'])").wait_for()
        page.wait_for_load_state("networkidle")
        heaviest = max(heaviest, line.take(), key=lambda sizes: sum(sizes.values()))
    for path in ("/tests/internal-control/final-test/", "/my/", "/courses/", "/courses/internal-control/"):
        page.goto(f"{address}{path}", wait_until="networkidle")
        heaviest = max(heaviest, line.take(), key=lambda sizes: sum(sizes.values()))
    assert sum(heaviest.values()) <= LATER_PAGE, heaviest
    elsewhere = [url for url in line.addresses.values() if not url.startswith((f"{address}/", "data:"))]
    assert elsewhere == []
