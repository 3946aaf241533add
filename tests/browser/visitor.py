"""A person at a browser. Every page she looks at is examined: axe, width, errors, requests to other sites."""

from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

WINDOWS: dict[str, dict[str, Any]] = {
    "phone": {
        "viewport": {"width": 360, "height": 780},
        "has_touch": True,
        "is_mobile": True,
        "device_scale_factor": 2,
    },
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
WIDTHS = (320, 360, 1280)  # CSS pixels
HEAVY = {"serious", "critical"}
TALL = 780


class Visitor:
    """One window of one person. `faults` is what went wrong in it so far, in readable lines."""

    def __init__(self, context: BrowserContext, address: str, *, has_touch: bool, has_script: bool) -> None:
        self.context = context
        self.address = address
        self.has_touch = has_touch
        self.has_script = has_script
        self.is_line_bad = False  # a test that breaks the line itself says so here
        self.faults: list[str] = []
        self.page = self.open_tab()

    def open_tab(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._watch)
        page.on("response", self._judge)
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        # A failed load is judged by its response; a broken line has none, and is a test's own doing.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _watch(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and f"{parts.scheme}://{parts.netloc}" != self.address:
            self.faults.append(f"request to another site: {request.url}")

    def _judge(self, response: Response) -> None:
        if response.status >= 500 and not self.is_line_bad:
            self.faults.append(f"{response.status} from {response.url}")

    def go(self, path: str) -> None:
        """Open an address of the site and look at the page."""
        self.page.goto(f"{self.address}{path}")
        self.look()

    def press(self, target: str | Locator) -> None:
        """Press with a finger on a phone, with the mouse elsewhere."""
        found = self.page.locator(target) if isinstance(target, str) else target
        found.tap() if self.has_touch else found.click()

    def follow(self, target: str | Locator, to: str) -> None:
        """Press something that leads to another page, wait for that page and look at it."""
        self.press(target)
        self.page.wait_for_url(f"{self.address}{to}")
        self.look()

    def send(self, target: str | Locator, to: str) -> None:
        """Press something that sends a form and look at the answer, which may have the address of the page before."""
        with self.page.expect_navigation(url=f"{self.address}{to}"):
            self.press(target)
        self.look()

    def reload(self) -> None:
        """Load the page anew, as somebody does who waits for news, and look at it."""
        self.page.reload()
        self.look()

    def download(self, target: str | Locator) -> bytes:
        """Press something that gives a file."""
        with self.page.expect_download() as waiting:
            self.press(target)
        return waiting.value.path().read_bytes()

    def look(self) -> None:
        """Examine the page that is open; fails with every fault in one list."""
        self.page.wait_for_load_state()
        if self.page.locator("[data-fragment]").count():
            self.page.wait_for_load_state("networkidle")  # what is fetched belongs to the page as people see it
        heard, self.faults = self.faults, []
        found = [*heard, *self._too_wide(), *self._axe()]
        assert found == [], "\n".join([f"{self.page.url}:", *found])

    def _too_wide(self) -> list[str]:
        asked = self.page.viewport_size
        assert asked is not None
        faults = []
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": TALL})
            needed = self.page.evaluate("document.scrollingElement.scrollWidth")
            if needed > width:
                faults.append(f"{needed} px wide in a window of {width}: {self.page.evaluate(WIDEST, width)}")
        self.page.set_viewport_size(asked)
        return faults

    def _axe(self) -> list[str]:
        if not self.has_script:  # axe is a script, and waits for ever in a page where none may run
            return []
        result = Axe().run(self.page).response
        return [
            f"axe {rule['impact']} {rule['id']}: {' '.join(node['target'])} — {node['failureSummary']}"
            for rule in result["violations"]
            if rule["impact"] in HEAVY
            for node in rule["nodes"]
        ]


# The innermost elements that stand out over the right edge, for the message.
WIDEST = """width => [...document.body.querySelectorAll("*")]
  .filter(one => one.getBoundingClientRect().right > width + 1 && one.getBoundingClientRect().width > 0)
  .slice(-4).map(one => `${one.tagName.toLowerCase()}.${one.className}`).join(", ")"""
