"""Who may do what with an enrollment."""

from django.contrib.auth.models import AbstractBaseUser, AbstractUser, AnonymousUser

from courses.catalog.models import LessonPage
from learning.duties.queries import areas_of, organizations_in
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import reading_enrollment
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
