"""Lists of certificates on paper: uploaded, looked at row by row, put right, recorded or thrown away."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learning.kernel.refusals import Refused
from learning.records.choices import RegisterState
from learning.records.flows import papers as flows
from learning.records.forms.papers import HolderForm, PaperForm, PaperRowForm
from learning.records.models import PaperRegister, PaperRow
from learning.records.papers.columns import COLUMNS, LABELS
from learning.records.papers.telling import counts_of, job_of, row_words, stages_of, tiles_of_papers
from learning.records.papers.template import write_template
from learning.records.papers.working import WORKING
from learning.records.queries import paper_registers_of
from learning.records.rules import recording_reach

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 25
SHOWN = {
    "problem": ~Q(problems=[]) & Q(is_left_out=False),
    "ready": Q(problems=[], is_left_out=False),
    "left_out": Q(is_left_out=True),
}


def _own(request: HttpRequest, register_id: int) -> PaperRegister:
    reach = recording_reach(request.user)  # type: ignore[arg-type]
    return get_object_or_404(paper_registers_of(request.user, reach=reach), pk=register_id)  # type: ignore[arg-type]


def _row(request: HttpRequest, register_id: int, line: int) -> PaperRow:
    register = _own(request, register_id)
    row = get_object_or_404(PaperRow.objects.select_related("holder", "organization"), register=register, line=line)
    row.register = register
    return row


@login_required
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    reach = recording_reach(request.user)  # type: ignore[arg-type]
    own = paper_registers_of(request.user, reach=reach)  # type: ignore[arg-type]
    page = Paginator(own, PAGE).get_page(request.GET.get("page", "")[:6])
    return render(request, "records/office/papers.html", {"page_obj": page})


@login_required
def new_papers(request: HttpRequest) -> HttpResponse:
    reach = recording_reach(request.user)  # type: ignore[arg-type]
    form = PaperForm(request.POST or None, request.FILES or None, reach=reach)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            file, province = form.cleaned_data["file"], form.cleaned_data["province"]
            try:
                register = flows.upload_papers(file, province=province, by=request.user)  # type: ignore[arg-type]
            except Refused as refused:
                form.add_error("file", refused.sentence)
                status = refused.status
            else:
                return redirect("records:paper_register", register.pk)
    return render(request, "records/office/new_papers.html", {"form": form, "stages": stages_of("")}, status=status)


@login_required
@require_safe
def paper_template(request: HttpRequest) -> HttpResponse:
    recording_reach(request.user)  # type: ignore[arg-type]
    response = HttpResponse(write_template(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="template-paper-certificates.xlsx"'
    return response


@login_required
@require_safe
def paper_register(request: HttpRequest, register_id: int) -> HttpResponse:
    register = _own(request, register_id)
    stages = stages_of(register.state)
    if register.state in WORKING or register.state == RegisterState.REFUSED:
        context = {"register": register, "job": job_of(register), "stages": stages}
        response = render(request, "records/office/papers_working.html", context)
        if register.state in WORKING:
            response["Refresh"] = "3"
        return response
    if register.state == RegisterState.DISCARDED:
        return redirect("records:papers")
    counts = counts_of(register)
    wanted = request.GET.get("show", "")
    chosen = wanted if wanted in SHOWN else next((name for name in SHOWN if counts[name]), "ready")
    rows = _rows(register).filter(SHOWN[chosen])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page", "")[:6])
    context = {
        "register": register,
        "stages": stages,
        "counts": counts,
        "tiles": tiles_of_papers(counts, chosen, is_over=register.state == RegisterState.RECORDED),
        "chosen": chosen,
        "page_obj": page,
        "rows": [row_words(row) for row in page],
    }
    return render(request, "records/office/paper_register.html", context)


def _rows(register: PaperRegister) -> QuerySet[PaperRow]:
    return PaperRow.objects.filter(register=register).select_related("holder", "organization", "certificate")


@login_required
def paper_row(request: HttpRequest, register_id: int, line: int) -> HttpResponse:
    """Every cell of a row can be written anew; the list is checked at once."""
    row = _row(request, register_id, line)
    if request.method == "POST":
        form = PaperRowForm(request.POST)
        if form.is_valid():
            row = flows.correct_row(row, cells=form.cells, by=request.user)  # type: ignore[arg-type]
            if not row.problems:
                messages.success(request, _("Row %(number)d is right now.") % {"number": row.line})
                return redirect("records:paper_register", register_id)
        return _row_page(request, row, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _row_page(request, row)


def _row_page(request: HttpRequest, row: PaperRow, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
    problems = {one["field"]: one["sentence"] for one in row.problems}
    context = {
        "register": row.register,
        "row": row,
        "cells": [
            {
                "name": one.field,
                "label": LABELS[one.field],
                "text": row.cells.get(one.field, ""),
                "sentence": problems.get(one.field),
            }
            for one in COLUMNS
        ],
        "form": HolderForm(),
        "may_edit": row.register.state == RegisterState.CHECKED,
        "stages": stages_of(row.register.state),
        **more,
    }
    return render(request, "records/office/paper_row.html", context, status=status)


@login_required
@require_POST
def leave_out(request: HttpRequest, register_id: int, line: int) -> HttpResponse:
    row = _row(request, register_id, line)
    flows.leave_out(row, is_left_out=request.POST.get("answer") != "take_in", by=request.user)  # type: ignore[arg-type]
    return redirect("records:paper_register", register_id)


@login_required
@require_POST
def leave_out_all(request: HttpRequest, register_id: int) -> HttpResponse:
    count = flows.leave_out_all(_own(request, register_id), by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("%(count)d rows are left out.") % {"count": count})
    return redirect("records:paper_register", register_id)


@login_required
@require_POST
def choose_holder(request: HttpRequest, register_id: int, line: int) -> HttpResponse:
    """The account is shown beside the paper before it is kept: a phone number is easily mistyped."""
    row = _row(request, register_id, line)
    if "nobody" in request.POST:
        flows.choose_holder(row, holder=None, by=request.user)  # type: ignore[arg-type]
        return redirect("records:paper_row", register_id, line)
    form = HolderForm(request.POST)
    if form.is_valid():
        person = flows.account_called(form.cleaned_data["login"], by=request.user)  # type: ignore[arg-type]
        if person is None:
            form.add_error("login", _("Nobody of your area signs in with this. Ask the person, and write it exactly."))
        elif "sure" in request.POST:
            flows.choose_holder(row, holder=person, by=request.user)  # type: ignore[arg-type]
            said = {"number": line, "person": person}
            messages.success(request, _("The paper of row %(number)d belongs to %(person)s.") % said)
            return redirect("records:paper_row", register_id, line)
        else:
            return _row_page(request, row, form=form, asked_holder=person)
    return _row_page(request, row, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@login_required
@require_POST
def record(request: HttpRequest, register_id: int) -> HttpResponse:
    flows.record_papers(_own(request, register_id), by=request.user)  # type: ignore[arg-type]
    return redirect("records:paper_register", register_id)


@login_required
@require_POST
def discard(request: HttpRequest, register_id: int) -> HttpResponse:
    flows.discard_papers(_own(request, register_id), by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The list was thrown away. The register of certificates is as it was."))
    return redirect("records:papers")
