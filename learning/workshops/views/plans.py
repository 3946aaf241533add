"""Plans over many requests: asked for, looked at, agreed to one by one or all, mended."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from learning.duties.rules import duties_of_today
from learning.kernel.refusals import Refused
from learning.workshops.agreeing import Overtaken, Tally
from learning.workshops.choices import PlanState
from learning.workshops.flows import plans as flows
from learning.workshops.forms.plans import PlanForm, RepairForm
from learning.workshops.models import Proposal, SchedulePlan
from learning.workshops.planning.showing import (
    Line,
    job_of,
    left_lines,
    lines_of,
    nearest_free,
    plan_title,
    tiles_of,
)
from learning.workshops.planning.words import gap_words, took_words
from learning.workshops.queries.plans import (
    counts_of,
    decided_by_center,
    last_line,
    left_over,
    plans_visible_to,
    proposals_to_show,
    proposals_visible_to,
)
from learning.workshops.queries.scope import Desk, desk_of
from learning.workshops.views.refused import attempt

PAGE = 25
PLANS = 20


def _desk(request: HttpRequest) -> Desk:
    """Raises Refused (403) for everybody but centers and head office."""
    desk = desk_of(request.user, areas=duties_of_today(request.user))
    if desk.centers or desk.is_head_office:
        return desk
    raise Refused(
        _("Plans are made by transfer centers and head office. Ask your center when your request will have its turn."),
        status=HTTPStatus.FORBIDDEN,
        way_on="/my/",
        way_on_label=_("My desk"),
    )


def _plan(request: HttpRequest, pk: int, desk: Desk) -> SchedulePlan:
    rows = plans_visible_to(request.user, desk=desk).select_related("center", "asked_by", "repairs")
    return get_object_or_404(rows, pk=pk)


def _proposal(request: HttpRequest, pk: int, desk: Desk) -> Proposal:
    rows = proposals_to_show(proposals_visible_to(request.user, desk=desk)).select_related("plan")
    return get_object_or_404(rows, pk=pk)


def _read(request: HttpRequest) -> int:
    """The last line of the conversations that the page showed; nonsense is as if nothing had been read."""
    written = request.POST.get("seen", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 16 else 0


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_cache=True)
    return response


# --- plans -------------------------------------------------------------------------------------------------
@login_required
def plans(request: HttpRequest) -> HttpResponse:
    desk = _desk(request)
    form = PlanForm(request.POST or None, desk=desk)
    tried = attempt(request, form, lambda: flows.ask_for_plan(**_facts(form), by=request.user))  # type: ignore[arg-type]
    if tried.result:
        return redirect("workshops:plan", tried.result.pk)
    mine = Q() if desk.is_head_office else Q(proposals__request__center__in=desk.centers)
    mine |= Q() if desk.is_head_office else Q(proposals__workshop__center__in=desk.centers)
    rows = plans_visible_to(request.user, desk=desk).select_related("center", "asked_by")
    found = rows.annotate(proposal_count=Count("proposals", filter=mine or None, distinct=True))[:PLANS]
    lines = [(plan, plan_title(plan)) for plan in found]
    context = {"form": form, "plans": lines, "refusal": tried.refusal}
    return _private(render(request, "workshops/plans.html", context, status=tried.status))


def _facts(form: PlanForm) -> dict[str, Any]:
    return {"seconds": 0, **form.cleaned_data}


@login_required
@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    desk = _desk(request)
    return _plan_page(request, _plan(request, pk, desk), desk)


def _plan_page(
    request: HttpRequest, found: SchedulePlan, desk: Desk, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"plan": found, "title": plan_title(found), "refusal": refusal}
    if found.state != PlanState.READY:
        return _private(render(request, "workshops/plan_job.html", context | {"job": job_of(found)}, status=status))
    proposals = proposals_visible_to(request.user, desk=desk).filter(plan=found)
    counts = counts_of(proposals)
    page = Paginator(proposals_to_show(proposals), PAGE).get_page(request.GET.get("page", "")[:6])
    left = left_lines(left_over(found, desk))
    context |= {
        "page_obj": page,
        "lines": lines_of(page.object_list, desk),
        "left": left,
        "tiles": tiles_of(found, counts, len(left)),
        "waiting": decided_by_center(proposals, desk.centers).count() if desk.centers else 0,
        "seen": last_line(),
        "gap": gap_words(found),
        "took": took_words(found),
        "job": job_of(found, counts) if found.agreeing_at else None,
    }
    return _private(render(request, "workshops/plan.html", context, status=status))


@login_required
@require_safe
def plan_progress(request: HttpRequest, pk: int) -> JsonResponse:
    desk = _desk(request)
    found = _plan(request, pk, desk)
    counts = counts_of(proposals_visible_to(request.user, desk=desk).filter(plan=found))
    job = job_of(found, counts)
    is_over = job["state"] in ("done", "failed")
    response = JsonResponse(
        {"state": job["state"], "text": str(job["text"]), "percent": job["percent"], "is_over": is_over}
    )
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def agree_to_all(request: HttpRequest, pk: int) -> HttpResponse:
    found = _plan(request, pk, _desk(request))
    tally = flows.agree_to_all(found, seen=_read(request), by=request.user)  # type: ignore[arg-type]
    if tally is not None:
        _tell(request, tally)
    return redirect("workshops:plan", pk)


def _tell(request: HttpRequest, tally: Tally) -> None:
    said = ngettext(
        "%(count)d proposal is agreed to and booked.", "%(count)d proposals are agreed to and booked.", tally.agreed
    )
    messages.success(request, said % {"count": tally.agreed})
    if tally.overtaken:
        said = ngettext(
            "%(count)d was overtaken: something was booked in the meantime. It says so below.",
            "%(count)d were overtaken: something was booked in the meantime. They say so below.",
            tally.overtaken,
        )
        messages.warning(request, said % {"count": tally.overtaken})
    if tally.left:
        said = ngettext(
            "%(count)d waits: somebody wrote to the request since. Read it, then agree to it by itself.",
            "%(count)d wait: somebody wrote to the requests since. Read them, then agree to each by itself.",
            tally.left,
        )
        messages.warning(request, said % {"count": tally.left})


@login_required
def repair(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A room or trainer drops out: of the workshops that stand, and of the proposals of a plan."""
    desk = _desk(request)
    mends = _plan(request, pk, desk) if pk else None
    chosen = request.GET.get("resource", "")
    initial = {"resource": chosen if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else None}
    if mends:
        initial["center"] = str(mends.center_id) if mends.center_id else "all"
    form = RepairForm(request.POST or None, desk=desk, initial=initial)
    tried = attempt(request, form, lambda: _ask_for_repair(request, form, mends))
    if tried.result:
        return redirect("workshops:plan", tried.result.pk)
    context = {"form": form, "plan": mends, "refusal": tried.refusal}
    return _private(render(request, "workshops/plan_repair.html", context, status=tried.status))


def _ask_for_repair(request: HttpRequest, form: RepairForm, mends: SchedulePlan | None) -> SchedulePlan:
    asked = form.cleaned_data
    return flows.ask_for_repair(
        lost=[asked["resource"]],
        since=asked["since"],
        until=asked["until"],
        center=asked["center"],
        mends=mends,
        by=request.user,  # type: ignore[arg-type]
    )


# --- one proposal ------------------------------------------------------------------------------------------
@login_required
@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    desk = _desk(request)
    return _proposal_page(request, _proposal(request, pk, desk), desk)


def _proposal_page(
    request: HttpRequest, found: Proposal, desk: Desk, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    line: Line = lines_of([found], desk)[0]
    context = {
        "plan": found.plan,
        "title": plan_title(found.plan),
        "line": line,
        "refusal": refusal,
        "seen": last_line(),
        "alternatives": nearest_free(found) if line.is_stale and line.may_decide else [],
    }
    return _private(render(request, "workshops/plan_proposal.html", context, status=status))


@login_required
@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """To one proposal; when it cannot be had any more, its page says why and what else is free."""
    desk = _desk(request)
    found = _proposal(request, pk, desk)
    try:
        workshop = flows.agree_to_proposal(found, seen=_read(request), by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        if refused.status == HTTPStatus.FORBIDDEN:
            raise
        refusal = None if isinstance(refused, Overtaken) else refused
        now = _proposal(request, pk, desk)
        return _proposal_page(request, now, desk, refusal=refusal, status=refused.status)
    messages.success(request, _("“%(title)s” is booked.") % {"title": workshop.title})
    return redirect(_back(request, found))


@login_required
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    desk = _desk(request)
    found = _proposal(request, pk, desk)
    try:
        flows.decline_proposal(found, by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        if refused.status == HTTPStatus.FORBIDDEN:
            raise
        return _proposal_page(request, _proposal(request, pk, desk), desk, refusal=refused, status=refused.status)
    messages.success(request, _("The proposal is not taken. Nothing was booked."))
    return redirect(_back(request, found))


def _back(request: HttpRequest, found: Proposal) -> str:
    """The page of the list from which it came, at this proposal."""
    page = request.POST.get("page", "")
    query = f"?page={page}" if page.isascii() and page.isdigit() and len(page) < 6 else ""
    return f"{reverse('workshops:plan', args=[found.plan_id])}{query}#proposal-{found.pk}"
