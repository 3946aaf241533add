"""Whose sittings, which are open, overdue, left."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from courses.quizzes.models import Quiz
from learning.enrollments.models import Enrollment
from learning.sittings.choices import SittingState
from learning.sittings.models import Response, Sitting

# An answer given in the last second may travel half a minute on a weak line.
GRACE = timedelta(seconds=30)


def visible_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Sitting]:
    """A learner sees their own sittings."""
    return Sitting.objects.filter(user=user.pk) if user.is_authenticated else Sitting.objects.none()


def sittings_of(enrollment: Enrollment, quiz: Quiz) -> QuerySet[Sitting]:
    """Every attempt of one enrollment at one quiz, newest first."""
    return Sitting.objects.filter(enrollment=enrollment, quiz=quiz).order_by("-number")


def free_sittings_of(user: AbstractBaseUser, occasion: str, quiz: Quiz) -> QuerySet[Sitting]:
    """Every attempt of one person at one quiz for one occasion, newest first."""
    return free_sittings_for(occasion).filter(user=user.pk, quiz=quiz).order_by("-number")


def free_sittings_for(occasion: str) -> QuerySet[Sitting]:
    """Everybody's sittings for an occasion."""
    # Naming the enrollment as well lets the database use the index of free sittings.
    return Sitting.objects.filter(enrollment__isnull=True, occasion=occasion)


def overdue(*, now: datetime | None = None) -> QuerySet[Sitting]:
    """Open sittings whose time, and the grace after it, has run out."""
    return Sitting.objects.filter(state=SittingState.OPEN, due_at__lt=(now or timezone.now()) - GRACE)


def responses_of(sitting: Sitting) -> QuerySet[Response]:
    """The questions of a sitting in their order, with their words and pictures."""
    return sitting.responses.select_related("question__figure", "question__question__category").order_by("position")
