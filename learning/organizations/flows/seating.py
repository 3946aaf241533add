"""Positions as an office or a coordinator enters them: taken up, ended, corrected."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.thai.dates import format_be
from learning.kernel.refusals import Refused
from learning.organizations.choices import BOARD_POSITIONS, MOST_TERMS, Position
from learning.organizations.flows.records import WRONG, boards_changed, locked, require_active
from learning.organizations.kinds import positions_in
from learning.organizations.models import Membership, Organization
from learning.organizations.terms import Seat, end_of_term, term_numbers
from learning.people.models import User


@transaction.atomic
def seat_member(
    organization: Organization,
    user: User,
    *,
    position: Position,
    since: date,
    until: date | None = None,
    term_number: int | None = None,
    by: User,
) -> Membership:
    """A person takes up a position on `since`; `until` is the last day, of a board seat two years later by itself.

    Raises Refused when the person holds the position on some of these days already, and for a third term on a
    board in a row (Cooperatives Act B.E. 2542, s. 50).
    """
    (organization,) = locked(organization)
    require_active(organization)
    membership = Membership(user=user, organization=organization)
    _fill(membership, position=position, since=since, until=until, term_number=term_number)
    membership.save()
    boards_changed([organization.pk])
    log(membership, "organizations.seat", user=by)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, on: date, by: User) -> Membership:
    """The last day of a position. One that was to begin later is taken out; one that ended earlier stays as it is."""
    locked(membership.organization)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.until and membership.until <= on:
        return membership
    if on < membership.since and membership.since <= timezone.localdate():
        raise Refused(
            _("This position was taken up on %(day)s. It cannot end before.") % {"day": format_be(membership.since)},
            status=WRONG,
        )
    boards_changed([membership.organization_id])
    log(membership, "organizations.end_membership", user=by, data={"on": on.isoformat()})
    if on < membership.since:
        membership.delete()
        return membership
    membership.until = on
    membership.save(update_fields=["until"])
    return membership


@transaction.atomic
def correct_membership(
    membership: Membership,
    *,
    position: Position,
    since: date,
    until: date | None,
    term_number: int | None = None,
    by: User,
) -> Membership:
    """Put right what was entered wrongly. Enrollments keep the position they were made with."""
    locked(membership.organization)
    membership = Membership.objects.select_for_update().select_related("organization").get(pk=membership.pk)
    before = _facts(membership)
    _fill(membership, position=position, since=since, until=until, term_number=term_number)
    if _facts(membership) == before:
        return membership
    membership.save()
    boards_changed([membership.organization_id])
    log(membership, "organizations.correct_membership", user=by, data={"before": before})
    return membership


def _facts(membership: Membership) -> dict[str, Any]:
    return {
        "position": str(membership.position),
        "since": membership.since.isoformat(),
        "until": membership.until.isoformat() if membership.until else None,
        "term_number": membership.term_number,
    }


def _fill(
    membership: Membership, *, position: Position, since: date, until: date | None, term_number: int | None
) -> None:
    if position not in positions_in(membership.organization.kind):
        raise Refused(_("There is no such position in an organization of this kind. Choose another."), status=WRONG)
    is_board = position in BOARD_POSITIONS
    if is_board and until is None and membership.pk is None:
        until = end_of_term(since)
    if until and until < since:
        raise Refused(_("A position cannot end before it begins. Choose a later day."), status=WRONG)
    membership.position, membership.since, membership.until = position, since, until
    _require_free_days(membership)
    membership.term_number = _term_number(membership, term_number or 0) if is_board else None


def _others(membership: Membership) -> Any:
    return Membership.objects.filter(user=membership.user_id, organization=membership.organization_id).exclude(
        pk=membership.pk
    )


def _require_free_days(membership: Membership) -> None:
    """No two memberships of one position share a day."""
    same = _others(membership).filter(
        Q(until__isnull=True) | Q(until__gte=membership.since), position=membership.position
    )
    if membership.until:
        same = same.filter(since__lte=membership.until)
    held = same.order_by("since").first()
    if held is None:
        return
    names = {"person": membership.user, "position": held.get_position_display(), "since": format_be(held.since)}
    if held.until:
        raise Refused(
            _("%(person)s is entered as %(position)s from %(since)s to %(until)s already. Choose other days.")
            % {**names, "until": format_be(held.until)},
            status=WRONG,
        )
    raise Refused(
        _("%(person)s is entered as %(position)s since %(since)s already. End that first.") % names, status=WRONG
    )


def _term_number(membership: Membership, recorded: int) -> int:
    """Which term in a row this seat is. Raises Refused when it, or a later one because of it, is the third."""
    others = _others(membership).filter(position__in=[str(one) for one in BOARD_POSITIONS])
    rows = sorted([*others, membership], key=lambda row: (row.since, row.pk or 0))
    seats = [
        Seat(row.position, row.since, row.until, recorded if row is membership else row.term_number or 0)
        for row in rows
    ]
    own = rows.index(membership)
    numbers = term_numbers(seats)
    without = term_numbers(seats[:own] + seats[own + 1 :])
    if sum(number > MOST_TERMS for number in numbers) > sum(number > MOST_TERMS for number in without):
        raise Refused(
            _(
                "%(person)s would sit on this board for a third term in a row. "
                "The law allows two (Cooperatives Act B.E. 2542, section 50)."
            )
            % {"person": membership.user},
            status=WRONG,
        )
    return numbers[own]
