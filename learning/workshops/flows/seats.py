"""Registering, confirming, declining and cancelling: each with what it does to the line, in one transaction."""

from collections.abc import Sequence
from http import HTTPStatus

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.thai.dates import format_be
from learning.enrollments.enlisting import one_seat_each
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.organizations.models import Membership, Organization
from learning.organizations.queries import holding_on
from learning.people.models import User
from learning.workshops import telling
from learning.workshops.choices import LIVE_SEATS, SEAT_TRANSITIONS, SeatState, WorkshopState
from learning.workshops.fitting import Audience
from learning.workshops.models import Allotment, Party, Seat, Workshop
from learning.workshops.queries.seats import lessons_left_of_many
from learning.workshops.rules import may_confirm, may_register
from learning.workshops.rules.seats import may_register_late
from learning.workshops.seating import (
    GIVES_SEATS,
    Seated,
    Unit,
    ask_for_seats,
    has_begun,
    leave,
    lock,
    promote,
    seat_at_the_door,
    take_seats,
)
from learning.workshops.shares import quota

UNPROCESSABLE = HTTPStatus(422)
ENDS_BY_HAND = (SeatState.REQUESTED, SeatState.WAITING, SeatState.CONFIRMED)


def register(workshop: Workshop, *, membership: Membership, by: User) -> Seat:
    """A learner registers as a member of one organization. Asking twice gives the same seat.

    Raises Refused (409 not open, 403 not a member today, 422 not for this member, or lessons are missing).
    """
    existing = Seat.objects.filter(workshop=workshop.pk, user=by, state__in=LIVE_SEATS).first()
    if existing:
        return existing
    # What is only read is read before the transaction: on SQLite nobody else writes while it lasts.
    _check_learner(workshop, membership, by=by)
    unit = Unit([_new_seat(workshop, membership, by=by)])
    with transaction.atomic():
        places = ask_for_seats if workshop.confirms_by_officer else take_seats
        seated = places(workshop, [unit], states=(WorkshopState.OPEN,))
        seat = [*seated.confirmed, *seated.waiting, *seated.requested, *seated.already][0]
        if not seated.already:
            log(seat, "workshops.register", user=by, data={"state": seat.state})
        _tell(seated)
    return seat


@transaction.atomic
def register_party(
    workshop: Workshop, *, organization: Organization, people: Sequence[int], together: bool, by: User
) -> Seated:
    """Register members of one organization, in the order given; `together`: all of them get a seat, or none yet.

    Who has a live seat is left as they are. Raises Refused (403, 409, 422).
    """
    if not may_register(by, workshop, organization):
        raise Refused(
            _("You may register people only of organizations you answer for today."), status=HTTPStatus.FORBIDDEN
        )
    is_late = may_register_late(by, workshop)
    if not is_late:
        _check_days(workshop)
    memberships = _memberships(workshop, organization, people)
    _check_lessons(workshop, [membership.user for membership in memberships])
    seats = [_new_seat(workshop, membership, by=by) for membership in memberships]
    units = [Unit([seat]) for seat in seats]
    if together and len(seats) > 1:
        _check_size(workshop, organization, len(seats))
        units = [Unit(seats, Party(workshop=workshop, organization=organization, size=len(seats), by=by))]
    seated = take_seats(workshop, units, states=GIVES_SEATS if is_late else (WorkshopState.OPEN,))
    data = {
        "organization": organization.pk,
        "together": together,
        "confirmed": [seat.pk for seat in seated.confirmed],
        "waiting": [seat.pk for seat in seated.waiting],
    }
    log(workshop, "workshops.register_party", user=by, data=data)
    _tell(seated)
    return seated


@transaction.atomic
def confirm_seat(seat: Seat, *, by: User) -> Seated:
    """Say yes to a seat that was asked for, and to those who asked together with it: a seat, or a place in line.

    Once the workshop has begun also to somebody in line who is here. Raises Refused (403, 409).
    """
    if not may_confirm(by, seat):
        raise Refused(_("You may confirm only seats of people you answer for today."), status=HTTPStatus.FORBIDDEN)
    workshop = lock(seat.workshop)
    seat.refresh_from_db(fields=["state"])
    if seat.state == SeatState.WAITING and has_begun(workshop):
        seat_at_the_door(workshop, seat)
        seated = Seated(confirmed=[seat])
    elif seat.state == SeatState.REQUESTED:
        asked = Seat.objects.filter(workshop=workshop, state=SeatState.REQUESTED).select_related("user", "workshop")
        unit = asked.filter(party=seat.party_id) if seat.party_id else asked.filter(pk=seat.pk)
        seated = take_seats(workshop, [Unit(list(unit))])
        seat.refresh_from_db(fields=["state", "confirmed_at", "queue_number"])
    else:
        raise _decided(seat)
    log(seat, "workshops.confirm_seat", user=by, data={"state": seat.state})
    _tell(seated)
    return seated


@transaction.atomic
def decline_seat(seat: Seat, *, reason: str, by: User) -> Seat:
    """Say no to a seat that was asked for, with the reason the person reads. Raises Refused (403, 409, 422)."""
    if not may_confirm(by, seat):
        raise Refused(_("You may decline only seats of people you answer for today."), status=HTTPStatus.FORBIDDEN)
    _check_reason(reason)
    lock(seat.workshop)
    seat.refresh_from_db(fields=["state"])
    if seat.state != SeatState.REQUESTED:
        raise _decided(seat)
    move(seat, SeatState.DECLINED, transitions=SEAT_TRANSITIONS, stamp="ended_at", reason=reason)
    telling.seats_declined([seat])
    log(seat, "workshops.decline_seat", user=by, data={"reason": reason})
    return seat


@transaction.atomic
def cancel_seat(seat: Seat, *, reason: str, by: User) -> list[Seat]:
    """Give a seat back; whoever is next in line has it in the same moment. Gives those who were promoted.

    One's own until the first session begins; an office also after that, with a reason. Raises Refused (403, 409, 422).
    """
    is_own = seat.user_id == by.pk
    if not is_own and not may_register(by, seat.workshop, seat.organization):
        raise Refused(_("You may cancel only seats of people you answer for today."), status=HTTPStatus.FORBIDDEN)
    if not is_own:
        _check_reason(reason)
    workshop = lock(seat.workshop)
    seat.refresh_from_db(fields=["state"])
    if seat.state not in ENDS_BY_HAND or not workshop.is_coming:
        raise _decided(seat)
    if is_own and has_begun(workshop):
        raise Refused(
            _("The workshop has begun, so this seat can no longer be given back here. Please tell the people there."),
            way_on=reverse("workshops:ticket", args=[seat.pk]),
            way_on_label=_("Back to my seat"),
        )
    leave(workshop, [seat], reason=reason)
    promoted = promote(workshop)
    telling.seats_cancelled([seat], by_office=not is_own)
    if promoted:
        telling.seats_confirmed(promoted, promoted=True)
    log(seat, "workshops.cancel_seat", user=by, data={"reason": reason, "promoted": [one.pk for one in promoted]})
    return promoted


# --- what is asked before --------------------------------------------------------------------------
def _check_learner(workshop: Workshop, membership: Membership, *, by: User) -> None:
    """Raises Refused (403, 409, 422) for who may not register for this workshop themselves."""
    if not workshop.is_listed:
        raise Refused(
            _("Your provincial cooperative office enters the people for this workshop. Ask there for a seat."),
            status=HTTPStatus.FORBIDDEN,
            way_on=reverse("workshops:list"),
            way_on_label=_("All workshops"),
        )
    _check_days(workshop)
    today = timezone.localdate()
    if membership.user_id != by.pk or membership.since > today or (membership.until and membership.until < today):
        raise Refused(
            _("You are not a member of this organization today. Choose another or add it to your organizations."),
            status=HTTPStatus.FORBIDDEN,
            way_on=reverse("organizations:memberships"),
            way_on_label=_("My organizations"),
        )
    if misfit := Audience(workshop).misfit(membership):
        raise _not_for_them(misfit)
    _check_lessons(workshop, [by])


def _check_days(workshop: Workshop) -> None:
    """Learners and other offices register while it is open. Raises Refused (409)."""
    last = workshop.registration_closes_on
    if last and timezone.localdate() > last:
        raise Refused(
            _("Registration closed on %(day)s. Look for another day, or ask your office.") % {"day": format_be(last)},
            way_on=reverse("workshops:list"),
            way_on_label=_("All workshops"),
        )
    if has_begun(workshop):
        raise Refused(
            _("This workshop has begun already. Look for another day."),
            way_on=reverse("workshops:list"),
            way_on_label=_("All workshops"),
        )


def _memberships(workshop: Workshop, organization: Organization, people: Sequence[int]) -> list[Membership]:
    """One of each person, in the order of `people`. Raises Refused (409, 422)."""
    if not people:
        raise Refused(_("Choose at least one person."), status=UNPROCESSABLE)
    if not organization.is_active:
        raise Refused(_("This organization is no longer active. Choose another."))
    held = Membership.objects.filter(
        holding_on(timezone.localdate()), organization=organization, user__in=people, user__is_active=True
    ).select_related("user", "organization")
    if not held:
        raise Refused(_("None of these people holds a position in this organization today. Load the page again."))
    audience = Audience(workshop)
    fitting = one_seat_each(audience.fitting(held))
    known = {membership.user_id for membership in fitting}
    if outside := next((membership for membership in held if membership.user_id not in known), None):
        raise _not_for_them(f"{outside.user}: {audience.misfit(outside)}")
    order = {person: number for number, person in enumerate(people)}
    return sorted(fitting, key=lambda membership: order[membership.user_id])


def _check_lessons(workshop: Workshop, people: Sequence[User]) -> None:
    """Raises Refused (422) with what is still to be learnt."""
    course = workshop.course
    if not workshop.needs_lessons or course is None:
        return
    for person, lessons in lessons_left_of_many(people, course).items():
        if lessons:
            raise Refused(
                _("%(name)s has to do these lessons of “%(course)s” first: %(lessons)s.")
                % {
                    "name": person,
                    "course": course.title,
                    "lessons": ", ".join(lesson.title for lesson in lessons),
                },
                status=UNPROCESSABLE,
                way_on=f"/courses/{course.slug}/",
                way_on_label=_("To the course"),
            )


def _check_size(workshop: Workshop, organization: Organization, size: int) -> None:
    """A party that can never be seated would stand in line for ever. Raises Refused (422)."""
    share = Allotment.objects.filter(workshop=workshop.pk, organization=organization).first()
    most = quota(workshop, share)
    most = workshop.capacity if most is None else min(most, workshop.capacity)
    if size > most:
        raise Refused(
            _("At most %(most)d people of one organization can be together here, and you chose %(size)d.")
            % {"most": most, "size": size},
            status=UNPROCESSABLE,
        )


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Write the reason: the person reads it."), status=UNPROCESSABLE)


def _not_for_them(sentence: str) -> Refused:
    return Refused(sentence, status=UNPROCESSABLE, way_on=reverse("workshops:list"), way_on_label=_("All workshops"))


def _decided(seat: Seat) -> Refused:
    return Refused(
        _("This seat is “%(state)s” by now, so nothing was changed. Load the page again.")
        % {"state": seat.get_state_display()}
    )


def _new_seat(workshop: Workshop, membership: Membership, *, by: User) -> Seat:
    """An unsaved seat with the facts of this moment; the membership has its user and organization loaded."""
    organization, person = membership.organization, membership.user
    return Seat(
        workshop=workshop,
        user=person,
        organization=organization,
        position=membership.position,
        kind=organization.kind,
        parent_id=organization.parent_id,
        province_id=organization.province_id,
        district_id=organization.district_id,
        gender=person.gender,
        birth_year=person.birth_year,
        registered_by=by,
    )


def _tell(seated: Seated) -> None:
    if seated.confirmed:
        telling.seats_confirmed(seated.confirmed)
    if seated.waiting:
        telling.seats_waiting(seated.waiting)
    if seated.promoted:
        telling.seats_confirmed(seated.promoted, promoted=True)
