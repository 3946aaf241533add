"""/v/: a code is typed, or a file is given; a file is looked at in memory and forgotten."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from certification.checking.about_file import sentence_too_large
from certification.checking.examining import examine
from certification.checking.headline import headline
from certification.checking.limiting import FILES
from certification.checking.limits import MAX_BYTES
from certification.forms import CodeForm, FileForm
from certification.views.answering import json_answer, kept_private, refused_for_now, wants_json

AROUND_THE_FILE = 20_000  # bytes of a form around its file
TOO_LARGE = 413
UNREADABLE = 422


class InMemory(MemoryFileUploadHandler):
    """Never a file on disk: what is sent is small by then, and nobody is to find it later."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


# The size is looked at before anything is read, and reading the token for CSRF would read the file with it; so CSRF
# is asked for further in. A program has no token, and needs none: nothing is changed in anybody's name.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Where a code is typed or a file is given."""
    if request.method == "POST":
        return _given_file(request)
    form = CodeForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("certification:verify", code=form.cleaned_data["code"])
    context = {"form": form, "file_form": FileForm()}
    return render(request, "certification/check.html", context, status=UNREADABLE if form.errors else 200)


def _given_file(request: HttpRequest) -> HttpResponse:
    as_json = wants_json(request)
    refused = refused_for_now(request, FILES, as_json=as_json)
    if refused is not None:
        return refused
    if _length(request) > MAX_BYTES + AROUND_THE_FILE:
        return _too_large(request, as_json=as_json)
    if as_json:
        return _answer_program(request)
    request.upload_handlers = [InMemory(request)]
    return kept_private(_answer_person(request))


def _length(request: HttpRequest) -> int:
    """As the client announced it, which is all that will be read. A body without one is read as empty."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


@csrf_protect
def _answer_person(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {"form": CodeForm(), "file_form": form}
        return render(request, "certification/check.html", context, status=UNREADABLE)
    report = examine(form.cleaned_data["file"].read(), now=timezone.now())
    context = {"report": report, "headline": headline(report), "file_form": FileForm(), "form": CodeForm()}
    return render(request, "certification/examined.html", context)


def _answer_program(request: HttpRequest) -> HttpResponse:
    """The field `file` of a form, or the PDF itself as the body."""
    if request.content_type == "application/pdf":
        content = request.read(MAX_BYTES + 1)
    else:
        request.upload_handlers = [InMemory(request)]
        try:
            sent = request.FILES.get("file")
        except (MultiPartParserError, RequestDataTooBig, SuspiciousOperation):
            sent = None
        content = sent.read() if sent is not None else b""
    if not content:
        sentence = _("Send the PDF as the field “file” of a form, or as the body with the type application/pdf.")
        return json_answer({"error": "no-file", "sentence": sentence}, status=UNREADABLE)
    report = examine(content, now=timezone.now())
    return json_answer({**report.as_dict(), "sentence": headline(report)})


def _too_large(request: HttpRequest, *, as_json: bool) -> HttpResponse:
    """Said before a byte of it is read; the connection is closed, so that the rest is not sent for nothing."""
    if as_json:
        response = json_answer({"error": "too-large", "sentence": sentence_too_large()}, status=TOO_LARGE)
    else:
        context = {"sentence": sentence_too_large(), "form": CodeForm(), "file_form": FileForm()}
        response = kept_private(render(request, "certification/too_large.html", context, status=TOO_LARGE))
    response["Connection"] = "close"
    return response
