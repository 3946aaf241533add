"""Reads of enrollments."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet

from learning.duties.queries import areas_of
from learning.enrollments.choices import CURRENT, READING, AssignmentState, EnrollmentState, ObligationState
from learning.enrollments.models import Assignment, Enrollment, EnrollmentCode, Obligation
from learning.organizations.models import Organization
from learning.places.areas import Area


def of_person(user_id: int | None) -> QuerySet[Enrollment]:
    """A person's own enrollments; nobody's for nobody."""
    return Enrollment.objects.filter(user=user_id) if user_id else Enrollment.objects.none()


def enrollments_in(area: Area) -> QuerySet[Enrollment]:
    """Enrollments that count for an area: by the organization and place of the moment of enrolling."""
    return Enrollment.objects.filter(
        area.where(province="province", district="district", organizations=["organization", "parent"])
    )


def visible_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Enrollment]:
    """Enrollments an officer or coordinator meets by name; one's own are in `of_person`."""
    return enrollments_in(areas_of(user).people)


def reading_enrollment(user: AbstractBaseUser | AnonymousUser, course_id: int) -> Enrollment | None:
    """The enrollment that opens the lessons of a course to this person; None when there is none."""
    return of_person(user.pk).filter(course=course_id, state__in=READING, renewed_at__isnull=True).first()


def current_enrollment(user: AbstractBaseUser | AnonymousUser, course_id: int) -> Enrollment | None:
    """Active, lapsed or completed: at most one per course."""
    return (
        of_person(user.pk)
        .filter(course=course_id, state__in=CURRENT, renewed_at__isnull=True)
        .select_related("course", "organization", "certificate")
        .first()
    )


def enrollments_for_desk(user: AbstractBaseUser) -> QuerySet[Enrollment]:
    """Everything a person learns or has learnt, with what the desk shows of it."""
    return (
        of_person(user.pk)
        .filter(state__in=CURRENT, renewed_at__isnull=True)
        .select_related("course__outline", "course__cover", "organization", "certificate", "last_lesson")
        .order_by("-enrolled_at")
    )


def without_overdue_event(*, today: object) -> QuerySet[Enrollment]:
    """Active enrollments whose due day has passed and that are not yet counted as overdue."""
    return Enrollment.objects.filter(state=EnrollmentState.ACTIVE, is_overdue=False, due_on__lt=today)


# --- assignments ---------------------------------------------------------------------------------
def assignments_visible_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Assignment]:
    """Those one made, those that reach organizations or districts of one's area, and those of the whole country."""
    areas = areas_of(user)
    if not areas:
        return Assignment.objects.none()
    area = areas.totals
    if area.is_country:
        return Assignment.objects.all()
    provinces = area.provinces | {code[:2] for code in area.districts}
    organizations = area.where(province="province", district="district", organizations=["pk", "parent"])
    reaches = (
        Q(created_by=user.pk)
        | Q(is_country=True)
        | Q(provinces__in=provinces)
        | Q(districts__in=area.districts)
        | Q(districts__province__in=area.provinces)
        | Q(organizations__in=Organization.objects.filter(organizations).order_by().values("pk"))
    )
    found = Assignment.objects.filter(reaches).order_by().values("pk")
    return Assignment.objects.filter(pk__in=found)


def open_assignments() -> QuerySet[Assignment]:
    return Assignment.objects.filter(state=AssignmentState.OPEN)


def own_obligations(user: AbstractBaseUser) -> QuerySet[Obligation]:
    """What a person still owes, the nearest day first."""
    return Obligation.objects.filter(user=user.pk, state=ObligationState.OPEN).select_related("assignment")


def codes_visible_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[EnrollmentCode]:
    """Codes of organizations whose people one meets by name."""
    area = areas_of(user).people
    return EnrollmentCode.objects.filter(
        area.where(
            province="organization__province",
            district="organization__district",
            organizations=["organization", "organization__parent"],
        )
    ).select_related("organization", "course")
