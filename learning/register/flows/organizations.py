"""The register of organizations as an office keeps it: the verbs of organizations, each with its permission."""

from collections.abc import Iterable, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from learning.kernel.refusals import Refused
from learning.organizations import flows
from learning.organizations.models import Organization
from learning.people.models import User
from learning.places.models import District, Province
from learning.register.reach import may_keep, may_keep_place


@transaction.atomic
def enter_organization(
    *, kind: str, name: str, province: Province, district: District | None = None, by: User, **facts: Any
) -> Organization:
    """Enter an organization at a place whose register one keeps."""
    _require_place(by, province, district)
    return flows.register_organization(kind=kind, name=name, province=province, district=district, by=by, **facts)


@transaction.atomic
def change_organization(
    organization: Organization, *, on: date, order_ref: str = "", by: User, **facts: Any
) -> Organization:
    """Change what the register says from a day on; it moves only to places that one keeps as well."""
    _require_kept(by, organization)
    if "province" in facts:
        place = (facts["province"], facts.get("district"))
        if place != (organization.province, organization.district):
            _require_place(by, *place)
    return flows.change_organization(organization, on=on, order_ref=order_ref, by=by, **facts)


@transaction.atomic
def merge_organizations(
    sources: Sequence[Organization], *, into: Organization, on: date, order_ref: str = "", by: User
) -> Organization:
    """Merge organizations of one's own register into another of it."""
    for organization in (*sources, into):
        _require_kept(by, organization)
    return flows.merge_organizations(sources, into=into, on=on, order_ref=order_ref, by=by)


@transaction.atomic
def split_organization(
    source: Organization,
    *,
    name: str,
    province: Province,
    district: District | None = None,
    people: Iterable[User],
    on: date,
    order_ref: str = "",
    by: User,
    **facts: Any,
) -> Organization:
    """Split an organization of one's own register; the new one stands at a place that one keeps as well."""
    _require_kept(by, source)
    _require_place(by, province, district)
    return flows.split_organization(
        source,
        name=name,
        province=province,
        district=district,
        people=people,
        on=on,
        order_ref=order_ref,
        by=by,
        **facts,
    )


@transaction.atomic
def dissolve_organization(organization: Organization, *, on: date, order_ref: str = "", by: User) -> Organization:
    _require_kept(by, organization)
    return flows.dissolve_organization(organization, on=on, order_ref=order_ref, by=by)


def _require_kept(by: User, organization: Organization) -> None:
    if not may_keep(by, organization):
        raise Refused(
            _("%(organization)s is not in the register you keep today. Ask the office that answers for it.")
            % {"organization": organization},
            status=HTTPStatus.FORBIDDEN,
        )


def _require_place(by: User, province: Province, district: District | None) -> None:
    if not may_keep_place(by, province, district):
        raise Refused(
            _("You do not keep the register of this place today. Choose a district of your own area."),
            status=HTTPStatus.FORBIDDEN,
        )
