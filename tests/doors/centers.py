"""The doors of a center: its rooms, trainers and closed days, and its plans."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

from django.utils import timezone

from tests.doors.arranging import LEAVE_FROM
from tests.doors.people import CENTERS, HEAD
from tests.doors.sides import Side
from tests.doors.way import PRESSED, Way, by_center, day_after


def ways_to_resources(side: Side) -> list[Way]:
    house, others = side.house, CENTERS - {side.center_staff[0]}
    here, center = f"center={side.center.pk}", {"number": side.center.pk}
    car = {"name": "รถใหม่"}
    room, vehicle = {"pk": house["room"].pk}, {"pk": house["vehicle"].pk}
    away = {"pk": house["other trainer"].pk}
    left = timezone.localdate() + timedelta(days=LEAVE_FROM)
    planned = side.session("planned").day.isoformat()
    leave = {"since": day_after(100), "until": "", "day_length": "full", "reason": "อบรม"}
    out = {"since": planned, "until": planned, "day_length": "full", "reason": "ป่วย"}
    instead = {"workshop": side.workshops["planned"].pk, "instead": house["other room"].pk}
    as_room = {"name": "ห้องใหม่", "venue": side.venue.pk, "capacity": 50}
    place = {"name": "อาคารใหม่", "place": side.office.province_id, "is_active": "on"}
    closed = side.center.closed_days.get().pk
    day = {"on": day_after(130), "name": "ทำบุญ"}
    return by_center(
        side,
        [
            Way("workshops:resources", others | HEAD),
            Way("workshops:resources", HEAD, asked=here),
            Way("workshops:resource_new", parts={"kind": "vehicle"}, asked=here, sent=car, is_silent=True),
            Way("workshops:resource_new", others, {"kind": "room"}, sent=as_room),
            Way("workshops:resource", HEAD, room),
            Way("workshops:resource", HEAD, away),
            Way("workshops:resource_edit", parts=room, sent=as_room),
            Way("workshops:resource_retire", parts=vehicle, sent=PRESSED, is_silent=True),
            Way("workshops:resource_restore", parts={"pk": house["retired"].pk}, sent=PRESSED, is_silent=True),
            Way("workshops:resource_leave", parts=vehicle, sent=leave, is_silent=True),
            Way("workshops:resource_leave_end", parts=away, sent={"since": left, "until": left}, is_silent=True),
            Way("workshops:resource_drops_out", parts=room, asked=urlencode(out), sent={**out, **instead}),
            Way("workshops:venue_new", parts={}, asked=here, sent=place, is_silent=True),
            Way("workshops:venue_edit", parts={"pk": side.venue.pk}, sent=place),
            Way("workshops:close_day", parts={}, asked=here, sent=day, is_silent=True),
            Way("workshops:open_day", parts={"pk": closed}, sent=PRESSED, is_silent=True),
            Way("workshops:center_calendar", parts=center, sent={"action": "renew"}, is_silent=True),
        ],
    )


def ways_to_plans(side: Side) -> list[Way]:
    """Head office asks for plans too, and agrees to none."""
    own, over_all = {"pk": side.things["plan"].pk}, {"pk": side.things["plan_over_all"].pk}
    day, others = {"pk": side.things["proposal"].pk}, CENTERS - {side.center_staff[0]}
    year = side.things["plan"].fiscal_year
    last = {"seen": str(2**40)}
    ask = {"fiscal_year": year, "center": side.center.pk}
    lost = {"resource": side.house["room"].pk, "since": day_after(60), "center": side.center.pk}
    as_head = [
        Way("workshops:plans", others, sent=ask, is_silent=True),
        Way("workshops:plan_drop_out", others, sent=lost),
        Way("workshops:plan_repair", parts=own, sent=lost),
    ]
    return [
        *(replace(way, known_to=HEAD) for way in by_center(side, as_head)),
        *by_center(
            side,
            [
                Way("workshops:plan", HEAD, own),
                Way("workshops:plan", others | HEAD, over_all),
                Way("workshops:plan_progress", HEAD, own, is_silent=True),
                Way("workshops:plan_agree_all", parts=own, sent=last, is_silent=True),
                Way("workshops:proposal", HEAD, day),
                Way("workshops:proposal_agree", parts=day, sent=last, is_silent=True),
                Way("workshops:proposal_decline", parts=day, sent=PRESSED, is_silent=True),
            ],
        ),
    ]
