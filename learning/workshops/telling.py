"""What people are told of their seats, and when; called in the transaction of what happened.

A message is a row that waits (`sending` claims it). Its key `kind:seat:occasion` exists once, so a flow that tells
twice tells once. What it says is put into words when it is sent, from the facts of that moment.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from cms.after_commit import queue_after_commit
from learning.workshops import tasks
from learning.workshops.choices import MessageKind, MessageState, SeatState
from learning.workshops.models import ScheduledMessage, Seat, Workshop
from learning.workshops.wording import BY_OFFICE

# Days before the first day on which a confirmed person is reminded.
REMINDERS = {MessageKind.WEEK_BEFORE: 7, MessageKind.DAY_BEFORE: 1}
THANKS_DAYS, FOLLOW_UP_DAYS = 1, 90  # after the last day
MORNING = time(8)  # in Thailand: when what belongs to a day is sent
BATCH = 200
LIVE = (SeatState.CONFIRMED, SeatState.WAITING, SeatState.REQUESTED)
LAST_WORDS = (MessageKind.CANCELLATION, MessageKind.DECLINED)  # said in any case


def seats_confirmed(seats: Sequence[Seat], *, promoted: bool = False) -> None:
    """A confirmation, and the reminders whose day has not passed."""
    _schedule(MessageKind.PROMOTION if promoted else MessageKind.CONFIRMATION, seats)
    workshops = Workshop.objects.in_bulk({seat.workshop_id for seat in seats})
    for key, workshop in workshops.items():
        _remind(workshop, [seat for seat in seats if seat.workshop_id == key])


def seats_waiting(seats: Sequence[Seat]) -> None:
    _schedule(MessageKind.WAITING, seats)


def seats_declined(seats: Sequence[Seat]) -> None:
    _drop(_waiting().filter(seat__in=[seat.pk for seat in seats]))
    _schedule(MessageKind.DECLINED, seats)


def seats_cancelled(seats: Sequence[Seat], *, by_office: bool = False) -> None:
    """What waits for these seats is no longer needed."""
    _drop(_waiting().filter(seat__in=[seat.pk for seat in seats]))
    _schedule(MessageKind.CANCELLATION, seats, occasion=BY_OFFICE if by_office else "")


def workshop_changed(workshop: Workshop) -> None:
    """Everybody with a live seat hears of it; reminders that wait move with the first day."""
    seats = list(Seat.objects.filter(workshop=workshop, state__in=LIVE).only("pk", "user_id", "workshop_id", "state"))
    _schedule(MessageKind.CHANGE, seats, occasion=str(workshop.revision))
    _remind(workshop, [seat for seat in seats if seat.state == SeatState.CONFIRMED], occasion=str(workshop.revision))


def workshop_cancelled(workshop: Workshop, seats: Sequence[Seat]) -> None:
    """Nothing else that waits is needed."""
    _drop(_waiting().filter(workshop=workshop))
    _schedule(MessageKind.CANCELLATION, seats, occasion=BY_OFFICE)


def workshop_held(workshop: Workshop) -> None:
    """Thanks on the day after, a follow-up after 90 days: for those who attended."""
    _drop(_waiting().filter(workshop=workshop))
    seats = list(Seat.objects.filter(workshop=workshop, state=SeatState.ATTENDED).only("pk", "user_id", "workshop_id"))
    last_on = workshop.last_on or timezone.localdate()
    for kind, days in ((MessageKind.THANKS, THANKS_DAYS), (MessageKind.FOLLOW_UP, FOLLOW_UP_DAYS)):
        _schedule(kind, seats, due_at=morning_of(last_on + timedelta(days=days)))


def attendance_lost(seats: Sequence[Seat]) -> None:
    """Who can no longer attend as much as the rule asks hears it once, while it can still be talked about."""
    _schedule(MessageKind.UNREACHABLE, seats)


def own_words(seats: Sequence[Seat], occasion: str) -> None:
    """An officer's own text to these people; `occasion` is the UUID of the log entry that holds it."""
    _schedule(MessageKind.CHANGE, seats, occasion=occasion)


def morning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING), timezone.get_default_timezone())


def _remind(workshop: Workshop, seats: Sequence[Seat], *, occasion: str = "") -> None:
    """Reminders of these seats on their day; one that waits is moved there, one whose day has passed is dropped."""
    for kind, days in REMINDERS.items():
        waiting = _waiting().filter(kind=kind, seat__in=[seat.pk for seat in seats])
        due_at = morning_of(workshop.first_on - timedelta(days=days)) if workshop.first_on else None
        if due_at is None or due_at <= timezone.now():
            _drop(waiting)
            continue
        waiting.update(due_at=due_at)
        has_one = set(waiting.values_list("seat", flat=True))
        _schedule(kind, [seat for seat in seats if seat.pk not in has_one], due_at=due_at, occasion=occasion)


def _schedule(kind: str, seats: Collection[Seat], *, due_at: datetime | None = None, occasion: str = "") -> None:
    now = timezone.now()
    ScheduledMessage.objects.bulk_create(
        (
            ScheduledMessage(
                key=f"{kind}:{seat.pk}:{occasion}".rstrip(":"),
                kind=kind,
                workshop_id=seat.workshop_id,
                seat_id=seat.pk,
                user_id=seat.user_id,
                due_at=due_at or now,
            )
            for seat in seats
        ),
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    if seats and (due_at is None or due_at <= now):
        queue_after_commit(tasks.send_messages)


def _waiting() -> QuerySet[ScheduledMessage]:
    return ScheduledMessage.objects.filter(state=MessageState.WAITING).exclude(kind__in=LAST_WORDS)


def _drop(waiting: QuerySet[ScheduledMessage]) -> None:
    """WAITING → SKIPPED for many at once; who is being sent at this moment is left alone."""
    waiting.update(state=MessageState.SKIPPED)
