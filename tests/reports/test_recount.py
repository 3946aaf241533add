"""Whatever people do, in whatever order: every cell of every report equals a slow and obvious recount."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone, translation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from courses.catalog.models import CoursePage
from learning.desk.opening import open_academy
from learning.enrollments import events
from learning.enrollments.choices import EventKind
from learning.enrollments.flows import pass_due_days
from learning.organizations.flows import pass_terms
from learning.reports.counting import contributions, differences, facts, fold, rebuild, tallies, writing
from learning.reports.counting.facts import Fact
from learning.reports.counting.tallies import renew_changed_areas
from learning.reports.question import NOW, Days, Question
from learning.reports.shelf import REPORTS
from learning.reports.tables import Table
from learning.reports.within import any_within
from tests.reports.obvious import Obvious
from tests.reports.walk import BANGKOK, FIRST_DAY, Step, Walk, build_world

pytestmark = pytest.mark.django_db

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
# The quick walks are always the same, so that a red run is the same for everybody; the thorough ones are new each time.
# PostgreSQL, which takes four times as long for one, walks the first ten.
WALKS = settings(
    max_examples=300 if THOROUGH else 25 if connection.vendor == "sqlite" else 10,
    derandomize=not THOROUGH,
    database=None,
    deadline=None,
    print_blob=True,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
# How often each step is taken, beside the others.
VERBS = {
    "rest": 1,
    "pass_days": 12,
    "join": 8,
    "seat": 6,
    "leave": 2,
    "end": 2,
    "transfer": 2,
    "enroll": 10,
    "enroll_group": 4,
    "complete": 7,
    "withdraw": 2,
    "lapse": 2,
    "assign": 4,
    "walk_audience": 3,
    "close": 1,
    "run_jobs": 2,
    "count": 4,
    "ask": 3,
    "merge": 1,
    "split": 1,
    "dissolve": 1,
    "rename": 1,
    "move": 2,
    "reattach": 1,
    "change_kind": 1,
    "change_person": 1,
    "change_group": 2,
    "new_group": 1,
    "change_center": 1,
}
NUMBERS = st.integers(0, 59)
STEPS = st.tuples(
    st.sampled_from([verb for verb, often in VERBS.items() for _time in range(often)]), NUMBERS, NUMBERS, NUMBERS
)
# People with positions, so that little of a walk is lost on an empty world.
BEGINNING: list[Step] = [
    ("join", 0, 0, 4),
    ("join", 1, 0, 10),
    ("join", 1, 2, 0),
    ("join", 2, 4, 0),
    ("join", 3, 5, 4),
    ("join", 4, 3, 5),
    ("join", 5, 6, 2),
    ("join", 6, 1, 0),
    ("join", 7, 7, 4),
    ("join", 0, 4, 1),
]


@pytest.fixture
def world(db: None) -> None:
    open_academy()
    build_world()


def walks(steps: list[Step]) -> Iterator[Walk]:
    """The world after these steps, in a transaction that is taken back afterwards."""
    noon = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, 12, tzinfo=BANGKOK)
    with time_machine.travel(noon, tick=False) as clock, transaction.atomic():
        walk = Walk(clock)
        for step in [*BEGINNING, *steps]:
            walk.take(step)
        yield walk
        transaction.set_rollback(True)


def settle() -> None:
    """What the worker does within the hour."""
    today = timezone.localdate()
    pass_terms(today=today)
    pass_due_days(today=today)
    renew_changed_areas()
    fold()


def compare(walk: Walk, codes: list[str], *, course: int | None, days: Days) -> None:
    """Every report of these areas against the recount, cell by cell."""
    page = CoursePage.objects.get(pk=course) if course else None
    for code in codes:
        within = any_within(code)
        assert within is not None, code
        for slug, report in REPORTS.items():
            asked = days if report.has_days else NOW
            if not report.is_offered(within) or (page and not report.has_course):
                continue
            table = report.table(Question(within, asked, page))
            plain = Obvious(
                walk.truth,
                code,
                course=course,
                since=asked.since,
                until=asked.until or walk.today,
                today=walk.today,
            )
            lines, total = plain.report(slug)
            where = f"{slug} of {code}, course {course}, {asked}, today {walk.today}"
            assert cells_of(table, slug) == lines, where
            assert table.total is None or table.total.cells == total, where
            assert table.total is not None or not total or not any(total), where


def cells_of(table: Table, slug: str) -> dict[Any, tuple[Any, ...]]:
    """Lines by their labels; of quarters by the numbers in them, whatever the language."""
    labels = [tuple(re.findall(r"\d+", line.label)) if slug == "quarters" else line.label for line in table.lines]
    assert len(set(labels)) == len(labels)
    return {label: line.cells for label, line in zip(labels, table.lines, strict=True)}


def some(codes: list[str], part: int, pick: int) -> list[str]:
    """All areas when there is time; else every second, third …, beginning with another one in each walk."""
    return codes if THOROUGH else codes[pick % part :: part]


def check(steps: list[Step], *, ago: int, long: int, pick: int) -> None:
    """Walk, let the worker catch up, and compare: now, a past day, two days, and what was asked on the way."""
    for walk in walks(steps):
        settle()
        assert differences() == {}
        codes, courses = walk.codes(), list(walk.truth.courses)
        until = walk.today - timedelta(days=ago)
        past, between = Days(until=until), Days(until - timedelta(days=long), until)
        with translation.override("en"):
            compare(walk, some(codes, 2, pick), course=None, days=NOW)
            compare(walk, some(codes, 5, pick), course=courses[pick % 3], days=NOW)
            for number, days in enumerate((past, between)):
                compare(walk, some(codes, 4, pick + number), course=None, days=days)
                compare(walk, some(codes, 7, pick + number), course=courses[pick % 3], days=days)
            for code, since, day in walk.asked:
                if any_within(code):
                    compare(walk, [code], course=None, days=Days(since, day))
        kept = writing.stored()
        rebuild()
        assert writing.stored() == kept
        assert differences() == {}


@WALKS
@given(steps=st.lists(STEPS, min_size=12, max_size=50), ago=st.integers(1, 60), long=st.integers(0, 120), pick=NUMBERS)
def test_every_report_equals_the_recount(world: None, steps: list[Step], ago: int, long: int, pick: int) -> None:
    check(steps, ago=ago, long=long, pick=pick)


# --- the proof is worth nothing unless it fails when something is wrong --------------------------------
# Everybody of Manorom is enrolled twice and due the day after, one completes, and then the cooperative moves.
STORY: list[Step] = [
    ("join", 2, 0, 10),
    ("assign", 2, 0, 0),
    ("complete", 0, 0, 0),
    ("pass_days", 0, 2, 0),
    ("pass_days", 0, 2, 0),
    ("move", 0, 7, 1),
    ("pass_days", 0, 2, 0),
]
TOLD = {"ago": 2, "long": 1, "pick": 0}


def twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person counts once for each enrollment."""
    plain = contributions.contributions

    def wrong(own: list[Fact], *args: Any, **more: Any) -> contributions.Counted:
        counted: contributions.Counted = {}
        for fact in own:
            tallies.merge(counted, plain([fact], *args, **more))
        return counted

    monkeypatch.setattr(tallies, "contributions", wrong)
    monkeypatch.setattr(tallies, "recount", lambda people, places: _sum(wrong(own, places) for own in people))


def _sum(counts: Iterable[contributions.Counted]) -> contributions.Counted:
    total: contributions.Counted = {}
    for counted in counts:
        tallies.merge(total, counted)
    return total


def still_active(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has completed a course goes on learning it."""
    monkeypatch.setitem(events.DELTAS, EventKind.COMPLETED, events.Delta(completed=1))


def due_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The due day itself is too late."""
    monkeypatch.setattr(events, "timedelta", lambda days: timedelta(0))


def of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """An enrollment counts where its organization stands today."""
    monkeypatch.setitem(facts._DIMENSIONS, "district", "organization__district_id")


def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first change of a count is lost."""
    plain, calls = tallies.difference, iter([True])
    monkeypatch.setattr(tallies, "difference", lambda *counts: {} if next(calls, False) else plain(*counts))


def test_the_story_is_counted_right(world: None) -> None:
    check(STORY, **TOLD)


@pytest.mark.parametrize("fault", [twice, still_active, due_today, of_today, forgotten])
def test_the_recount_would_notice(
    world: None, fault: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(monkeypatch)
    with pytest.raises(AssertionError):
        check(STORY, **TOLD)
