"""What happens at a center between two days, arranged by day or in lanes of rooms and trainers. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from learning.places.models import TransferCenter
from learning.workshops.choices import Half, ResourceKind

WORKSHOP, TAKEN, HOLD, LEAVE = KINDS = ("workshop", "taken", "hold", "leave")
BY_CENTER = "center"
BY_ROOM, BY_TRAINER = str(ResourceKind.ROOM), str(ResourceKind.TRAINER)
# What is told beside an entry: for a room who teaches, else where it is.
BESIDE = {BY_CENTER: BY_ROOM, BY_ROOM: BY_TRAINER, BY_TRAINER: BY_ROOM}
NONE = 0  # the lane of what has no room, or no trainer, yet
HALVES = (str(Half.AM), str(Half.PM))


@dataclass(frozen=True, slots=True, eq=False)
class Happening:
    """A workshop, a hold, leave, or something whose name is not for everybody; `pk` 0: it is not opened from here."""

    kind: str
    title: str
    pk: int = 0
    state: str = ""
    taken: int = 0
    capacity: int = 0
    first_on: date | None = None
    last_on: date | None = None
    until: date | None = None
    note: str = ""
    may_move: bool = False


@dataclass(slots=True)
class Entry:
    """A happening on one day; `lead` is the room or trainer it stands for, `beside` where it is or who teaches."""

    what: Happening
    lead: str = ""
    beside: list[str] = field(default_factory=list)
    halves: set[str] = field(default_factory=set)

    @property
    def order(self) -> tuple[str, int, bool, list[str], str]:
        return self.lead, KINDS.index(self.what.kind), HALVES[0] not in self.halves, self.beside, self.what.title


@dataclass(frozen=True, slots=True)
class Lane:
    """A room, a trainer, a vehicle; of the center, or of another one that lends it."""

    pk: int
    kind: str
    name: str
    is_active: bool = True


Use = tuple[int, Happening, date, str]
Cells = dict[tuple[int, date, str], list[Entry]]


@dataclass
class Calendar:
    """Everything between two days; `uses` are (room or trainer, happening, day, half)."""

    center: TransferCenter
    days: list[date]
    lanes: dict[int, Lane]
    days_off: dict[date, str]
    sessions: list[tuple[Happening, date, str]]
    uses: list[Use]

    def by_day(self, by: str = BY_CENTER, resource: int | None = None) -> dict[date, list[Entry]]:
        """Each happening once a day; by room or trainer once for each of them, or for the chosen one alone."""
        entries: dict[tuple[date, int, Happening], Entry] = {}
        for pk, what, day, half in self._uses_by(by, resource):
            entry = entries.get((day, pk, what))
            if entry is None:
                lead = "" if resource or by == BY_CENTER else self._name(by, pk)
                entry = entries[day, pk, what] = Entry(what, lead, self._beside(by, what, day))
            entry.halves.add(half)
        found: dict[date, list[Entry]] = defaultdict(list)
        for (day, _pk, _what), entry in entries.items():
            found[day].append(entry)
        for of_day in found.values():
            of_day.sort(key=lambda entry: entry.order)
        return found

    def by_lane(self, by: str, resource: int | None = None) -> tuple[list[Lane], Cells]:
        """The lanes, and what stands in each of them in half a day."""
        entries: dict[tuple[date, int, Happening], Entry] = {}
        cells: Cells = defaultdict(list)
        used = set()
        for pk, what, day, half in self._uses_by(by, resource):
            entry = entries.get((day, pk, what)) or Entry(what, "", self._beside(by, what, day))
            entries[day, pk, what] = entry
            if half not in entry.halves:
                entry.halves.add(half)
                cells[pk, day, half].append(entry)
            used.add(pk)
        for of_cell in cells.values():
            of_cell.sort(key=lambda entry: entry.order)
        if by == BY_CENTER:
            return [Lane(NONE, BY_CENTER, "")], cells
        lanes = [
            lane
            for lane in self.lanes.values()
            if lane.kind == by and (lane.is_active or lane.pk in used) and resource in (None, lane.pk)
        ]
        if NONE in used:
            lanes.append(Lane(NONE, by, self._name(by, NONE)))
        return lanes, cells

    def _uses_by(self, by: str, resource: int | None) -> Iterator[Use]:
        if by == BY_CENTER:
            yield from ((NONE, *one) for one in self.sessions)
            yield from ((NONE, what, day, half) for _pk, what, day, half in self.uses)
            return
        has_one = set()
        for use in self.uses:
            if self.lanes[use[0]].kind == by:
                has_one.add(use[1:])
                if resource in (None, use[0]):
                    yield use
        if resource is None:
            yield from ((NONE, *one) for one in self.sessions if one not in has_one)

    def _beside(self, by: str, what: Happening, day: date) -> list[str]:
        return self._names.get((what, day, BESIDE[by]), [])

    @cached_property
    def _names(self) -> dict[tuple[Happening, date, str], list[str]]:
        """What a happening uses on a day, by kind."""
        found: dict[tuple[Happening, date, str], list[str]] = {}
        for pk, what, day, _half in self.uses:
            lane = self.lanes[pk]
            names = found.setdefault((what, day, lane.kind), [])
            if lane.name not in names and what.kind != LEAVE:
                names.append(lane.name)
        return found

    def _name(self, by: str, pk: int) -> str:
        if pk != NONE:
            return self.lanes[pk].name
        return _("No room yet") if by == BY_ROOM else _("No trainer yet")
