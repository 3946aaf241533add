"""What a center does in a month or a week, as somebody may see it.

The center itself and head office see everything. Others see what is public (workshops that are listed), what their
own office asked for, and of the rest only that a room is taken.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.places.models import ProvincialOffice, TransferCenter
from learning.workshops.choices import COMING, STANDING, ResourceKind, SlotPurpose, WorkshopState
from learning.workshops.happenings import HOLD, LEAVE, TAKEN, WORKSHOP, Calendar, Happening, Lane
from learning.workshops.models import ClosedDay, Resource, ResourceSlot, Session, Workshop, WorkshopRequest
from learning.workshops.queries.scope import Desk, requests_visible_to, workshops_visible_to


def centers_on_calendars(desk: Desk) -> list[TransferCenter]:
    """Whose calendar somebody may open: one's own center, those that serve one's office; head office all. One query.

    Where no center is known to serve the province of an office, it may look at all of them, as it may ask them all.
    """
    links = TransferCenter.provinces.through.objects.filter(
        transfercenter=OuterRef("pk"),
        province__in=ProvincialOffice.objects.filter(pk__in=desk.offices).values("province"),
    )
    found = list(TransferCenter.objects.annotate(is_near=Exists(links)))
    near = [center for center in found if center.is_near] or (found if desk.offices else [])
    return [center for center in found if desk.is_head_office or center.pk in desk.centers or center in near]


def sees_everything(desk: Desk, center: int) -> bool:
    return desk.is_head_office or center in desk.centers


def calendar_of(center: TransferCenter, days: list[date], *, desk: Desk, user: AbstractBaseUser) -> Calendar:
    """At most eight queries, however much is booked: `days` are in a row."""
    first, last = days[0], days[-1]
    rows = Resource.objects.filter(center=center).order_by("-is_active", "kind", "name", "pk")
    lanes = {row[0]: Lane(*row) for row in rows.values_list("pk", "kind", "name", "is_active")}
    session_of: dict[int, tuple[int, date, str]] = {
        pk: (workshop, day, half)
        for pk, workshop, day, half in Session.objects.filter(
            workshop__center=center, workshop__state__in=STANDING, day__range=(first, last)
        )
        .order_by()
        .values_list("pk", "workshop_id", "day", "half")
    }
    slots = _slots(lanes, first, last)
    borrowed = _borrowed(center, first, last)
    seen = _Seen(center, desk, user)
    seen.read_workshops({one[0] for one in session_of.values()} | {row.workshop for row in slots if row.workshop})
    seen.read_holds({row.request for row in slots if row.purpose == SlotPurpose.HOLD and row.request})
    uses = [
        (row.resource, what, row.day, row.half)
        for row in slots
        if (what := seen.happening(row, lanes[row.resource])) is not None
    ]
    for resource, kind, name, session in borrowed:
        if session in session_of:
            lanes.setdefault(resource, Lane(resource, kind, name, is_active=False))
            workshop, day, half = session_of[session]
            uses.append((resource, seen.of_workshop[workshop], day, half))
    sessions = [(seen.of_workshop[workshop], day, half) for workshop, day, half in session_of.values()]
    return Calendar(center, days, lanes, _days_off(center, first, last), sessions, uses)


class _Slot(NamedTuple):
    resource: int
    day: date
    half: str
    purpose: str
    workshop: int | None
    request: int | None
    until: date | None
    reason: str


def _slots(lanes: Collection[int], first: date, last: date) -> list[_Slot]:
    """What the rooms and trainers of the center do, also at other centers."""
    rows = ResourceSlot.objects.filter(active=True, resource__in=list(lanes), day__range=(first, last)).exclude(
        purpose=SlotPurpose.HOLD, expires_on__lt=timezone.localdate()
    )
    fields = ("resource_id", "day", "half", "purpose", "session__workshop_id", "request_id", "expires_on", "reason")
    return list(map(_Slot._make, rows.order_by("day", "half", "resource_id").values_list(*fields)))


def _borrowed(center: TransferCenter, first: date, last: date) -> list[tuple[int, str, str, int]]:
    """Rooms and trainers of other centers in the workshops of this one: (resource, kind, name, session)."""
    rows = ResourceSlot.objects.filter(
        active=True, session__workshop__center=center, session__day__range=(first, last)
    ).exclude(resource__center=center)
    fields = ("resource_id", "resource__kind", "resource__name", "session_id")
    return list(rows.order_by("day", "half", "resource_id").values_list(*fields))


def _days_off(center: TransferCenter, first: date, last: date) -> dict[date, str]:
    rows = ClosedDay.objects.filter(Q(center__isnull=True) | Q(center=center), on__range=(first, last))
    names: dict[date, list[str]] = defaultdict(list)
    for day, name in rows.order_by("on", F("center").asc(nulls_first=True)).values_list("on", "name"):
        if name not in names[day]:
            names[day].append(name)
    return {day: " · ".join(found) for day, found in names.items()}


class _Seen:
    """What somebody is told of each thing on a center's calendar."""

    def __init__(self, center: TransferCenter, desk: Desk, user: AbstractBaseUser) -> None:
        self.desk, self.user = desk, user
        self.everything = sees_everything(desk, center.pk)
        self.of_workshop: dict[int, Happening] = {}
        self.titles: dict[int, str] = {}
        self.others: dict[object, Happening] = {}
        self.hidden = Happening(TAKEN, _("Taken"))

    def happening(self, slot: _Slot, lane: Lane) -> Happening | None:
        """None: nobody but the center itself and head office is told when a trainer is busy."""
        if lane.kind == ResourceKind.TRAINER and not self.everything:
            return None
        if slot.workshop:
            return self.of_workshop.get(slot.workshop)
        if slot.purpose == SlotPurpose.HOLD and slot.request:
            return self.others.setdefault((slot.request, slot.until), self._hold(slot.request, slot.until))
        if self.everything:
            return self.others.setdefault(
                (slot.resource, slot.reason, "leave"), Happening(LEAVE, lane.name, note=slot.reason)
            )
        return self.hidden

    def read_workshops(self, numbers: set[int]) -> None:
        fields = ("pk", "title", "state", "taken", "capacity", "first_on", "last_on", "center_id", "is_listed")
        rows = list(Workshop.objects.filter(pk__in=numbers, state__in=STANDING).order_by().values_list(*fields))
        opened = {row[0] for row in rows if sees_everything(self.desk, row[7])}
        if len(opened) < len(rows):
            visible = workshops_visible_to(self.user, desk=self.desk).filter(pk__in=numbers - opened)
            opened |= set(visible.order_by().values_list("pk", flat=True))
        for *facts, center, is_listed in rows:
            pk, state = facts[0], facts[2]
            if pk in opened or (is_listed and state != WorkshopState.PLANNED):
                may_move = center in self.desk.centers and state in COMING
                self.of_workshop[pk] = _workshop(*facts, is_opened=pk in opened, may_move=may_move)
            else:
                self.of_workshop[pk] = Happening(TAKEN, _("Taken"))

    def read_holds(self, numbers: set[int]) -> None:
        if numbers:
            found = WorkshopRequest.objects.all() if self.everything else requests_visible_to(self.user, desk=self.desk)
            self.titles = dict(found.filter(pk__in=numbers).order_by().values_list("pk", "title"))

    def _hold(self, request: int, until: date | None) -> Happening:
        if request in self.titles:
            return Happening(HOLD, self.titles[request], request, until=until)
        return Happening(HOLD, _("Held for another office"), until=until)


def _workshop(
    pk: int,
    title: str,
    state: str,
    taken: int,
    capacity: int,
    first_on: date,
    last_on: date,
    *,
    is_opened: bool,
    may_move: bool,
) -> Happening:
    return Happening(
        WORKSHOP, title, pk if is_opened else 0, state, taken, capacity, first_on, last_on, may_move=may_move
    )
