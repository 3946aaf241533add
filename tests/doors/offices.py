"""The doors of officers: what leads where, what is sent there, and to whom of the strangers it opens."""

from typing import Any

from tests.doors.batches import ways_to_course_batches
from tests.doors.certificates import ways_to_the_register
from tests.doors.district import World
from tests.doors.people import APPOINTING, KEEPING, NAMES, ON_DUTY, SIGNED_IN, TOTALS
from tests.doors.testing import ways_to_tests
from tests.doors.way import Way, today
from tests.doors.workshops import ways_of

CORRECTED = {"title": "นาง", "first_name": "เปลี่ยน", "last_name": "ชื่อ", "phone": "089-777-0000"}


def ways(world: World) -> list[Way]:
    """At least one for every officers' door."""
    district = [*_duties(world), *_register(world), *_imports(world), *_enrollments(world), *_reports(world)]
    return [
        *district,
        *ways_of(world.ours),
        *ways_to_tests(world),
        *ways_to_course_batches(world),
        *ways_to_the_register(world.certificates),
    ]


def _duties(world: World) -> list[Way]:
    give = {"login": "krit", "since": today(), "sure": "1"}
    own = f"organization={world.cooperative.pk}"
    return [
        Way("duties:my_areas", SIGNED_IN, is_silent=True),
        Way("duties:duties", APPOINTING),
        Way("duties:give", APPOINTING, sent={**give, "post": f"group-{world.group.pk}"}, is_silent=True),
        Way("duties:give", asked=own, sent=give),
        Way("duties:end", parts={"duty_id": world.duty.pk}, sent={"when": "today"}),
    ]


def _register(world: World) -> list[Way]:
    here = {"organization_id": world.cooperative.pk}
    women = {"organization_id": world.women.pk}
    seat = {"membership_id": world.seats[1].pk}
    place, day = world.district.pk, {"on": today()}
    facts = {"kind": "agricultural", "name": "สหกรณ์การเกษตรตั้งใหม่ จำกัด", "place": place}
    position = {"position": "member", "since": today()}
    renamed = {"on": today(), "kind": "agricultural", "name": "สหกรณ์การเกษตรเปลี่ยนชื่อ จำกัด", "place": place}
    part = {**day, "name": "สหกรณ์การเกษตรแยกตัว จำกัด", "place": place, "people": [world.people[0].pk], "sure": "1"}
    hidden = world.people[1].pk
    return [
        Way("register:organizations", ON_DUTY),
        Way("register:add_organization", KEEPING, sent=facts, is_silent=True),
        Way("register:organization", TOTALS, here),
        Way("register:organization", TOTALS, {"organization_id": world.predecessor.pk}),
        Way("register:edit_organization", parts=here, sent=renamed),
        Way("register:merge", parts=here, asked=f"into={world.crowd.pk}", sent=day),
        Way("register:merge", parts={"organization_id": world.crowd.pk}, asked=f"into={here['organization_id']}"),
        Way("register:split", parts=here, sent=part),
        Way("register:dissolve", parts=here, sent=day),
        Way("register:add_member", parts=here, asked=f"person={hidden}", sent={**position, "position": "staff"}),
        Way("register:add_member", parts=women, asked=f"q={world.people[0].first_name}"),
        Way("register:people", NAMES),
        Way("register:people", asked=f"organization={world.cooperative.pk}"),
        Way("register:person", parts={"person_id": hidden}),
        Way("register:edit_person", parts={"person_id": world.people[3].pk}, sent=CORRECTED),
        Way("register:edit_member", parts=seat, sent={**position, "position": "board_member", "since": "2025-12-02"}),
        Way("register:end_membership", parts=seat, sent=day),
        Way("register:invitations", parts=here, sent={"people": [world.people[3].pk]}),
        Way("register:invitation_slips", parts=here),
    ]


def _imports(world: World) -> list[Way]:
    checked, applied = {"pk": world.checked.pk}, {"pk": world.applied.pk}
    added, asked = {**checked, "number": 2}, {**checked, "number": 3}
    return [
        Way("register:imports", KEEPING),
        Way("register:new_import", KEEPING, is_silent=True),
        Way("register:import_template", ON_DUTY, {"kind": "people"}, is_silent=True),
        Way("register:import", parts=checked),
        Way("register:import", parts=applied),
        Way("register:import_progress", parts=checked, is_silent=True),
        Way("register:import_report", parts=checked),
        Way("register:import_row", parts=added, sent={"phone": "089-900-7701"}),
        Way("register:decide_row", parts=asked, sent={"answer": "leave_out"}, is_silent=True),
        Way("register:apply_import", parts=checked, sent={"mode": "row_by_row"}, is_silent=True),
        Way("register:undo_import", parts=applied, is_silent=True),
        Way("register:discard_import", parts=checked, is_silent=True),
    ]


def _enrollments(world: World) -> list[Way]:
    here = {"organization_id": world.cooperative.pk}
    course = world.courses["ledger"].pk
    mine, code = {"assignment_id": world.assignment.pk}, {"code_id": world.code.pk}
    new = {
        "action": "open",
        "title": "ให้คนของเขาเรียน",
        "where": "organizations",
        "organizations": [world.cooperative.pk],
        "course_1": course,
        "starts_on": today(),
        "counts_from": "date",
        "due_days": 30,
    }
    everywhere = {**new, "where": "places", "districts": [world.district.pk]}
    return [
        Way("enrollments:group", parts=here, asked=f"course={course}", sent=_people(world, course)),
        Way("enrollments:learners", parts=here),
        Way("enrollments:codes", parts=here, sent={"course": course, "until": today(), "most": 5}),
        Way("enrollments:close_code", parts=code, is_silent=True),
        Way("enrollments:slips", parts=code),
        Way("enrollments:assignments", KEEPING),
        Way("enrollments:new_assignment", KEEPING, sent=new, is_silent=True),
        Way("enrollments:new_assignment", KEEPING, sent=everywhere, is_silent=True),
        Way("enrollments:assignment", parts=mine),
        Way("enrollments:close_assignment", parts=mine),
        Way("enrollments:assignment_people", parts={**mine, **here}),
    ]


def _people(world: World, course: int) -> dict[str, Any]:
    return {"course": course, "people": [person.pk for person in world.people]}


def _reports(world: World) -> list[Way]:
    area = f"area=o{world.cooperative.pk}"
    kinds, file = {"slug": "kinds"}, {"file_id": world.file.pk}
    return [
        Way("reports:dashboard", ON_DUTY, is_silent=True),
        Way("reports:dashboard", TOTALS, asked=area),
        Way("reports:reports", ON_DUTY, is_silent=True),
        Way("reports:reports", TOTALS, asked=area),
        Way("reports:report", ON_DUTY, kinds, is_silent=True),
        Way("reports:report", TOTALS, kinds, asked=area),
        Way("reports:workbook", ON_DUTY, kinds, is_silent=True),
        Way("reports:workbook", TOTALS, kinds, asked=area),
        Way("reports:paper", TOTALS, kinds, sent={"area": area[5:]}, is_silent=True, is_theirs=True),
        Way("reports:files", ON_DUTY),
        Way("reports:file", parts=file),
        Way("reports:download", parts=file),
    ]
