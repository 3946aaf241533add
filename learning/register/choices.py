"""What can be imported, and the states of an import."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ImportKind(TextChoices):
    ORGANIZATIONS = "organizations", _("Organizations")
    PEOPLE = "people", _("People and their positions")
    MEMBERSHIPS = "memberships", _("Positions of people already in the register")


class ImportState(TextChoices):
    """A dry run first; then saved, all of it or row by row; a whole import can be undone."""

    WAITING = "waiting", _("Waiting to be checked")
    CHECKED = "checked", _("Checked")
    REFUSED = "refused", _("Could not be read")
    APPLYING = "applying", _("Being saved")
    APPLIED = "applied", _("Saved")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    DISCARDED = "discarded", _("Discarded")


TRANSITIONS: dict[str, frozenset[str]] = {
    ImportState.WAITING: frozenset({ImportState.CHECKED, ImportState.REFUSED, ImportState.DISCARDED}),
    ImportState.CHECKED: frozenset({ImportState.APPLYING, ImportState.DISCARDED}),
    # Back to CHECKED when all-or-nothing met a row that has become wrong since the dry run, or nothing could be saved.
    ImportState.APPLYING: frozenset({ImportState.APPLIED, ImportState.CHECKED}),
    ImportState.APPLIED: frozenset({ImportState.UNDOING}),
    # Back to APPLIED when worker after worker came to no end.
    ImportState.UNDOING: frozenset({ImportState.UNDONE, ImportState.APPLIED}),
}
# A worker is at it, or should be: the sweep looks after these.
WORKING = (ImportState.WAITING, ImportState.APPLYING, ImportState.UNDOING)


class Mode(TextChoices):
    WHOLE_FILE = "whole_file", _("All rows or none")
    ROW_BY_ROW = "row_by_row", _("Every row that is right; leave out the others")


class RowAction(TextChoices):
    """What saving a row will do."""

    ADD = "add", _("Add")
    CHANGE = "change", _("Change")
    SAME = "same", _("Nothing to change")
    PROBLEM = "problem", _("Needs a correction")
    ASK = "ask", _("Needs a decision")


class Decision(TextChoices):
    """A person's answer to "is this the same one?"."""

    SAME_ONE = "same_one", _("The same one")
    NEW_ONE = "new_one", _("A different one: add it")
    LEAVE_OUT = "leave_out", _("Leave this row out")
