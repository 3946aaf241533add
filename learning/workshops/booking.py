"""The guard: nobody and nothing is taken twice in half a day.

One row stands for (resource, day, half), and a partial unique constraint keeps it the only one that is active.
All functions run in the caller's transaction, after the workshop or request itself is locked. One `take` or
`exchange` in a transaction: rows are locked in one order (resource, day, half), so that two never wait for each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.thai.dates import format_be
from learning.kernel.refusals import Refused
from learning.workshops.choices import Half, ResourceKind, SlotPurpose
from learning.workshops.models import ClosedDay, Resource, ResourceSlot, Session, WorkshopRequest

Key = tuple[int, date, str]
ORDER = ("resource_id", "day", "half")
SHOWN = 4
TRIES = 3
WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A resource for half a day; `session_id` names the session it is for, where each has its own."""

    resource_id: int
    day: date
    half: str
    session_id: int | None = field(default=None, compare=False)

    @property
    def key(self) -> Key:
        return self.resource_id, self.day, str(self.half)


@dataclass(frozen=True, slots=True)
class Clash:
    """Who or what is taken, and by what; `until` is the last day of a hold."""

    resource: Resource
    day: date
    half: str
    purpose: str
    title: str
    until: date | None = None
    workshop_id: int | None = None
    request_id: int | None = None

    @property
    def by_whom(self) -> str:
        """What it is taken by, in words."""
        if self.purpose == SlotPurpose.HOLD and self.until:
            return _("held for “%(title)s” until %(day)s") % {
                "title": self.title,
                "day": format_be(self.until, "short"),
            }
        return _("“%(title)s”") % {"title": self.title} if self.purpose == SlotPurpose.SESSION else self.title


class SlotsTaken(Refused):
    """Something wanted is taken already; `clashes` says what and by what."""

    def __init__(
        self,
        clashes: Sequence[Clash],
        *,
        sentence: str = "",
        name: str = "",
        way_on: str = "",
        way_on_label: str = "",
    ) -> None:
        """`sentence` has a gap for the `list`, and may have one for a `name`."""
        sentence = sentence or _("Taken already: %(list)s. Choose other days, another room or another trainer.")
        lines = in_words(clashes)
        shown = "; ".join(lines[:SHOWN])
        if (more := len(lines) - SHOWN) > 0:
            shown += " " + ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}
        super().__init__(sentence % {"list": shown, "name": name}, way_on=way_on, way_on_label=way_on_label)
        self.clashes = list(clashes)


class DayOff(Refused):
    """Nobody works on one of these days; `days` maps it to its name."""

    def __init__(self, days: dict[date, str], sentence: str = "") -> None:
        names = ", ".join(
            _("%(day)s (%(name)s)") % {"day": format_be(day), "name": name} for day, name in sorted(days.items())
        )
        super().__init__((sentence or _("No workshops are held on %(days)s. Choose other days.")) % {"days": names})
        self.days = days


def in_words(clashes: Iterable[Clash]) -> list[str]:
    """One line per resource, day and taker; a morning and an afternoon of the same become the whole day."""
    lines = []
    ordered = sorted(clashes, key=lambda one: (one.day, one.resource.kind, one.resource.pk, one.by_whom, one.half))
    for (day, resource, taker), same in groupby(ordered, key=lambda one: (one.day, one.resource, one.by_whom)):
        halves = [one.half for one in same]
        when = _("all day") if len(halves) > 1 else Half(halves[0]).label
        gaps = {"name": resource.name, "day": format_be(day, "short"), "when": when, "what": taker}
        lines.append(_("%(name)s on %(day)s (%(when)s): %(what)s") % gaps)
    return lines


# --- days ------------------------------------------------------------------------------------------
def closed_on(days: Iterable[date], *, center: int | None = None) -> dict[date, str]:
    """The public holidays and closed days of a center among these days, by name; one query."""
    whose = Q(center__isnull=True) if center is None else Q(center__isnull=True) | Q(center=center)
    rows = ClosedDay.objects.filter(whose, on__in=set(days)).order_by("center_id", "on")
    # A holiday gives its name also where the center is closed.
    return dict(sorted({row.on: row.name for row in sorted(rows, key=lambda row: row.center_id is None)}.items()))


def refuse_days_off(days: Iterable[date], *, center: int | None = None, allows_weekend: bool = False) -> None:
    """Raises DayOff for public holidays, closed days, and weekends unless they are asked for."""
    wanted = set(days)
    if off := closed_on(wanted, center=center):
        raise DayOff(off)
    weekend = {day: _("weekend") for day in wanted if day.weekday() in WEEKEND}
    if weekend and not allows_weekend:
        raise DayOff(
            weekend, _("%(days)s: say so if the workshop is really meant for a weekend, or choose other days.")
        )


# --- taking and giving back ------------------------------------------------------------------------
@transaction.atomic
def take(
    wanted: Iterable[Wanted],
    *,
    purpose: str,
    by: AbstractBaseUser | None,
    session: Session | None = None,
    request: WorkshopRequest | None = None,
    expires_on: date | None = None,
    reason: str = "",
    allows_weekend: bool = False,
) -> list[ResourceSlot]:
    """Take everything or nothing.

    Raises SlotsTaken (409) with what is in the way, DayOff (409) for days on which nobody works (leave may lie on
    them), Refused (409) for a room or trainer that is no longer in use.
    """
    return exchange(
        ResourceSlot.objects.none(),
        wanted,
        purpose=purpose,
        by=by,
        session=session,
        request=request,
        expires_on=expires_on,
        reason=reason,
        allows_weekend=allows_weekend,
    )


@transaction.atomic
def exchange(
    old: QuerySet[ResourceSlot],
    wanted: Iterable[Wanted],
    *,
    purpose: str,
    by: AbstractBaseUser | None,
    session: Session | None = None,
    request: WorkshopRequest | None = None,
    expires_on: date | None = None,
    reason: str = "",
    allows_weekend: bool = False,
) -> list[ResourceSlot]:
    """Take what is wanted and give back what is no longer: `old` are slots of the same workshop, request or resource.

    What stands in both is kept and put to its new use, such as a hold that becomes a session. Refusals as `take`.
    """
    asked = {one.key: one for one in sorted(wanted, key=lambda one: one.key)}
    facts = {"purpose": purpose, "request": request, "expires_on": expires_on, "reason": reason, "by": by}
    own = _lock(old, asked)
    kept = {slot.key: slot for slot in own}
    fresh = [one for key, one in asked.items() if key not in kept]
    if purpose != SlotPurpose.LEAVE:
        _refuse_out_of_use(fresh, allows_weekend=allows_weekend)
    rows = [
        ResourceSlot(
            resource_id=one.resource_id,
            day=one.day,
            half=one.half,
            session_id=session.pk if session else one.session_id,
            **facts,
        )
        for one in fresh
    ]
    # New rows first: whoever waits for ours then waits for somebody who waits for nobody.
    made = _insert(rows, fresh)
    changed = []
    for key, slot in kept.items():
        if key in asked:
            slot.session_id = session.pk if session else asked[key].session_id
            slot.purpose, slot.expires_on, slot.reason, slot.by = purpose, expires_on, reason, by  # type: ignore[assignment]
            slot.request = request or slot.request
            changed.append(slot)
    ResourceSlot.objects.bulk_update(changed, ["session", "purpose", "expires_on", "reason", "by", "request"])
    release(ResourceSlot.objects.filter(pk__in=[slot.pk for key, slot in kept.items() if key not in asked]))
    return sorted([*made, *changed], key=lambda slot: slot.key)


def release(slots: QuerySet[ResourceSlot]) -> int:
    """Give these back; how many there were. The rows stay, no longer active."""
    return slots.filter(active=True).order_by().update(active=False)


def clashes_of(wanted: Iterable[Wanted], *, workshop: int | None = None, request: int | None = None) -> list[Clash]:
    """What stands in the way, without taking anything; not the slots of this workshop or request itself. One query."""
    asked = {one.key for one in wanted}
    if not asked:
        return []
    rows = (
        _active(asked)
        .exclude(purpose=SlotPurpose.HOLD, expires_on__lt=timezone.localdate())
        .select_related("resource", "session__workshop", "request")
        .order_by(*ORDER)
    )
    return [
        _clash(row)
        for row in rows
        if row.key in asked
        and not (workshop is not None and row.session and row.session.workshop_id == workshop)
        and not (request is not None and row.request_id == request)
    ]


def _clash(slot: ResourceSlot) -> Clash:
    workshop = slot.session.workshop if slot.session else None
    title = workshop.title if workshop else slot.request.title if slot.request else ""
    return Clash(
        slot.resource,
        slot.day,
        slot.half,
        slot.purpose,
        title or slot.reason or str(SlotPurpose(slot.purpose).label),
        slot.expires_on,
        workshop.pk if workshop else None,
        slot.request_id,
    )


def _active(asked: Iterable[Key]) -> QuerySet[ResourceSlot]:
    """A few more than asked: every half-day of these resources on these days."""
    resources, days = {key[0] for key in asked}, {key[1] for key in asked}
    return ResourceSlot.objects.filter(active=True, resource__in=resources, day__in=days)


def _lock(old: QuerySet[ResourceSlot], asked: Iterable[Key]) -> list[ResourceSlot]:
    """The own slots, locked; holds past their last day that are in the way are given back."""
    asked = set(asked)
    past = _active(asked).filter(purpose=SlotPurpose.HOLD, expires_on__lt=timezone.localdate())
    own_keys = set(old.filter(active=True).order_by().values_list("pk", flat=True))
    rows = ResourceSlot.objects.filter(Q(pk__in=own_keys) | Q(pk__in=past.order_by().values("pk")), active=True)
    found = list(rows.order_by(*ORDER).select_for_update())
    expired = [row.pk for row in found if row.pk not in own_keys and row.key in asked]
    if expired:
        release(ResourceSlot.objects.filter(pk__in=expired))
    return [row for row in found if row.pk in own_keys]


def _refuse_out_of_use(wanted: Sequence[Wanted], *, allows_weekend: bool) -> None:
    """Rooms, vehicles and equipment rest on the closed days of their center, everybody on public holidays."""
    if not wanted:
        return
    resources = Resource.objects.in_bulk({one.resource_id for one in wanted})
    gone = next((resource for resource in resources.values() if not resource.is_active), None)
    if gone:
        raise Refused(_("%(name)s is no longer in use. Choose another one.") % {"name": gone})
    refuse_days_off({one.day for one in wanted}, allows_weekend=allows_weekend)
    at: dict[int, set[date]] = {}
    for one in wanted:
        if resources[one.resource_id].kind != ResourceKind.TRAINER:
            at.setdefault(resources[one.resource_id].center_id, set()).add(one.day)
    for center, days in at.items():
        if off := closed_on(days, center=center):
            raise DayOff(off)


def _insert(rows: list[ResourceSlot], wanted: Sequence[Wanted]) -> list[ResourceSlot]:
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                return ResourceSlot.objects.bulk_create(rows)
        except IntegrityError:
            if found := clashes_of(wanted):
                raise SlotsTaken(found) from None
            if attempt == TRIES - 1:
                raise  # Nobody has it, and it cannot be had: not a matter of double booking.
            # Whoever had it gave it back in between.
    return rows
