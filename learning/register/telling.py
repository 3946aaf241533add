"""How far an import is, in words."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from learning.register.choices import ImportState
from learning.register.models import Import


def stages_of(batch: Import | None) -> list[dict[str, str]]:
    """File, check, correct, save: which are done."""
    state = batch.state if batch else ""
    place = {
        "": 0,
        ImportState.WAITING: 1,
        ImportState.REFUSED: 1,
        ImportState.CHECKED: 2,
        ImportState.APPLYING: 3,
    }.get(state, 4)
    labels = (_("Choose the file"), _("Check"), _("Correct"), _("Save"))
    ways = ("done", "current", "next")
    return [
        {"label": label, "state": ways[1 + (number > place) - (number < place)]} for number, label in enumerate(labels)
    ]


def job_of(batch: Import) -> dict[str, Any]:
    """The work on an import for `components/job.html`."""
    title, text = _titles(batch)
    percent = batch.percent if batch.total_count else None
    job = {
        "state": "running",
        "title": title,
        "text": text,
        "percent": percent,
        "poll_url": reverse("register:import_progress", args=[batch.pk]),
    }
    if batch.state == ImportState.REFUSED:
        address = reverse("register:new_import")
        return {**job, "state": "failed", "next_url": address, "next_label": _("Choose another file"), "poll_url": ""}
    if not batch.done_count and not batch.total_count:
        return {**job, "state": "waiting", "percent": None}
    return job


def _titles(batch: Import) -> tuple[str, str]:
    count = {"done": f"{batch.done_count:,}", "total": f"{batch.total_count or 0:,}"}
    name = {"name": batch.file_name}
    match batch.state:
        case ImportState.REFUSED:
            return _("%(name)s could not be read") % name, batch.refusal
        case ImportState.WAITING if batch.total_count:
            return _("%(name)s is being checked") % name, _("%(done)s of %(total)s rows are checked.") % count
        case ImportState.WAITING:
            return _("%(name)s is being read") % name, _("The file is being read. Nothing is saved yet.")
        case ImportState.APPLYING:
            return _("%(name)s is being saved") % name, _("%(done)s of %(total)s rows are saved.") % count
        case ImportState.UNDOING:
            return _("%(name)s is being undone") % name, _("%(done)s of %(total)s rows are taken back.") % count
    return batch.file_name, str(batch.get_state_display())
