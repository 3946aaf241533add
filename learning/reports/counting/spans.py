"""Past days: an area counted until a day, or between two days, and kept, because the past does not change."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from learning.duties.queries import organizations_in
from learning.reports.choices import Axis
from learning.reports.counting import boards, writing
from learning.reports.counting.contributions import EVERY_COURSE, Counted, Measures, contributions
from learning.reports.counting.facts import by_person, facts
from learning.reports.counting.places import Places, hash_of, places_of_today
from learning.reports.counting.recount import recount
from learning.reports.counting.tallies import merge
from learning.reports.models import BoardCount, Span, Tally
from learning.reports.within import Within, parts_of

# So many enrollments are counted while the page waits, about half a second; more by the worker.
WHILE_WAITING = 20_000


def span_of(within: Within, *, since: date | None, until: date) -> Span:
    """The kept count of an area between two days, made when nobody has asked before.

    Its `counted_at` is None while the worker still counts. `until` lies in the past: today is not over.
    """
    span = Span.objects.filter(area=within.code, since=since, until=until).first()
    if span and span.members != (_members(within) if span.counted_at else within.members):
        span.delete()  # the area has other districts or organizations now
        span = None
    if span is None:
        try:
            with transaction.atomic():
                span = Span.objects.create(area=within.code, since=since, until=until, members=within.members)
        except IntegrityError:  # somebody asked at the same moment
            span = Span.objects.get(area=within.code, since=since, until=until)
    if span.counted_at is None and _size(within) <= WHILE_WAITING:
        count_span(span, within)
    return span


def _size(within: Within) -> int:
    line = Tally.objects.filter(area=within.code, axis=Axis.ALL, course=EVERY_COURSE, value="").first()
    return line.enrolled if line else 0


def count_span(span: Span, within: Within) -> None:
    """Count an area between two days, with its parts and organizations, and keep it; one transaction."""
    with transaction.atomic():
        locked = Span.objects.select_for_update().filter(pk=span.pk).first()
        if locked is None or locked.counted_at:
            span.counted_at = locked.counted_at if locked else None
            return
        places = places_of_today()
        wanted = {within.code, *(code for code, _name in parts_of(within))}
        if within.level == "n":
            wanted |= {code for codes in places.centers.values() for code in codes}
        people = by_person(facts(_enrollments(within), Q(on__lte=span.until), since=span.since))
        if within.organization:
            counted: Counted = {}
            for own in people:
                merge(counted, contributions(own, places, with_moments=False, whole=within.code))
        else:
            counted = recount(people, places, with_moments=False)
        merge(counted, _boards(span, within, places))
        kept = {
            key: line
            for key, line in counted.items()
            if (key.area in wanted or _is_listed(key.area, within)) and _has_happened(line, span)
        }
        writing.write_span(span, kept)
        span.counted_at, span.members = timezone.now(), _members(within)
        Span.objects.filter(pk=span.pk).update(counted_at=span.counted_at, members=span.members)


def _members(within: Within) -> str:
    """What an area is made of today: with its organizations where each has a line."""
    if within.is_wide:
        return within.members
    listed = organizations_in(within.area).order_by("pk").values_list("pk", flat=True)
    return hash_of([within.members, *map(str, listed)])


def _enrollments(within: Within) -> Q:
    """Those made inside; and, for the lines of organizations, those that the ones of today made elsewhere."""
    inside = within.where("enrollment__")
    if within.is_wide:
        return inside
    listed = organizations_in(within.area).order_by().values("pk")
    return inside | Q(enrollment__organization__in=listed) | Q(enrollment__parent__in=listed)


def _has_happened(line: Measures, span: Span) -> bool:
    """Who goes on learning through a stretch of days has no part in what happened in it."""
    return span.since is None or bool(line.enrolled or line.completed)


def _is_listed(area: str, within: Within) -> bool:
    """Organizations are lines of a report up to the province."""
    return area.startswith("o") and not within.is_wide


def _boards(span: Span, within: Within, places: Places) -> Counted:
    """Boards as they sat on the last day; only for "as of": a stretch of days has no board of its own."""
    if span.since is not None:
        return {}
    seats = boards.seats_on(span.until, within.area)
    holders = {row[0] for row in seats}
    keeps = Q() if within.is_wide else Q(enrollment__user__in=holders)
    found = boards.boards_of(seats, boards.completed_until(span.until, keeps))
    if not within.is_wide:
        for board in found:
            board.span = span
        BoardCount.objects.bulk_create(found, batch_size=1000)
    return boards.lines_of_boards(found, places)


def waiting_spans() -> list[Span]:
    """Spans that somebody asked for and nobody has counted, oldest first."""
    return list(Span.objects.filter(counted_at__isnull=True).order_by("asked_at")[:20])
