"""Codes by which people of one organization enroll themselves in one course."""

import secrets
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
from learning.enrollments.flows.enrolling import enroll
from learning.enrollments.models import Enrollment, EnrollmentCode
from learning.enrollments.rules import may_enroll_members
from learning.kernel.refusals import Refused
from learning.organizations.choices import Position
from learning.organizations.flows import join_organization
from learning.organizations.models import Organization
from learning.organizations.queries import current_memberships
from learning.people.models import User

# Without 0 O 1 I L U: what is read aloud or copied from paper must not be mistaken. 30 letters, 8 places: 6·10¹¹.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
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
    code = EnrollmentCode.objects.create(
        code="".join(secrets.choice(LETTERS) for _place in range(LENGTH)),
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
    if code.closed_at is None:
        code.closed_at = timezone.now()
        code.save(update_fields=["closed_at"])
        log(code, "enrollments.close_code", user=by)
    return code


def check_code(code: EnrollmentCode) -> None:
    """Raises Refused with the reason when a code does not work today."""
    if code.closed_at:
        raise Refused(_("This code has been closed. Ask who gave it to you for a new one."), status=HTTPStatus.GONE)
    if code.until < timezone.localdate():
        raise Refused(
            _("This code was good until %(day)s. Ask who gave it to you for a new one.")
            % {"day": format_be(code.until)},
            status=HTTPStatus.GONE,
        )
    if code.used_count >= code.most:
        raise Refused(
            _("This code has been used by as many people as it was made for. Ask who gave it to you for a new one."),
            status=HTTPStatus.GONE,
        )


@transaction.atomic
def use_code(code: EnrollmentCode, *, by: User) -> Enrollment:
    """Enroll oneself by a code, as a member of its organization; who is none yet becomes one.

    Who learns the course already keeps that enrollment, and the code is not used up.
    """
    existing = Enrollment.objects.filter(
        user=by, course=code.course, state__in=CURRENT, renewed_at__isnull=True
    ).first()
    if existing and existing.state != EnrollmentState.LAPSED:
        return existing
    code = (
        EnrollmentCode.objects.select_for_update(of=("self",)).select_related("organization", "course").get(pk=code.pk)
    )
    check_code(code)
    membership = current_memberships(by).filter(organization=code.organization).order_by("since", "pk").first()
    if membership is None:
        membership = join_organization(code.organization, position=Position.MEMBER, since=timezone.localdate(), by=by)
    enrollment = enroll(code.course, membership=membership, by=by)
    EnrollmentCode.objects.filter(pk=code.pk).update(used_count=F("used_count") + 1)
    return enrollment
