"""Merging, splitting and dissolving: what happens to the people and groups of an organization that ends.

`on` is the first day of the new state. Memberships of what ends last through the day before, those that go on
begin on `on` in the other organization: nobody holds the same position at two places on one day. What was to begin
on `on` or later is entered in the other organization, or taken out when nothing goes on. Enrollments are not
touched: who is in the midst of a course goes on, and the numbers stay with the organization of enrolling.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.organizations.choices import SEATS, TRANSITIONS, Happening, OrganizationState, Position
from learning.organizations.flows.keeping import register_organization
from learning.organizations.flows.records import (
    WRONG,
    boards_changed,
    locked,
    require_active,
    require_day,
    write_change,
)
from learning.organizations.kinds import sort_of
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.places.models import District, Province

BATCH = 1000


@transaction.atomic
def merge_organizations(
    sources: Sequence[Organization], *, into: Organization, on: date, order_ref: str = "", by: User
) -> Organization:
    """The sources end and are found in `into` from the day `on` (Cooperatives Act B.E. 2542, s. 90-95).

    Seats on boards end; every other position goes on in the successor, on the days the person does not hold it there.
    Groups attached to a source are attached to the successor. Gives the successor.
    """
    require_day(on)
    into, *sources = locked(into, *sources)
    if not sources or into in sources:
        raise Refused(_("An organization cannot merge into itself. Choose another."), status=WRONG)
    for organization in (into, *sources):
        require_active(organization)
    if {sort_of(source.kind) for source in sources} != {sort_of(into.kind)}:
        raise Refused(
            _("Only organizations of one sort merge: cooperatives, farmers' groups, or informal groups."),
            status=WRONG,
        )
    for source in sources:
        _end_memberships(source, on=on, into=into)
        _attach_groups(source, to=into, on=on, order_ref=order_ref, by=by)
        move(source, OrganizationState.MERGED, transitions=TRANSITIONS, ended_on=on, successor=into)
        write_change(source, Happening.MERGED_INTO, on=on, other=into, order_ref=order_ref, by=by)
        write_change(into, Happening.RECEIVED, on=on, other=source, order_ref=order_ref, by=by)
        log(source, "organizations.merge", user=by, data={"into": into.pk})
    boards_changed(row.pk for row in (into, *sources))
    into.refresh_from_db()
    return into


@transaction.atomic
def split_organization(
    source: Organization,
    *,
    name: str,
    province: Province | None = None,
    district: District | None = None,
    registration_number: str = "",
    people: Iterable[User],
    on: date,
    order_ref: str = "",
    by: User,
) -> Organization:
    """Some of its people make an organization of their own from the day `on` (s. 96-100 of the Act). Gives that one.

    The source goes on. Who moves keeps every position but seats on the board: the new one elects its own. Who held
    nothing but a seat becomes a member.
    """
    require_day(on)
    (source,) = locked(source)
    require_active(source)
    moving = {person.pk for person in people}
    if not moving:
        raise Refused(_("Choose the people who belong to the new organization."), status=WRONG)
    members = set(_lasting(source, on).filter(user__in=moving).values_list("user", flat=True))
    if members != moving:
        raise Refused(
            _("Some of the people chosen do not belong to %(organization)s on this day. Choose again.")
            % {"organization": source},
            status=WRONG,
        )
    new = register_organization(
        kind=source.kind,
        name=name,
        province=province or source.province,
        district=district,
        parent=source.parent,
        registration_number=registration_number,
        by=by,
    )
    _end_memberships(source, on=on, into=new, people=moving)
    write_change(source, Happening.DIVIDED, on=on, other=new, order_ref=order_ref, by=by)
    write_change(new, Happening.SPLIT_FROM, on=on, other=source, order_ref=order_ref, by=by)
    boards_changed([source.pk, new.pk])
    log(source, "organizations.split", user=by, data={"new": new.pk, "people": len(moving)})
    return new


@transaction.atomic
def dissolve_organization(organization: Organization, *, on: date, order_ref: str = "", by: User) -> Organization:
    """It is no more from the day `on`: every position ends the day before, and its groups belong to nobody."""
    require_day(on)
    (organization,) = locked(organization)
    require_active(organization)
    _end_memberships(organization, on=on)
    _attach_groups(organization, to=None, on=on, order_ref=order_ref, by=by)
    move(organization, OrganizationState.DISSOLVED, transitions=TRANSITIONS, ended_on=on)
    write_change(organization, Happening.DISSOLVED, on=on, order_ref=order_ref, by=by)
    boards_changed([organization.pk])
    log(organization, "organizations.dissolve", user=by)
    return organization


def _lasting(organization: Organization, on: date) -> Any:
    """Memberships that hold on a day or begin later."""
    return organization.memberships.filter(Q(until__isnull=True) | Q(until__gte=on))


def _end_memberships(
    organization: Organization, *, on: date, into: Organization | None = None, people: set[int] | None = None
) -> None:
    lasting = _lasting(organization, on)
    if people is not None:
        lasting = lasting.filter(user__in=people)
    if into is not None:
        going = _going_on(list(lasting.order_by("since", "pk")), into, on)
        if people is not None:
            going += _as_members(people - {row.user_id for row in going}, into, on)
        Membership.objects.bulk_create(going, batch_size=BATCH)
    lasting.filter(since__lt=on).update(until=on - timedelta(days=1))
    for row in lasting.filter(since__gte=on):
        try:
            with transaction.atomic():
                row.delete()
        except models.ProtectedError:  # something was owed through it already: it held for the one day
            Membership.objects.filter(pk=row.pk).update(until=row.since)


def _going_on(rows: list[Membership], into: Organization, on: date) -> list[Membership]:
    """The positions that are no seats, as they stand in the successor: on the days they are not held there already.

    No seat is among them, so none has a term.
    """
    rows = [row for row in rows if row.position not in SEATS]
    held: dict[tuple[int, str], list[tuple[date, date]]] = {}
    there = into.memberships.filter(Q(until__isnull=True) | Q(until__gte=on)).order_by()
    for user, position, since, until in there.values_list("user", "position", "since", "until"):
        held.setdefault((user, position), []).append((since, until or date.max))
    going: list[Membership] = []
    for row in rows:
        since, until = max(row.since, on), row.until or date.max
        spans = held.setdefault((row.user_id, row.position), [])
        for first, last in _left(since, until, spans):
            spans.append((first, last))
            ends = None if last == date.max else last
            going.append(
                Membership(user_id=row.user_id, organization=into, position=row.position, since=first, until=ends)
            )
    return going


def _left(since: date, until: date, held: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """The spans of `since` to `until` on whose days nothing is held, first and last day included."""
    left: list[tuple[date, date]] = []
    for first, last in sorted(held):
        if last < since:
            continue
        if first > until:
            break
        if since < first:
            left.append((since, first - timedelta(days=1)))
        if last >= until:
            return left
        since = last + timedelta(days=1)
    return [*left, (since, until)]


def _as_members(people: set[int], into: Organization, on: date) -> list[Membership]:
    """Who held nothing but a seat, and was chosen to go, is a member there."""
    return [
        Membership(user_id=person, organization=into, position=Position.MEMBER, since=on) for person in sorted(people)
    ]


def _attach_groups(organization: Organization, *, to: Organization | None, on: date, order_ref: str, by: User) -> None:
    """Groups of what ends belong to its successor from the day `on`; the successor never to itself."""
    for group in Organization.objects.select_for_update().filter(parent=organization).order_by("pk"):
        parent = to if to is None or group.pk != to.pk else None
        if group.is_active:
            write_change(group, Happening.CHANGED, on=on, before={"parent": organization}, order_ref=order_ref, by=by)
            Organization.objects.filter(pk=group.pk).update(parent=parent)
