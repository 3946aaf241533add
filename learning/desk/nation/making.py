"""Making a nation: one transaction, then statistics, then the counts of the reports."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from random import Random

from django.db import models, transaction
from wagtail.models import Page

from courses.catalog.models import CourseAudience, CourseIndexPage
from learning.desk.nation.courses import write_courses
from learning.desk.nation.enrollments import write_enrollments, write_events, write_lesson_completions
from learning.desk.nation.officers import write_officers
from learning.desk.nation.organizations import plan_organizations, write_organizations
from learning.desk.nation.people import plan_people, write_memberships, write_people
from learning.desk.nation.places import write_places
from learning.desk.nation.plan import COOPERATIVES, LEAST_PEOPLE, Calendar, Scale
from learning.desk.nation.writing import analyze, for_loading, set_sequences, without_indexes
from learning.desk.opening import open_academy
from learning.duties.models import Duty
from learning.enrollments.models import Enrollment, EnrollmentEvent
from learning.organizations.choices import Kind
from learning.organizations.models import Membership, Organization, OrganizationChange
from learning.people.models import User
from learning.places.flows import load_places
from learning.places.models import District, PromotionGroup, ProvincialOffice, TransferCenter
from learning.progress.models import LessonCompletion
from learning.reports.counting import rebuild

LAST_DAY = date(2026, 11, 22)
# Large enough that making their indexes once is cheaper than a million look-ups.
LARGE: tuple[type[models.Model], ...] = (User, Membership, Enrollment, EnrollmentEvent, LessonCompletion)
FILLED: tuple[type[models.Model], ...] = (
    *LARGE,
    *(Page, CourseAudience, Organization, OrganizationChange, Duty, PromotionGroup),
    PromotionGroup.districts.through,
    ProvincialOffice.districts.through,
    TransferCenter.provinces.through,
)


class NotEmpty(Exception):
    """The database holds what a made nation would be mixed with."""


@dataclass(frozen=True)
class NationSummary:
    """What was made, and how long it took."""

    offices: int
    centers: int
    promotion_groups: int
    officers: int
    cooperatives: int
    farmers_groups: int
    informal_groups: int
    people: int
    memberships: int
    courses: int
    enrollments: int
    events: int
    lesson_completions: int
    seconds: float

    def __str__(self) -> str:
        counts = {name.replace("_", " "): value for name, value in vars(self).items() if name != "seconds"}
        return ", ".join(f"{value:,} {name}" for name, value in counts.items()) + f"; {self.seconds:.0f} s"


class _Clock:
    """Says what is being done, and afterwards how long it took."""

    def __init__(self, say: Callable[[str], object]) -> None:
        self.say, self.began = say, time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.say(f"{what:<40} {time.monotonic() - began:7.1f} s")


def make_nation(
    people: int,
    *,
    seed: int = 1,
    until: date = LAST_DAY,
    organizations_as_for: int | None = None,
    say: Callable[[str], object] = print,
) -> NationSummary:
    """Fill a database without enrollments; the same seed on the same database gives the same rows and keys.

    All or nothing. Refused with `NotEmpty` where somebody learns already, and with ValueError for few people.
    """
    if min(people, organizations_as_for or people) < LEAST_PEOPLE:
        raise ValueError(f"A nation has at least {LEAST_PEOPLE} people.")
    if Enrollment.objects.exists() or User.objects.filter(username="headoffice-1").exists():
        raise NotEmpty("This database holds enrollments or a made nation already. Use an empty one.")
    clock = _Clock(say)
    with clock.step("places and pages"):
        if not District.objects.exists():
            load_places()
        if not CourseIndexPage.objects.exists():
            open_academy()
    scale = Scale.of(people, organizations_as_for=organizations_as_for)
    with for_loading(), transaction.atomic():
        summary = _fill(scale, seed, Calendar(until), clock)
    with clock.step("statistics"):
        analyze()
    with clock.step("counts of the reports"):
        rebuild()
    with clock.step("statistics again"):
        analyze(vacuum=True)
    return NationSummary(**summary, seconds=round(clock.seconds, 1))


def _fill(scale: Scale, seed: int, calendar: Calendar, clock: _Clock) -> dict[str, int]:
    def draws(what: str) -> Random:
        return Random(f"{seed} {what}")  # noqa: S311  each part draws for itself, so that one may change alone

    with clock.step("promotion groups and centers"):
        group_of = write_places(draws("places"))
    with clock.step("organizations"):
        bodies = plan_organizations(scale, calendar, draws("organizations"))
        write_organizations(bodies, calendar, draws("numbers"))
    with clock.step("courses"):
        courses = write_courses(calendar, draws("courses"))
    with without_indexes(LARGE) as make_them_again:
        with clock.step("officers"):
            officer_of, officers = write_officers(bodies, calendar, draws("officers"))
        with clock.step("people and memberships"):
            people = plan_people(scale, bodies, calendar, draws("people"))
            write_people(people, calendar, draws("names"))
            write_memberships(people, bodies, calendar)
        with clock.step("enrollments"):
            officer_at = {district: officer_of[group] for district, group in group_of.items()}
            after = write_enrollments(scale, people, bodies, courses, officer_at, calendar, draws("enrollments"))
        with clock.step("events"):
            events = write_events(after, courses, calendar)
        with clock.step("lesson completions"):
            completions = write_lesson_completions(after, courses, calendar)
        with clock.step("indexes and foreign keys"):
            make_them_again()
    set_sequences(FILLED)
    kinds = [body.kind for body in bodies]
    cooperatives, farmers = sum(kind in COOPERATIVES for kind in kinds), kinds.count(Kind.FARMERS_GROUP)
    return {
        "offices": ProvincialOffice.objects.count(),
        "centers": TransferCenter.objects.count(),
        "promotion_groups": PromotionGroup.objects.count(),
        "officers": officers,
        "cooperatives": cooperatives,
        "farmers_groups": farmers,
        "informal_groups": len(kinds) - cooperatives - farmers,
        "people": scale.people,
        "memberships": len(people.seats),
        "courses": len(courses),
        "enrollments": len(after.begins),
        "events": events,
        "lesson_completions": completions,
    }
