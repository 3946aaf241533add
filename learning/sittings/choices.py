"""States of a sitting as a table, and the kinds of markings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SittingState(TextChoices):
    """OPEN → GRADED | IN_REVIEW;  IN_REVIEW → GRADED."""

    OPEN = "open", _("In progress")
    IN_REVIEW = "in_review", _("Being marked")
    GRADED = "graded", _("Graded")


TRANSITIONS: dict[str, frozenset[str]] = {
    SittingState.OPEN: frozenset({SittingState.GRADED, SittingState.IN_REVIEW}),
    SittingState.IN_REVIEW: frozenset({SittingState.GRADED}),
}


class MarkingKind(TextChoices):
    """The second does not see the first; the third decides when the two are too far apart."""

    FIRST = "first", _("first marking")
    SECOND = "second", _("second marking")
    DECIDING = "deciding", _("deciding marking")
