"""Bringing questions in from a file: upload, look at what was read, save it or leave it. And taking them out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.permissions import ModelPermissionPolicy

from courses.quizzes.choices import ImportState
from courses.quizzes.export.files import ENDINGS, WRITERS, written_file
from courses.quizzes.export.sheet import template
from courses.quizzes.flows import discard_import, save_import, upload_questions
from courses.quizzes.forms.imports import ImportForm
from courses.quizzes.models import BankImport, Category, Question
from courses.quizzes.queries import in_use
from courses.quizzes.reading.drafts import Draft, from_json
from courses.quizzes.saving import twins_among

SHOWN = 300  # drafts on the page
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"gift": "text/plain; charset=utf-8", "xml": "application/xml", "xlsx": XLSX}


def _may(request: HttpRequest, action: str) -> None:
    if not ModelPermissionPolicy(Question).user_has_permission(request.user, action):
        raise PermissionDenied


def _page(request: HttpRequest, template_name: str, title: str, **context: Any) -> HttpResponse:
    crumbs = [
        {"url": reverse("wagtailsnippets_quizzes_question:list"), "label": _("Questions")},
        {"url": reverse("quiz_imports:imports"), "label": _("Imports")},
    ]
    shown = {
        "breadcrumbs_items": crumbs,
        "header_title": title,
        "page_title": title,
        "header_icon": "upload",
        **context,
    }
    return render(request, template_name, shown)


def imports(request: HttpRequest) -> HttpResponse:
    """One's own imports, the form for a new one, the template, the bank as files."""
    _may(request, "add")
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        batch = upload_questions(
            file.name,
            file.read(),
            format=form.cleaned_data["format"],
            category=form.cleaned_data["category"],
            by=request.user,  # type: ignore[arg-type]
        )
        return redirect("quiz_imports:import", batch.pk)
    own = BankImport.objects.filter(created_by=request.user).defer("drafts", "faults")[:20]  # type: ignore[misc]
    context = {"form": form, "imports": own, "categories": Category.objects.all(), "formats": ENDINGS}
    return _page(request, "quizzes/admin/imports.html", _("Import questions"), **context)


def _own(request: HttpRequest, import_id: int) -> BankImport:
    _may(request, "add")
    batch = BankImport.objects.filter(pk=import_id, created_by=request.user).first()  # type: ignore[misc]
    if batch is None:
        raise Http404
    return batch


def one_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """What was read. POST saves it, or leaves it."""
    batch = _own(request, import_id)
    if request.method == "POST":
        if request.POST.get("do") == "discard":
            discard_import(batch)
            return redirect("quiz_imports:imports")
        batch = save_import(batch, keep_twins="keep_twins" in request.POST, by=request.user)  # type: ignore[arg-type]
        if batch.state == ImportState.SAVED:
            messages.success(
                request,
                ngettext("%(count)d question was saved.", "%(count)d questions were saved.", batch.written_count)
                % {"count": batch.written_count},
            )
        return redirect("quiz_imports:import", batch.pk)
    drafts = [from_json(kept) for kept in batch.drafts] if batch.state == ImportState.READ else []
    twins = twins_among(drafts)
    rows: list[tuple[Draft, bool, str]] = [
        (draft, place in twins, twins.get(place, "")) for place, draft in enumerate(drafts[:SHOWN])
    ]
    context = {
        "batch": batch,
        "is_working": batch.state in {ImportState.WAITING, ImportState.SAVING},
        "may_save": batch.state == ImportState.READ,
        "rows": rows,
        "draft_count": len(drafts),
        "twin_count": len(twins),
        "shown_count": len(rows),
    }
    return _page(request, "quizzes/admin/import.html", batch.file_name, **context)


def download_template(request: HttpRequest) -> HttpResponse:
    """The spreadsheet to fill in."""
    _may(request, "add")
    return _file(template(), "questions.xlsx", XLSX)


def download_questions(request: HttpRequest) -> HttpResponse:
    """The questions in use, or those of a category, in one of the formats."""
    _may(request, "change")
    format, chosen = request.GET.get("format", ""), request.GET.get("category", "")
    if format not in WRITERS:
        raise Http404
    questions = in_use()
    if chosen:
        if not chosen.isdecimal() or len(chosen) > 9:
            raise Http404
        questions = questions.filter(category=int(chosen))
    ending = ENDINGS[format]
    return _file(written_file(questions, format).content, f"questions.{ending}", TYPES[ending])


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
