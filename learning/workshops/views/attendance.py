"""The door: the page that works without a network, what it fetches and sends, and the sheet from paper."""

import json
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.thai.dates import format_be
from learning.duties.rules import duties_of_today
from learning.kernel.refusals import Refused
from learning.workshops.choices import Direction, ScanSource
from learning.workshops.flows.attendance import PostedScan, enter_sheet, mark, record_scans, take_back
from learning.workshops.models import Seat, Session, Workshop
from learning.workshops.presence import current
from learning.workshops.queries.attendance import (
    MARKED_IN,
    Line,
    label_of,
    lines_of,
    marks_of,
    odd_scans,
    one_row_each,
    roster,
    seats_at_the_door,
    sessions_of,
    span_of,
    stays_in,
)
from learning.workshops.queries.scope import desk_of, workshops_attended_to_by


def _workshop(request: HttpRequest, pk: int) -> Workshop:
    areas = duties_of_today(request.user)  # type: ignore[arg-type]
    found = workshops_attended_to_by(request.user, desk=desk_of(request.user, areas=areas))
    return get_object_or_404(found.select_related("center", "office"), pk=pk)


@login_required
@never_cache
@require_safe
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the door: it fetches its list and goes on without a network."""
    workshop = _workshop(request, pk)
    sessions = sessions_of(workshop)
    stays = stays_in(workshop)
    chosen = current([(session.pk, span_of(session)) for session in sessions], timezone.now())
    seats = one_row_each(seats_at_the_door(workshop))
    for seat in seats:
        seat.stay = stays.get(seat.pk, {}).get(chosen or 0)  # type: ignore[attr-defined]
    context = {
        "workshop": workshop,
        "sessions": sessions,
        "current_session": next((session for session in sessions if session.pk == chosen), None),
        "seats": seats,
        "may_mark": workshop.state in MARKED_IN,
        "roster_url": reverse("workshops:roster", args=[pk]),
        "scans_url": reverse("workshops:scans", args=[pk]),
        "mark_url": reverse("workshops:mark", args=[pk]),
        "sw_url": reverse("workshops:service_worker"),
        "page_url": request.path,
    }
    return render(request, "workshops/check_in.html", context)


@login_required
@never_cache
@require_safe
def roster_json(request: HttpRequest, pk: int) -> JsonResponse:
    return JsonResponse(roster(_workshop(request, pk)))


@login_required
@require_POST
def scans(request: HttpRequest, pk: int) -> JsonResponse:
    """What a device has scanned. 200 with what became of each · 409 the workshop is held · 422 nonsense."""
    workshop = _workshop(request, pk)
    try:
        body = json.loads(request.body)
        posted = [_posted(line) for line in body["scans"]]
        device_now = _moment(body["now"])
        device = str(body.get("device", "")).encode(errors="ignore").decode().replace("\x00", "")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Refused(
            _("The device sent something that cannot be read. Load the page again; the marks stay on the device."),
            status=HTTPStatus(422),
        ) from None
    results = record_scans(workshop, posted, device=device, device_now=device_now, by=request.user)  # type: ignore[arg-type]
    touched = {result.seat for result in results if result.seat}
    return JsonResponse(
        {
            "server_now": timezone.now().isoformat(),
            "results": [
                {"nonce": result.nonce, "outcome": result.outcome, "sentence": result.sentence} for result in results
            ],
            "marks": marks_of(workshop, touched),
        }
    )


def _posted(line: dict[str, Any]) -> PostedScan:
    """A scan as it was sent. ValueError, KeyError or TypeError for nonsense."""
    nonce, direction, source = line["nonce"], line["direction"], line["source"]
    if not isinstance(nonce, str) or not 8 <= len(nonce) <= 64 or not nonce.isascii() or "\x00" in nonce:
        raise ValueError("nonce")
    if direction not in Direction.values or source not in ScanSource.values:
        raise ValueError("direction or source")
    ticket = line.get("ticket") or ""
    if not isinstance(ticket, str) or len(ticket) > 400:
        raise ValueError("ticket")
    return PostedScan(
        nonce, _number(line.get("seat")), _number(line.get("session")), _moment(line["at"]), direction, source, ticket
    )


def _number(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**62:
        raise ValueError("number")
    return value


def _moment(text: object) -> datetime:
    found = parse_datetime(text) if isinstance(text, str) else None
    if found is None or timezone.is_naive(found) or not 2020 <= found.year <= 2100:
        raise ValueError("moment")
    return found


@login_required
@require_POST
def mark_by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """One person, from the page without a script."""
    workshop = _workshop(request, pk)
    seat = get_object_or_404(Seat, workshop=workshop, pk=_pk(request.POST.get("seat")))
    direction = request.POST.get("direction", Direction.IN)
    sessions = sessions_of(workshop)
    now = current([(session.pk, span_of(session)) for session in sessions], timezone.now())
    wanted = _pk(request.POST.get("session")) or now or 0
    session = next((one for one in sessions if one.pk == wanted), None)
    if session is None or direction not in Direction.values:
        raise Refused(
            _("No session of this workshop is open at this moment. Enter it later from the sign-in sheet."),
            way_on=reverse("workshops:check_in", args=[pk]),
            way_on_label=_("Back to the door"),
        )
    result = mark(workshop, seat, session, direction=direction, by=request.user)  # type: ignore[arg-type]
    level = messages.SUCCESS if result.outcome in {"counted", "already"} else messages.WARNING
    messages.add_message(request, level, result.sentence)
    return redirect("workshops:check_in", pk=pk)


def _pk(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0


@never_cache
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Public: it holds addresses of files only, and a browser asks for it before anybody has signed in again."""
    response = render(request, "workshops/check_in_sw.js", content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = reverse("workshops:office")  # the doors stand beside its folder, not in it
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody over all sessions; POST enters the sheet of one session from paper, or takes one mark back."""
    workshop = _workshop(request, pk)
    sessions = sessions_of(workshop)
    if request.method == "POST":
        session = get_object_or_404(Session, workshop=workshop, pk=_pk(request.POST.get("session")))
        if struck := _pk(request.POST.get("take_back")):
            seat = get_object_or_404(Seat, workshop=workshop, pk=struck)
            take_back(workshop, seat, session, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The mark of %(name)s was taken back.") % {"name": seat.user})
        else:
            present = {_pk(text) for text in request.POST.getlist("present")}
            added, gone = enter_sheet(workshop, session, present=present, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _entered(added, gone, session))
        return redirect(f"{reverse('workshops:attendance', args=[pk])}?session={session.pk}")
    chosen = next((one for one in sessions if one.pk == _pk(request.GET.get("session"))), None)
    begun = [one for one in sessions if span_of(one).opens_at <= timezone.now()]
    lines = lines_of(workshop)
    context = {
        "workshop": workshop,
        "sessions": [{"session": one, "label": label_of(one), "has_begun": one in begun} for one in sessions],
        "chosen": chosen if chosen in begun else None,
        "chosen_label": label_of(chosen) if chosen else "",
        "lines": lines,
        "sheet": _sheet(lines, chosen, ticks_all="all" in request.GET) if chosen in begun else [],
        "all_url": f"?session={chosen.pk}&all=1#sheet" if chosen else "",
        "may_mark": workshop.state in MARKED_IN,
        "odd": list(odd_scans(workshop)[:50]),
    }
    return render(request, "workshops/attendance.html", context)


def _sheet(lines: list[Line], session: Session | None, *, ticks_all: bool) -> list[dict[str, Any]]:
    """The people of one session as choices, with a tick where somebody was seen."""
    return [
        {
            "id": line.seat.pk,
            "name": str(line.seat.user),
            "position": f"{line.seat.get_position_display()} {line.seat.organization}",
            "note": _("in since %(time)s") % {"time": format_be(timezone.localtime(cell.stay.arrived_at), "time")}
            if cell.stay
            else "",
            "is_chosen": ticks_all or cell.stay is not None,
        }
        for line in lines
        for cell in line.cells
        if session is not None and cell.session.pk == session.pk
    ]


def _entered(added: int, struck: int, session: Session) -> str:
    parts = [
        ngettext("%(number)d person added", "%(number)d people added", added) % {"number": added},
        ngettext("%(number)d person taken out", "%(number)d people taken out", struck) % {"number": struck},
    ]
    return _("%(session)s is saved: %(changes)s.") % {"session": label_of(session), "changes": " · ".join(parts)}
