"""Chairs and the line before them: a chair is taken by one conditional update, and first come stays first.

Everything here runs in the caller's transaction. The row of the workshop is locked before those of allotments and
seats, always, so that no two ever wait for each other.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.workshops.choices import LIVE_SEATS, SEAT_TRANSITIONS, SeatState, WorkshopState
from learning.workshops.models import Allotment, Party, Seat, Session, Workshop
from learning.workshops.shares import Shares, count_in, share_of

# Chairs are given out in these, and the line moves.
GIVES_SEATS = (WorkshopState.OPEN, WorkshopState.CLOSED)
COUNTERS = ("state", "capacity", "taken", "waiting_count", "queue_last", "most_per_organization", "first_on")


@dataclass(slots=True)
class Unit:
    """Who gets a seat together: one person, or a party, all of it or none yet. New seats have no key."""

    seats: list[Seat]
    party: Party | None = None

    @property
    def organization_id(self) -> int:
        return self.seats[0].organization_id

    def __len__(self) -> int:
        return len(self.seats)


@dataclass(slots=True)
class Seated:
    """What became of them; `promoted` stood in line before, `already` had a seat or a place in line."""

    confirmed: list[Seat] = field(default_factory=list)
    waiting: list[Seat] = field(default_factory=list)
    requested: list[Seat] = field(default_factory=list)
    promoted: list[Seat] = field(default_factory=list)
    already: list[Seat] = field(default_factory=list)


def lock(workshop: Workshop) -> Workshop:
    """The row as it is now, locked until the end of the transaction."""
    return Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)


def has_begun(workshop: Workshop) -> bool:
    """Its first session has begun. Asks the database only on the first day."""
    today = timezone.localdate()
    if workshop.first_on is None or workshop.first_on != today:
        return workshop.first_on is not None and workshop.first_on < today
    first = Session.objects.filter(workshop=workshop.pk).order_by("day", "starts").first()
    return first is not None and first.starts_at <= timezone.now()


# --- taking ----------------------------------------------------------------------------------------
def take_seats(workshop: Workshop, units: Sequence[Unit], *, states: Collection[str] = GIVES_SEATS) -> Seated:
    """Give everybody a seat, or a place in line behind those who came before.

    Who has a live seat already is left out. Once the first session has begun nobody is called from the line any
    more: whoever is here gets a free chair. Raises Refused (409) when there is none then, and when the workshop is
    in none of `states`.
    """
    result = Seated()
    if has_begun(workshop):
        for unit in units:
            if not _take_chairs(workshop, unit, states, result, passes_line=True):
                raise Refused(_no_chair(lock(workshop), states))
        return result
    if len(units) == 1 and _take_chairs(workshop, units[0], states, result):
        return result
    now = lock(workshop)
    if now.state not in states:
        raise Refused(_no_chair(now, states))
    people = _newcomers(workshop, units, result)
    if people:
        _join_line(now, units, people)
        seated = {seat.pk: seat for seat in _advance(now)}
        own = {seat.pk for seat in people}
        result.confirmed = [_as(seat, seated[seat.pk]) for seat in people if seat.pk in seated]
        result.waiting = [seat for seat in people if seat.pk not in seated]
        result.promoted = [seat for pk, seat in seated.items() if pk not in own]
    _tell(workshop, now)
    return result


def ask_for_seats(workshop: Workshop, units: Sequence[Unit], *, states: Collection[str]) -> Seated:
    """Seats that an officer confirms: they take no chair and no place in line yet."""
    result, now = Seated(), lock(workshop)
    if now.state not in states:
        raise Refused(_no_chair(now, states))
    result.requested = _newcomers(workshop, units, result)
    _write(units, result.requested, SeatState.REQUESTED)
    return result


def seat_at_the_door(workshop: Workshop, seat: Seat) -> None:
    """Somebody in line is here and the workshop has begun: a free chair, or a refusal (409). The row is locked."""
    if not _take_chairs(workshop, Unit([seat]), GIVES_SEATS, Seated(), passes_line=True):
        raise Refused(_no_chair(lock(workshop), GIVES_SEATS))
    Workshop.objects.filter(pk=workshop.pk).update(waiting_count=F("waiting_count") - 1)
    _refresh(workshop)


def _take_chairs(
    workshop: Workshop, unit: Unit, states: Collection[str], result: Seated, *, passes_line: bool = False
) -> bool:
    """The guard: one conditional update takes the chairs, when nobody stands in line and there are enough."""
    count = len(unit)
    rows = Workshop.objects.filter(pk=workshop.pk, state__in=list(states), taken__lte=F("capacity") - count)
    if not passes_line:
        rows = rows.filter(waiting_count=0)
    if not rows.update(taken=F("taken") + count):
        return False
    # The row is locked from here on: nobody else registers these people now.
    found = Seated()
    people = _newcomers(workshop, [unit], found)
    share = share_of(workshop, unit.organization_id)
    fits = share is None or (not share.reserved and count_in(share, workshop, len(people)))
    given_back = count - len(people) if fits else count
    if given_back:
        Workshop.objects.filter(pk=workshop.pk).update(taken=F("taken") - given_back)
    if fits:
        _write([unit], people, SeatState.CONFIRMED)
        result.confirmed += people
        result.already += found.already
    return fits


def _newcomers(workshop: Workshop, units: Sequence[Unit], result: Seated) -> list[Seat]:
    """Those who have no live seat yet, or ask with the one they have. The row is locked."""
    seats = [seat for unit in units for seat in unit.seats]
    own = [seat.pk for seat in seats if seat.pk]
    people = [seat.user_id for seat in seats]
    found = Seat.objects.filter(workshop=workshop.pk, user__in=people, state__in=LIVE_SEATS).exclude(pk__in=own)
    held = {seat.user_id: seat for seat in found}
    result.already += held.values()
    return [seat for seat in seats if seat.user_id not in held]


def _join_line(workshop: Workshop, units: Sequence[Unit], people: Sequence[Seat]) -> None:
    """Numbers in the order of coming; a party's follow one another. The row is locked and as it is now."""
    for number, seat in enumerate(people, start=workshop.queue_last + 1):
        seat.queue_number = number
    workshop.queue_last += len(people)
    workshop.waiting_count += len(people)
    workshop.save(update_fields=["queue_last", "waiting_count"])
    _write(units, people, SeatState.WAITING)


def _write(units: Sequence[Unit], people: Sequence[Seat], state: str) -> None:
    """Seats of these people: new ones are inserted in this state, others moved into it."""
    now, wanted = timezone.now(), set(map(id, people))
    confirmed_at = now if state == SeatState.CONFIRMED else None
    new: list[Seat] = []
    for unit in units:
        coming = [seat for seat in unit.seats if id(seat) in wanted]
        for seat in coming:
            if seat.pk:
                fact = {"confirmed_at": now} if confirmed_at else {"queue_number": seat.queue_number}
                move(seat, state, transitions=SEAT_TRANSITIONS, **fact)
            else:
                seat.state, seat.registered_at, seat.confirmed_at = state, now, confirmed_at
                new.append(seat)
        if unit.party is not None and len(coming) > 1:
            unit.party.size = len(coming)
            unit.party.save()
            for seat in coming:
                seat.party = unit.party
    Seat.objects.bulk_create(new)


# --- the line --------------------------------------------------------------------------------------
def promote(workshop: Workshop) -> list[Seat]:
    """Give free chairs to those in line, in their order; gives who got one. Locks the workshop.

    It stops at the first unit that does not fit, so that nobody overtakes another who could be seated. Passed over
    are only those held back by the quota of their own organization, and parties larger than the workshop. A chair
    kept for an organization goes to the first of its own in line, whoever else waits.
    """
    now = lock(workshop)
    seated = _advance(now)
    _tell(workshop, now)
    return seated


def is_line_blocked(workshop: Workshop) -> bool:
    """Somebody in line only lacks chairs: a free one is not for others. The row is locked, the line has moved."""
    if not workshop.waiting_count:
        return False
    shares = Shares(workshop)
    return any(len(unit) <= min(workshop.capacity, shares.room(unit.organization_id)) for unit in line(workshop))


def line(workshop: Workshop) -> list[Unit]:
    """Those who wait, in order."""
    rows = (
        Seat.objects.filter(workshop=workshop.pk, state=SeatState.WAITING)
        .select_related("user")
        .order_by("queue_number", "pk")
    )
    return [Unit(list(seats)) for _key, seats in groupby(rows, key=lambda seat: seat.party_id or -seat.pk)]


def _advance(workshop: Workshop) -> list[Seat]:
    """`promote` of a row that is locked and as it is now."""
    may_move = workshop.state in GIVES_SEATS and workshop.waiting_count and not has_begun(workshop)
    return _walk(workshop) if may_move else []


def _walk(workshop: Workshop) -> list[Seat]:
    shares, free = Shares(workshop), workshop.free_seats
    if not free and not shares.keep_seats:
        return []
    seated: list[Seat] = []
    is_stopped, held_back = False, set()  # organizations of whom somebody waits for a chair
    for unit in line(workshop):
        organization, count = unit.organization_id, len(unit)
        if count > min(workshop.capacity, shares.room(organization)):
            continue
        share = shares.of(organization)
        kept = min(count, share.reserved) if share else 0
        needed = count - kept
        is_stopped = is_stopped or needed > free
        if organization in held_back or (needed and is_stopped):
            held_back.add(organization)
            continue
        if share and not count_in(share, workshop, count, from_kept=kept):
            continue
        Workshop.objects.filter(pk=workshop.pk).update(
            taken=F("taken") + needed, waiting_count=F("waiting_count") - count
        )
        _write([unit], unit.seats, SeatState.CONFIRMED)
        free -= needed
        seated += unit.seats
    _refresh(workshop)
    return seated


# --- giving back -----------------------------------------------------------------------------------
def leave(workshop: Workshop, seats: Iterable[Seat], *, reason: str = "") -> None:
    """Cancel live seats. The workshop is locked and the seats were read after that; call `promote` next."""
    chairs: Counter[int] = Counter()
    waited = 0
    for seat in seats:
        chairs[seat.organization_id] += seat.state == SeatState.CONFIRMED
        waited += seat.state == SeatState.WAITING
        move(seat, SeatState.CANCELLED, transitions=SEAT_TRANSITIONS, stamp="ended_at", reason=reason)
    Workshop.objects.filter(pk=workshop.pk).update(
        taken=F("taken") - chairs.total(), waiting_count=F("waiting_count") - waited
    )
    for organization, count in (+chairs).items():
        rows = Allotment.objects.filter(workshop=workshop.pk, organization=organization)
        rows.update(taken=F("taken") - count)
    _refresh(workshop)


def resize(workshop: Workshop, capacity: int) -> list[Seat]:
    """Another number of chairs; gives who was promoted to the new ones. Raises Refused (409) below what is taken."""
    rows = Workshop.objects.filter(pk=workshop.pk, taken__lte=capacity)
    if not rows.update(capacity=capacity):
        _refresh(workshop)
        raise Refused(
            _(
                "%(taken)d seats are taken or kept, so there cannot be only %(capacity)d. Cancel seats first, or "
                "choose a larger room."
            )
            % {"taken": workshop.taken, "capacity": capacity}
        )
    return promote(workshop)


def _as(seat: Seat, seated: Seat) -> Seat:
    """The same row, with what promoting wrote."""
    seat.state, seat.confirmed_at = seated.state, seated.confirmed_at
    return seat


def _refresh(workshop: Workshop) -> None:
    workshop.refresh_from_db(fields=COUNTERS)


def _tell(workshop: Workshop, now: Workshop) -> None:
    """The caller's own copy knows the new figures."""
    for name in COUNTERS:
        setattr(workshop, name, getattr(now, name))


def _no_chair(workshop: Workshop, states: Collection[str]) -> str:
    if workshop.state in states:
        return _(
            "The workshop has begun, and there is no free seat left for this organization. Cancel the seat of somebody "
            "who did not come first."
        )
    if workshop.state == WorkshopState.CANCELLED:
        return _("This workshop was cancelled.")
    if workshop.state == WorkshopState.PLANNED:
        return _("Registration for this workshop has not opened yet.")
    return _("Registration for this workshop is closed.")
