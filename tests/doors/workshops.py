"""The doors of workshops: what leads to one side's, what is sent there, and to whom of the others it opens."""

from dataclasses import replace
from typing import Any

from django.utils import timezone

from tests.doors.batches import ways_to_center_batches
from tests.doors.centers import ways_to_plans, ways_to_resources
from tests.doors.people import CENTERS, HEAD, MEET, OFFICERS, ON_DUTY
from tests.doors.sides import Side
from tests.doors.way import PRESSED, Way, by_both, by_center, by_officers, day_after, read_by_officers


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
        *ways_to_center_batches(side),
        *ways_to_resources(side),
        *ways_to_plans(side),
    ]


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
        "since_1": day_after(60),
        "until_1": day_after(80),
        f"count_{side.organization.pk}": 12,
    }
    others = (OFFICERS | CENTERS | HEAD) - side.own
    accept = {"verb": "accept", **last}
    return [
        *by_center(
            side,
            [
                read_by_officers(side, Way("workshops:request", HEAD, sent, sent=accept)),
                Way("workshops:schedule", parts=accepted, sent=_new(side)),
            ],
        ),
        *by_both(side, [Way("workshops:requests", others)]),
        *by_officers(
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
        "day_1": day_after(60, 1),
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
    return by_both(
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
    other_day = day_after(40, 1)
    at = {"day": other_day, "half": "am", "starts": "9.00", "ends": "12.00"}
    facts = _new(side) | {"title": "อบรมเปลี่ยนชื่อ", "revision": planned.revision}
    others = CENTERS - {side.center_staff[0]}
    return by_center(
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
    return by_both(
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
        for way in by_officers(
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
    return by_both(
        side,
        [
            Way("workshops:check_in", parts=its),
            Way("workshops:roster", parts=its),
            Way("workshops:scans", parts=its, sent=told, is_json=True),
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
    return [replace(way, is_silent=way.door in silent) for way in by_both(side, ways)]


def _after(side: Side) -> list[Way]:
    its = {"pk": side.workshops["held"].pk}
    line, picture = {**its, "line": side.things["cost"].pk}, {**its, "picture": side.things["picture"].pk}
    cost = {"what": "cost", "kind": "food", "text": "น้ำดื่ม", "quantity": "2", "price": "10"}
    asked = {"section": ["เนื้อหา"], "text": ["ตรงกับงาน"], "kind": ["scale"]}
    read = by_both(
        side,
        [
            Way("workshops:report_workbook", HEAD, its),
            Way("workshops:picture", parts=picture, is_silent=True),
        ],
    )
    return read + by_center(
        side,
        [
            Way("workshops:complete", parts=its, is_silent=True),
            Way("workshops:questions", parts=its, sent=asked),
            read_by_officers(side, Way("workshops:report", HEAD, its, sent=cost)),
            Way("workshops:close_report", parts=its, sent=PRESSED, is_silent=True),
            Way("workshops:remove_cost", parts=line, sent=PRESSED, is_silent=True),
            Way("workshops:remove_picture", parts=picture, sent=PRESSED, is_silent=True),
        ],
    )
