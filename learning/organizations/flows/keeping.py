"""Entering organizations in the register, and changing what it says of them from a day on."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.thai.names import organization_key
from cms.thai.words import normalise
from learning.kernel.refusals import Refused
from learning.organizations.choices import Happening
from learning.organizations.flows.records import (
    WRONG,
    boards_changed,
    locked,
    require_active,
    require_day,
    write_change,
)
from learning.organizations.kinds import sort_of
from learning.organizations.models import Organization
from learning.organizations.queries import organizations_of_that_name
from learning.people.models import User
from learning.places.models import District, Province

FACTS = (
    "kind",
    "name",
    "registration_number",
    "juristic_number",
    "province",
    "district",
    "parent",
    "year_end_month",
    "year_end_day",
)
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DEEPEST = 10


@transaction.atomic
def register_organization(
    *,
    kind: str,
    name: str,
    province: Province,
    district: District | None = None,
    parent: Organization | None = None,
    registration_number: str = "",
    juristic_number: str = "",
    year_end_month: int | None = None,
    year_end_day: int | None = None,
    on: date | None = None,
    order_ref: str = "",
    by: User,
) -> Organization:
    """Enter an organization. `on`: the day it came into being; None when nobody knows, then it has always been.

    Raises Refused when an active one of that kind bears the name in the same district.
    """
    organization = Organization(
        kind=kind,
        name=normalise(name),
        province=province,
        district=district,
        parent=parent,
        registration_number=registration_number,
        juristic_number=juristic_number,
        year_end_month=year_end_month,
        year_end_day=year_end_day,
    )
    _check(organization)
    _save(organization)
    if on:
        require_day(on)
        write_change(organization, Happening.REGISTERED, on=on, order_ref=order_ref, by=by)
    log(organization, "organizations.register", user=by)
    return organization


@transaction.atomic
def change_organization(
    organization: Organization, *, on: date, order_ref: str = "", by: User, **facts: Any
) -> Organization:
    """Change facts from the day `on`; reports of the days before keep the old ones. Nothing new: nothing is written.

    `facts` are named as in `FACTS`; those not given stay. Raises Refused for a name that another bears, a kind of
    another sort, or a day before a change already recorded.
    """
    if unknown := facts.keys() - set(FACTS):
        raise TypeError(f"No facts of an organization: {sorted(unknown)}")
    require_day(on)
    (organization,) = locked(organization)
    require_active(organization)
    if "name" in facts:
        facts["name"] = normalise(facts["name"])
    before = {name: getattr(organization, name) for name in facts}
    changed = {name: value for name, value in facts.items() if value != before[name]}
    if not changed:
        return organization
    kind_before = organization.kind
    for name, value in changed.items():
        setattr(organization, name, value)
    if sort_of(kind_before) != sort_of(organization.kind):
        raise Refused(
            _(
                "A cooperative, a farmers' group and an informal group do not turn into each other. "
                "Dissolve this one and enter the new one."
            ),
            status=WRONG,
        )
    _check(organization)
    _save(organization)
    write_change(
        organization,
        Happening.CHANGED,
        on=on,
        before={name: before[name] for name in changed},
        order_ref=order_ref,
        by=by,
    )
    boards_changed([organization.pk])
    log(organization, "organizations.change", user=by, data={"fields": sorted(changed)})
    return organization


def _check(organization: Organization) -> None:
    if not organization_key(organization.name):
        raise Refused(_("Write the name of the organization."), status=WRONG)
    district = organization.district
    if district and district.province_id != organization.province_id:
        raise Refused(_("This district is not in the chosen province. Choose again."), status=WRONG)
    month, day = organization.year_end_month, organization.year_end_day
    if (month is None) != (day is None) or (month and day and not 1 <= day <= LONGEST_MONTHS[month - 1]):
        raise Refused(_("The accounting year ends on a day that its month has. Check day and month."), status=WRONG)
    if organization.parent_id is None:
        return
    parent = Organization.objects.get(pk=organization.parent_id)
    if not parent.is_active:
        raise Refused(
            _("%(organization)s is no longer active, so nothing can belong to it. Choose another.")
            % {"organization": parent},
            status=WRONG,
        )
    above: int | None = parent.pk
    for _step in range(DEEPEST):
        if above is None:
            return
        if above == organization.pk:
            break
        above = Organization.objects.values_list("parent", flat=True).get(pk=above)
    raise Refused(_("An organization cannot belong to itself, nor to one that belongs to it."), status=WRONG)


def _save(organization: Organization) -> None:
    """Raises Refused for a name that is taken; the constraint stands behind it when two write at once."""
    taken = organizations_of_that_name(organization).exclude(pk=organization.pk).exists()
    try:
        if not taken:
            with transaction.atomic():
                organization.save()
            return
    except IntegrityError as error:
        if not organizations_of_that_name(organization).exclude(pk=organization.pk).exists():
            raise error
    raise Refused(
        _("%(organization)s is in the register of this district already. Look for it in the list.")
        % {"organization": organization},
        status=WRONG,
    )
