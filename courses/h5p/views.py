"""H5P in the admin, for whoever may add questions: bring a package in, see what came of it, take one out."""

import io
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from courses.h5p.choices import WORKING
from courses.h5p.flows import upload_package
from courses.h5p.forms import UploadForm
from courses.h5p.models import H5PPackage
from courses.h5p.queries import imported_questions, packages
from courses.h5p.refusals import PackageRefused
from courses.h5p.showing import headline, notes, questions_told
from courses.h5p.writing import NothingToWrite, write_package
from courses.quizzes.models import Quiz

PAGE = 25
may_add_questions = permission_required("quizzes.add_question")
H5P_TYPE = "application/zip"


def _page(request: HttpRequest, template: str, title: str, *way: tuple[str, str], **context: Any) -> HttpResponse:
    """A page of the admin below the list of packages."""
    items = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    items += [{"url": url, "label": label} for url, label in way]
    status = context.pop("status", 200)
    context |= {
        "page_title": title,
        "header_title": title,
        "header_icon": "form",
        "breadcrumbs_items": [*items, {"url": "", "label": title}],
    }
    return render(request, template, context, status=status)


def _list() -> tuple[str, str]:
    return reverse("h5p:packages"), _("H5P packages")


@may_add_questions
@require_GET
def list_packages(request: HttpRequest) -> HttpResponse:
    page = Paginator(packages(), PAGE).get_page(request.GET.get("page", "")[:6])
    return _page(request, "h5p/packages.html", _("H5P packages"), page_obj=page)


@may_add_questions
def new_package(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file, category = form.cleaned_data["file"], form.cleaned_data["category"]
            try:
                package, is_new = upload_package(file, name=file.name, by=request.user, category=category)  # type: ignore[arg-type]
            except PackageRefused as refusal:
                form.add_error("file", f"{refusal.told} [{refusal.code}]")
            else:
                if not is_new:
                    messages.info(request, headline(package, is_new=False))
                return redirect("h5p:package", package.uid)
    return _page(request, "h5p/new.html", _("Read in an H5P package"), _list(), form=form, status=status)


@may_add_questions
@require_GET
def show_package(request: HttpRequest, uid: str) -> HttpResponse:
    package = get_object_or_404(H5PPackage.objects.select_related("quiz", "by"), uid=uid)
    context: dict[str, Any] = {"package": package, "is_working": package.state in WORKING}
    if package.state == "read":
        uids = [one.question for one in imported_questions(package)]
        context |= {
            "headline": headline(package),
            "questions": list(zip(questions_told(package), uids, strict=False)),
            "kept": package.report.get("kept", []),
            "notes": list(notes(package)),
        }
    return _page(request, "h5p/package.html", str(package), _list(), **context)


@may_add_questions
@require_GET
def package_progress(request: HttpRequest, uid: str) -> JsonResponse:
    package = get_object_or_404(H5PPackage.objects.only("state"), uid=uid)
    response = JsonResponse({"state": package.state, "is_over": package.state not in WORKING})
    response["Cache-Control"] = "no-store"
    return response


@may_add_questions
@require_GET
def download_package(request: HttpRequest, uid: str) -> FileResponse:
    """The file as it was brought in."""
    package = get_object_or_404(H5PPackage, uid=uid)
    if not package.file or not package.file.storage.exists(package.file.name):
        raise Http404
    return _download(package.file.open("rb"), package.file_name)


@may_add_questions
@require_GET
def export_quiz(request: HttpRequest, quiz: str) -> HttpResponse | FileResponse:
    """A quiz as a package. What could not be written is told first, unless `sure` says that it was read."""
    found = get_object_or_404(Quiz, uid=quiz)
    out = io.BytesIO()
    try:
        written = write_package(found, out)
    except NothingToWrite as nothing:
        title = _("Write as H5P")
        return _page(request, "h5p/export.html", title, _list(), quiz=found, nothing=str(nothing), status=422)
    if (written.left_out or written.remarks) and "sure" not in request.GET:
        return _page(request, "h5p/export.html", _("Write as H5P"), _list(), quiz=found, written=written)
    out.seek(0)
    return _download(out, f"{found.uid}.h5p")


def _download(file: Any, name: str) -> FileResponse:
    response = FileResponse(file, as_attachment=True, filename=name, content_type=H5P_TYPE)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
