"""Who was there, from what was scanned. Pure: no database, clock or request.

Attendance is worked out anew from all scans of a person in a session, so it does not matter in which order two
devices send theirs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from learning.workshops.choices import Direction

# The door opens an hour before the first minute and closes half an hour after the last one.
BEFORE, AFTER = timedelta(minutes=60), timedelta(minutes=30)
# Who comes or goes by this much is late, or leaves early; it is shown and not counted against anybody.
TOLERANCE = timedelta(minutes=15)
# Less of a session than this share does not count as having been there.
SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Mark:
    """One scan that counts: through the door, which way, when."""

    direction: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Stay:
    """From when until when; `left_at` None: until the end, as far as anybody noted."""

    arrived_at: datetime
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Span:
    """First and last minute of a session."""

    starts_at: datetime
    ends_at: datetime

    @property
    def opens_at(self) -> datetime:
        return self.starts_at - BEFORE

    @property
    def closes_at(self) -> datetime:
        return self.ends_at + AFTER

    def is_open(self, at: datetime) -> bool:
        """The door of this session, and of no other, is open at this moment."""
        return self.opens_at <= at <= self.closes_at


def stay_of(marks: Iterable[Mark], span: Span) -> Stay | None:
    """None when nobody was seen.

    Who is only seen leaving has been there: from the first minute, since nobody noted otherwise. Who comes back in
    after leaving has not left.
    """
    found = sorted(marks, key=lambda mark: mark.at)
    if not found:
        return None
    arrivals = [mark.at for mark in found if mark.direction == Direction.IN]
    departures = [mark.at for mark in found if mark.direction == Direction.OUT]
    arrived = arrivals[0] if arrivals else min(span.starts_at, departures[0])
    if departures and departures[0] < arrived:
        arrived = min(span.starts_at, departures[0])
    left = departures[-1] if departures and departures[-1] > (arrivals[-1] if arrivals else arrived) else None
    return Stay(arrived, left)


def share_of(stay: Stay | None, span: Span) -> float:
    """How much of a session somebody was there, 0 to 1."""
    if stay is None:
        return 0.0
    begun = max(stay.arrived_at, span.starts_at)
    ended = min(stay.left_at or span.ends_at, span.ends_at)
    return max(0.0, (ended - begun) / (span.ends_at - span.starts_at))


def counts(stay: Stay | None, span: Span) -> bool:
    """Half of a session or more is a session attended."""
    return share_of(stay, span) >= SHARE


def is_late(stay: Stay, span: Span) -> bool:
    return stay.arrived_at > span.starts_at + TOLERANCE


def left_early(stay: Stay, span: Span) -> bool:
    return stay.left_at is not None and stay.left_at < span.ends_at - TOLERANCE


def percent_attended(attended: int, planned: int) -> int:
    """Whole percent of all planned sessions, past and to come, rounded down; 0 when none is planned."""
    return attended * 100 // planned if planned else 0


def best_percent(attended: int, over: int, planned: int) -> int:
    """What can still be reached when `over` sessions have ended."""
    return percent_attended(attended + planned - over, planned)


def current(spans: Sequence[tuple[int, Span]], at: datetime) -> int | None:
    """The id of the session whose door is open; where two doors are open, the one that begins nearest."""
    open_ones = [(abs(at - span.starts_at), key) for key, span in spans if span.is_open(at)]
    return min(open_ones)[1] if open_ones else None
