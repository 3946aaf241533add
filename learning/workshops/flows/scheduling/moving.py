"""To other days: everything that is booked goes along in one transaction, or everything stays."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms.thai.dates import format_be
from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.workshops import booking, telling
from learning.workshops.booking import Wanted
from learning.workshops.calendars.spans import days_in_words
from learning.workshops.choices import Half, ResourceKind, SlotPurpose
from learning.workshops.flows.scheduling.changing import change_session, require_times
from learning.workshops.flows.scheduling.locking import (
    UNPROCESSABLE,
    locked,
    note_change,
    require_room,
    require_trainers,
    slots_of,
)
from learning.workshops.models import Resource, Session, Workshop
from learning.workshops.timetable import CLOCK, shifted

Moves = dict[int, tuple[date, str]]  # session → its new half-day


@transaction.atomic
def move_workshop(
    workshop: Workshop,
    *,
    to: date | Sequence[date],
    room: Resource | None = None,
    trainers: Sequence[Resource] | None = None,
    allows_weekend: bool = False,
    note: str = "",
    revision: int | None = None,
    by: User,
) -> Workshop:
    """All of it: to a first day, with the gaps between its days as they are, or to as many other days.

    Room and trainers go along unless others are given. Everybody with a live seat hears of it. Raises DayOff and
    SlotsTaken (409) with what is in the way, Refused (403, 409 when it has begun, 422), Stale (409).
    """
    now = locked(workshop, by=by, revision=revision)
    sessions = list(now.sessions.all())
    before = sorted({session.day for session in sessions})
    chosen = sorted(shifted(before, to).values()) if isinstance(to, date) and before else _days(to)
    if not before or len(chosen) != len(before):
        raise Refused(
            _("The workshop has %(count)d days. Choose as many.") % {"count": len(before)}, status=UNPROCESSABLE
        )
    days = dict(zip(before, chosen, strict=True))
    moves = {session.pk: (days[session.day], session.half) for session in sessions}
    if room:
        require_room(room, center=now.center_id, capacity=now.capacity)
    require_trainers(trainers or ())
    stays = all(old == new for old, new in days.items())
    if stays and room is None and trainers is None:
        return now
    _rebook(now, sessions, moves, room=room, trainers=trainers, allows_weekend=allows_weekend or stays, by=by)
    with translation.override(settings.LANGUAGE_CODE):
        words = _("Moved from %(old)s to %(new)s.") % {
            "old": days_in_words(before[0], before[-1]),
            "new": days_in_words(chosen[0], chosen[-1]),
        }
    _note_move(now, note or words, by=by, data={"from": str(before[0]), "to": str(days[before[0]])}, room=room)
    return now


def _days(to: date | Sequence[date]) -> list[date]:
    return [to] if isinstance(to, date) else sorted(set(to))


@transaction.atomic
def move_session(
    session: Session,
    *,
    to: date,
    half: str | None = None,
    starts: time | None = None,
    ends: time | None = None,
    allows_weekend: bool = False,
    note: str = "",
    revision: int | None = None,
    by: User,
) -> Workshop:
    """One half-day, with what is booked for it. Its clock times stay, or are the usual ones of the other half.

    Raises as `move_workshop`; also Refused (409) when the workshop has a session there already.
    """
    now = locked(session.workshop, by=by, revision=revision)
    session = now.sessions.get(pk=session.pk)
    half = half or session.half
    if (to, half) == (session.day, session.half):
        return now
    if now.sessions.filter(day=to, half=half).exists():
        raise Refused(
            _("The workshop has a session on %(day)s (%(half)s) already.")
            % {"day": format_be(to), "half": Half(half).label}
        )
    usual = CLOCK[half] if half != session.half else (session.starts, session.ends)
    starts, ends = starts or usual[0], ends or usual[1]
    with translation.override(settings.LANGUAGE_CODE):
        old = _("%(day)s (%(half)s)") % {"day": format_be(session.day), "half": Half(session.half).label}
        new = _("%(day)s (%(half)s)") % {"day": format_be(to), "half": Half(half).label}
        words = _("Moved from %(old)s to %(new)s.") % {"old": old, "new": new}
    data = {"session": session.pk, "from": f"{session.day} {session.half}", "to": f"{to} {half}"}
    _rebook(now, [session], {session.pk: (to, half)}, allows_weekend=allows_weekend or to == session.day, by=by)
    require_times(now, session, starts, ends)
    Session.objects.filter(pk=session.pk).update(starts=starts, ends=ends)
    _note_move(now, note or words, by=by, data=data)
    return now


@transaction.atomic
def arrange_session(
    session: Session,
    *,
    day: date,
    half: str,
    starts: time,
    ends: time,
    title: str = "",
    agenda: str = "",
    allows_weekend: bool = False,
    revision: int | None = None,
    by: User,
) -> Workshop:
    """Everything about one half-day. In the other half it gets the usual clock times, unless others are written.

    Raises as `move_session` and `change_session`.
    """
    if (day, half) != (session.day, session.half):
        is_usual = half != session.half and (starts, ends) == (session.starts, session.ends)
        move_session(
            session,
            to=day,
            half=half,
            starts=None if is_usual else starts,
            ends=None if is_usual else ends,
            allows_weekend=allows_weekend,
            revision=revision,
            by=by,
        )
        session, revision = Session.objects.select_related("workshop").get(pk=session.pk), None
        starts, ends = session.starts, session.ends
    return change_session(session, starts=starts, ends=ends, title=title, agenda=agenda, revision=revision, by=by)


def _rebook(
    workshop: Workshop,
    sessions: Sequence[Session],
    moves: Moves,
    *,
    room: Resource | None = None,
    trainers: Sequence[Resource] | None = None,
    allows_weekend: bool,
    by: User,
) -> None:
    """Take the new half-days, give back the old ones, and write the sessions."""
    _require_time_to_move(sessions, moves)
    days = {day for day, _half in moves.values()}
    booking.refuse_days_off(days, center=workshop.center_id, allows_weekend=allows_weekend)
    old = slots_of(sessions)
    replaced = {ResourceKind.ROOM: room is not None, ResourceKind.TRAINER: trainers is not None}
    wanted = [
        Wanted(slot.resource_id, *moves[slot.session_id], session_id=slot.session_id)
        for slot in old.select_related("resource")
        if slot.session_id and not replaced.get(ResourceKind(slot.resource.kind), False)
    ]
    new = [*([room] if room else []), *(trainers or ())]
    wanted += [Wanted(one.pk, *moves[session.pk], session_id=session.pk) for one in new for session in sessions]
    booking.exchange(old, wanted, purpose=SlotPurpose.SESSION, by=by, allows_weekend=True)
    # Those that move later from the last on, those that move earlier from the first on: no two meet on the way.
    later = [one for one in sessions if moves[one.pk] > (one.day, one.half)]
    earlier = [one for one in sessions if moves[one.pk] < (one.day, one.half)]
    for session in [*sorted(later, key=_when, reverse=True), *sorted(earlier, key=_when)]:
        session.day, session.half = moves[session.pk]
        session.save(update_fields=["day", "half"])


def _when(session: Session) -> tuple[date, str]:
    return session.day, session.half


def _require_time_to_move(sessions: Sequence[Session], moves: Moves) -> None:
    """What has begun stays where it was, and nothing moves into the past."""
    now, today = timezone.now(), timezone.localdate()
    moving = [session for session in sessions if moves[session.pk] != (session.day, session.half)]
    if any(session.starts_at <= now for session in moving):
        raise Refused(
            _("The workshop has begun already. Move the half-days that are still to come one by one."),
        )
    past = [day for session in moving if (day := moves[session.pk][0]) < today]
    if past:
        raise Refused(_("%(day)s is past. Choose a day to come.") % {"day": format_be(min(past))}, status=UNPROCESSABLE)


def _note_move(workshop: Workshop, words: str, *, by: User, data: dict[str, Any], room: Resource | None = None) -> None:
    days = sorted(workshop.sessions.values_list("day", flat=True))
    facts: dict[str, Any] = {"first_on": days[0], "last_on": days[-1], "change_note": words[:300]}
    if room and room.venue:
        facts |= {"province": room.venue.province, "district": room.venue.district}
    if workshop.registration_closes_on and workshop.registration_closes_on > days[0]:
        facts["registration_closes_on"] = days[0]
    note_change(workshop, "move", by=by, data=data, **facts)
    telling.workshop_changed(workshop)
