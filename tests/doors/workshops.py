"""The doors of workshops: what leads to one side's, what is sent there, and to whom of the others it opens."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from tests.doors.arranging import LEAVE_FROM, days_ahead
from tests.doors.people import NAMES, ON_DUTY
from tests.doors.sides import Side
from tests.doors.way import Way

HEAD = frozenset({"head office"})
# Everybody of whom some side is.
OFFICERS = frozenset({"somchai", "neighbour", "last day", "other manager", "other head"})
CENTERS = frozenset({"wipa", "other center"})
# They meet people by name, and see workshops that these may join.
MEET = NAMES | {"somchai", "last day"}
PRESSED = {"pressed": "1"}


def ways_of(side: Side) -> list[Way]:
    """At least one for each of the doors of workshops."""
    return [
        *_requests(side),
        *_seen_by_many(side),
        *_run(side),
        *_seats(side),
        *_at_the_door(side),
        *_papers(side),
        *_after(side),
        *_resources(side),
        *_plans(side),
    ]


def _by_center(side: Side, ways: Iterable[Way]) -> list[Way]:
    """Theirs who work in the center."""
    return [replace(way, side=side, holder=side.center_staff[0]) for way in ways]


def _by_officers(side: Side, ways: Iterable[Way]) -> list[Way]:
    """Theirs whose office asked."""
    return [replace(way, side=side, holder=side.officers[0], known_to=frozenset(side.officers)) for way in ways]


def _by_both(side: Side, ways: Iterable[Way]) -> list[Way]:
    """Theirs of center and office, held by the center."""
    return [replace(way, known_to=side.own) for way in _by_center(side, ways)]


def _read_by_officers(side: Side, way: Way) -> Way:
    """The office that asked reads it too; what it must not write is tried in test_workshops.py."""
    return replace(way, known_to=frozenset(side.officers))


def _day(ahead: int, at: int = 0) -> str:
    return days_ahead(ahead)[at].isoformat()


def _requests(side: Side) -> list[Way]:
    draft, sent, accepted = ({"pk": side.requests[name].pk} for name in ("draft", "submitted", "accepted"))
    last = {"seen": str(2**40), "note": "รับทราบ"}
    written = {
        "title": "คำขอใหม่",
        "topic": "internal_control",
        "aim": "ให้ตรวจนับเงินสดเป็น",
        "center": side.center.pk,
        "where": side.office.province_id,
        "day_count": 1,
        "day_length": "full",
        "since_1": _day(60),
        "until_1": _day(80),
        f"count_{side.organization.pk}": 12,
    }
    others = (OFFICERS | CENTERS | HEAD) - side.own
    accept = {"verb": "accept", **last}
    return [
        *_by_center(
            side,
            [
                _read_by_officers(side, Way("workshops:request", HEAD, sent, sent=accept)),
                Way("workshops:schedule", parts=accepted, sent=_new(side)),
            ],
        ),
        *_by_both(side, [Way("workshops:requests", others)]),
        *_by_officers(
            side,
            [
                Way("workshops:request_new", OFFICERS - side.own, sent=written),
                Way("workshops:request_new", OFFICERS - side.own, asked=f"like={sent['pk']}"),
                Way("workshops:request", parts=draft, sent={"verb": "submit", **last}),
                Way("workshops:request_edit", parts=draft, sent={**written, "seen": str(2**40)}),
            ],
        ),
    ]


def _new(side: Side) -> dict[str, Any]:
    """A workshop on a day of its own."""
    return {
        "title": "อบรมใหม่",
        "topic": "internal_control",
        "capacity": 20,
        "hours": 6,
        "attendance_percent": 80,
        "day_length": "full",
        "day_1": _day(60, 1),
        "am_starts": "9.00",
        "am_ends": "12.00",
        "pm_starts": "13.00",
        "pm_ends": "16.00",
        "room": side.house["room"].pk,
        "trainers": [side.house["trainer"].pk],
        "seen": str(2**40),
    }


def _seen_by_many(side: Side) -> list[Way]:
    """Pages that show each officer something else."""
    number = side.center.pk
    everybody = (ON_DUTY | MEET | CENTERS) - side.own
    return _by_both(
        side,
        [
            Way("workshops:office", everybody),
            Way("workshops:all", everybody),
            Way("workshops:all", everybody, asked="when=past&state=held"),
            Way("workshops:calendar", (OFFICERS | CENTERS | HEAD) - side.own),
            Way("workshops:calendar", HEAD, asked=f"center={number}&view=week"),
            Way("workshops:manage", HEAD, {"pk": side.workshops["running"].pk}),
            Way("workshops:manage", (MEET | HEAD) - side.own, {"pk": side.workshops["open"].pk}, is_silent=True),
            Way("workshops:results", HEAD, {"pk": side.workshops["held"].pk}),
            Way("workshops:results", (MEET | HEAD) - side.own, {"pk": side.workshops["open"].pk}),
        ],
    )


def _run(side: Side) -> list[Way]:
    """What only the center does with a workshop."""
    planned, session = side.workshops["planned"], side.session("planned")
    its, room = {"pk": planned.pk}, side.house["other room"].pk
    other_day = _day(40, 1)
    at = {"day": other_day, "half": "am", "starts": "9.00", "ends": "12.00"}
    facts = _new(side) | {"title": "อบรมเปลี่ยนชื่อ", "revision": planned.revision}
    others = CENTERS - {side.center_staff[0]}
    return _by_center(
        side,
        [
            Way("workshops:plan_workshop", others, sent=_new(side)),
            Way("workshops:open", parts=its, sent=PRESSED, is_silent=True),
            Way("workshops:close", parts={"pk": side.workshops["open"].pk}, sent=PRESSED, is_silent=True),
            Way("workshops:hold", parts={"pk": side.workshops["over"].pk}, sent=PRESSED, is_silent=True),
            Way("workshops:cancel", parts=its, sent={"reason": "ฝนตก"}),
            Way("workshops:change", parts=its, sent=facts),
            Way("workshops:move", parts=its, sent={"day_1": other_day, "revision": planned.revision}),
            Way("workshops:places", parts=its, sent={"room": room, "trainers": []}),
            Way("workshops:session", parts={**its, "session_id": session.pk}, sent=at),
        ],
    )


def _seats(side: Side) -> list[Way]:
    open_one = {"pk": side.workshops["open"].pk}
    person, own = side.people[0].pk, side.organization.pk
    running = {"pk": side.workshops["running"].pk}
    asked, sure = {**open_one, "seat_id": side.seats["open requested"].pk}, {**open_one}
    sure["seat_id"] = side.seats["open confirmed"].pk
    kept = {"organization": own, "keep": "1", "count": 1, "until": timezone.localdate().isoformat()}
    add = {"organization": own, "people": [side.people[-1].pk]}
    readers = (MEET | HEAD) - side.own
    planned = {"pk": side.workshops["planned"].pk}
    return _by_both(
        side,
        [
            Way("workshops:seats", readers, open_one),
            Way("workshops:seats", HEAD, running),
            Way("workshops:add_people", readers, open_one, is_silent=True),
            Way("workshops:add_people", HEAD, running, sent={"login": f"{side.center.pk}-kept-0"}),
            Way("workshops:allotments", parts=planned, asked=f"organization={own}", sent=kept),
            Way("workshops:confirm_seat", parts=asked, sent=PRESSED, is_silent=True),
            Way("workshops:decline_seat", parts=asked, sent={"reason": "เต็มแล้ว"}),
            Way("workshops:remove_seat", parts=sure, sent={"reason": "ย้ายไปรุ่นหน้า"}),
        ],
    ) + [
        replace(way, known_to=side.own)
        for way in _by_officers(
            side,
            [
                Way("workshops:add_people", readers, open_one, f"organization={own}", sent=add),
                Way("workshops:add_people", HEAD, planned, f"organization={own}&q={person}"),
            ],
        )
    ]


def _at_the_door(side: Side) -> list[Way]:
    running = side.workshops["running"]
    its, seat = {"pk": running.pk}, side.seats["running own"].pk
    session = side.session("running", at=int(timezone.localtime().hour >= 12)).pk
    past, over = side.session("over").pk, {"pk": side.workshops["over"].pk}
    now = timezone.now().isoformat()
    scan = {"nonce": "a" * 20, "seat": seat, "session": session, "at": now, "direction": "in", "source": "list"}
    told = {"now": now, "device": "phone", "scans": [scan]}
    return _by_both(
        side,
        [
            Way("workshops:check_in", parts=its),
            Way("workshops:roster", parts=its),
            Way("workshops:scans", parts=its, sent=told, is_silent=True, is_json=True),
            Way("workshops:mark", parts=its, sent={"seat": seat, "direction": "in"}, is_silent=True),
            Way("workshops:attendance", parts=its, sent={"session": session, "present": [seat]}),
            Way("workshops:attendance", parts=over, asked=f"session={past}", sent={"session": past, "present": []}),
        ],
    )


def _papers(side: Side) -> list[Way]:
    its = {"pk": side.workshops["running"].pk}
    paper = {**its, "paper_id": side.things["paper"].pk}
    ways = [
        Way("workshops:messages", parts=its),
        Way("workshops:tell", parts=its, sent={"action": "send", "text": "นำปากกามาด้วย"}),
        Way("workshops:message_again", parts={**its, "message_id": side.things["message"].pk}, sent=PRESSED),
        Way("workshops:message_arrived", parts={**its, "message_id": side.things["unsure"].pk}, sent=PRESSED),
        Way("workshops:papers", parts=its),
        Way("workshops:ask_paper", parts=its, sent={"kind": "agenda"}),
        Way("workshops:invitation", parts=its, sent={"number": "ลับ 1"}),
        Way("workshops:paper", parts=paper),
        Way("workshops:paper_file", parts=paper),
    ]
    silent = {"workshops:message_again", "workshops:message_arrived", "workshops:ask_paper"}
    return [replace(way, is_silent=way.door in silent) for way in _by_both(side, ways)]


def _after(side: Side) -> list[Way]:
    its = {"pk": side.workshops["held"].pk}
    line, picture = {**its, "line": side.things["cost"].pk}, {**its, "picture": side.things["picture"].pk}
    cost = {"what": "cost", "kind": "food", "text": "น้ำดื่ม", "quantity": "2", "price": "10"}
    asked = {"section": ["เนื้อหา"], "text": ["ตรงกับงาน"], "kind": ["scale"]}
    read = _by_both(
        side,
        [
            Way("workshops:report_workbook", HEAD, its),
            Way("workshops:picture", HEAD, picture, is_silent=True),
        ],
    )
    return read + _by_center(
        side,
        [
            Way("workshops:complete", parts=its, is_silent=True),
            Way("workshops:questions", parts=its, sent=asked),
            _read_by_officers(side, Way("workshops:report", HEAD, its, sent=cost)),
            Way("workshops:close_report", parts=its, sent=PRESSED, is_silent=True),
            Way("workshops:remove_cost", parts=line, sent=PRESSED, is_silent=True),
            Way("workshops:remove_picture", parts=picture, sent=PRESSED, is_silent=True),
        ],
    )


def _resources(side: Side) -> list[Way]:
    house, others = side.house, CENTERS - {side.center_staff[0]}
    here, center = f"center={side.center.pk}", {"number": side.center.pk}
    car = {"name": "รถใหม่"}
    room, vehicle = {"pk": house["room"].pk}, {"pk": house["vehicle"].pk}
    away = {"pk": house["other trainer"].pk}
    left = timezone.localdate() + timedelta(days=LEAVE_FROM)
    planned = side.session("planned").day.isoformat()
    leave = {"since": _day(100), "until": "", "day_length": "full", "reason": "อบรม"}
    out = {"since": planned, "until": planned, "day_length": "full", "reason": "ป่วย"}
    instead = {"workshop": side.workshops["planned"].pk, "instead": house["other room"].pk}
    as_room = {"name": "ห้องใหม่", "venue": side.venue.pk, "capacity": 50}
    place = {"name": "อาคารใหม่", "place": side.office.province_id, "is_active": "on"}
    closed = side.center.closed_days.get().pk
    day = {"on": _day(130), "name": "ทำบุญ"}
    return _by_center(
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


def _plans(side: Side) -> list[Way]:
    """Head office asks for plans too, and agrees to none."""
    own, over_all = {"pk": side.things["plan"].pk}, {"pk": side.things["plan_over_all"].pk}
    day, others = {"pk": side.things["proposal"].pk}, CENTERS - {side.center_staff[0]}
    year = side.things["plan"].fiscal_year
    last = {"seen": str(2**40)}
    ask = {"fiscal_year": year, "center": side.center.pk}
    lost = {"resource": side.house["room"].pk, "since": _day(60), "center": side.center.pk}
    as_head = [
        Way("workshops:plans", others, sent=ask, is_silent=True),
        Way("workshops:plan_drop_out", others, sent=lost),
        Way("workshops:plan_repair", parts=own, sent=lost),
    ]
    return [
        *(replace(way, known_to=HEAD) for way in _by_center(side, as_head)),
        *_by_center(
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
