"""Reads of enrollments."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Collate
from django.utils import timezone

from cms.thai.names import COLLATION
from courses.catalog.models import CoursePage
from learning.duties.queries import areas_of, organizations_in
from learning.enrollments.audiences import Audience, memberships_of
from learning.enrollments.choices import CURRENT, READING, AssignmentState, EnrollmentState, ObligationState
from learning.enrollments.enlisting import one_seat_each
from learning.enrollments.models import Assignment, Enrollment, EnrollmentCode, Obligation
from learning.organizations.models import Membership, Organization
from learning.organizations.queries import current_memberships, holding_on
from learning.people.models import User
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
    """Those that reach people whom one meets by name in one's area of today, and those of the whole country.

    Their pages count one organization at a time, so where somebody may see totals only they see none of it.
    """
    area = areas_of(user).people
    if not area:
        return Assignment.objects.none()
    if area.is_country:
        return Assignment.objects.all()
    provinces = area.provinces | {code[:2] for code in area.districts}
    organizations = area.where(province="province", district="district", organizations=["pk", "parent"])
    reaches = (
        Q(is_country=True)
        | Q(provinces__in=provinces)
        | Q(districts__in=area.districts)
        | Q(districts__province__in=area.provinces)
        | Q(organizations__in=Organization.objects.filter(organizations).order_by().values("pk"))
    )
    found = Assignment.objects.filter(reaches).order_by().values("pk")
    return Assignment.objects.filter(pk__in=found)


@dataclass(frozen=True)
class Size:
    """How many an assignment would reach."""

    people: int
    organizations: int


def size_of(audience: Audience, *, day: date) -> Size:
    counts = memberships_of(audience, day=day).aggregate(
        people=Count("user", distinct=True), organizations=Count("organization", distinct=True)
    )
    return Size(**counts)


def open_assignments() -> QuerySet[Assignment]:
    return Assignment.objects.filter(state=AssignmentState.OPEN)


def assignments_to_walk() -> QuerySet[Assignment]:
    """Open ones, and closed ones that somebody still owes because a worker stopped half way."""
    owed = Obligation.objects.filter(assignment=OuterRef("pk"), state=ObligationState.OPEN)
    return Assignment.objects.filter(Q(state=AssignmentState.OPEN) | Exists(owed))


def obligations_in(area: Area) -> QuerySet[Obligation]:
    """Obligations of members of the organizations of an area."""
    return Obligation.objects.filter(
        area.where(
            province="membership__organization__province",
            district="membership__organization__district",
            organizations=["membership__organization", "membership__organization__parent"],
        )
    )


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


def code_with(text: str) -> EnrollmentCode | None:
    """The code as it is kept, open or not."""
    return EnrollmentCode.objects.filter(code=text).select_related("organization__parent", "course").first()


def seat_for(code: EnrollmentCode, user: AbstractBaseUser | AnonymousUser) -> tuple[Enrollment | None, str]:
    """What somebody has of a code's course already, and the position as which they would learn; both may be empty."""
    if not isinstance(user, User):
        return None, ""
    held = current_enrollment(user, code.course_id)
    seats = one_seat_each(current_memberships(user).filter(organization=code.organization_id))
    position = seats[0].get_position_display() if seats else ""
    return (held if held and held.state != EnrollmentState.LAPSED else None), position


# --- a group ---------------------------------------------------------------------------------------
def organizations_met_by(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Organization]:
    """Organizations whose people one meets by name."""
    return organizations_in(areas_of(user).people).select_related("province", "district", "parent")


def courses_open_today() -> QuerySet[CoursePage]:
    """Courses in which somebody can be enrolled today, with something to learn."""
    today = timezone.localdate()
    return (
        CoursePage.objects.live()
        .filter(
            Q(enrollment_opens_on__isnull=True) | Q(enrollment_opens_on__lte=today),
            Q(enrollment_closes_on__isnull=True) | Q(enrollment_closes_on__gte=today),
            outline__lesson_count__gt=0,
        )
        .order_by("path")
    )


def learners_of(organization: Organization, *, seen_by: AbstractBaseUser) -> QuerySet[Enrollment]:
    """Enrollments that count for one organization, by name; nobody's for who does not meet its people today.

    Where it stood when somebody enrolled does not matter: who answers for it now answers for those people.
    """
    met = organizations_in(areas_of(seen_by).people).filter(pk=organization.pk).order_by().values("pk")
    return (
        Enrollment.objects.filter(organization=organization, organization__in=met, renewed_at__isnull=True)
        .exclude(state=EnrollmentState.WITHDRAWN)
        .select_related("user", "course")
        .order_by(
            Collate("user__first_name", COLLATION), Collate("user__last_name", COLLATION), "user", "course__path", "pk"
        )
    )


@dataclass(frozen=True)
class Member:
    """Somebody of an organization of today, and what they have of one course."""

    person: User
    positions: tuple[str, ...]
    enrollment: Enrollment | None
    is_chosen: bool

    @property
    def is_closed(self) -> bool:
        """Enrolled already: nothing to choose."""
        return self.enrollment is not None and self.enrollment.state != EnrollmentState.LAPSED


def members_for(
    organization: Organization, course: CoursePage, *, chosen: Collection[int] | None = None
) -> list[Member]:
    """The people of an organization today with what they have of a course, by name; chosen None: everybody is."""
    seats = (
        Membership.objects.filter(holding_on(timezone.localdate()), organization=organization, user__is_active=True)
        .select_related("user")
        .order_by(Collate("user__first_name", COLLATION), Collate("user__last_name", COLLATION), "user", "since", "pk")
    )
    people: dict[int, User] = {}
    positions: dict[int, list[str]] = {}
    for seat in seats:
        people[seat.user_id] = seat.user
        positions.setdefault(seat.user_id, []).append(seat.get_position_display())
    held = {
        one.user_id: one
        for one in Enrollment.objects.filter(course=course, user__in=people, state__in=CURRENT, renewed_at__isnull=True)
    }
    return [
        Member(person, tuple(positions[pk]), held.get(pk), chosen is None or pk in chosen)
        for pk, person in people.items()
    ]
