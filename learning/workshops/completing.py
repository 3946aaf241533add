"""Completing a workshop: the same staircase as a course, one person or the whole room."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from wagtail.log_actions import log

from certification.flows import Achievement, issue_certificate
from certification.models import Certificate
from learning.people.models import User
from learning.progress.flows import complete_workshop_lessons
from learning.workshops.choices import SeatState
from learning.workshops.models import Seat, Workshop
from learning.workshops.queries.learning import AFTERWARDS, lacking_of, passed_people, seats_to_complete

# Printed where no test had to be passed: the usual sentence speaks of one.
ATTENDED = "ได้ผ่านการอบรม"


@transaction.atomic
def complete_seat(seat: Seat, *, by: User) -> bool:
    """The only place that completes a workshop; twice is once. False while something is missing.

    Issues the certificate, and does the lessons of the course that wait for a workshop.
    """
    seat = (
        Seat.objects.select_for_update(of=("self",))
        .select_related("workshop__certificate_design", "workshop__course", "user", "organization")
        .get(pk=seat.pk)
    )
    workshop = seat.workshop
    if seat.completed_at is not None or seat.state != SeatState.ATTENDED or workshop.state not in AFTERWARDS:
        return False
    has_passed = not workshop.needs_post_test or seat.user_id in passed_people(workshop)
    if lacking_of(seat, has_passed=has_passed):
        return False
    seat.completed_at = timezone.now()
    if workshop.certificate_design:
        seat.certificate = _certificate_of(seat, by=by)
    seat.save(update_fields=["completed_at", "certificate"])
    if workshop.course:
        complete_workshop_lessons(seat.user, workshop.course, by=by)
    log(workshop, "workshops.complete", user=by, data={"seat": seat.pk})
    return True


@transaction.atomic
def certify_seat(seat: Seat, *, by: User) -> Certificate | None:
    """The certificate of who completed before the workshop was given its design; None when nothing is owed."""
    seat = (
        Seat.objects.select_for_update(of=("self",))
        .select_related("workshop__certificate_design", "user", "organization")
        .get(pk=seat.pk)
    )
    if seat.certificate is None and seat.completed_at is not None and seat.workshop.certificate_design:
        seat.certificate = _certificate_of(seat, by=by)
        seat.save(update_fields=["certificate"])
        log(seat.workshop, "workshops.complete", user=by, data={"seat": seat.pk})
    return seat.certificate


def _certificate_of(seat: Seat, *, by: User) -> Certificate:
    workshop = seat.workshop
    assert workshop.certificate_design is not None, "Asked by the callers."
    with translation.override(settings.LANGUAGE_CODE):  # the sheet is in Thai whatever language is read
        role = f"{seat.get_position_display()} {seat.organization}"
    return issue_certificate(
        workshop.certificate_design,
        Achievement(
            holder=seat.user,
            holder_name=seat.user.full_name if seat.user.first_name else "",
            holder_name_en=seat.user.name_en,
            holder_role=role,
            course_title=workshop.title,
            hours=workshop.hours,
            started_on=workshop.first_on,
            completed_on=workshop.last_on or timezone.localdate(),
            statement="" if workshop.needs_post_test else ATTENDED,
            occasion=f"seat:{seat.pk}",
            subject=f"course:{workshop.course_id}" if workshop.course_id else f"workshop:{workshop.pk}",
            office=f"ศส.{workshop.center_id}" if workshop.center_id else "",
            organization_name=str(seat.organization),
            organization_key=seat.organization_id,
            parent_key=seat.parent_id,
            province_code=seat.province_id,
            district_code=seat.district_id or "",
            center_number=workshop.center_id,
        ),
        by=by,
    )


def complete_workshop(workshop: Workshop, *, by: User) -> int:
    """Everybody of a workshop who lacks nothing, each in a transaction of their own; gives how many are new.

    Stopped half way, the next call goes on with the rest.
    """
    waiting = seats_to_complete().filter(workshop=workshop).order_by("pk")
    return sum(complete_seat(seat, by=by) for seat in list(waiting))


def complete_who_is_ready() -> int:
    """Everybody who has handed in the last thing since; the person is the one who did it."""
    waiting = seats_to_complete().select_related("user").order_by("pk")
    return sum(complete_seat(seat, by=seat.user) for seat in list(waiting))
