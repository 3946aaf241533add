"""Facts, rooms, trainers, equipment and times of a workshop that is still to come."""

from collections.abc import Collection, Mapping, Sequence
from datetime import time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms.thai.dates import format_be
from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.places.models import Province
from learning.workshops import booking, seating, telling
from learning.workshops.booking import Wanted
from learning.workshops.choices import Half, ResourceKind, SlotPurpose
from learning.workshops.flows.scheduling.locking import (
    UNPROCESSABLE,
    locked,
    note_change,
    require_room,
    require_things,
    require_trainers,
    slots_of,
)
from learning.workshops.models import Resource, Session, Workshop
from learning.workshops.queries.scheduling import THINGS
from learning.workshops.timetable import overlap

# What may be changed by `change_workshop`; days, places and counts have verbs of their own.
FACTS = frozenset(
    {
        "title",
        "topic",
        "course",
        "aim",
        "contact",
        "contact_phone",
        "capacity",
        "min_participants",
        "kinds",
        "positions",
        "most_per_organization",
        "confirms_by_officer",
        "is_listed",
        "registration_closes_on",
        "needs_lessons",
        "pre_test",
        "post_test",
        "attendance_percent",
        "needs_post_test",
        "needs_evaluation",
        "hours",
        "certificate_design",
    }
)


@transaction.atomic
def change_workshop(
    workshop: Workshop,
    *,
    provinces: Collection[Province] | None = None,
    revision: int | None = None,
    by: User,
    **facts: Any,
) -> Workshop:
    """Other facts. More seats go to those in line; fewer than are taken are refused with the figures.

    Raises Refused (403, 409: fewer seats than taken, more than the rooms have), Stale (409).
    """
    if unknown := set(facts) - FACTS:
        raise TypeError(f"{', '.join(sorted(unknown))} cannot be changed here.")
    now = locked(workshop, by=by, revision=revision)
    capacity, before = facts.pop("capacity", now.capacity), now.most_per_organization
    if capacity > now.capacity:
        _require_rooms_for(now, capacity)
    changed = sorted(name for name, value in facts.items() if getattr(now, name) != value)
    if capacity != now.capacity:
        changed.append("capacity")
    is_for = now.provinces
    if provinces is not None and set(is_for.all()) != set(provinces):
        is_for.set(provinces)
        changed.append("provinces")
    if not changed:
        return now
    note_change(now, "change", by=by, data={"changed": changed}, **facts)
    if "capacity" in changed:
        promoted = seating.resize(now, capacity)
    else:
        promoted = seating.promote(now) if before != now.most_per_organization else []
    telling.seats_confirmed(promoted, promoted=True)
    return now


def _require_rooms_for(workshop: Workshop, capacity: int) -> None:
    """The smallest room that is booked decides."""
    booked = slots_of(workshop.sessions.all(), [ResourceKind.ROOM]).order_by("resource__capacity")
    smallest = booked.select_related("resource").first()
    if smallest and (smallest.resource.capacity or 0) < capacity:
        raise Refused(
            _("%(room)s has %(seats)d seats, so there cannot be %(capacity)d. Choose a larger room first.")
            % {"room": smallest.resource.name, "seats": smallest.resource.capacity or 0, "capacity": capacity}
        )


# --- places and people ---------------------------------------------------------------------------------
KINDS = {"room": (ResourceKind.ROOM,), "trainer": (ResourceKind.TRAINER,), "thing": THINGS}
VERB_OF = {"room": "change_room", "trainer": "change_trainers", "thing": "change_equipment"}


@transaction.atomic
def change_places(
    workshop: Workshop,
    *,
    room: Resource | None = None,
    trainers: Sequence[Resource] | None = None,
    things: Sequence[Resource] | None = None,
    sessions: Collection[int] | None = None,
    revision: int | None = None,
    by: User,
) -> Workshop:
    """Another room, other trainers, other things for all sessions to come, or for these; None: as they are.

    Everybody with a seat hears of another room. Raises Refused (403, 409 for a room too small, 422), SlotsTaken
    (409), Stale (409).
    """
    now = locked(workshop, by=by, revision=revision)
    wanted = {kind: list(found) for kind, found in (("trainer", trainers), ("thing", things)) if found is not None}
    if room:
        require_room(room, center=now.center_id, capacity=now.capacity)
        wanted["room"] = [room]
    require_trainers(wanted.get("trainer", []))
    require_things(wanted.get("thing", []), center=now.center_id)
    rows = coming_sessions(now, sessions)
    changed = _exchange(rows, wanted, by=by)
    if not changed:
        return now
    facts: dict[str, Any] = {"change_note": _new_room_words(room)} if room and "room" in changed else {}
    if room and room.venue and "room" in changed and len(rows) == now.sessions.count():
        facts |= {"province": room.venue.province, "district": room.venue.district}
    verb = next(VERB_OF[kind] for kind in VERB_OF if kind in changed)
    note_change(now, verb, by=by, data={kind: [one.pk for one in wanted[kind]] for kind in changed}, **facts)
    if "room" in changed:
        telling.workshop_changed(now)
    return now


def change_room(
    workshop: Workshop,
    *,
    room: Resource,
    sessions: Collection[int] | None = None,
    revision: int | None = None,
    by: User,
) -> Workshop:
    """Another room; everybody with a seat hears of it. Raises as `change_places`."""
    return change_places(workshop, room=room, sessions=sessions, revision=revision, by=by)


def change_trainers(
    workshop: Workshop,
    *,
    trainers: Sequence[Resource],
    sessions: Collection[int] | None = None,
    revision: int | None = None,
    by: User,
) -> Workshop:
    """Other trainers, or none. Raises as `change_places`."""
    return change_places(workshop, trainers=trainers, sessions=sessions, revision=revision, by=by)


@transaction.atomic
def replace_resource(
    workshop: Workshop, *, lost: Resource, instead: Resource | None, sessions: Collection[int], by: User
) -> Workshop:
    """A room, trainer or thing that drops out gives its sessions to another one of its kind, or to none.

    Raises Refused (403, 409 for a room too small, 422 for another kind), SlotsTaken (409).
    """
    now = locked(workshop, by=by)
    rows = coming_sessions(now, sessions)
    old = slots_of(rows).filter(resource=lost)
    at = list(old.values_list("day", "half", "session_id"))
    if not at:
        return now
    if instead is None:
        if lost.is_room:
            raise Refused(_("A workshop needs a room. Choose another one."), status=UNPROCESSABLE)
        booking.release(old)
    else:
        if instead.kind != lost.kind:
            raise Refused(_("Choose another one of the same kind."), status=UNPROCESSABLE)
        if lost.is_room:
            require_room(instead, center=now.center_id, capacity=now.capacity)
        wanted = [Wanted(instead.pk, *slot) for slot in at]
        booking.exchange(old, wanted, purpose=SlotPurpose.SESSION, by=by, allows_weekend=True)
    facts = {"change_note": _new_room_words(instead)} if instead and lost.is_room else {}
    data = {"lost": lost.pk, "instead": instead.pk if instead else None}
    note_change(now, "replace_resource", by=by, data=data, **facts)
    if lost.is_room:
        telling.workshop_changed(now)
    return now


def _new_room_words(room: Resource) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        place = _("%(room)s, %(venue)s") % {"room": room.name, "venue": room.venue} if room.venue else room.name
        return (_("The room is now %(place)s.") % {"place": place})[:300]


def coming_sessions(workshop: Workshop, only: Collection[int] | None = None) -> list[Session]:
    """Its sessions that have not begun, of these only. Raises Refused (409) when there are none."""
    now = timezone.now()
    rows = [
        session
        for session in workshop.sessions.all()
        if session.starts_at > now and (only is None or session.pk in only)
    ]
    if not rows:
        raise Refused(_("These sessions have begun already, so their places stay as they were."))
    return rows


def _exchange(sessions: Sequence[Session], wanted: Mapping[str, Sequence[Resource]], *, by: User) -> list[str]:
    """These resources instead of those of the same kinds; gives the kinds of which something changed."""
    changed: list[str] = []
    taken: list[Wanted] = []
    for kind, resources in wanted.items():
        old = slots_of(sessions, KINDS[kind]).values_list("resource_id", "session_id")
        new = {
            (one.pk, session.pk): Wanted(one.pk, session.day, session.half, session.pk)
            for one in resources
            for session in sessions
        }
        if set(old) != set(new):
            changed.append(kind)
            taken += new.values()
    if changed:
        old_slots = slots_of(sessions, [one for kind in changed for one in KINDS[kind]])
        booking.exchange(old_slots, taken, purpose=SlotPurpose.SESSION, by=by, allows_weekend=True)
    return changed


# --- one half-day ----------------------------------------------------------------------------------------
@transaction.atomic
def change_session(
    session: Session,
    *,
    starts: time,
    ends: time,
    title: str = "",
    agenda: str = "",
    revision: int | None = None,
    by: User,
) -> Workshop:
    """Its clock times, title and agenda. People hear of other times. Raises Refused (403, 409, 422), Stale (409)."""
    now = locked(session.workshop, by=by, revision=revision)
    session = now.sessions.get(pk=session.pk)
    is_later = (session.starts, session.ends) != (starts, ends)
    if is_later:
        coming_sessions(now, [session.pk])
        require_times(now, session, starts, ends)
    if not is_later and (session.title, session.agenda) == (title, agenda):
        return now
    session.starts, session.ends, session.title, session.agenda = starts, ends, title, agenda
    session.save(update_fields=["starts", "ends", "title", "agenda"])
    if not is_later:
        note_change(now, "change_session", by=by, data={"session": session.pk})
        return now
    with translation.override(settings.LANGUAGE_CODE):
        gaps = {
            "day": format_be(session.day),
            "half": Half(session.half).label,
            "starts": f"{starts:%H:%M}",
            "ends": f"{ends:%H:%M}",
        }
        note = _("%(day)s (%(half)s) is now from %(starts)s to %(ends)s.") % gaps
    note_change(now, "change_session", by=by, data={"session": session.pk}, change_note=note)
    telling.workshop_changed(now)
    return now


def require_times(workshop: Workshop, session: Session, starts: time, ends: time) -> None:
    """The session ends after it begins and does not reach into the other half of its day. Raises Refused (422)."""
    if ends <= starts:
        raise Refused(_("A session ends after it begins. Look at the times again."), status=UNPROCESSABLE)
    spans = [
        (one.day, one.starts, one.ends) for one in workshop.sessions.filter(day=session.day).exclude(pk=session.pk)
    ]
    if overlap([*spans, (session.day, starts, ends)]):
        raise Refused(
            _("On %(day)s the morning and the afternoon overlap. Look at the times again.")
            % {"day": format_be(session.day)},
            status=UNPROCESSABLE,
        )
