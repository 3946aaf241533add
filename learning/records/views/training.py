"""The training record: one's own page, the paper made of it, and the check of that paper by anyone."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from certification.codes import grouped, is_well_formed, read_code
from certification.queries import certificate_with_code
from learning.records.choices import PaperState
from learning.records.flows.showing import ask_for_training_record
from learning.records.forms.sharing import RecordCodeForm
from learning.records.holdings import ended_since, training_record_with, training_records_of
from learning.records.learned import learned_by
from learning.records.views.strangers import for_strangers, refused_for_guessing

SHOWN = 5


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Everything learned, by fiscal year. A POST has it printed and signed."""
    if request.method == "POST":
        ask_for_training_record(request.user, by=request.user)  # type: ignore[arg-type]
        return redirect("records:record")
    context = {"learned": learned_by(request.user), "papers": list(training_records_of(request.user)[:SHOWN])}  # type: ignore[arg-type]
    response = render(request, "records/record.html", context)
    patch_cache_control(response, private=True, no_cache=True)
    return response


@login_required
@require_safe
def record_file(request: HttpRequest, code: str) -> HttpResponse:
    """One's own paper, byte for byte as it was stored; a page to wait on until it is."""
    if not is_well_formed(code):
        raise Http404
    found = get_object_or_404(training_records_of(request.user), code=code)  # type: ignore[arg-type]
    if found.state != PaperState.READY:
        return redirect("records:record")
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=f"training-record-{found.code}.pdf",
        content_type="application/pdf",
    )
    patch_cache_control(response, private=True)
    return response


@for_strangers
@require_safe
def type_code(request: HttpRequest) -> HttpResponse:
    """Where the code of a training record is typed; a good one leads to its page."""
    form = RecordCodeForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("records:check_record", code=form.cleaned_data["code"])
    return render(request, "records/check.html", {"form": form}, status=422 if form.errors else 200)


@for_strangers
@require_safe
def check_record(request: HttpRequest, code: str) -> HttpResponse:
    """Who, when, how many hours, and the fingerprint of the file, for anyone who holds the code."""
    read = read_code(code)
    found = training_record_with(code=read) if is_well_formed(read) else None
    if found is not None:
        if read != code:
            return redirect("records:check_record", code=read)
        context = {"record": found, "facts": found.facts, "code": grouped(found.code), "ended": ended_since(found)}
        return render(request, "records/proven.html", context)
    if is_well_formed(read):
        if certificate_with_code(read):
            return redirect("certification:verify", code=read)
        if refused := refused_for_guessing(request):
            return refused
    context = {
        "form": RecordCodeForm({"code": code[:40]}),
        "code": code[:40],
        "is_typing_error": not is_well_formed(read),
    }
    return render(request, "records/not_found.html", context, status=404)
