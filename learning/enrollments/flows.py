"""Enrolling, completing, withdrawing: the only writers of an enrollment."""

from http import HTTPStatus

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certification.flows import Achievement, issue_certificate
from courses.catalog.models import CoursePage
from courses.catalog.queries import is_open_for_enrollment
from learning.enrollments.choices import CURRENT, TRANSITIONS, EnrollmentState
from learning.enrollments.models import Enrollment
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.organizations.models import Membership
from learning.people.models import User


@transaction.atomic
def enroll(course: CoursePage, *, membership: Membership, by: User) -> Enrollment:
    """Enroll a person as a member of one organization. Asking twice gives the same enrollment."""
    existing = Enrollment.objects.select_for_update().filter(user=by, course=course, state__in=CURRENT).first()
    if existing and existing.state != EnrollmentState.LAPSED:
        return existing
    if not is_open_for_enrollment(course):
        raise Refused(
            _("Enrollment in this course is not open. Look at its page for the days, or choose another course."),
            way_on="/courses/",
            way_on_label=_("See all courses"),
        )
    today = timezone.localdate()
    if membership.user_id != by.pk or membership.since > today or (membership.until and membership.until < today):
        raise Refused(
            _("You are not a member of this organization today. Choose another or add it to your organizations."),
            status=HTTPStatus.FORBIDDEN,
            way_on=reverse("organizations:memberships"),
            way_on_label=_("My organizations"),
        )
    if existing:  # lapsed: what was done counts, and so does the organization chosen then
        move(existing, EnrollmentState.ACTIVE, transitions=TRANSITIONS)
        log(existing, "enrollments.enroll", user=by)
        return existing
    organization = membership.organization
    try:
        with transaction.atomic():
            enrollment = Enrollment.objects.create(
                user=by,
                course=course,
                organization=organization,
                position=membership.position,
                province_id=organization.province_id,
                district_id=organization.district_id,
            )
    except IntegrityError:  # the second of two clicks: the first has made it
        return Enrollment.objects.get(user=by, course=course, state__in=CURRENT)
    log(enrollment, "enrollments.enroll", user=by)
    return enrollment


@transaction.atomic
def complete_enrollment(enrollment: Enrollment, *, by: User) -> Enrollment:
    """The only place that completes: the moment is kept, and the certificate issued with it."""
    move(enrollment, EnrollmentState.COMPLETED, transitions=TRANSITIONS, stamp="completed_at")
    course = enrollment.course
    if course.certificate_design:
        person = enrollment.user
        with translation.override(settings.LANGUAGE_CODE):  # the sheet is in Thai whatever language is read
            role = f"{enrollment.get_position_display()} {enrollment.organization}"
        enrollment.certificate = issue_certificate(
            course.certificate_design,
            Achievement(
                holder=person,
                holder_name=person.full_name,
                holder_role=role,
                course_title=course.title,
                hours=course.hours,
                completed_on=timezone.localdate(),
            ),
            by=by,
        )
        enrollment.save(update_fields=["certificate"])
    log(enrollment, "enrollments.complete", user=by)
    return enrollment


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
    move(enrollment, EnrollmentState.WITHDRAWN, transitions=TRANSITIONS, stamp="ended_at")
    log(enrollment, "enrollments.withdraw", user=by)
    return enrollment


def remember_lesson(enrollment_id: int, lesson_id: int) -> None:
    """Keep where the reader is, so that "continue" leads there."""
    Enrollment.objects.filter(pk=enrollment_id).update(last_lesson=lesson_id)
