"""What every change of the register writes beside itself: the line of history, and that boards must be counted anew."""

from collections.abc import Iterable
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.thai.dates import format_be
from learning.kernel.refusals import Refused
from learning.organizations.choices import Happening
from learning.organizations.models import Membership, Organization, OrganizationChange
from learning.people.models import User

WRONG = HTTPStatus(422)
# Where the value of the day before is kept. The other facts are in no report of the past: only their name is noted.
BEFORE = {
    "name": "name_before",
    "kind": "kind_before",
    "registration_number": "number_before",
    "province": "province_before",
    "district": "district_before",
    "parent": "parent_before",
}
# A worker that slept through a weekend finds what began or ended meanwhile.
LOOKS_BACK = timedelta(days=3)


def boards_changed(organizations: Iterable[int]) -> None:
    """Boards of these organizations are no longer those that were counted. In the transaction of the change."""
    Organization.objects.filter(pk__in=list(organizations)).update(is_counted=False)


@transaction.atomic
def pass_terms(*, today: date) -> int:
    """Organizations where somebody took up or left a position in these days, by the calendar alone.

    Gives how many were found. A second run on the same day finds the same and does no harm.
    """
    first = today - LOOKS_BACK
    turned = Q(since__range=(first, today)) | Q(until__range=(first - timedelta(days=1), today - timedelta(days=1)))
    found = Membership.objects.filter(turned).order_by().values("organization")
    return Organization.objects.filter(pk__in=found).update(is_counted=False)


def locked(*organizations: Organization) -> list[Organization]:
    """The rows as they stand now, locked in the order of their keys and given back in the order asked for."""
    keys = [organization.pk for organization in organizations]
    rows = {row.pk: row for row in Organization.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [rows[key] for key in keys]


def require_active(organization: Organization) -> None:
    """Raises Refused when an organization has merged into another or was dissolved."""
    if not organization.is_active:
        raise Refused(
            _("%(organization)s is no longer active, so nothing is changed in it.") % {"organization": organization}
        )


def require_day(on: date) -> None:
    """Raises Refused for a day that has not come: the register says what is, not what is planned."""
    if on > timezone.localdate():
        raise Refused(_("This day has not come yet. Enter it when it has happened."), status=WRONG)


def write_change(
    organization: Organization,
    happening: Happening,
    *,
    on: date,
    by: User,
    before: dict[str, Any] | None = None,
    other: Organization | None = None,
    order_ref: str = "",
) -> OrganizationChange:
    """Add a line of history: from the day `on` it is so, until the day before `before` held.

    Raises Refused when a later change of the same facts is recorded, or anything later than an end: read backwards,
    the lines would contradict each other.
    """
    facts = before or {}
    is_end = happening in {Happening.MERGED_INTO, Happening.DISSOLVED}
    later = organization.changes.filter(on__gt=on).order_by("on")
    clash = next((line for line in later if is_end or set(line.fields) & facts.keys()), None)
    if clash:
        raise Refused(
            _("A later change of %(organization)s is already recorded, on %(day)s. Choose that day or a later one.")
            % {"organization": organization, "day": format_be(clash.on)},
            status=WRONG,
        )
    return OrganizationChange.objects.create(
        organization=organization,
        on=on,
        happening=happening,
        other=other,
        order_ref=order_ref,
        by=by,
        fields=list(facts),
        **{BEFORE[name]: value for name, value in facts.items() if name in BEFORE},
    )
