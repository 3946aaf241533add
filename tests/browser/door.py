"""The door of a workshop as its officer sees it: what a test shows to it and reads from it."""

from playwright.sync_api import Locator, Page, expect

from learning.workshops.models import Scan
from tests.browser.visitor import Visitor


class Door:
    """One device at the door. Words are read from the page itself, so a test holds in any language."""

    def __init__(self, visitor: Visitor, path: str) -> None:
        self.visitor, self.path = visitor, path
        self.open()

    def open(self) -> None:
        """Open the page and wait until it has looked for its list, and is kept for the next time."""
        self.page: Page = self.visitor.page
        self.page.goto(f"{self.visitor.address}{self.path}")
        expect(self.line).not_to_have_attribute("data-state", "asking")
        expect(self.page.locator("[data-ready]")).to_have_text(self.word("ready"))

    @property
    def line(self) -> Locator:
        return self.page.locator("[data-line]")

    @property
    def answer(self) -> Locator:
        return self.page.locator(".door-said")

    def word(self, name: str, **gaps: object) -> str:
        text = str(self.page.evaluate(READ, name)).strip()
        for gap, value in gaps.items():
            text = text.replace(f"{{{gap}}}", str(value))
        return text

    def time(self, clock: str) -> str:
        return self.word("time", clock=clock)

    def loses_the_network(self) -> None:
        """It has noticed when this returns; a request that was under way may still arrive."""
        self.visitor.context.set_offline(True)
        self.tells("none", self.word("empty_none"))

    def has_network_again(self) -> None:
        self.visitor.context.set_offline(False)

    def show(self, text: str) -> None:
        """A ticket before a scanner at a cable, or a code typed by hand."""
        self.page.fill("#typed", text)
        self.page.press("#typed", "Enter")

    def row(self, seat: int) -> Locator:
        return self.page.locator(f"li[data-seat='{seat}']")

    def press(self, seat: int) -> None:
        self.visitor.press(self.row(seat).locator("[data-mark]"))

    def going_out(self) -> None:
        self.visitor.press(".at-door [name=direction][value=out]")

    def says(self, tone: str, head: str, *, name: str = "", more: str = "") -> None:
        """The large answer: its color and sign, its words, whose it is."""
        expect(self.answer).to_have_attribute("data-tone", tone)
        expect(self.answer.locator("[data-head]")).to_have_text(head)
        expect(self.answer.locator("[data-who]")).to_have_text(name)
        expect(self.answer.locator("[data-more]")).to_have_text(more)

    def tells(self, state: str, more: str) -> None:
        """The line at the top: how it is, and what waits."""
        expect(self.line).to_have_attribute("data-state", state)
        expect(self.line.locator("[data-line-word]")).to_have_text(self.word(f"line_{state}"))
        expect(self.line.locator("[data-line-more]")).to_have_text(more)

    def is_sent(self) -> None:
        self.tells("connected", self.word("empty_connected"))

    def counts(self, inside: int, people: int) -> None:
        expect(self.page.locator("[data-count]")).to_have_text(self.word("count", inside=inside, all=people))


READ = """name => document.getElementById("words").content.querySelector(`[data-word="${name}"]`).textContent"""


def outcomes() -> list[tuple[int | None, str, str]]:
    """What the site has of all devices, oldest first: seat, direction, outcome."""
    return list(Scan.objects.order_by("at", "pk").values_list("seat", "direction", "outcome"))
