"""Taking a whole import back: what it wrote and what still stands as it wrote it, from the last row to the first."""

from collections import defaultdict
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from learning.kernel.states import move
from learning.organizations.models import Membership, Organization, OrganizationChange
from learning.people.models import User
from learning.register.choices import TRANSITIONS, ImportState
from learning.register.lifelines import Lifeline, Superseded, wait_for_my_turn
from learning.register.models import Import, ImportRow
from learning.register.written import WRITES, keep

BATCH = 200
Write = dict[str, Any]


class StillNeeded(Exception):
    """Something hangs on what should be deleted."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def undo(import_id: int) -> bool:
    """Take back what is still to be taken back of an import. False when it is not ours to do."""
    line = Lifeline.take(import_id, ImportState.UNDOING)
    if line is None:
        return False
    try:
        while numbers := list(_rows_to_undo(import_id).values_list("number", flat=True)[:BATCH]):
            _undo_some(import_id, line, numbers)
        with transaction.atomic():
            line.beat()
            batch = Import.objects.select_for_update().get(pk=import_id)
            move(batch, ImportState.UNDONE, transitions=TRANSITIONS, stamp="undone_at")
    except Superseded:
        return False
    return True


def _rows_to_undo(import_id: int) -> models.QuerySet[ImportRow]:
    return ImportRow.objects.filter(batch=import_id, is_applied=True, kept_because="").order_by("-number")


def _undo_some(import_id: int, line: Lifeline, numbers: list[int]) -> None:
    with transaction.atomic():
        wait_for_my_turn()
        line.beat()
        rows = list(_rows_to_undo(import_id).filter(number__in=numbers).select_for_update())
        _uncount(rows)
        try:
            with transaction.atomic():
                _take_back(rows)
        except (StillNeeded, ProtectedError, RestrictedError):
            for row in rows:
                _take_back_alone(row)
        for row in rows:
            row.is_applied = bool(row.kept_because)
        keep(rows, ["is_applied", "kept_because"])
        all_rows = Import.objects.values_list("total_count", flat=True).get(pk=import_id) or 0
        line.beat(done_count=max(0, all_rows - _rows_to_undo(import_id).count()))


def _take_back_alone(row: ImportRow) -> None:
    row.kept_because = ""  # of an attempt that was rolled back
    try:
        with transaction.atomic():
            _take_back([row])
    except StillNeeded as error:
        row.kept_because = error.sentence
    except (ProtectedError, RestrictedError) as error:
        names = sorted({str(one._meta.verbose_name) for one in list(error.args[1])[:20]})
        sentence = _("Kept, because something has been recorded for it since: %(what)s.")
        row.kept_because = sentence % {"what": ", ".join(names)}


def _take_back(rows: list[ImportRow]) -> None:
    """Changed columns first, then what was added, positions before the people and organizations that they join."""
    writes = [(row, write) for row in rows for write in reversed(row.written)]
    for row, write in writes:
        if write["before"] is not None:
            row.kept_because = _restore(write) or row.kept_because
    additions: dict[type[models.Model], list[int]] = defaultdict(list)
    for _row, write in writes:
        if write["before"] is None:
            additions[WRITES[write["model"]]].append(write["id"])
    Membership.objects.filter(pk__in=additions[Membership]).delete()
    OrganizationChange.objects.filter(pk__in=additions[OrganizationChange]).delete()
    _delete_people(additions[User])
    _delete_organizations(additions[Organization])


def _restore(write: Write) -> str:
    """Put back the columns that still hold what the import wrote. Gives why others were left."""
    model = WRITES[write["model"]]
    names = list(write["after"])
    now = model._base_manager.filter(pk=write["id"]).values(*names).first()
    if now is None:
        return _("It has been deleted since.")
    same = {name: write["before"][name] for name in names if _plain(now[name]) == _plain(write["after"][name])}
    if same:
        model._base_manager.filter(pk=write["id"]).update(**same)
    return "" if len(same) == len(names) else _("Changed again since the import, so the newer words were kept.")


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _delete_people(ids: list[int]) -> None:
    people = User.objects.filter(pk__in=ids)
    if people.exclude(last_login=None, password__startswith=UNUSABLE_PASSWORD_PREFIX).exists():
        raise StillNeeded(_("Kept, because this person has signed in since."))
    if Membership.objects.filter(user__in=ids).exists():
        raise StillNeeded(_("Kept, because this person has taken up another position since."))
    people.delete()


def _delete_organizations(ids: list[int]) -> None:
    if Membership.objects.filter(organization__in=ids).exists():
        raise StillNeeded(_("Kept, because people have positions in this organization by now."))
    Organization.objects.filter(pk__in=ids).delete()


def _uncount(rows: list[ImportRow]) -> None:
    label = Membership._meta.label_lower
    memberships = [write["id"] for row in rows for write in row.written if write["model"] == label]
    touched = Membership.objects.filter(pk__in=memberships).order_by().values("organization")
    Organization.objects.filter(pk__in=touched).update(is_counted=False)
