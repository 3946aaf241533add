"""Who may do what with an enrollment."""

from http import HTTPStatus

from django.contrib.auth.models import AbstractBaseUser, AbstractUser, AnonymousUser
from django.utils.translation import gettext as _

from courses.catalog.models import LessonPage
from learning.duties.queries import Areas, areas_of, organizations_in
from learning.duties.rules import duties_of_today
from learning.enrollments.audiences import Audience, audience_of
from learning.enrollments.models import Assignment, Enrollment
from learning.enrollments.queries import reading_enrollment
from learning.kernel.refusals import Refused
from learning.organizations.models import Organization


def may_read_lessons(user: AbstractBaseUser | AnonymousUser, course_id: int) -> bool:
    """Who is enrolled reads, also after completing."""
    return reading_enrollment(user, course_id) is not None


def may_read_as_author(user: AbstractUser | AnonymousUser) -> bool:
    """Who works in the admin looks at lessons without enrolling."""
    return user.has_perm("wagtailadmin.access_admin")


def is_lesson_of(enrollment: Enrollment, lesson: LessonPage) -> bool:
    """True when the lesson stands under the course of this enrollment."""
    return lesson.get_parent().pk == enrollment.course_id


def may_enroll_members(user: AbstractBaseUser | AnonymousUser, organization: Organization) -> bool:
    """Officers of the area and the organization's own coordinator, who meet its people by name."""
    return organizations_in(areas_of(user).people).filter(pk=organization.pk).exists()


def assigning_areas(user: AbstractBaseUser) -> Areas:
    """The areas of somebody who may assign learning today. Raises Refused (403) for everybody else."""
    areas = duties_of_today(user)
    if areas.assigning:
        return areas
    raise Refused(
        _("Learning is assigned by provincial cooperative offices, and you hold no such duty today."),
        status=HTTPStatus.FORBIDDEN,
        way_on="/office/my-areas/",
        way_on_label=_("What I may see, and why"),
    )


def may_assign_to(user: AbstractBaseUser | AnonymousUser, audience: Audience) -> bool:
    """The audience lies wholly inside the area for which a person may assign learning today."""
    may = areas_of(user).assigning
    if audience.organizations:
        wanted = {organization.pk for organization in audience.organizations}
        return organizations_in(may).filter(pk__in=wanted).count() == len(wanted)
    area = audience.area
    if not area or (area.is_country and not may.is_country):
        return False
    return all(map(may.has_province, area.provinces)) and all(map(may.has_district, area.districts))


def may_close_assignment(user: AbstractBaseUser | AnonymousUser, assignment: Assignment) -> bool:
    """Whoever could open it today: its maker until a transfer, then the successor."""
    return may_assign_to(user, audience_of(assignment))
