"""Axes of the counts, and the states of a file."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Axis(TextChoices):
    """How the enrollments of an area are told apart; each line of a report is one value of one axis."""

    ALL = "all", _("All")
    KIND = "kind", _("Kind of organization")
    POSITION = "position", _("Position")
    GENDER = "gender", _("Gender")
    AGE = "age", _("Age")
    QUARTER = "quarter", _("Quarter")
    YEAR = "year", _("Fiscal year")
    # Boards, not people: `enrolled` counts boards, `completed` those of which at least half have completed.
    BOARD = "board", _("Boards")


class AgeBand(TextChoices):
    """Age in whole years in the calendar year of enrolling; whose birth year is not given is "not given"."""

    CHILD = "0-17", _("under 18")
    YOUNG = "18-29", _("18-29")
    THIRTIES = "30-39", _("30-39")
    FORTIES = "40-49", _("40-49")
    FIFTIES = "50-59", _("50-59")
    OLDER = "60-", _("60 and over")
    NOT_GIVEN = "", _("not given")


class FileState(TextChoices):
    WAITING = "waiting", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")


FILE_TRANSITIONS: dict[str, frozenset[str]] = {
    FileState.WAITING: frozenset({FileState.READY, FileState.FAILED}),
}
