"""Calendars by a secret address, the address itself, and the days of one seat to keep."""

from hashlib import sha256

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learning.duties.rules import duties_of_today
from learning.people.models import User
from learning.places.models import TransferCenter
from learning.workshops.choices import SeatState
from learning.workshops.feeds import feed_file, seat_file
from learning.workshops.flows.messages import calendar_address, renew_calendar_address
from learning.workshops.models import CalendarFeed
from learning.workshops.queries.calendars import days_of
from learning.workshops.queries.scope import desk_of, own_seats

CALENDAR = "text/calendar; charset=utf-8"
FRESH_SECONDS = 300
TO_KEEP = (SeatState.CONFIRMED, SeatState.ATTENDED, SeatState.ABSENT)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Who has the address may read it: programs cannot sign in. It sets no cookie and reads none."""
    feeds = CalendarFeed.objects.select_related("user", "center")
    found = feeds.filter(token=token).first() if token.isprintable() else None  # PostgreSQL refuses to look for NUL
    if found is None or (found.user and not found.user.is_active):
        raise Http404
    data, changed_at = feed_file(found)
    response = _file(data, name="workshops.ics")
    etag = f'"{sha256(data).hexdigest()[:32]}"'
    response["ETag"] = etag
    modified = int(changed_at.timestamp()) if changed_at else None
    if modified:
        response["Last-Modified"] = http_date(modified)
    response["X-Robots-Tag"] = "noindex, nofollow"
    patch_cache_control(response, private=True, max_age=FRESH_SECONDS)
    return get_conditional_response(request, etag=etag, last_modified=modified, response=response) or response


@login_required
@require_safe
def seat_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The days of one's own confirmed seat, to open in one's own program."""
    seats = own_seats(request.user).filter(state__in=TO_KEEP)
    seat = get_object_or_404(
        seats.select_related("workshop__province", "workshop__district", "workshop__center"), pk=pk
    )
    days = days_of([seat.workshop])[seat.workshop_id]
    if not days:
        raise Http404
    ended = own_seats(request.user).filter(workshop=seat.workshop_id, state=SeatState.CANCELLED).count()
    return _file(seat_file(seat, days, method="PUBLISH", ended=ended), name=f"workshop-{seat.workshop_id}.ics")


@login_required
@require_POST
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Make or renew the address of one's own calendar."""
    assert isinstance(request.user, User)
    _make(request, request.user)
    return redirect(f"{reverse('workshops:mine')}#calendar-address")


@login_required
@require_POST
def center_calendar(request: HttpRequest, number: int) -> HttpResponse:
    """Make or renew the address of the calendar of one's own center."""
    areas = duties_of_today(request.user)  # type: ignore[arg-type]
    centers = desk_of(request.user, areas=areas).centers
    _make(request, get_object_or_404(TransferCenter.objects.filter(pk__in=centers), pk=number))
    return redirect(f"{reverse('workshops:calendar')}#calendar-address")


def _make(request: HttpRequest, owner: User | TransferCenter) -> None:
    if request.POST.get("action") == "renew":
        renew_calendar_address(owner, by=request.user)  # type: ignore[arg-type]
        flash.success(request, _("The calendar has a new address. Nothing answers at the old one any more."))
    else:
        calendar_address(owner, by=request.user)  # type: ignore[arg-type]
        flash.success(request, _("The address of the calendar is ready."))


def _file(data: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=CALENDAR)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
