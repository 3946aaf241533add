"""Enrolling, completing, withdrawing."""

from collections.abc import Collection
from datetime import date
from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certification.flows import Achievement, issue_certificate
from certification.models import Certificate
from courses.catalog.models import CoursePage
from courses.catalog.queries import is_open_for_enrollment
from learning.enrollments.assigning import renew_due_days, settle_obligations
from learning.enrollments.choices import CURRENT, TRANSITIONS, EnrollmentState, EventKind
from learning.enrollments.enlisting import Enlisted, enlist, one_seat_each
from learning.enrollments.events import record
from learning.enrollments.models import Enrollment
from learning.enrollments.rules import may_enroll_members
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.organizations.models import Membership, Organization
from learning.organizations.queries import holding_on
from learning.people.models import User


@transaction.atomic
def enroll(course: CoursePage, *, membership: Membership, by: User) -> Enrollment:
    """Enroll a person as a member of one organization. Asking twice gives the same enrollment.

    Who has completed the course, and whose certificate is about to expire, learns it once more.
    """
    existing = Enrollment.objects.filter(user=by, course=course, state__in=CURRENT, renewed_at__isnull=True).first()
    renews = existing is not None and existing.is_renewable
    if existing and existing.state != EnrollmentState.LAPSED and not renews:
        return existing
    _check_open(course)
    today = timezone.localdate()
    if membership.user_id != by.pk or membership.since > today or (membership.until and membership.until < today):
        raise Refused(
            _("You are not a member of this organization today. Choose another or add it to your organizations."),
            status=HTTPStatus.FORBIDDEN,
            way_on=reverse("organizations:memberships"),
            way_on_label=_("My organizations"),
        )
    enlist(course, [membership], by=by, counts_since={by.pk: today} if renews else None)
    renew_due_days([by.pk], day=today)
    enrollment = Enrollment.objects.get(user=by, course=course, state__in=CURRENT, renewed_at__isnull=True)
    log(enrollment, "enrollments.enroll", user=by)
    return enrollment


@transaction.atomic
def enroll_members(course: CoursePage, *, organization: Organization, people: Collection[int], by: User) -> Enlisted:
    """Enroll members of one organization in one step: those of `people` (ids) who hold a position there today.

    Who learns the course already, for whichever organization, is left as they are.
    """
    if not may_enroll_members(by, organization):
        raise Refused(
            _("You may enroll people only of organizations you answer for today."), status=HTTPStatus.FORBIDDEN
        )
    if not organization.is_active:
        raise Refused(_("This organization is no longer active. Choose another."))
    _check_open(course)
    if not people:
        raise Refused(_("Choose at least one person."), status=HTTPStatus(422))
    memberships = (
        Membership.objects.filter(holding_on(timezone.localdate()), organization=organization, user__in=people)
        .select_related("user", "organization")
        .order_by("since", "pk")
    )
    result = enlist(course, one_seat_each(memberships), by=by)
    if not (result.new or result.reopened or result.already):
        raise Refused(
            _("None of these people holds a position in this organization today. Load the page again."),
            status=HTTPStatus.CONFLICT,
        )
    renew_due_days([*result.new, *result.reopened], day=timezone.localdate())
    log(organization, "enrollments.enroll_members", user=by, data={"course": course.pk, "people": result.new})
    return result


def _check_open(course: CoursePage) -> None:
    if not is_open_for_enrollment(course):
        raise Refused(
            _("Enrollment in this course is not open. Look at its page for the days, or choose another course."),
            way_on="/courses/",
            way_on_label=_("See all courses"),
        )


@transaction.atomic
def complete_enrollment(enrollment: Enrollment, *, by: User) -> Enrollment:
    """The only place that completes: the moment is kept, and the certificate issued with it."""
    course = enrollment.course
    move(enrollment, EnrollmentState.COMPLETED, transitions=TRANSITIONS, stamp="completed_at", hours=course.hours)
    record(enrollment, EventKind.COMPLETED, on=timezone.localdate())
    if course.certificate_design:
        enrollment.certificate = _certificate_of(enrollment, on=timezone.localdate(), by=by)
        enrollment.save(update_fields=["certificate"])
    if settle_obligations([enrollment.user_id]):
        renew_due_days([enrollment.user_id], day=timezone.localdate())
    log(enrollment, "enrollments.complete", user=by)
    return enrollment


@transaction.atomic
def certify_enrollment(enrollment: Enrollment, *, by: User) -> Certificate | None:
    """The certificate of who completed before the course was given its design; None when nothing is owed."""
    enrollment = (
        Enrollment.objects.select_for_update(of=("self",))
        .select_related("course__certificate_design", "user", "organization")
        .get(pk=enrollment.pk)
    )
    completed_at = enrollment.completed_at
    owes = enrollment.certificate_id is None and enrollment.course.certificate_design
    if owes and completed_at is not None and enrollment.state == EnrollmentState.COMPLETED:
        enrollment.certificate = _certificate_of(enrollment, on=timezone.localdate(completed_at), by=by)
        enrollment.save(update_fields=["certificate"])
        log(enrollment, "enrollments.certify", user=by)
    return enrollment.certificate


def _certificate_of(enrollment: Enrollment, *, on: date, by: User) -> Certificate:
    course, person = enrollment.course, enrollment.user
    assert course.certificate_design is not None, "Asked by the callers."
    with translation.override(settings.LANGUAGE_CODE):  # the sheet is in Thai whatever language is read
        role = f"{enrollment.get_position_display()} {enrollment.organization}"
    return issue_certificate(
        course.certificate_design,
        Achievement(
            holder=person,
            holder_name=person.full_name if person.first_name else "",
            holder_name_en=person.name_en,
            holder_role=role,
            course_title=course.title,
            hours=enrollment.hours,
            completed_on=on,
            occasion=f"enrollment:{enrollment.pk}",
            subject=f"course:{course.pk}",
            organization_name=str(enrollment.organization),
            organization_key=enrollment.organization_id,
            parent_key=enrollment.parent_id,
            province_code=enrollment.province_id,
            district_code=enrollment.district_id or "",
        ),
        by=by,
    )


@transaction.atomic
def withdraw(enrollment: Enrollment, *, by: User) -> Enrollment:
    """Stop learning a course. What was done stays on record; enrolling again begins anew."""
    enrollment = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    if not enrollment.is_open:
        raise Refused(
            _("This course is already finished, so it cannot be left."),
            way_on=reverse("desk:home"),
            way_on_label=_("My desk"),
        )
    if enrollment.due_on:
        raise Refused(
            _("This course was assigned to you, so it cannot be left. Ask your provincial cooperative office."),
            way_on=reverse("desk:home"),
            way_on_label=_("My desk"),
        )
    move(enrollment, EnrollmentState.WITHDRAWN, transitions=TRANSITIONS, stamp="ended_at")
    record(enrollment, EventKind.WITHDRAWN, on=timezone.localdate())
    log(enrollment, "enrollments.withdraw", user=by)
    return enrollment


@transaction.atomic
def lapse(enrollment: Enrollment, *, by: User) -> Enrollment:
    """Put aside an enrollment nobody works on. What was done stays; enrolling again takes it up."""
    enrollment = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    move(enrollment, EnrollmentState.LAPSED, transitions=TRANSITIONS, stamp="ended_at")
    record(enrollment, EventKind.LAPSED, on=timezone.localdate())
    log(enrollment, "enrollments.lapse", user=by)
    return enrollment


def remember_lesson(enrollment_id: int, lesson_id: int) -> None:
    """Keep where the reader is, so that "continue" leads there."""
    Enrollment.objects.filter(pk=enrollment_id).update(last_lesson=lesson_id)
