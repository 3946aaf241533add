"""Seats kept for an organization before the names are known, and how many it may send."""

from datetime import date
from http import HTTPStatus

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from learning.kernel.refusals import Refused
from learning.organizations.models import Organization
from learning.people.models import User
from learning.workshops import telling
from learning.workshops.models import Allotment, Seat, Workshop
from learning.workshops.queries.seats import shares_to_release
from learning.workshops.rules.seats import may_allot
from learning.workshops.seating import is_line_blocked, lock, promote
from learning.workshops.shares import new_share, quota


@transaction.atomic
def reserve_seats(
    workshop: Workshop, *, organization: Organization, count: int, release_on: date | None, by: User
) -> Allotment:
    """Keep `count` seats for an organization until a day; saying it twice keeps no more. 0 gives them up.

    Raises Refused (403, 409 too few free seats, people in line or the quota, 422 the day).
    """
    now, share = _opened(workshop, organization, by=by)
    if count:
        _check_day(now, release_on)
    more = count - share.reserved
    if more > 0:
        _check_room(now, share, count, more)
    Workshop.objects.filter(pk=now.pk).update(taken=F("taken") + more)
    share.reserved, share.release_on, share.by = count, release_on if count else None, by
    share.save(update_fields=["reserved", "release_on", "by"])
    data = {"organization": organization.pk, "count": count, "release_on": str(share.release_on or "")}
    log(workshop, "workshops.reserve_seats", user=by, data=data)
    _move_line(workshop)
    return share


@transaction.atomic
def release_reserved(workshop: Workshop, *, organization: Organization, by: User) -> list[Seat]:
    """Give up what is kept for an organization: it goes to those in line. Gives who was promoted."""
    now, share = _opened(workshop, organization, by=by)
    return _release(now, share, by=by)


@transaction.atomic
def set_quota(workshop: Workshop, *, organization: Organization, most: int | None, by: User) -> Allotment:
    """The most people of an organization; None: as the workshop says. Raises Refused (403, 409 below what it has)."""
    _now, share = _opened(workshop, organization, by=by)
    has = share.taken + share.reserved
    if most is not None and most < has:
        raise Refused(
            _(
                "%(organization)s has %(taken)d people in and %(reserved)d seats kept, so its quota cannot be "
                "%(most)d. Cancel seats first."
            )
            % {"organization": organization, "taken": share.taken, "reserved": share.reserved, "most": most}
        )
    share.most = most
    share.save(update_fields=["most"])
    log(workshop, "workshops.set_quota", user=by, data={"organization": organization.pk, "most": most})
    _move_line(workshop)
    return share


def release_due(*, today: date) -> int:
    """What is kept until yesterday is free for everybody today. Gives how many seats; each workshop by itself."""
    released = 0
    for share in shares_to_release(today):
        with transaction.atomic():
            now = lock(share.workshop)
            share = Allotment.objects.get(pk=share.pk)
            if share.reserved and share.release_on and share.release_on < today:
                released += share.reserved
                _release(now, share, by=None)
    return released


def _opened(workshop: Workshop, organization: Organization, *, by: User) -> tuple[Workshop, Allotment]:
    """The workshop, locked, and the share of an organization, made if need be."""
    if not may_allot(by, workshop):
        raise Refused(
            _("Quotas and kept seats are set by the center and the office that asked for the workshop."),
            status=HTTPStatus.FORBIDDEN,
        )
    now = lock(workshop)
    if not now.is_coming:
        raise Refused(
            _("This workshop is “%(state)s”, so its seats can no longer be divided.")
            % {"state": now.get_state_display()}
        )
    share = Allotment.objects.filter(workshop=now, organization=organization).first()
    return now, share or new_share(now, organization.pk)


def _release(workshop: Workshop, share: Allotment, *, by: User | None) -> list[Seat]:
    count, share.reserved, share.release_on = share.reserved, 0, None
    Workshop.objects.filter(pk=workshop.pk).update(taken=F("taken") - count)
    share.save(update_fields=["reserved", "release_on"])
    data = {"organization": share.organization_id, "count": count}
    log(workshop, "workshops.release_reserved", user=by, data=data)
    return _move_line(workshop)


def _move_line(workshop: Workshop) -> list[Seat]:
    promoted = promote(workshop)
    if promoted:
        telling.seats_confirmed(promoted, promoted=True)
    return promoted


def _check_day(workshop: Workshop, day: date | None) -> None:
    """The line must have a day to be called: at the latest the day before the workshop."""
    if day is None or day < timezone.localdate() or (workshop.first_on and day >= workshop.first_on):
        raise Refused(
            _("Keep seats until today or a later day, and at the latest until the day before the workshop."),
            status=HTTPStatus(422),
        )


def _check_room(workshop: Workshop, share: Allotment, count: int, more: int) -> None:
    """Seats are kept from the free ones, never from those who stand in line."""
    most = quota(workshop, share)
    if most is not None and share.taken + count > most:
        raise Refused(
            _("The quota is %(most)d people and %(taken)d are in, so at most %(left)d seats can be kept.")
            % {"most": most, "taken": share.taken, "left": max(most - share.taken, 0)}
        )
    if more > workshop.free_seats:
        raise Refused(
            _("%(more)d more seats are wanted and %(free)d are free.") % {"more": more, "free": workshop.free_seats}
        )
    if is_line_blocked(workshop):
        raise Refused(
            _("%(number)d people stand in line, and free seats are theirs. Raise the number of seats first.")
            % {"number": workshop.waiting_count}
        )
