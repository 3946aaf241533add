"""States of enrollments, assignments and obligations, as tables."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EnrollmentState(TextChoices):
    """ACTIVE → COMPLETED | LAPSED | WITHDRAWN;  LAPSED → ACTIVE."""

    ACTIVE = "active", _("Learning")
    COMPLETED = "completed", _("Completed")
    LAPSED = "lapsed", _("Lapsed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


TRANSITIONS: dict[str, frozenset[str]] = {
    EnrollmentState.ACTIVE: frozenset({EnrollmentState.COMPLETED, EnrollmentState.LAPSED, EnrollmentState.WITHDRAWN}),
    EnrollmentState.LAPSED: frozenset({EnrollmentState.ACTIVE}),
}

# Only one of these per person and course, besides those that a later one has renewed.
CURRENT = (EnrollmentState.ACTIVE, EnrollmentState.COMPLETED, EnrollmentState.LAPSED)
# These may read the lessons: who has completed a course may read it again.
READING = (EnrollmentState.ACTIVE, EnrollmentState.COMPLETED)


class EventKind(TextChoices):
    """What happened to an enrollment; each kind changes the counts in one way (`events.DELTAS`)."""

    ENROLLED = "enrolled", _("Enrolled")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")
    REOPENED = "reopened", _("Taken up again")
    OVERDUE = "overdue", _("Overdue")
    DUE_LIFTED = "due_lifted", _("No longer due")


class AssignmentState(TextChoices):
    """OPEN → CLOSED: closing stops new enrollments and reminders; what was learnt stays."""

    OPEN = "open", pgettext_lazy("of an assignment", "Open")
    CLOSED = "closed", _("Closed")


ASSIGNMENT_TRANSITIONS: dict[str, frozenset[str]] = {AssignmentState.OPEN: frozenset({AssignmentState.CLOSED})}


class ObligationState(TextChoices):
    """OPEN → DONE | LIFTED;  LIFTED → OPEN: who leaves the audience owes nothing, who returns owes again."""

    OPEN = "open", _("To be done")
    DONE = "done", _("Done")
    LIFTED = "lifted", _("No longer in the audience")


OBLIGATION_TRANSITIONS: dict[str, frozenset[str]] = {
    ObligationState.OPEN: frozenset({ObligationState.DONE, ObligationState.LIFTED}),
    ObligationState.LIFTED: frozenset({ObligationState.OPEN}),
}


class CountsFrom(TextChoices):
    """From which day the days of an assignment are counted."""

    DATE = "date", _("the day the assignment begins")
    ELECTION = "election", _("the day the person took up the position")
