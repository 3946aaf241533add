"""Papers of a workshop: asking for one, watching it being made, taking it home."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.log_actions import log

from learning.workshops.choices import PaperKind, PaperState
from learning.workshops.flows.papers import ask_for_paper
from learning.workshops.forms.papers import LetterForm, PaperForm
from learning.workshops.models import Session, WorkshopPaper
from learning.workshops.queries.papers import papers_of
from learning.workshops.views.messages import attended_workshop

SHOWN = 30
SECONDS_BETWEEN_LOOKS = 2


@login_required
@require_safe
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    workshop = attended_workshop(request, pk)
    first_of_day: dict[Any, Session] = {}
    for session in Session.objects.filter(workshop=workshop):
        first_of_day.setdefault(session.day, session)
    context = {
        "workshop": workshop,
        "kinds": PaperKind,
        "days": list(first_of_day.values()),
        "papers": papers_of(workshop)[:SHOWN],
    }
    return render(request, "workshops/papers.html", context)


@login_required
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    workshop = attended_workshop(request, pk)
    form = PaperForm(request.POST, workshop=workshop)
    if not form.is_valid():
        raise Http404  # made by hand: the page offers nothing else
    chosen = form.cleaned_data
    paper = ask_for_paper(workshop, chosen["kind"], session=chosen["session"], by=request.user)  # type: ignore[arg-type]
    return redirect("workshops:paper", pk=pk, paper_id=paper.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """What the letter says of its number, its day and who signs."""
    workshop = attended_workshop(request, pk)
    if request.method == "POST":
        form = LetterForm(request.POST)
        if form.is_valid():
            details = form.details
            paper = ask_for_paper(workshop, PaperKind.INVITATION, details=details, by=request.user)  # type: ignore[arg-type]
            return redirect("workshops:paper", pk=pk, paper_id=paper.pk)
    else:
        form = LetterForm(initial={"dated_on": timezone.localdate(), "reply_by": workshop.registration_closes_on})
    status = 422 if form.is_bound else 200
    return render(request, "workshops/invitation.html", {"workshop": workshop, "form": form}, status=status)


def _paper(request: HttpRequest, pk: int, paper_id: int) -> WorkshopPaper:
    workshop = attended_workshop(request, pk)
    return get_object_or_404(papers_of(workshop).select_related("workshop"), pk=paper_id)


@login_required
@require_safe
def paper(request: HttpRequest, pk: int, paper_id: int) -> HttpResponse:
    found = _paper(request, pk, paper_id)
    job = {
        "state": {PaperState.WAITING: "running", PaperState.READY: "done"}.get(found.state, "failed"),  # type: ignore[call-overload]
        "title": found.get_kind_display(),
        "text": found.refusal or found.get_state_display(),
        "percent": None,
    }
    if found.state == PaperState.READY:
        address = reverse("workshops:paper_file", args=[pk, found.pk])
        job |= {"next_url": address, "next_label": _("Download PDF")}
    elif found.state == PaperState.FAILED:
        job |= {"next_url": reverse("workshops:papers", args=[pk]), "next_label": _("To the papers")}
    response = render(request, "workshops/paper.html", {"workshop": found.workshop, "paper": found, "job": job})
    if found.state == PaperState.WAITING:
        response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


@login_required
@require_safe
def paper_file(request: HttpRequest, pk: int, paper_id: int) -> FileResponse:
    found = _paper(request, pk, paper_id)
    if found.state != PaperState.READY:
        raise Http404
    log(found, "workshops.download_paper", user=request.user)
    name = f"{found.kind}-{pk}.pdf"
    return FileResponse(found.file.open("rb"), content_type="application/pdf", as_attachment=True, filename=name)
