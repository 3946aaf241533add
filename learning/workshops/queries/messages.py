"""Messages of a workshop: what was sent to whom, and what waits."""

from django.db.models import Case, Count, F, IntegerField, QuerySet, When
from django.db.models.functions import Collate

from cms.thai.names import COLLATION
from learning.workshops.choices import MessageState, SeatState
from learning.workshops.models import ScheduledMessage, Seat, Workshop

NEEDS_A_PERSON = (MessageState.UNSURE, MessageState.FAILED)
IS_AHEAD = (MessageState.WAITING, MessageState.SENDING)


def messages_of(workshop: Workshop, *, state: str = "") -> QuerySet[ScheduledMessage]:
    """With their people and organizations; those of one state only, when it is given.

    What an officer has to decide comes first; then what waits, by its day; then what is over, the newest first.
    """
    found = ScheduledMessage.objects.filter(workshop=workshop).select_related("user", "seat__organization")
    if state in MessageState.values:
        found = found.filter(state=state)
    turn = Case(
        When(state__in=NEEDS_A_PERSON, then=0), When(state__in=IS_AHEAD, then=1), default=2, output_field=IntegerField()
    )
    day_ahead = Case(When(state__in=IS_AHEAD, then=F("due_at")))
    return found.order_by(turn, day_ahead, "-due_at", "kind", Collate("user__first_name", COLLATION), "pk")


def counts_of_messages(workshop: Workshop) -> dict[str, int]:
    """State → how many; every state has its number."""
    found = ScheduledMessage.objects.filter(workshop=workshop).order_by().values_list("state").annotate(Count("pk"))
    return {**dict.fromkeys(MessageState.values, 0), **dict(found)}


def participants_to_tell(workshop: Workshop) -> QuerySet[Seat]:
    """Everybody with a confirmed seat."""
    return Seat.objects.filter(workshop=workshop, state=SeatState.CONFIRMED)
