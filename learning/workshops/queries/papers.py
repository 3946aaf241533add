"""Papers of a workshop: those that were made, what they were asked for with, and whom they name."""

from datetime import timedelta

from django.db.models import F, QuerySet
from django.db.models.functions import Collate
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.thai.names import COLLATION
from learning.organizations.models import Organization
from learning.workshops.choices import LIVE_SEATS, TAKEN_SEATS, PaperState
from learning.workshops.models import Allotment, RequestedPeople, Seat, Workshop, WorkshopPaper

ASK = "workshops.ask_paper"
KEPT = timedelta(days=7)  # papers hold names; who needs one again asks again
LATE = timedelta(minutes=2)  # a paper that waits for so long has lost its worker


def papers_of(workshop: Workshop) -> QuerySet[WorkshopPaper]:
    """The newest first."""
    return WorkshopPaper.objects.filter(workshop=workshop).select_related("session", "asked_by")


def details_of(paper: WorkshopPaper) -> dict[str, str]:
    """What was written into the form: it stands in the log beside who asked."""
    entry = ModelLogEntry.objects.for_instance(paper).filter(action=ASK).first()
    return dict(entry.data.get("details", {})) if entry else {}


def papers_left_waiting() -> QuerySet[WorkshopPaper]:
    return WorkshopPaper.objects.filter(state=PaperState.WAITING, created_at__lt=timezone.now() - LATE)


def papers_kept_too_long() -> QuerySet[WorkshopPaper]:
    return WorkshopPaper.objects.filter(created_at__lt=timezone.now() - KEPT)


def participants(workshop: Workshop) -> QuerySet[Seat]:
    """Who has a seat, by organization and name in Thai order."""
    return (
        Seat.objects.filter(workshop=workshop, state__in=TAKEN_SEATS)
        .select_related("user", "organization")
        .order_by(
            Collate("organization__search_key", COLLATION),
            "organization",
            Collate("user__first_name", COLLATION),
            Collate("user__last_name", COLLATION),
            "pk",
        )
    )


def invited(workshop: Workshop) -> list[tuple[Organization, int]]:
    """Organizations with how many people of each are expected; 0: nobody said how many.

    What was asked for, seats that are kept, and seats that are taken: the largest number counts. Three queries.
    """
    expected: dict[int, int] = {}
    asked = RequestedPeople.objects.filter(request=workshop.request_id).order_by().values_list("organization", "count")
    kept = Allotment.objects.filter(workshop=workshop).order_by()
    kept_counts = kept.annotate(count=F("taken") + F("reserved")).values_list("organization", "count")
    for key, count in [*(asked if workshop.request_id else ()), *kept_counts]:
        expected[key] = max(expected.get(key, 0), count)
    taken: dict[int, int] = {}
    seats = Seat.objects.filter(workshop=workshop, state__in=LIVE_SEATS).order_by()
    for key in seats.values_list("organization", flat=True):
        taken[key] = taken.get(key, 0) + 1
    for key, count in taken.items():
        expected[key] = max(expected.get(key, 0), count)
    organizations = Organization.objects.filter(pk__in=expected).select_related("province", "district")
    return [(one, expected[one.pk]) for one in organizations]
