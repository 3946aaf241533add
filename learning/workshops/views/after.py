"""Tests and forms of a learner; for the center what came of it, and completing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.duties.rules import duties_of_today
from learning.kernel.refusals import Refused
from learning.workshops.choices import LIVE_SEATS, FormKind, ItemKind
from learning.workshops.evaluation_form import FEWEST_SHEETS, POINTS
from learning.workshops.flows.evaluating import change_form, prepare_form, refuse_evaluation, send_evaluation
from learning.workshops.flows.testing import open_test
from learning.workshops.models import Seat, Workshop
from learning.workshops.queries.evaluation import has_answers, items_of, results_of
from learning.workshops.queries.learning import AFTERWARDS, gain_by_question, gain_of, standings
from learning.workshops.queries.scope import (
    desk_of,
    own_seats,
    seats_visible_to,
    workshops_run_by,
    workshops_visible_to,
)
from learning.workshops.tasks import complete_all

EMPTY_LINES = 3


def _own_seat(request: HttpRequest, pk: int) -> Seat:
    found = own_seats(request.user).filter(workshop=pk, state__in=LIVE_SEATS)
    return get_object_or_404(
        found.select_related("workshop__pre_test", "workshop__post_test", "workshop__center", "user")
    )


@login_required
@require_POST
def pre_test(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = open_test(_own_seat(request, pk), "pre", by=request.user)  # type: ignore[arg-type]
    return redirect("sittings:sit", sitting_id=sitting.pk)


@login_required
@require_POST
def post_test(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = open_test(_own_seat(request, pk), "post", by=request.user)  # type: ignore[arg-type]
    return redirect("sittings:sit", sitting_id=sitting.pk)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def evaluate(request: HttpRequest, pk: int) -> HttpResponse:
    return _form(request, pk, FormKind.END)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    return _form(request, pk, FormKind.FOLLOW_UP)


def _form(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The form; what was chosen stays when something is missing (422)."""
    seat = _own_seat(request, pk)
    refuse_evaluation(seat, form)
    items = prepare_form(seat.workshop, form)
    scores, texts, fault, status = {}, {}, "", 200
    if request.method == "POST":
        for item in items:
            value = request.POST.get(f"item-{item.pk}", "")
            if item.kind == ItemKind.TEXT:
                texts[item.pk] = value.replace("\x00", "")
            elif value in {"1", "2", "3", "4", "5"}:
                scores[item.pk] = int(value)
        try:
            send_evaluation(seat, form, scores=scores, texts=texts, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            if refused.status != 422:
                raise
            fault, status = refused.sentence, refused.status
        else:
            messages.success(request, _("Thank you. Your answers were sent without your name."))
            return redirect("workshops:ticket", pk=seat.pk)
    context = {
        "seat": seat,
        "workshop": seat.workshop,
        "is_follow_up": form == FormKind.FOLLOW_UP,
        "sections": _sections(items, scores, texts, is_sent=bool(fault)),
        "points": POINTS,
        "fault": fault,
    }
    return render(request, "workshops/evaluate.html", context, status=status)


def _sections(
    items: list[Any], scores: dict[int, int], texts: dict[int, str], *, is_sent: bool
) -> list[dict[str, Any]]:
    """Lines in their sections; those about a trainer under the trainer's name."""
    sections: list[dict[str, Any]] = []
    for item in items:
        title = f"{item.section}: {item.trainer}" if item.trainer else item.section
        if not sections or sections[-1]["title"] != title:
            sections.append({"title": title, "lines": []})
        chosen = scores.get(item.pk)
        sections[-1]["lines"].append(
            {
                "item": item,
                "field": f"item-{item.pk}",
                "is_scale": item.kind == ItemKind.SCALE,
                "points": [{"value": value, "word": word, "is_chosen": value == chosen} for value, word in POINTS],
                "text": texts.get(item.pk, ""),
                "is_missing": is_sent and item.kind == ItemKind.SCALE and chosen is None,
            }
        )
    return sections


def _waits(seat: Seat, workshop: Workshop) -> bool:
    """Was there, and has not all that the workshop gives."""
    is_given = seat.certificate_id is not None if workshop.certificate_design_id else seat.completed_at is not None
    return bool(seat.attended_percent) and not is_given


@login_required
@never_cache
@require_safe
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """For officers: who completed, tests, evaluation, follow-up. Names only for who meets them by name."""
    areas = duties_of_today(request.user)  # type: ignore[arg-type]
    desk = desk_of(request.user, areas=areas)
    workshop = get_object_or_404(
        workshops_visible_to(request.user, desk=desk).select_related(
            "center", "office", "pre_test", "post_test", "certificate_design", "course"
        ),
        pk=pk,
    )
    runs = workshop.center_id in desk.centers
    lines = standings(workshop)
    met = set(
        seats_visible_to(request.user, desk=desk).filter(workshop=workshop).order_by().values_list("pk", flat=True)
    )
    own = [line for line in lines if line.seat.pk in met]
    gain = gain_of(lines)
    # From the figures of a few, who meets one of them would know the score of the others.
    are_enough = len(own) == len(lines) or (gain is not None and gain.people >= FEWEST_SHEETS)
    has_tests = bool(workshop.pre_test_id or workshop.post_test_id)
    context = {
        "workshop": workshop,
        "lines": own,
        "completed_count": sum(line.seat.completed_at is not None for line in lines),
        "attended_count": sum(bool(line.seat.attended_percent) for line in lines),
        "seat_count": len(lines),
        "shows_tests": has_tests and are_enough,
        "gain": gain,
        "questions": gain_by_question(workshop) if has_tests and are_enough else [],
        "evaluation": results_of(workshop, FormKind.END),
        "follow_up": results_of(workshop, FormKind.FOLLOW_UP),
        "may_complete": runs and workshop.state in AFTERWARDS and any(_waits(line.seat, workshop) for line in lines),
        "may_run": runs,
    }
    return render(request, "workshops/results.html", context)


@login_required
@require_POST
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Give certificates to everybody who lacks nothing; the worker does it."""
    duties_of_today(request.user)  # type: ignore[arg-type]
    workshop = get_object_or_404(workshops_run_by(request.user), pk=pk)
    if workshop.state not in AFTERWARDS:
        raise Refused(
            _("Certificates follow when the workshop has been held. Mark it as held first."),
            way_on=reverse("workshops:manage", args=[pk]),
            way_on_label=_("To the workshop"),
        )
    complete_all.delay(workshop.pk, request.user.pk)
    messages.success(request, _("The certificates are being made. This page shows them as they are ready."))
    return redirect("workshops:results", pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """The center writes the questions of its evaluation, until somebody answers."""
    duties_of_today(request.user)  # type: ignore[arg-type]
    workshop = get_object_or_404(workshops_run_by(request.user), pk=pk)
    form = FormKind.FOLLOW_UP if request.GET.get("form") == FormKind.FOLLOW_UP else FormKind.END
    if request.method == "POST":
        columns = [
            [one.replace("\x00", "") for one in request.POST.getlist(name)] for name in ("section", "text", "kind")
        ]
        lines = [dict(zip(("section", "text", "kind"), line, strict=True)) for line in zip(*columns, strict=False)]
        change_form(workshop, form, lines=lines, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The questions are saved."))
        return redirect(f"{reverse('workshops:questions', args=[pk])}?form={form}")
    prepare_form(workshop, form)
    items = list(items_of(workshop, form))
    context = {
        "workshop": workshop,
        "form_kind": form,
        "is_follow_up": form == FormKind.FOLLOW_UP,
        "items": [item for item in items if not item.trainer_id],
        "trainer_items": [item for item in items if item.trainer_id],
        "empty_lines": range(EMPTY_LINES),
        "is_fixed": has_answers(workshop, form),
        "kinds": ItemKind.choices,
    }
    return render(request, "workshops/questions.html", context)
