"""Taking a whole import back: what it wrote and what still stands as it wrote it, from the last row to the first."""

from collections import defaultdict
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import DatabaseError, IntegrityError, OperationalError, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from learning.kernel.states import move
from learning.organizations.models import Membership, Organization, OrganizationChange
from learning.people.models import User
from learning.register.choices import TRANSITIONS, ImportState
from learning.register.lifelines import Lifeline, Superseded, wait_for_my_turn
from learning.register.models import Import, ImportRow
from learning.register.written import WRITES, keep, plain

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
        except (StillNeeded, DatabaseError):
            for row in rows:
                _take_back_alone(row)
        for row in rows:
            row.is_applied = bool(row.kept_because)
        keep(rows, ["is_applied", "kept_because"])
        all_rows = Import.objects.values_list("total_count", flat=True).get(pk=import_id) or 0
        line.beat(done_count=max(0, all_rows - _rows_to_undo(import_id).count()), attempts=0)


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
    except OperationalError:
        raise  # a fault of the machine, not of the row: the sweep gives it to another worker
    except IntegrityError:
        row.kept_because = _(
            "Kept, because the old phone number, e-mail address, name or position has been taken since."
        )
    except DatabaseError:
        row.kept_because = _("Kept, because the register does not take back what stood here before.")


def _take_back(rows: list[ImportRow]) -> None:
    """Added positions first, for an old seat opens only when the new one is gone; then what was changed is put back.

    Last what positions and history hang on. Raises StillNeeded when others have worked on what was added.
    """
    writes = [(row, WRITES[write["model"]], write) for row in rows for write in reversed(row.written)]
    additions: dict[type[models.Model], dict[int, dict[str, Any]]] = defaultdict(dict)
    for _row, model, write in writes:
        if write["before"] is None:
            additions[model][write["id"]] = write["after"]
    for model, written in additions.items():
        _require_unchanged(model, written)
    Membership.objects.filter(pk__in=list(additions[Membership])).delete()
    for row, model, write in writes:
        if write["before"] is not None and write["id"] not in additions[model]:
            row.kept_because = _restore(model, write) or row.kept_because
    # Where newer words were kept, the line that tells of the older ones stays.
    lines = [write["id"] for row, model, write in writes if model is OrganizationChange and not row.kept_because]
    OrganizationChange.objects.filter(pk__in=lines).delete()
    _delete_people(list(additions[User]))
    _delete_organizations(list(additions[Organization]))


def _require_unchanged(model: type[models.Model], written: dict[int, dict[str, Any]]) -> None:
    """Raises StillNeeded when something that was added says something else by now. What is gone is gone."""
    names = sorted({name for after in written.values() for name in after})
    for now in _locked(model, list(written)).values("pk", *names):
        if any(plain(now[name]) != value for name, value in written[now["pk"]].items()):
            raise StillNeeded(_changed_since(model))


def _changed_since(model: type[models.Model]) -> str:
    if model is Membership:
        return _("Kept, because this position has been ended or corrected since.")
    if model is User:
        return _("Kept, because the details of this person have been changed since.")
    return _("Kept, because this organization has been changed since.")


def _locked(model: type[models.Model], ids: list[int]) -> models.QuerySet[Any]:
    """These rows, which nobody changes until the end of the transaction."""
    return model._base_manager.filter(pk__in=ids).order_by("pk").select_for_update()


def _restore(model: type[models.Model], write: Write) -> str:
    """Put back the columns that still hold what the import wrote. Gives why others were left."""
    names = list(write["after"])
    now = _locked(model, [write["id"]]).values(*names).first()
    if now is None:
        return _("It has been deleted since.")
    same = {name: write["before"][name] for name in names if plain(now[name]) == plain(write["after"][name])}
    if same:
        model._base_manager.filter(pk=write["id"]).update(**same)
    return "" if len(same) == len(names) else _("Changed again since the import, so the newer words were kept.")


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
    if OrganizationChange.objects.filter(organization__in=ids).exists():
        raise StillNeeded(_changed_since(Organization))
    Organization.objects.filter(pk__in=ids).delete()


def _uncount(rows: list[ImportRow]) -> None:
    label = Membership._meta.label_lower
    memberships = [write["id"] for row in rows for write in row.written if write["model"] == label]
    touched = Membership.objects.filter(pk__in=memberships).order_by().values("organization")
    Organization.objects.filter(pk__in=touched).update(is_counted=False)
