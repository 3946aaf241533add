"""How far a list of papers is, and what its rows say, in words."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from learning.records.choices import RegisterState
from learning.records.models import PaperRegister, PaperRow
from learning.records.papers.columns import COLUMNS, LABELS

LONG = frozenset({"holder_name", "holder_role", "organization", "course_title", "issuer", "signer_position"})
PLACES = {
    "": 0,
    RegisterState.WAITING: 1,
    RegisterState.REFUSED: 1,
    RegisterState.CHECKED: 2,
    RegisterState.RECORDING: 3,
}


def stages_of(state: str) -> list[dict[str, str]]:
    """File, check, correct, record: which are done."""
    place = PLACES.get(state, 4)
    labels = (_("Choose the file"), _("Check"), _("Correct"), pgettext("a list of papers", "Record"))
    ways = ("done", "current", "next")
    return [
        {"label": label, "state": ways[1 + (number > place) - (number < place)]} for number, label in enumerate(labels)
    ]


def job_of(register: PaperRegister) -> dict[str, Any]:
    """The work on a list for components/job.html."""
    name = {"name": register.file_name}
    if register.state == RegisterState.REFUSED:
        return {
            "state": "failed",
            "title": _("%(name)s could not be read") % name,
            "text": register.refusal,
            "percent": None,
            "next_url": reverse("records:new_papers"),
            "next_label": _("Choose another file"),
        }
    if register.state == RegisterState.RECORDING:
        text = _("%(count)s certificates are being recorded, all of them or none.") % {"count": f"{register.total:,}"}
        # The last tenth is the recording itself: it is seen when it is whole.
        percent = 90 * min(register.done, register.total) // max(1, register.total)
        return {"state": "running", "title": _("%(name)s is being recorded") % name, "text": text, "percent": percent}
    text = _("The file is being read. Nothing is saved yet.")
    return {"state": "running", "title": _("%(name)s is being read") % name, "text": text, "percent": None}


def counts_of(register: PaperRegister) -> dict[str, int]:
    """Rows that can be recorded, that need a correction, that are left out, that have an account."""
    return PaperRow.objects.filter(register=register).aggregate(
        ready=Count("pk", filter=Q(problems=[], is_left_out=False)),
        problem=Count("pk", filter=~Q(problems=[]) & Q(is_left_out=False)),
        left_out=Count("pk", filter=Q(is_left_out=True)),
        unknown=Count("pk", filter=Q(is_left_out=False, problems=[], organization__isnull=True)),
        accounts=Count("pk", filter=Q(is_left_out=False, holder__isnull=False)),
    )


def tiles_of_papers(counts: dict[str, int], chosen: str, *, is_over: bool) -> list[dict[str, Any]]:
    shown = [
        ("ready", _("Recorded") if is_over else _("Can be recorded"), ""),
        ("problem", _("Need a correction"), "harm"),
        ("left_out", _("Left out"), ""),
    ]
    return [
        {
            "label": label,
            "number": f"{counts[name]:,}",
            "url": f"?show={name}#rows" if counts[name] and name != chosen else "",
            "kind": kind if counts[name] else "",
            "is_main": name == "ready",
        }
        for name, label, kind in shown
        if counts[name] or name == "ready"
    ]


def row_words(row: PaperRow) -> dict[str, Any]:
    """A row with its cells, each with what is wrong with it."""
    problems = {one["field"]: one["sentence"] for one in row.problems}
    cells = [
        {
            "name": one.field,
            "label": LABELS[one.field],
            "text": row.cells.get(one.field, ""),
            "sentence": problems.get(one.field),
            "is_long": one.field in LONG,
        }
        for one in COLUMNS
        if row.cells.get(one.field) or one.field in problems
    ]
    return {
        "row": row,
        "title": row.cells.get("holder_name") or row.cells.get("number") or "",
        "cells": cells,
        "faulty": [cell for cell in cells if cell["sentence"]],
        "is_unknown_organization": bool(row.cells.get("organization")) and row.organization_id is None,
    }
