"""Files on their way into the register: uploaded, checked, put right, saved, undone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from learning.duties.rules import duties_of_today
from learning.kernel.refusals import Refused
from learning.register.choices import WORKING, ImportKind, ImportState
from learning.register.flows import imports as flows
from learning.register.forms.imports import CorrectionForm, DecisionForm, ImportForm, SavingForm
from learning.register.models import Import, ImportRow
from learning.register.queries import SHOWN, counts_of_rows, imports_of, open_rows, rows_shown
from learning.register.reading.headings import TableKind
from learning.register.reading.template import template_name, write_template
from learning.register.showing import RowWords, Words, problems_workbook, tiles, what_saving_does
from learning.register.telling import job_of, stages_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 25


def _own(request: HttpRequest, pk: int) -> Import:
    duties_of_today(request.user)  # type: ignore[arg-type]
    flows.kept_area(request.user)  # type: ignore[arg-type]
    return get_object_or_404(imports_of(request.user), pk=pk)


def _row(request: HttpRequest, pk: int, number: int) -> ImportRow:
    batch = _own(request, pk)
    row = get_object_or_404(ImportRow, batch=batch, number=number)
    row.batch = batch
    return row


@login_required
@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    duties_of_today(request.user)  # type: ignore[arg-type]
    flows.kept_area(request.user)  # type: ignore[arg-type]
    page = Paginator(imports_of(request.user), PAGE).get_page(request.GET.get("page", "")[:6])
    return render(request, "register/imports/list.html", {"page_obj": page})


@login_required
def new_import(request: HttpRequest) -> HttpResponse:
    duties_of_today(request.user)  # type: ignore[arg-type]
    flows.kept_area(request.user)  # type: ignore[arg-type]
    form = ImportForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            kind, file = form.cleaned_data["kind"], form.cleaned_data["file"]
            try:
                batch = flows.upload_import(kind, file=file, by=request.user)  # type: ignore[arg-type]
            except Refused as refusal:
                form.add_error("file", refusal.sentence)
                status = refusal.status
            else:
                return redirect("register:import", batch.pk)
    context = {"form": form, "kinds": ImportKind.choices, "stages": stages_of(None)}
    return render(request, "register/imports/new.html", context, status=status)


@login_required
@require_GET
def show_import(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _own(request, pk)
    if batch.state in WORKING or batch.state == ImportState.REFUSED:
        return _progress_page(request, batch)
    if batch.state == ImportState.DISCARDED:
        return redirect("register:imports")
    return _report_page(request, batch)


def _progress_page(request: HttpRequest, batch: Import) -> HttpResponse:
    context = {"batch": batch, "job": job_of(batch), "stages": stages_of(batch)}
    return render(request, "register/imports/progress.html", context)


def _report_page(
    request: HttpRequest, batch: Import, *, form: SavingForm | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    counts = counts_of_rows(batch)
    wanted = request.GET.get("show", "")
    chosen = wanted if wanted in SHOWN else next((name for name in SHOWN if counts[name]), "same")
    page = Paginator(rows_shown(batch, chosen), PAGE).get_page(request.GET.get("page", "")[:6])
    words, address = Words(), reverse("register:import", args=[batch.pk])
    context: dict[str, Any] = {
        "batch": batch,
        "counts": counts,
        "chosen": chosen,
        "page_obj": page,
        "rows": [RowWords(row, batch, words) for row in page],
        "tiles": tiles(counts, address, is_over=batch.state != ImportState.CHECKED),
        "stages": stages_of(batch),
        "saving": form or SavingForm(),
        "what_saving_does": what_saving_does(counts),
        "refusal": refusal or (batch.refusal if batch.state == ImportState.CHECKED else ""),
        "waiting": counts["problem"] + counts["ask"],
    }
    template = "report" if batch.state == ImportState.CHECKED else "result"
    return render(request, f"register/imports/{template}.html", context, status=status)


@login_required
@require_GET
def import_progress(request: HttpRequest, pk: int) -> JsonResponse:
    batch = _own(request, pk)
    job = job_of(batch)
    told = {"state": job["state"], "text": str(job["text"]), "percent": job["percent"]}
    response = JsonResponse({**told, "is_over": batch.state not in WORKING})
    response["Cache-Control"] = "no-store"
    return response


@login_required
def import_row(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One row: every cell can be written anew, and is checked at once."""
    row = _row(request, pk, number)
    if request.method == "POST":
        form = CorrectionForm(request.POST, kind=row.batch.kind)
        if form.is_valid():
            row = flows.correct_row(row, cells=form.cells, by=request.user)  # type: ignore[arg-type]
            if row.action != "problem":
                messages.success(request, _("Row %(number)d is right now.") % {"number": row.number})
                return redirect("register:import", pk)
        return _row_page(request, row, status=422)
    return _row_page(request, row)


def _row_page(request: HttpRequest, row: ImportRow, *, status: int = 200) -> HttpResponse:
    batch = row.batch
    context = {"batch": batch, "item": RowWords(row, batch, Words()), "stages": stages_of(batch)}
    return render(request, "register/imports/row.html", context, status=status)


@login_required
@require_POST
def decide_row(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    row = _row(request, pk, number)
    form = DecisionForm(request.POST, row=row)
    if not form.is_valid():
        messages.error(request, _("Choose one of the answers."))
        return _row_page(request, row, status=422)
    decision, decided_id = form.cleaned_data["answer"]
    flows.decide_row(row, decision=decision, decided_id=decided_id, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Your answer to row %(number)d is kept.") % {"number": row.number})
    return redirect("register:import", pk)


@login_required
@require_POST
def apply_import(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _own(request, pk)
    form = SavingForm(request.POST)
    if not form.is_valid():
        return _report_page(request, batch, form=form, status=422)
    try:
        flows.apply_import(batch, mode=form.cleaned_data["mode"], by=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        batch.refresh_from_db()
        if batch.state != ImportState.CHECKED:
            raise
        return _report_page(request, batch, form=form, refusal=refusal.sentence, status=refusal.status)
    return redirect("register:import", pk)


@login_required
@require_POST
def undo_import(request: HttpRequest, pk: int) -> HttpResponse:
    flows.undo_import(_own(request, pk), by=request.user)  # type: ignore[arg-type]
    return redirect("register:import", pk)


@login_required
@require_POST
def discard_import(request: HttpRequest, pk: int) -> HttpResponse:
    flows.discard_import(_own(request, pk), by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The import was thrown away. The register is as it was."))
    return redirect("register:imports")


@login_required
@require_GET
def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    duties_of_today(request.user)  # type: ignore[arg-type]
    if kind not in ImportKind.values:
        raise Http404
    return _workbook(write_template(TableKind(kind)), template_name(TableKind(kind)))


@login_required
@require_GET
def import_report(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _own(request, pk)
    return _workbook(problems_workbook(batch, open_rows(batch).iterator()), f"to-correct-{batch.pk}.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
