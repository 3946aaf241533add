"""States of an enrollment, as a table."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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

# Only one of these per person and course.
CURRENT = (EnrollmentState.ACTIVE, EnrollmentState.COMPLETED, EnrollmentState.LAPSED)
# These may read the lessons: who has completed a course may read it again.
READING = (EnrollmentState.ACTIVE, EnrollmentState.COMPLETED)
