"""What a person has learned, by fiscal year, each hour once.

The rule: a workshop keeps its hours, in the fiscal year of its last day. A course to which a workshop belongs
counts, in the fiscal year in which it was completed, only the hours beyond that workshop: both together are one
training. So nothing that was counted in a past year is ever taken back by a completion of today. What was revoked
counts nothing; what has expired was learnt all the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.choices import CertificateState
from certification.models import Certificate
from cms.thai.dates import fiscal_year_be
from cms.thai.words import normalise
from learning.enrollments.choices import EnrollmentState
from learning.enrollments.models import Enrollment
from learning.progress.models import LessonCompletion
from learning.workshops.choices import SeatState
from learning.workshops.models import Seat
from learning.workshops.queries.learning import AFTERWARDS

NOTHING = Decimal(0)


class LineKind(TextChoices):
    COURSE = "course", pgettext_lazy("of a training record", "Course")
    WORKSHOP = "workshop", pgettext_lazy("of a training record", "Workshop")
    PAPER = "paper", pgettext_lazy("of a training record", "Certificate on paper")
    OTHER = "other", pgettext_lazy("of a training record", "Other training")


class Note(TextChoices):
    """Why a line counts fewer hours than it took, or what else must be known of it."""

    NONE = "", ""
    WITH_WORKSHOP = "with-workshop", _("The hours of its workshop are counted in the line of the workshop.")
    NOT_COMPLETED = "not-completed", _("Attended, but not completed, so no hours are counted.")
    REVOKED = "revoked", _("The certificate was revoked, so no hours are counted.")
    COUNTED_ABOVE = "counted-above", _("The same training stands here in another line, so it is not counted twice.")
    FROM_PAPER = "from-paper", _("Recorded from a certificate on paper, not issued by this academy.")


@dataclass(frozen=True, slots=True)
class Line:
    """One training. `hours` is how long it took, `counted` what of it stands in the sum of its year."""

    kind: LineKind
    title: str
    where: str
    on: date
    hours: Decimal
    counted: Decimal
    note: Note = Note.NONE
    number: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year (Buddhist Era, October to September) with its lines, the newest first."""

    year: int
    lines: tuple[Line, ...]

    @property
    def hours(self) -> Decimal:
        return sum((line.counted for line in self.lines), NOTHING)


@dataclass(frozen=True, slots=True)
class Learned:
    """Everything a person has learned, the newest year first."""

    years: tuple[Year, ...]

    @property
    def lines(self) -> list[Line]:
        return [line for year in self.years for line in year.lines]

    @property
    def hours(self) -> Decimal:
        return sum((year.hours for year in self.years), NOTHING)

    @property
    def counted_lines(self) -> int:
        """How many trainings have hours in the sum."""
        return sum(line.counted > 0 for line in self.lines)


def learned_by(user: AbstractBaseUser) -> Learned:
    """Four queries, however much it is."""
    enrollments = _enrollments(user)
    seats = _seats(user)
    parts = _parts(user, seats)
    lines = [
        *(_course_line(one, parts.get(one.pk, [])) for one in enrollments),
        *(_workshop_line(seat) for seat in seats),
    ]
    occasions = {f"enrollment:{one.pk}" for one in enrollments} | {f"seat:{seat.pk}" for seat in seats}
    lines += _certificate_lines((one for one in _loose(user) if one.occasion not in occasions), lines)
    return by_year(lines)


def by_year(lines: Iterable[Line]) -> Learned:
    years: dict[int, list[Line]] = {}
    by_title = sorted(lines, key=lambda line: line.title)
    for line in sorted(by_title, key=lambda line: line.on, reverse=True):
        years.setdefault(fiscal_year_be(line.on), []).append(line)
    return Learned(tuple(Year(year, tuple(of_year)) for year, of_year in years.items()))


def _enrollments(user: AbstractBaseUser) -> list[Enrollment]:
    found = Enrollment.objects.filter(user=user.pk, state=EnrollmentState.COMPLETED)
    return list(found.select_related("course", "certificate"))


def _seats(user: AbstractBaseUser) -> list[Seat]:
    """Workshops that are over, and in which the person was."""
    found = Seat.objects.filter(user=user.pk, state=SeatState.ATTENDED, workshop__state__in=AFTERWARDS)
    return list(found.select_related("workshop__center", "certificate"))


def _loose(user: AbstractBaseUser) -> list[Certificate]:
    """Certificates that neither an enrollment nor a seat holds; of a chain only the last."""
    found = Certificate.objects.filter(holder=user.pk, enrollment__isnull=True, seat__isnull=True)
    return list(found.exclude(state=CertificateState.REPLACED).filter(replaced_by__isnull=True))


def _parts(user: AbstractBaseUser, seats: Iterable[Seat]) -> dict[int, list[Seat]]:
    """Seats by the enrollment whose workshop lessons they did; a seat is part of one enrollment only.

    A workshop lesson is done by the last workshop of the course that was completed until that moment.
    """
    done = LessonCompletion.objects.filter(
        enrollment__user=user.pk, enrollment__state=EnrollmentState.COMPLETED, lesson__needs_workshop=True
    ).values_list("enrollment_id", "enrollment__course_id", "completed_at")
    free = sorted((seat for seat in seats if _counts(seat)), key=_moment)
    parts: dict[int, list[Seat]] = {}
    for enrollment, course, moment in sorted(done, key=lambda row: row[2]):
        before = [seat for seat in free if seat.workshop.course_id == course and _moment(seat) <= moment]
        if before:
            parts.setdefault(enrollment, []).append(before[-1])
            free.remove(before[-1])
    return parts


def _counts(seat: Seat) -> bool:
    return seat.completed_at is not None and not _is_revoked(seat.certificate)


def _moment(seat: Seat) -> datetime:
    assert seat.completed_at is not None
    return seat.completed_at


def _hours_of(seat: Seat) -> Decimal:
    """As printed; a workshop that gives no certificate has no other hours than those of today."""
    return seat.certificate.hours if seat.certificate else seat.workshop.hours


def _is_revoked(certificate: Certificate | None) -> bool:
    return certificate is not None and certificate.state == CertificateState.REVOKED


def _course_line(enrollment: Enrollment, parts: list[Seat]) -> Line:
    certificate = enrollment.certificate
    hours = certificate.hours if certificate else enrollment.hours
    beyond = max(NOTHING, hours - sum((_hours_of(seat) for seat in parts), NOTHING))
    is_revoked = _is_revoked(certificate)
    assert enrollment.completed_at is not None
    return Line(
        kind=LineKind.COURSE,
        title=certificate.course_title if certificate else enrollment.course.title,
        where="",
        on=certificate.completed_on if certificate else timezone.localdate(enrollment.completed_at),
        hours=hours,
        counted=NOTHING if is_revoked else beyond,
        note=Note.REVOKED if is_revoked else Note.WITH_WORKSHOP if parts else Note.NONE,
        number=certificate.number if certificate else "",
        code=certificate.code if certificate else "",
    )


def _workshop_line(seat: Seat) -> Line:
    certificate, workshop = seat.certificate, seat.workshop
    counts = _counts(seat)
    is_revoked = _is_revoked(certificate)
    return Line(
        kind=LineKind.WORKSHOP,
        title=certificate.course_title if certificate else workshop.title,
        where=str(workshop.center),
        on=_last_day(seat),
        hours=_hours_of(seat),
        counted=_hours_of(seat) if counts else NOTHING,
        note=Note.REVOKED if is_revoked else Note.NONE if counts else Note.NOT_COMPLETED,
        number=certificate.number if certificate else "",
        code=certificate.code if certificate else "",
    )


def _last_day(seat: Seat) -> date:
    """The day that counts is the last one of the workshop, not that of the last paper handed in."""
    if seat.certificate:
        return seat.certificate.completed_on
    return seat.workshop.last_on or seat.attended_on or timezone.localdate(seat.completed_at or seat.registered_at)


def _certificate_lines(certificates: Iterable[Certificate], others: list[Line]) -> list[Line]:
    """Certificates of their own. A paper about what stands here already (same title, same day) counts nothing."""
    known = {_same(line.title, line.on) for line in others if line.counted or line.note == Note.WITH_WORKSHOP}
    lines = []
    for one in sorted(certificates, key=lambda one: (one.is_recorded, one.pk)):  # what was issued here comes first
        is_known = _same(one.course_title, one.completed_on) in known
        note = Note.FROM_PAPER if one.is_recorded else Note.NONE
        if is_known:
            note = Note.COUNTED_ABOVE
        if _is_revoked(one):
            note = Note.REVOKED
        else:
            known.add(_same(one.course_title, one.completed_on))
        lines.append(
            Line(
                kind=LineKind.PAPER if one.is_recorded else LineKind.OTHER,
                title=one.course_title,
                where=one.issuer,
                on=one.completed_on,
                hours=one.hours,
                counted=NOTHING if note in (Note.REVOKED, Note.COUNTED_ABOVE) else one.hours,
                note=note,
                number=one.number,
                code=one.code,
            )
        )
    return lines


def _same(title: str, on: date) -> tuple[str, date]:
    return "".join(normalise(title).split()).casefold(), on
