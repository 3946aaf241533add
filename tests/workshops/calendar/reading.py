"""Reads the pages of the calendar as somebody who looks at them would."""

from dataclasses import dataclass
from html.parser import HTMLParser

from django.test import Client

ADDRESS = "/office/workshops/calendar/"


@dataclass
class Square:
    """A day of a month: its classes, and the words that stand in it."""

    marks: set[str]
    words: str
    links: list[str]


class _Month(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.days: dict[str, Square] = {}
        self.day = ""
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if tag == "li" and "day" in str(facts.get("class")).split():
            self.day = str(facts["data-day"])
            self.days[self.day] = Square(set(str(facts["class"]).split()) - {"day"}, "", [])
            self.depth = 0
        if not self.day:
            return
        self.depth += tag == "li"
        if tag == "a" and facts.get("href"):
            self.days[self.day].links.append(str(facts["href"]))

    def handle_endtag(self, tag: str) -> None:
        if self.day and tag == "li":
            self.depth -= 1
            if not self.depth:
                self.day = ""

    def handle_data(self, data: str) -> None:
        if self.day:
            square = self.days[self.day]
            square.words = " ".join([*square.words.split(), *data.split()])


def month(client: Client, query: str = "on=2026-11-02") -> dict[str, Square]:
    """The squares of a month, by day."""
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 200
    reader = _Month()
    reader.feed(response.content.decode())
    return reader.days


def text(client: Client, query: str) -> str:
    """The whole page."""
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 200
    return response.content.decode()
