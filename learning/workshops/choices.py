"""States of requests, workshops, seats, messages, papers and proposals, as tables; and the other words of the app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RequestState(TextChoices):
    """An office asks a center. WITHDRAWN: the office needs it no longer."""

    DRAFT = "draft", pgettext_lazy("of a request", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("of a request", "Sent to the center")
    RETURNED = "returned", pgettext_lazy("of a request", "Returned with a question")
    ACCEPTED = "accepted", pgettext_lazy("of a request", "Accepted")
    DECLINED = "declined", pgettext_lazy("of a request", "Declined")
    SCHEDULED = "scheduled", pgettext_lazy("of a request", "Scheduled")
    WITHDRAWN = "withdrawn", pgettext_lazy("of a request", "Withdrawn")


REQUEST_TRANSITIONS: dict[str, frozenset[str]] = {
    RequestState.DRAFT: frozenset({RequestState.SUBMITTED, RequestState.WITHDRAWN}),
    RequestState.SUBMITTED: frozenset(
        {RequestState.ACCEPTED, RequestState.RETURNED, RequestState.DECLINED, RequestState.WITHDRAWN}
    ),
    RequestState.RETURNED: frozenset({RequestState.SUBMITTED, RequestState.WITHDRAWN}),
    RequestState.ACCEPTED: frozenset({RequestState.SCHEDULED, RequestState.WITHDRAWN}),
}


class WorkshopState(TextChoices):
    """PLANNED → OPEN → CLOSED → HELD → REPORTED;  any of the first three → CANCELLED."""

    PLANNED = "planned", pgettext_lazy("of a workshop", "Planned")
    OPEN = "open", pgettext_lazy("of a workshop", "Open for registration")
    CLOSED = "closed", pgettext_lazy("of a workshop", "Registration closed")
    HELD = "held", pgettext_lazy("of a workshop", "Held")
    REPORTED = "reported", pgettext_lazy("of a workshop", "Reported")
    CANCELLED = "cancelled", pgettext_lazy("of a workshop", "Cancelled")


WORKSHOP_TRANSITIONS: dict[str, frozenset[str]] = {
    WorkshopState.PLANNED: frozenset({WorkshopState.OPEN, WorkshopState.CANCELLED}),
    WorkshopState.OPEN: frozenset({WorkshopState.CLOSED, WorkshopState.CANCELLED}),
    WorkshopState.CLOSED: frozenset({WorkshopState.HELD, WorkshopState.CANCELLED}),
    WorkshopState.HELD: frozenset({WorkshopState.REPORTED}),
}
# These keep their rooms and trainers.
STANDING = (
    WorkshopState.PLANNED,
    WorkshopState.OPEN,
    WorkshopState.CLOSED,
    WorkshopState.HELD,
    WorkshopState.REPORTED,
)
# In these it may still be moved, changed or cancelled.
COMING = (WorkshopState.PLANNED, WorkshopState.OPEN, WorkshopState.CLOSED)


class SeatState(TextChoices):
    """A person's place in a workshop. WAITING people stand in line by `queue_number`."""

    REQUESTED = "requested", pgettext_lazy("of a seat", "Waiting for the officer's confirmation")
    CONFIRMED = "confirmed", pgettext_lazy("of a seat", "Confirmed")
    WAITING = "waiting", pgettext_lazy("of a seat", "On the waiting list")
    DECLINED = "declined", pgettext_lazy("of a seat", "Declined")
    CANCELLED = "cancelled", pgettext_lazy("of a seat", "Cancelled")
    ATTENDED = "attended", pgettext_lazy("of a seat", "Attended")
    ABSENT = "absent", pgettext_lazy("of a seat", "Absent")


SEAT_TRANSITIONS: dict[str, frozenset[str]] = {
    SeatState.REQUESTED: frozenset({SeatState.CONFIRMED, SeatState.WAITING, SeatState.DECLINED, SeatState.CANCELLED}),
    SeatState.WAITING: frozenset({SeatState.CONFIRMED, SeatState.CANCELLED}),
    SeatState.CONFIRMED: frozenset({SeatState.ATTENDED, SeatState.ABSENT, SeatState.CANCELLED}),
}
# One of these per person and workshop.
LIVE_SEATS = (
    SeatState.REQUESTED,
    SeatState.CONFIRMED,
    SeatState.WAITING,
    SeatState.ATTENDED,
    SeatState.ABSENT,
)
# These take a chair.
TAKEN_SEATS = (SeatState.CONFIRMED, SeatState.ATTENDED, SeatState.ABSENT)


class ResourceKind(TextChoices):
    ROOM = "room", pgettext_lazy("of a center", "Room")
    TRAINER = "trainer", pgettext_lazy("of a center", "Trainer")
    VEHICLE = "vehicle", pgettext_lazy("of a center", "Vehicle")
    EQUIPMENT = "equipment", pgettext_lazy("of a center", "Equipment")


class Half(TextChoices):
    """Half a working day: the unit in which everything is booked."""

    AM = "am", _("Morning")
    PM = "pm", _("Afternoon")


class DayLength(TextChoices):
    FULL = "full", _("Whole days")
    AM = "am", _("Mornings only")
    PM = "pm", _("Afternoons only")


HALVES_OF: dict[str, tuple[str, ...]] = {
    DayLength.FULL: (Half.AM, Half.PM),
    DayLength.AM: (Half.AM,),
    DayLength.PM: (Half.PM,),
}


class SlotPurpose(TextChoices):
    """Why somebody or something is not free."""

    SESSION = "session", pgettext_lazy("of a booking", "Workshop")
    HOLD = "hold", pgettext_lazy("of a booking", "Held for a request")
    LEAVE = "leave", pgettext_lazy("of a booking", "Leave or repair")


class Side(TextChoices):
    """Which of the two offices spoke."""

    OFFICE = "office", _("Provincial office")
    CENTER = "center", _("Transfer center")


class Direction(TextChoices):
    IN = "in", pgettext_lazy("through the door", "In")
    OUT = "out", pgettext_lazy("through the door", "Out")


class ScanSource(TextChoices):
    QR = "qr", _("QR code")
    TYPED = "typed", _("Typed code")
    LIST = "list", _("Name list")
    PAPER = "paper", _("Sign-in sheet on paper")


class ScanOutcome(TextChoices):
    """What became of a scan; every one is kept, also those that changed nothing."""

    COUNTED = "counted", pgettext_lazy("of a scan", "Counted")
    ALREADY = "already", pgettext_lazy("of a scan", "Was in already")
    OUTSIDE = "outside", pgettext_lazy("of a scan", "Not the session of the moment")
    OTHER_WORKSHOP = "other_workshop", pgettext_lazy("of a scan", "Ticket of another workshop")
    FORGED = "forged", pgettext_lazy("of a scan", "Not a ticket of ours")
    NO_SEAT = "no_seat", pgettext_lazy("of a scan", "No confirmed seat")
    STRUCK = "struck", pgettext_lazy("of a scan", "Taken back by hand")


class MessageKind(TextChoices):
    CONFIRMATION = "confirmation", pgettext_lazy("kind of message", "Confirmation")
    WAITING = "waiting", pgettext_lazy("kind of message", "On the waiting list")
    PROMOTION = "promotion", pgettext_lazy("kind of message", "From the waiting list to a seat")
    WEEK_BEFORE = "week_before", pgettext_lazy("kind of message", "Reminder a week before")
    DAY_BEFORE = "day_before", pgettext_lazy("kind of message", "Reminder a day before")
    CHANGE = "change", pgettext_lazy("kind of message", "Change")
    CANCELLATION = "cancellation", pgettext_lazy("kind of message", "Cancellation")
    THANKS = "thanks", pgettext_lazy("kind of message", "Thanks, with the evaluation")
    FOLLOW_UP = "follow_up", pgettext_lazy("kind of message", "Follow-up after 90 days")
    UNREACHABLE = "unreachable", pgettext_lazy("kind of message", "The attendance rule can no longer be met")
    DECLINED = "declined", pgettext_lazy("kind of message", "Seat declined")


class MessageState(TextChoices):
    """WAITING → SENDING → SENT. UNSURE: the worker was killed while the mail server had it; a person decides."""

    WAITING = "waiting", pgettext_lazy("of a message", "Waits for its day")
    SENDING = "sending", pgettext_lazy("of a message", "Being sent")
    SENT = "sent", pgettext_lazy("of a message", "Sent")
    SKIPPED = "skipped", pgettext_lazy("of a message", "No longer needed")
    UNSURE = "unsure", pgettext_lazy("of a message", "May have been sent")
    FAILED = "failed", pgettext_lazy("of a message", "Not sent")


MESSAGE_TRANSITIONS: dict[str, frozenset[str]] = {
    MessageState.WAITING: frozenset({MessageState.SENDING, MessageState.SKIPPED}),
    MessageState.SENDING: frozenset(
        {MessageState.SENT, MessageState.WAITING, MessageState.SKIPPED, MessageState.UNSURE, MessageState.FAILED}
    ),
    MessageState.UNSURE: frozenset({MessageState.WAITING, MessageState.SENT}),
    MessageState.FAILED: frozenset({MessageState.WAITING}),
}


class PaperKind(TextChoices):
    INVITATION = "invitation", _("Invitation letter")
    AGENDA = "agenda", _("Agenda")
    SIGN_IN = "sign_in", _("Sign-in sheet")
    BADGES = "badges", _("Name badges")
    SIGNS = "signs", _("Signs")
    REPORT = "report", _("Report of the workshop")


class PaperState(TextChoices):
    WAITING = "waiting", pgettext_lazy("of a paper", "Being made")
    READY = "ready", pgettext_lazy("of a paper", "Ready")
    FAILED = "failed", pgettext_lazy("of a paper", "Could not be made")


PAPER_TRANSITIONS: dict[str, frozenset[str]] = {
    PaperState.WAITING: frozenset({PaperState.READY, PaperState.FAILED}),
}


class FormKind(TextChoices):
    """When people are asked."""

    END = "end", _("Evaluation at the end")
    FOLLOW_UP = "follow_up", _("Follow-up after 90 days")


class ItemKind(TextChoices):
    SCALE = "scale", _("Five points")
    TEXT = "text", _("Free text")


class CostKind(TextChoices):
    PER_DIEM = "per_diem", _("Per diem")
    TRAVEL = "travel", _("Travel")
    LODGING = "lodging", _("Lodging")
    FOOD = "food", _("Food and refreshments")
    TRAINER_FEE = "trainer_fee", _("Trainer's fee")
    VENUE = "venue", _("Venue")
    MATERIALS = "materials", _("Materials")
    OTHER = "other", pgettext_lazy("kind of cost", "Other")


class PlanState(TextChoices):
    """A plan only proposes; it changes nothing."""

    WAITING = "waiting", pgettext_lazy("of a plan", "Waiting for its turn")
    RUNNING = "running", pgettext_lazy("of a plan", "Being worked out")
    READY = "ready", pgettext_lazy("of a plan", "Ready to look at")
    FAILED = "failed", pgettext_lazy("of a plan", "Could not be worked out")


PLAN_TRANSITIONS: dict[str, frozenset[str]] = {
    PlanState.WAITING: frozenset({PlanState.RUNNING, PlanState.FAILED}),
    PlanState.RUNNING: frozenset({PlanState.READY, PlanState.FAILED}),
}


class ProposalState(TextChoices):
    """STALE: something was booked in between, or the request has moved on."""

    PROPOSED = "proposed", pgettext_lazy("of a proposal", "Proposed")
    AGREED = "agreed", pgettext_lazy("of a proposal", "Agreed")
    DECLINED = "declined", pgettext_lazy("of a proposal", "Not taken")
    STALE = "stale", pgettext_lazy("of a proposal", "Overtaken")


PROPOSAL_TRANSITIONS: dict[str, frozenset[str]] = {
    ProposalState.PROPOSED: frozenset({ProposalState.AGREED, ProposalState.DECLINED, ProposalState.STALE}),
}
