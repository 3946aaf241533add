"""The facts of enrollments as plain rows, summed from their events: now, or until a past day."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from django.db.models import Case, F, Max, Min, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from cms.thai.dates import fiscal_quarter, fiscal_year_be
from learning.enrollments.choices import EventKind
from learning.enrollments.models import EnrollmentEvent
from learning.reports.choices import AgeBand

BANDS = ((18, AgeBand.CHILD), (30, AgeBand.YOUNG), (40, AgeBand.THIRTIES), (50, AgeBand.FORTIES), (60, AgeBand.FIFTIES))


class Fact(NamedTuple):
    """One enrollment as it counts: where and who on the day of enrolling, and what has come of it."""

    user: int
    organization: int
    parent: int | None
    province: str
    district: str | None
    course: int
    kind: str
    position: str
    gender: str
    birth_year: int | None
    enrolled_on: date | None
    completed_on: date | None
    enrolled: int
    active: int
    completed: int
    overdue: int
    hours: Decimal


def facts(enrollments: Q, events: Q, *, since: date | None = None) -> Iterator[Fact]:
    """Facts of the enrollments that a condition keeps, ordered by person, summed over the events another keeps.

    With `since`, enrolling, completing and hours count only from that day on; what is active or overdue is
    the state at the end.
    """
    in_span = Q(on__gte=since) if since else Q()
    rows = (
        EnrollmentEvent.objects.filter(events, enrollments)
        .order_by("enrollment__user", "enrollment")
        .values("enrollment")
        .annotate(
            **{f"f_{name}": F(f"enrollment__{path}") for name, path in _DIMENSIONS.items()},
            f_enrolled_on=Min(Case(When(kind=EventKind.ENROLLED, then=F("on")))),
            f_completed_on=Max(Case(When(kind=EventKind.COMPLETED, then=F("on")))),
            f_enrolled=Coalesce(Sum("enrolled", filter=in_span), Value(0)) if since else Sum("enrolled"),
            f_active=Sum("active"),
            f_completed=Coalesce(Sum("completed", filter=in_span), Value(0)) if since else Sum("completed"),
            f_overdue=Sum("overdue"),
            f_hours=Sum("hours", filter=in_span) if since else Sum("hours"),
        )
        .values_list(*(f"f_{name}" for name in Fact._fields))
    )
    for row in rows.iterator(chunk_size=5000):
        fact = Fact._make(row)
        yield fact if fact.hours is not None else fact._replace(hours=Decimal(0))


_DIMENSIONS = {
    "user": "user_id",
    "organization": "organization_id",
    "parent": "parent_id",
    "province": "province_id",
    "district": "district_id",
    "course": "course_id",
    "kind": "kind",
    "position": "position",
    "gender": "gender",
    "birth_year": "birth_year",
}


def by_person(found: Iterator[Fact]) -> Iterator[list[Fact]]:
    """The facts of one person after another."""
    for _user, own in groupby(found, key=lambda fact: fact.user):
        yield list(own)


def age_band(birth_year: int | None, enrolled_on: date | None) -> str:
    """Age in whole years in the calendar year of enrolling."""
    if birth_year is None or enrolled_on is None:
        return str(AgeBand.NOT_GIVEN)
    age = enrolled_on.year - birth_year
    return str(next((band for limit, band in BANDS if age < limit), AgeBand.OLDER))


def quarter_of(day: date) -> str:
    """`2569-1`: the first quarter of the fiscal year 2569, October to December 2568."""
    return f"{fiscal_year_be(day)}-{fiscal_quarter(day)}"


def year_of(day: date) -> str:
    return str(fiscal_year_be(day))
