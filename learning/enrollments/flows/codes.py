"""Codes by which people of one organization enroll themselves in one course."""

from datetime import date
from http import HTTPStatus

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.thai.dates import format_be
from courses.catalog.models import CoursePage
from courses.catalog.queries import is_open_for_enrollment
from learning.enrollments.choices import CURRENT, EnrollmentState
from learning.enrollments.enlisting import one_seat_each
from learning.enrollments.flows.enrolling import enroll
from learning.enrollments.models import Enrollment, EnrollmentCode
from learning.enrollments.rules import may_enroll_members
from learning.kernel.codes import new_code
from learning.kernel.refusals import Refused
from learning.organizations.choices import Position
from learning.organizations.flows import join_organization
from learning.organizations.models import Organization
from learning.organizations.queries import current_memberships
from learning.people.models import User

LENGTH = 8
MOST = 1000


@transaction.atomic
def open_code(
    organization: Organization, *, course: CoursePage, until: date, most: int = 100, by: User
) -> EnrollmentCode:
    """A new code for one organization and one course, good through `until`, for at most `most` people."""
    if not may_enroll_members(by, organization):
        raise Refused(_("You may make codes only for organizations you answer for today."), status=HTTPStatus.FORBIDDEN)
    if not organization.is_active:
        raise Refused(_("This organization is no longer active. Choose another."))
    if not is_open_for_enrollment(course):
        raise Refused(_("Enrollment in this course is not open. Choose another course."))
    if until < timezone.localdate():
        raise Refused(_("The last day of the code has passed. Choose a later day."), status=HTTPStatus(422))
    if not 1 <= most <= MOST:
        raise Refused(
            _("A code is for 1 to %(most)d people. Write a number in between.") % {"most": MOST},
            status=HTTPStatus(422),
        )
    code = EnrollmentCode.objects.create(
        code=new_code(LENGTH),
        organization=organization,
        course=course,
        until=until,
        most=most,
        created_by=by,
    )
    log(code, "enrollments.open_code", user=by)
    return code


@transaction.atomic
def close_code(code: EnrollmentCode, *, by: User) -> EnrollmentCode:
    """From now on nobody enrolls by it; who did keeps learning."""
    if not may_enroll_members(by, code.organization):
        raise Refused(_("You may close codes only of organizations you answer for today."), status=HTTPStatus.FORBIDDEN)
    code = EnrollmentCode.objects.select_for_update().get(pk=code.pk)
    if code.closed_at is None:
        code.closed_at = timezone.now()
        code.save(update_fields=["closed_at"])
        log(code, "enrollments.close_code", user=by)
    return code


def check_code(code: EnrollmentCode) -> None:
    """Raises Refused with the reason when a code does not work today."""
    if not code.organization.is_active:
        raise Refused(
            _("This code was for %(organization)s, which is no longer active. Ask your officer for a new one.")
            % {"organization": code.organization},
            status=HTTPStatus.GONE,
        )
    if code.closed_at:
        raise Refused(_("This code has been closed. Ask whoever gave it to you for a new one."), status=HTTPStatus.GONE)
    if code.until < timezone.localdate():
        raise Refused(
            _("This code was good until %(day)s. Ask whoever gave it to you for a new one.")
            % {"day": format_be(code.until)},
            status=HTTPStatus.GONE,
        )
    if code.used_count >= code.most:
        raise Refused(
            _("This code has been used by as many people as it was made for. Ask for a new one."),
            status=HTTPStatus.GONE,
        )


@transaction.atomic
def use_code(code: EnrollmentCode, *, by: User) -> Enrollment:
    """Enroll oneself by a code, as a member of its organization; who is none yet becomes one.

    Who learns the course already keeps that enrollment, and the code is not used up.
    """
    if existing := _held(code, by):
        return existing
    code = (
        EnrollmentCode.objects.select_for_update(of=("self",)).select_related("organization", "course").get(pk=code.pk)
    )
    if existing := _held(code, by):  # a second click that waited for the first
        return existing
    check_code(code)
    membership = next(iter(one_seat_each(current_memberships(by).filter(organization=code.organization))), None)
    if membership is None:
        membership = join_organization(code.organization, position=Position.MEMBER, since=timezone.localdate(), by=by)
    enrollment = enroll(code.course, membership=membership, by=by)
    EnrollmentCode.objects.filter(pk=code.pk).update(used_count=F("used_count") + 1)
    return enrollment


def _held(code: EnrollmentCode, person: User) -> Enrollment | None:
    held = Enrollment.objects.filter(user=person, course=code.course, state__in=CURRENT, renewed_at__isnull=True)
    return held.exclude(state=EnrollmentState.LAPSED).first()
