"""Planning and scheduling: a form, and beside a clash the nearest days that are free."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.duties.rules import duties_of_today
from learning.places.models import TransferCenter
from learning.workshops import free
from learning.workshops.booking import DayOff, SlotsTaken
from learning.workshops.choices import RequestState
from learning.workshops.flows import scheduling as flows
from learning.workshops.forms.scheduling import PlanForm
from learning.workshops.forms.scheduling.plan import LINES
from learning.workshops.free import Alternative
from learning.workshops.looking import day_to_look_at
from learning.workshops.models import Resource, Workshop, WorkshopRequest
from learning.workshops.queries.requests import holds_of, requests_to_show, standing_holds_of
from learning.workshops.queries.scope import desk_of
from learning.workshops.rules.scheduling import running_desk
from learning.workshops.views.instead import with_alternative
from learning.workshops.views.refused import Attempt, attempt

SHOWN, LOOKED_AT = 3, 12


# --- a new workshop ----------------------------------------------------------------------------------------
@login_required
def plan(request: HttpRequest) -> HttpResponse:
    """A workshop that nobody asked for."""
    desk = running_desk(request.user)
    center = _center(request, desk.centers)
    data = with_alternative(request.POST, center.pk, LINES) if request.method == "POST" else None
    form = PlanForm(data, center=center, initial=_day_asked(request))
    tried = attempt(request, form, lambda: _plan(form, request))
    if tried.result:
        messages.success(request, _("The workshop is planned. Look it over, then open registration."))
        return redirect("workshops:manage", pk=tried.result.pk)
    others = _instead_of_plan(form, tried)
    context = {"form": form, "center": center, "refusal": tried.refusal, "alternatives": others}
    return render(request, "workshops/workshop_form.html", context, status=tried.status)


def _plan(form: PlanForm, request: HttpRequest) -> Workshop:
    chosen = form.cleaned_data
    return flows.plan_workshop(
        center=form.center,
        parts=form.planned,
        room=chosen["room"],
        trainers=list(chosen["trainers"]),
        things=list(chosen["things"]),
        allows_weekend=chosen["allows_weekend"],
        by=request.user,  # type: ignore[arg-type]
        **form.facts,
    )


def _center(request: HttpRequest, centers: Iterable[int]) -> TransferCenter:
    """The one that is asked for among one's own, or the first of them."""
    own = TransferCenter.objects.select_related("host_province").filter(pk__in=centers)
    written = request.GET.get("center", "")
    asked = own.filter(pk=int(written)) if written.isascii() and written.isdigit() and len(written) < 5 else own
    found = asked.first()
    if found is None:
        raise Http404
    return found


def _day_asked(request: HttpRequest) -> dict[str, Any]:
    """A day chosen in the calendar."""
    try:
        return {"day_1": date.fromisoformat(request.GET.get("day", ""))}
    except ValueError:
        return {}


@login_required
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """From an accepted request: what is held for it, or the nearest free days, stand in the form already."""
    desk = desk_of(request.user, areas=duties_of_today(request.user))  # type: ignore[arg-type]
    asked = get_object_or_404(requests_to_show(request.user, desk).filter(center__in=desk.centers), pk=pk)  # type: ignore[arg-type]
    if asked.state == RequestState.SCHEDULED:
        return redirect("workshops:manage", pk=asked.workshop.pk)
    if asked.state != RequestState.ACCEPTED and request.method != "POST":  # what was typed is answered by a refusal
        return redirect("workshops:request", pk=pk)
    center = TransferCenter.objects.select_related("host_province").get(pk=asked.center_id)
    if request.method == "POST":
        data, others = with_alternative(request.POST, center.pk, LINES, count=asked.day_count), []
        form = PlanForm(data, center=center, is_asked=True)
    else:
        initial, others = _begin_with(asked, _day_asked(request).get("day_1"))
        form = PlanForm(center=center, is_asked=True, initial=initial)
    tried = attempt(request, form, lambda: _schedule(asked, form, request))
    if tried.result:
        messages.success(request, _("The workshop is scheduled, and the office is told. Open registration next."))
        return redirect("workshops:manage", pk=tried.result.pk)
    others = _instead_of_plan(form, tried, ignoring=asked) or others
    context = {"form": form, "center": center, "asked": asked, "refusal": tried.refusal, "alternatives": others}
    return render(request, "workshops/workshop_form.html", context, status=tried.status)


def _schedule(asked: WorkshopRequest, form: PlanForm, request: HttpRequest) -> Workshop:
    chosen = form.cleaned_data
    return flows.schedule_request(
        asked,
        parts=form.planned,
        room=chosen["room"],
        trainers=list(chosen["trainers"]),
        things=list(chosen["things"]),
        allows_weekend=chosen["allows_weekend"],
        note=chosen["note"],
        seen=chosen["seen"],
        by=request.user,  # type: ignore[arg-type]
        **form.facts,
    )


def _begin_with(asked: WorkshopRequest, near: date | None = None) -> tuple[dict[str, Any], list[Alternative]]:
    """The request as the first words of the form: what is nearest to a day, else its holds, else what is free next."""
    names = ("title", "topic", "course", "aim", "positions", "kinds", "day_length")
    initial = {name: getattr(asked, name) for name in names}
    last = asked.events.order_by("pk").last()
    initial |= {
        "capacity": sum(line.count for line in asked.people.all()) or None,
        "hours": asked.day_count * (3 if asked.day_length != "full" else 6),
        "seen": last.pk if last else None,
    }
    today = timezone.localdate()
    held = standing_holds_of(asked, today=today)
    if held and near is None:
        things = {slot.resource.pk: slot.resource for slot in held}.values()
        return initial | _as_initial(sorted({slot.day for slot in held}), list(things)), []
    found = free.alternatives(asked, near or day_to_look_at(asked), count=LOOKED_AT, ignoring=holds_of(asked))
    found = found[:SHOWN] if near else _wished_first(asked, found)
    if not found:
        return initial, []
    return initial | _as_initial(found[0].days, [found[0].room, *found[0].trainers]), found[1:]


def _wished_first(asked: WorkshopRequest, found: list[Alternative]) -> list[Alternative]:
    """The nearest, those inside the wished days before the others."""
    windows = [(window.since, window.until) for window in asked.windows.all()]

    def is_outside(one: Alternative) -> bool:
        return not any(since <= one.days[0] and one.days[-1] <= until for since, until in windows)

    return sorted(found, key=is_outside)[:SHOWN]


def _as_initial(days: Sequence[date], things: Sequence[Resource]) -> dict[str, Any]:
    lines = {f"day_{number}": day for number, day in enumerate(days, start=1)}
    rooms = [one.pk for one in things if one.is_room]
    return {
        **lines,
        "room": rooms[0] if rooms else None,
        "trainers": [one.pk for one in things if one.is_trainer],
        "things": [one.pk for one in things if not one.is_room and not one.is_trainer],
    }


def _instead_of_plan(
    form: PlanForm, tried: Attempt[Workshop], *, ignoring: WorkshopRequest | None = None
) -> list[Alternative]:
    """What is free instead, when days or places were refused."""
    if not isinstance(tried.refusal, SlotsTaken | DayOff) or (wish := form.wish) is None:
        return []
    held = holds_of(ignoring) if ignoring else None
    return free.alternatives(wish, form.days[0], ignoring=held, keeping=[one.pk for one in form.chosen])
