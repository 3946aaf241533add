"""A way through a door of officers: where it leads, what is sent there, and to whom it opens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse
from django.utils import timezone

from tests.doors.arranging import days_ahead
from tests.doors.district import SECRETS
from tests.doors.sides import Side

NOBODY: frozenset[str] = frozenset()
PRESSED = {"pressed": "1"}  # for a door that wants no words


def today() -> str:
    return timezone.localdate().isoformat()


@dataclass(frozen=True)
class Way:
    """Through a door to something of the secret district, or of a `side` of workshops: by its parts, by what is
    asked or by what is sent.

    `open_to`: strangers who see a page of their own there, or totals; the sent form is refused to them too,
    unless `is_theirs`. `is_silent`: even who holds it reads nothing secret there. `known_to`: to whom it is
    theirs as it is to its `holder`.
    """

    door: str
    open_to: frozenset[str] = NOBODY
    parts: Mapping[str, Any] = field(default_factory=dict)
    asked: str = ""
    sent: Mapping[str, Any] = field(default_factory=dict)
    is_silent: bool = False
    is_theirs: bool = False
    side: Side | None = None
    holder: str = "somchai"
    known_to: frozenset[str] = NOBODY
    is_json: bool = False

    @property
    def secrets(self) -> tuple[str, ...]:
        return self.side.secrets if self.side else SECRETS

    @property
    def address(self) -> str:
        return reverse(self.door, kwargs=dict(self.parts)) + (f"?{self.asked}" if self.asked else "")

    def __str__(self) -> str:
        return f"{self.door}?{self.asked}" if self.asked else self.door


# --- of a side of workshops ------------------------------------------------------------
def by_center(side: Side, ways: Iterable[Way]) -> list[Way]:
    """Theirs who work in the center."""
    return [replace(way, side=side, holder=side.center_staff[0]) for way in ways]


def by_officers(side: Side, ways: Iterable[Way]) -> list[Way]:
    """Theirs whose office asked."""
    return [replace(way, side=side, holder=side.officers[0], known_to=frozenset(side.officers)) for way in ways]


def by_both(side: Side, ways: Iterable[Way]) -> list[Way]:
    """Theirs of center and office, held by the center."""
    return [replace(way, known_to=side.own) for way in by_center(side, ways)]


def read_by_officers(side: Side, way: Way) -> Way:
    """The office that asked reads it too; what it must not write is tried in test_workshops.py."""
    return replace(way, known_to=frozenset(side.officers))


def day_after(ahead: int, at: int = 0) -> str:
    return days_ahead(ahead)[at].isoformat()
