"""Reads of packages."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from courses.h5p.choices import PackageState
from courses.h5p.importing import ABANDONED_AFTER
from courses.h5p.models import H5PPackage, ImportedQuestion

TAKEN_AFTER = timedelta(minutes=2)  # by then a worker should have begun


def packages() -> QuerySet[H5PPackage]:
    """For the list: without the content, which may be large."""
    return H5PPackage.objects.select_related("quiz", "by").defer("content", "manifest", "report")


def same_file(sha256: str) -> H5PPackage | None:
    """The package with these bytes that is in, or on its way in."""
    return H5PPackage.objects.filter(sha256=sha256).exclude(state=PackageState.REFUSED).first()


def abandoned_packages() -> QuerySet[H5PPackage]:
    """Somebody should be at work on these, and nobody is."""
    now = timezone.now()
    return H5PPackage.objects.filter(
        Q(state=PackageState.READING, seen_at__lte=now - ABANDONED_AFTER)
        | Q(state=PackageState.WAITING, seen_at__lte=now - TAKEN_AFTER)
    ).order_by("pk")


def imported_questions(package: H5PPackage) -> QuerySet[ImportedQuestion]:
    """In the order of the package."""
    return ImportedQuestion.objects.filter(package=package).select_related("question").order_by("pk")
