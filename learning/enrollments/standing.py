"""How an assignment stands: to be done, done and overdue, by organization and by person, within an area."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Collate
from django.utils.translation import gettext as _

from cms.thai.names import COLLATION
from learning.enrollments.choices import ObligationState
from learning.enrollments.models import Assignment, Obligation
from learning.enrollments.queries import obligations_in
from learning.organizations.choices import Kind, Position
from learning.organizations.models import Organization
from learning.places.areas import Area


def standing_obligations(area: Area) -> QuerySet[Obligation]:
    """What is owed or done in an area, each person's last round only; who left the audience is not counted."""
    later = Obligation.objects.filter(
        assignment=OuterRef("assignment"), user=OuterRef("user"), round__gt=OuterRef("round")
    )
    return obligations_in(area).exclude(state=ObligationState.LIFTED).filter(~Exists(later))


def _counts(today: date) -> dict[str, Count]:
    is_open = Q(state=ObligationState.OPEN)
    return {
        "to_do": Count("pk", filter=is_open & Q(due_on__gte=today)),
        "overdue": Count("pk", filter=is_open & Q(due_on__lt=today)),
        "done": Count("pk", filter=Q(state=ObligationState.DONE)),
    }


def totals_of(assignments: Iterable[Assignment], area: Area, *, today: date) -> dict[int, dict[str, int]]:
    """For each assignment: to_do, overdue and done, in people; one query."""
    keys = [assignment.pk for assignment in assignments]
    rows = standing_obligations(area).filter(assignment__in=keys).order_by().values("assignment")
    found = {row.pop("assignment"): row for row in rows.annotate(**_counts(today))}
    return {key: found.get(key, {"to_do": 0, "overdue": 0, "done": 0}) for key in keys}


def by_organization(assignment: Assignment, area: Area, *, today: date) -> QuerySet[Obligation]:
    """A line for each organization with people in the audience: its key, name, kind and the three counts."""
    return (
        standing_obligations(area)
        .filter(assignment=assignment)
        .values(
            key=F("membership__organization"),
            name=F("membership__organization__name"),
            kind=F("membership__organization__kind"),
        )
        .annotate(**_counts(today))
        .order_by(Collate("membership__organization__search_key", COLLATION), "key")
    )


def people_of(assignment: Assignment, organization: Organization, area: Area) -> QuerySet[Obligation]:
    """Who of an organization owes an assignment or has done it; by name, so within the area of people."""
    return (
        standing_obligations(area)
        .filter(assignment=assignment, membership__organization=organization)
        .select_related("user", "membership")
        .order_by(Collate("user__first_name", COLLATION), Collate("user__last_name", COLLATION), "pk")
    )


def audience_words(assignment: Assignment) -> list[str]:
    """Whom it is for: positions, kinds, and places or organizations, each as one line."""
    named = [str(one) for one in assignment.organizations.all()]
    places = [
        *(one.full_name for one in assignment.provinces.all()),
        *(f"{one.full_name} {one.province}" for one in assignment.districts.all()),
    ]
    positions, kinds = dict(Position.choices), dict(Kind.choices)
    return [
        ", ".join(str(positions.get(one, one)) for one in assignment.positions) or _("Every position"),
        ", ".join(str(kinds.get(one, one)) for one in assignment.kinds) or _("Every kind of organization"),
        _("The whole country") if assignment.is_country else ", ".join(named or places),
    ]
