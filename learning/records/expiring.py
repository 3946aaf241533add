"""Certificates whose time is nearly over, and that nothing has renewed."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from certification.choices import CertificateState
from certification.models import Certificate

DAYS_BEFORE = (60, 30)
# A job that did not run for a week still tells.
DAYS_LATE = 7


def about_to_expire(days: int, *, today: date) -> list[Certificate]:
    """Valid ones of people, with so many days left, and more on the day of issue."""
    last = today + timedelta(days=days)
    longer = (  # by its days and not by its key: a corrected one is younger than what renewed it
        Certificate.objects.filter(holder=OuterRef("holder"), subject=OuterRef("subject"), state=CertificateState.VALID)
        .exclude(subject="")
        .exclude(valid_until__lte=last)
    )
    found = Certificate.objects.filter(
        ~Exists(longer),
        state=CertificateState.VALID,
        holder__is_active=True,
        valid_until__range=(last - timedelta(days=DAYS_LATE), last),
    ).order_by("pk")
    return [one for one in found if one.valid_until and one.valid_until - one.issued_on > timedelta(days=days)]
