"""Reads of what was learnt: tests before and after, who has completed and what others lack."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.db.models.functions import Collate
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.thai.names import COLLATION
from courses.quizzes.statistics.gain import ClassGain, class_gain, normalised_gain
from learning.sittings.models import Sitting
from learning.sittings.queries import QuestionMarks, graded_on, marks_by_question
from learning.workshops.choices import SeatState, WorkshopState
from learning.workshops.completion import Lacking, Rule, lacking
from learning.workshops.models import Seat, Workshop

AFTERWARDS = (WorkshopState.HELD, WorkshopState.REPORTED)
# The post-test and the evaluation may be handed in for so long after the last day.
DAYS_AFTER = 30
FOLLOW_UP_AFTER, FOLLOW_UP_FOR = 90, 60  # days


def occasion(workshop_id: int, which: str) -> str:
    """The name under which a test of a workshop is sat; `which` is pre or post."""
    return f"workshop-{workshop_id}-{which}"


def rule_of(workshop: Workshop) -> Rule:
    return Rule(workshop.attendance_percent, workshop.needs_post_test, workshop.needs_evaluation)


def passed_people(workshop: Workshop) -> set[int]:
    """Ids of the people who have passed the post-test; one query, none without a test."""
    if workshop.post_test_id is None:
        return set()
    found = graded_on(occasion(workshop.pk, "post")).filter(quiz=workshop.post_test_id, passed=True)
    return set(found.values_list("user_id", flat=True))


def lacking_words(what: Lacking, workshop: Workshop) -> str:
    """What is missing, for the person it is missing from."""
    match what:
        case Lacking.ATTENDANCE:
            return _("at least %(percent)d%% of the sessions") % {"percent": workshop.attendance_percent}
        case Lacking.POST_TEST:
            return _("the post-test")
    return _("the evaluation")


def lacking_of(seat: Seat, *, has_passed: bool) -> list[Lacking]:
    """`seat.workshop` must be loaded."""
    return lacking(
        rule_of(seat.workshop),
        percent=seat.attended_percent or 0,
        has_passed=has_passed,
        has_evaluated=seat.has_evaluated,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """One person at the end: scores, completion, and what is missing."""

    seat: Seat
    pre: Sitting | None
    post: Sitting | None
    missing: list[str]

    @property
    def gain(self) -> int | None:
        """Percentage points; None without both tests."""
        if self.pre is None or self.post is None or self.pre.percent is None or self.post.percent is None:
            return None
        return self.post.percent - self.pre.percent

    @property
    def normalised(self) -> float | None:
        """What was learnt of what was not known; None also for who had everything right before."""
        if self.gain is None or self.pre is None or self.post is None:
            return None
        return normalised_gain(self.pre.percent or 0, self.post.percent or 0)


def attending_seats(workshop: Workshop) -> QuerySet[Seat]:
    return (
        Seat.objects.filter(workshop=workshop, state__in=[SeatState.CONFIRMED, SeatState.ATTENDED, SeatState.ABSENT])
        .select_related("user", "organization", "certificate", "workshop")
        .order_by(Collate("user__first_name", COLLATION), Collate("user__last_name", COLLATION), "pk")
    )


def standings(workshop: Workshop) -> list[Standing]:
    """Everybody with a seat, by name; three queries."""
    before = _by_person(workshop, "pre", workshop.pre_test_id)
    after = _by_person(workshop, "post", workshop.post_test_id)
    found = []
    for seat in attending_seats(workshop):
        post = after.get(seat.user_id)
        missing = lacking_of(seat, has_passed=bool(post and post.passed))
        words = [] if seat.completed_at else [lacking_words(what, workshop) for what in missing]
        found.append(Standing(seat, before.get(seat.user_id), post, words))
    return found


def _by_person(workshop: Workshop, which: str, quiz: int | None) -> dict[int, Sitting]:
    if quiz is None:
        return {}
    return {sitting.user_id: sitting for sitting in graded_on(occasion(workshop.pk, which)).filter(quiz=quiz)}


def gain_of(lines: Iterable[Standing]) -> ClassGain | None:
    """Over those who sat both tests; None when nobody did."""
    return class_gain(
        (line.pre.percent or 0, line.post.percent or 0)
        for line in lines
        if line.gain is not None and line.pre and line.post
    )


@dataclass(frozen=True, slots=True)
class QuestionGain:
    """One question before and after, as shares 0 to 1 of those who were asked."""

    content: str
    before: QuestionMarks | None
    after: QuestionMarks | None

    @property
    def before_percent(self) -> int:
        """Whole percent; 0 when it was not asked."""
        return round(100 * self.before.full_share) if self.before else 0

    @property
    def after_percent(self) -> int:
        return round(100 * self.after.full_share) if self.after else 0

    @property
    def points(self) -> int | None:
        """Percentage points; None when it was asked only once."""
        if self.before is None or self.after is None:
            return None
        return round(100 * (self.after.full_share - self.before.full_share))


def gain_by_question(workshop: Workshop) -> list[QuestionGain]:
    """The questions of both tests, least gain first, those that were asked only once at the end; two queries."""
    before = marks_by_question(_sat(workshop, "pre", workshop.pre_test_id)) if workshop.pre_test_id else {}
    after = marks_by_question(_sat(workshop, "post", workshop.post_test_id)) if workshop.post_test_id else {}
    found = []
    for key in dict.fromkeys([*after, *before]):
        one = after.get(key) or before[key]
        found.append(QuestionGain(one.content, before.get(key), after.get(key)))
    return sorted(found, key=lambda line: (line.points is None, line.points or 0))


def _sat(workshop: Workshop, which: str, quiz: int) -> QuerySet[Sitting]:
    return graded_on(occasion(workshop.pk, which)).filter(quiz=quiz)


def seats_to_complete(*, now: date | None = None) -> QuerySet[Seat]:
    """Who attended a workshop that is over and has not completed it yet, while something can still be handed in."""
    day = now or timezone.localdate()
    return Seat.objects.filter(
        state=SeatState.ATTENDED,
        completed_at__isnull=True,
        workshop__state__in=AFTERWARDS,
        workshop__last_on__gte=day - timedelta(days=DAYS_AFTER + 1),
    )


def is_time_for_pre_test(workshop: Workshop, *, now: date | None = None) -> bool:
    """Until the first day is over."""
    day = now or timezone.localdate()
    return workshop.is_coming and (workshop.first_on is None or day <= workshop.first_on)


def is_time_for_after(workshop: Workshop, *, now: date | None = None) -> bool:
    """Post-test and evaluation: from the last day on, for a month."""
    day = now or timezone.localdate()
    if workshop.is_cancelled or workshop.last_on is None:
        return False
    return workshop.last_on <= day <= workshop.last_on + timedelta(days=DAYS_AFTER)


def is_time_for_follow_up(workshop: Workshop, *, now: date | None = None) -> bool:
    """Ninety days after the last day, for two months."""
    day = now or timezone.localdate()
    if workshop.state not in AFTERWARDS or workshop.last_on is None:
        return False
    begins = workshop.last_on + timedelta(days=FOLLOW_UP_AFTER)
    return begins <= day <= begins + timedelta(days=FOLLOW_UP_FOR)
