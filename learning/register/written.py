"""What a row has written into the register: [{model, id, before, after}], enough to take it back."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from learning.organizations.models import Membership, Organization, OrganizationChange
from learning.people.models import User
from learning.register.matching.known import FACTS
from learning.register.models import ImportRow

WRITES: dict[str, type[models.Model]] = {
    model._meta.label_lower: model for model in (User, Membership, Organization, OrganizationChange)
}
# What is remembered of an added row: when one of these is something else later, somebody has worked on it.
REMEMBERED: dict[type[models.Model], tuple[str, ...]] = {
    User: FACTS,
    Membership: ("user_id", "organization_id", "position", "since", "until", "term_number"),
    Organization: (
        *("kind", "name", "registration_number", "juristic_number", "province_id", "district_id", "parent_id"),
        *("year_end_month", "year_end_day", "state"),
    ),
    OrganizationChange: (),
}


def keep(rows: Sequence[ImportRow], columns: Iterable[str]) -> None:
    """Update these columns of rows that stand in the table, all at once: four times as fast as `bulk_update`."""
    ImportRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=list(columns))


def plain(value: Any) -> Any:
    """A value of a column as JSON keeps it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def added(thing: models.Model) -> dict[str, Any]:
    """A row that was not there before, with what was written into it."""
    after = {name: plain(getattr(thing, name)) for name in REMEMBERED[type(thing)]}
    return {"model": thing._meta.label_lower, "id": thing.pk, "before": None, "after": after}


def changed(model: type[models.Model], pk: int, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """A row of which some columns were something else before."""
    return {"model": model._meta.label_lower, "id": pk, "before": before, "after": after}
