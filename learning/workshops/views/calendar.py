"""The calendar of a center: a month or a week, by center, room or trainer."""

from dataclasses import replace
from datetime import date
from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning.duties.rules import duties_of_today
from learning.kernel.refusals import Refused
from learning.places.models import TransferCenter
from learning.workshops.happenings import BY_CENTER, BY_ROOM, BY_TRAINER, Calendar
from learning.workshops.queries.calendar import calendar_of, centers_on_calendars, sees_everything
from learning.workshops.queries.calendars import feed_of
from learning.workshops.queries.scope import Desk, desk_of
from learning.workshops.sheets import MONTH, WEEK, Asked, month, options, resources, week

YEARS = range(2000, 2200)


@login_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    areas = duties_of_today(request.user)
    desk = desk_of(request.user, areas=areas)
    centers = centers_on_calendars(desk)
    asked = _asked(request, desk, centers)
    everything = sees_everything(desk, asked.center.pk)
    found = calendar_of(asked.center, asked.days, desk=desk, user=request.user)
    asked = _with_resource(asked, found, everything=everything)
    context = {
        "asked": asked,
        "centers": options(((center.pk, str(center)) for center in centers), asked.center.pk),
        "has_centers": len(centers) > 1,
        "ways": options(_ways(everything).items(), asked.by),
        "resources": resources(found, asked, shows_trainers=everything),
        "sees_everything": everything,
        "today": asked.address(on=timezone.localdate().isoformat()),
        "may_move": asked.center.pk in desk.centers,
    }
    if context["may_move"]:
        context["feed"] = feed_of(center=asked.center)
    context |= month(found, asked) if asked.view == MONTH else week(found, asked)
    response = render(request, f"workshops/calendar_{asked.view}.html", context)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _asked(request: HttpRequest, desk: Desk, centers: list[TransferCenter]) -> Asked:
    """What the address asks for; nonsense in it is as if it were not there, a center of others is not found (404)."""
    if not centers:
        raise Refused(
            _("The calendars are for transfer centers and provincial offices. Your duty of today opens none of them."),
            status=HTTPStatus.FORBIDDEN,
            way_on="/my/",
            way_on_label=_("My desk"),
        )
    query = request.GET
    own = [center for center in centers if center.pk in desk.centers]
    found = (own or centers)[0]
    if number := query.get("center", ""):
        named = next((center for center in centers if str(center.pk) == number), None)
        if named is None:
            raise Http404
        found = named
    by, resource = query.get("by", ""), query.get("resource", "")
    return Asked(
        view=WEEK if query.get("view") == WEEK else MONTH,
        on=_day(query.get("on", "")),
        by=by if by in _ways(sees_everything(desk, found.pk)) else BY_CENTER,
        resource=int(resource) if resource.isascii() and resource.isdigit() and len(resource) < 10 else None,
        center=found,
        has_centers=len(centers) > 1,
    )


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
    return found if found.year in YEARS else timezone.localdate()


def _ways(everything: bool) -> dict[str, str]:
    """Trainers' days are for their own center and head office."""
    found = {BY_CENTER: _("The whole center"), BY_ROOM: _("By room")}
    return found | {BY_TRAINER: _("By trainer")} if everything else found


def _with_resource(asked: Asked, found: Calendar, *, everything: bool) -> Asked:
    """A chosen room or trainer says by what the calendar goes. Raises Http404 for one that is not to be seen."""
    if not asked.resource:
        return asked
    lane = found.lanes.get(asked.resource)
    if lane is None or lane.kind not in _ways(everything):
        raise Http404
    return replace(asked, by=lane.kind)
