"""The register as it was on a past day, read from the changes since."""

from dataclasses import dataclass
from datetime import date

from learning.organizations.choices import Happening
from learning.organizations.models import Organization, OrganizationChange

BEGINNINGS = (Happening.REGISTERED, Happening.SPLIT_FROM)


@dataclass(slots=True)
class FactsThen:
    """What the register said of an organization on the day asked."""

    name: str
    kind: str
    number: str
    province: str
    district: str | None
    parent: int | None


def register_on(day: date) -> dict[int, FactsThen | None]:
    """Organizations whose facts on a day are not those of now; None for those that were not there.

    One that ended on a day is gone from that day on; one that was entered on a day is there from that day.
    """
    past: dict[int, FactsThen | None] = {}
    changes = OrganizationChange.objects.filter(on__gt=day).select_related("organization").order_by("-on", "-pk")
    for change in changes:
        organization = change.organization
        then = past.setdefault(
            organization.pk,
            FactsThen(
                organization.name,
                organization.kind,
                organization.registration_number,
                organization.province_id,
                organization.district_id,
                organization.parent_id,
            ),
        )
        if change.happening in BEGINNINGS:
            past[organization.pk] = None
        elif then is not None and change.happening == Happening.CHANGED:
            _take_back(then, change)
    ended = Organization.objects.filter(ended_on__lte=day).order_by().values_list("pk", flat=True)
    past.update(dict.fromkeys(ended))
    return past


def _take_back(then: FactsThen, change: OrganizationChange) -> None:
    """Only what the change names was different before it."""
    before = {
        "name": change.name_before,
        "kind": change.kind_before,
        "number": change.number_before,
        "province": change.province_before_id,
        "district": change.district_before_id,
        "parent": change.parent_before_id,
    }
    for field in change.fields:
        if field in before:
            setattr(then, field, before[field])
