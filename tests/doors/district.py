"""A district with everything in it that an address of officers can name.

It is สรรพยา in ชัยนาท. Its people, numbers and papers have unmistakable names: `SECRETS`. Keys of what is
secret are long, so that a page can be searched for them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.catalog.models import CoursePage
from courses.quizzes.models import Quiz
from learning.desk.opening import open_academy
from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.enrollments.choices import EnrollmentState
from learning.enrollments.flows import (
    Audience,
    complete_enrollment,
    enroll_members,
    lapse,
    open_assignment,
    open_code,
    pass_due_days,
    walk_audience,
    withdraw,
)
from learning.enrollments.models import Assignment, Enrollment, EnrollmentCode
from learning.notices.flows import Message, send_notice
from learning.organizations.choices import Kind, Position
from learning.organizations.flows import change_organization, merge_organizations
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.places.areas import Area
from learning.places.flows import load_places
from learning.places.models import District, PromotionGroup
from learning.register.choices import ImportKind, ImportState, RowAction
from learning.register.flows.invitations import make_invitations
from learning.register.models import Import, ImportRow, Invitation
from learning.reports.counting import catch_up
from learning.reports.models import ReportFile
from learning.reports.tasks import print_report
from learning.sittings.models import Response
from tests.cast import Cast, make_cast
from tests.doors.certificates import things_of_the_register
from tests.doors.malee import things_of_malee
from tests.doors.sides import Side, forget_files, make_sides
from tests.factories.catalog import make_course
from tests.factories.duties import make_duty
from tests.factories.organizations import make_membership, make_organization
from tests.factories.sittings import essay_that_waits

FIRST_KEY, FIRST_PERSON, FIRST_SEAT = 770_010_001, 770_020_001, 770_030_001
# Names, phones and e-mail addresses: for officers and coordinators who meet these people, and for nobody else.
NAMES = ("ซ่อนเร้น", "หับเผย", "ปกปิด", "ลั่นดาล", "มิดชิด", "ใส่กลอน", "เงียบงัน", "ปิดปาก")
PEOPLE = (*NAMES, "@hidden.example", "89900770", "089-900-770")
# Of the organizations and their papers.
PLACES = ("ทุ่งปิดทอง", "เรือนหับ", "บ่อมืด", "หนองเงา", "ก.771177", "0994000077117", "ชน 0077/7117")
PAPERS = ("ต้องรู้ก่อนใคร", "รายชื่อลับ", "งานเก่าลับ", "รายงานลับ")
SECRETS = (*PEOPLE, *PLACES, *PAPERS)
CROWD = "หมู่มาก"  # the family name of the neighbours, whom a totals-only role does not meet either
HOURS = Decimal("7.3")  # completed by one person of the secret cooperative and by nobody else


@dataclass(frozen=True)
class World:
    """The district, and beside it what belongs to others."""

    cast: Cast
    district: District
    group: PromotionGroup
    cooperative: Organization
    women: Organization
    predecessor: Organization
    crowd: Organization  # another organization of the same district
    next_door: Organization  # in another district of the province
    far_away: Organization  # in another province
    people: list[User]
    seats: list[Membership]
    duty: Duty
    courses: dict[str, CoursePage]
    assignment: Assignment
    code: EnrollmentCode
    invitation: Invitation
    checked: Import
    applied: Import
    file: ReportFile
    ours: Side
    theirs: Side
    malees: dict[str, dict[str, Any]]
    certificates: dict[str, Any]
    essay: Response  # of the first of the people, waiting to be marked

    @property
    def secrets(self) -> tuple[str, ...]:
        """With the codes that are drawn by lot."""
        return (*SECRETS, *self.codes)

    @property
    def codes(self) -> tuple[str, ...]:
        found = [self.code.code, self.invitation.code]
        return (*found, *(" ".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in found))


@contextmanager
def world_for_a_module(blocker: Any) -> Iterator[World]:
    """Built once; every test of the module finds it as it was, and the next module finds none of it."""
    with blocker.unblock(), transaction.atomic():
        world = build()
        yield world
        world.file.file.delete(save=False)
        world.certificates["bundle"].file.delete(save=False)
        world.certificates["certificate"].file.delete(save=False)
        forget_files([world.ours, world.theirs])
        transaction.set_rollback(True)


def build() -> World:
    load_places()
    open_academy()
    cast = make_cast()
    courses = {
        "control": make_course(),
        "ledger": make_course("ledger", title="บัญชีเบื้องต้น"),
        "saving": make_course("saving", title="การออม", hours=HOURS, certificate_design=None, quiz=None, lessons=1),
    }
    district = District.objects.get(province__name="ชัยนาท", name="สรรพยา")
    organizations = _organizations(cast, district)
    cooperative = organizations["cooperative"]
    people = _people()
    seats = _seats(people, organizations, cast)
    assignment = _learning(cast, courses, organizations, people)
    today = timezone.localdate()
    checked, applied = _imports(cast.somchai, people)
    duty = make_duty(people[0], Role.COORDINATOR, cooperative)
    code = open_code(cooperative, course=courses["ledger"], until=today + timedelta(days=30), by=cast.somchai)
    invitation = make_invitations(cooperative, people=[people[3].pk], by=cast.somchai)[0]
    send_notice(Message(cast.malee, key="secret", title="ถึงมาลีคนเดียว", text="ข้อความถึงมาลี"))
    ours, theirs = make_sides(cast, organizations["crowd"], Quiz.objects.get(uid="ledger-final"))
    malees = things_of_malee(cast, courses, ours)
    catch_up()
    return World(
        cast=cast,
        district=district,
        group=PromotionGroup.objects.get(districts=district),
        people=people,
        seats=seats,
        duty=duty,
        courses=courses,
        assignment=assignment,
        code=code,
        invitation=invitation,
        checked=checked,
        applied=applied,
        file=_file(cast.somchai, cooperative),
        ours=ours,
        theirs=theirs,
        malees=malees,
        certificates=things_of_the_register(cast.somchai, cooperative, people),
        essay=essay_that_waits(people[0]),
        **organizations,
    )


def _organizations(cast: Cast, district: District) -> dict[str, Organization]:
    here: dict[str, Any] = {"district": district}
    today = timezone.localdate()
    cooperative = make_organization(
        "สหกรณ์การเกษตรหนองเงา จำกัด",
        id=FIRST_KEY,
        registration_number="ก.771177",
        juristic_number="0994000077117",
        **here,
    )
    change_organization(
        cooperative,
        name="สหกรณ์การเกษตรทุ่งปิดทอง จำกัด",
        on=today - timedelta(days=40),
        order_ref="ชน 0077/7117",
        by=cast.somchai,
    )
    women = make_organization("กลุ่มสตรีเรือนหับ", id=FIRST_KEY + 1, kind=Kind.WOMENS_GROUP, parent=cooperative, **here)
    predecessor = make_organization("สหกรณ์การเกษตรบ่อมืด จำกัด", id=FIRST_KEY + 2, **here)
    merge_organizations([predecessor], into=cooperative, on=today - timedelta(days=20), by=cast.somchai)
    cooperative.refresh_from_db()
    predecessor.refresh_from_db()
    manorom = District.objects.get(province__name="ชัยนาท", name="มโนรมย์")
    return {
        "cooperative": cooperative,
        "women": women,
        "predecessor": predecessor,
        "crowd": make_organization("สหกรณ์การเกษตรคนหมู่ใหญ่ จำกัด", **here),
        "next_door": make_organization("สหกรณ์การเกษตรข้างบ้าน จำกัด", district=manorom),
        "far_away": Organization.objects.get(memberships__user=cast.krit),
    }


def _people() -> list[User]:
    """The last of them was entered by the office and has never signed in."""
    people = []
    for place, (first, last) in enumerate(zip(NAMES[::2], NAMES[1::2], strict=True)):
        person = User(
            id=FIRST_PERSON + place,
            username=f"hidden-{place}",
            title="นาง",
            first_name=first,
            last_name=last,
            phone=f"+668990077{place:02}",
            email=f"person{place}@hidden.example",
        )
        person.set_unusable_password()
        if place < 3:
            person.set_password("hidden-2569")
        person.save()
        people.append(person)
    return people


def _seats(people: list[User], organizations: dict[str, Organization], cast: Cast) -> list[Membership]:
    cooperative = organizations["cooperative"]
    seats = [
        make_membership(people[0], cooperative, id=FIRST_SEAT, position=Position.BOARD_CHAIR, term_number=1),
        make_membership(people[1], cooperative, id=FIRST_SEAT + 1, position=Position.BOARD_MEMBER, term_number=1),
        make_membership(people[2], organizations["women"], position=Position.GROUP_LEADER),
        make_membership(people[2], organizations["predecessor"], until=date(2026, 1, 31)),
        make_membership(people[3], cooperative),
    ]
    make_membership(cast.malee, cooperative)
    for place in range(6):
        person = User.objects.create_user(f"crowd-{place}", first_name=f"คน{place}", last_name=CROWD)
        make_membership(person, organizations["crowd"])
    own = User.objects.create_user("next-door", first_name="เพื่อนบ้าน", last_name="มโนรมย์")
    make_membership(own, organizations["next_door"], position=Position.BOARD_MEMBER)
    return seats


def _learning(
    cast: Cast, courses: dict[str, CoursePage], organizations: dict[str, Organization], people: list[User]
) -> Assignment:
    """Four learn in the secret cooperative and its group: active, overdue, completed, lapsed, withdrawn.

    Six of another organization learn beside them, so that the district as a whole may be counted.
    """
    today = timezone.localdate()
    keys = [person.pk for person in people]
    cooperative, women = organizations["cooperative"], organizations["women"]
    crowd = Membership.objects.filter(organization=organizations["crowd"]).values_list("user", flat=True)
    enroll_members(courses["ledger"], organization=organizations["crowd"], people=list(crowd), by=cast.somchai)
    learners = [*keys[:2], cast.malee.pk]
    enroll_members(courses["saving"], organization=cooperative, people=learners, by=cast.somchai)
    enroll_members(courses["saving"], organization=women, people=keys, by=cast.somchai)
    saving = {one.user_id: one for one in Enrollment.objects.filter(course=courses["saving"], user__in=keys)}
    complete_enrollment(saving[keys[0]], by=people[0])
    # Who has completed it before it had a design waits for a certificate.
    courses["saving"].certificate_design = courses["control"].certificate_design
    courses["saving"].save()
    lapse(saving[keys[1]], by=cast.somchai)
    withdraw(saving[keys[2]], by=people[2])
    assignment = open_assignment(
        title="ต้องรู้ก่อนใคร",
        courses=[courses["control"]],
        audience=Audience(area=Area(), positions=[Position.BOARD_CHAIR], organizations=[cooperative]),
        starts_on=today,
        due_days=30,
        by=cast.somchai,
    )
    walk_audience(assignment, day=today)
    late = Enrollment.objects.filter(course=courses["control"], user=keys[0], state=EnrollmentState.ACTIVE)
    late.update(due_on=today - timedelta(days=1))
    pass_due_days(today=today)
    assignment.refresh_from_db()
    return assignment


def _imports(by: User, people: list[User]) -> tuple[Import, Import]:
    """One that was checked, with a row to add and one to decide; one that was saved."""
    facts: dict[str, Any] = {"kind": ImportKind.PEOPLE, "sha256": "0" * 64, "created_by": by, "total_count": 2}
    columns = ["first_name", "last_name", "phone", "organization", "province", "position"]
    batches = [
        Import.objects.create(file_name=name, state=state, columns=columns, **facts)
        for name, state in (("รายชื่อลับ.xlsx", ImportState.CHECKED), ("งานเก่าลับ.xlsx", ImportState.APPLIED))
    ]
    cells = {
        "first_name": NAMES[0],
        "last_name": NAMES[1],
        "phone": "089-900-7700",
        "organization": "สหกรณ์การเกษตรทุ่งปิดทอง จำกัด",
        "province": "ชัยนาท",
        "position": "สมาชิก",
    }
    values = {"first_name": NAMES[0], "last_name": NAMES[1], "phone": "+66899007700"}
    alike = [{"id": people[0].pk, "label": str(people[0]), "why": "phone"}]
    for batch in batches:
        row = {"batch": batch, "cells": cells, "values": values}
        ImportRow.objects.create(**row, number=2, action=RowAction.ADD)
        ImportRow.objects.create(**row, number=3, action=RowAction.ASK, alike=alike)
    return batches[0], batches[1]


def _file(by: User, cooperative: Organization) -> ReportFile:
    """Printed for good, as the worker would have."""
    file = ReportFile.objects.create(asked_by=by, query=f"organizations?area=o{cooperative.pk}", title="รายงานลับ")
    print_report(file.pk)
    file.refresh_from_db()
    return file
