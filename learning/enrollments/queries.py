"""Reads of enrollments."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet

from learning.enrollments.choices import CURRENT, READING
from learning.enrollments.models import Enrollment


def of_person(user_id: int | None) -> QuerySet[Enrollment]:
    """A person's own enrollments; nobody's for nobody."""
    return Enrollment.objects.filter(user=user_id) if user_id else Enrollment.objects.none()


def visible_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Enrollment]:
    """A learner sees their own. Officers see their area once duties exist."""
    return of_person(user.pk)


def reading_enrollment(user: AbstractBaseUser | AnonymousUser, course_id: int) -> Enrollment | None:
    """The enrollment that opens the lessons of a course to this person; None when there is none."""
    return visible_to(user).filter(course=course_id, state__in=READING).first()


def current_enrollment(user: AbstractBaseUser | AnonymousUser, course_id: int) -> Enrollment | None:
    """Active, lapsed or completed: at most one per course."""
    return (
        visible_to(user)
        .filter(course=course_id, state__in=CURRENT)
        .select_related("course", "organization", "certificate")
        .first()
    )


def enrollments_for_desk(user: AbstractBaseUser) -> QuerySet[Enrollment]:
    """Everything a person learns or has learnt, with what the desk shows of it."""
    return (
        visible_to(user)
        .filter(state__in=CURRENT)
        .select_related("course__outline", "course__cover", "organization", "certificate", "last_lesson")
        .order_by("-enrolled_at")
    )
