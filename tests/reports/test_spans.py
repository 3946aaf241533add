"""Past days: counted once, kept, and counted anew only when they are no longer what they were."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.desk.opening import open_academy
from learning.enrollments.flows import pass_due_days
from learning.organizations.models import Organization
from learning.places.models import PromotionGroup
from learning.reports import tasks
from learning.reports.choices import Axis
from learning.reports.counting import fold, spans
from learning.reports.counting.spans import span_of
from learning.reports.counting.tallies import renew_changed_areas
from learning.reports.models import Span
from learning.reports.queries import StillCounting, boards_of, lines_of, total_of, totals_of_areas
from learning.reports.question import Days, Question
from learning.reports.shelf import REPORTS
from learning.reports.within import Within, any_within
from tests.reports.walk import BANGKOK, Walk, build_world

pytestmark = pytest.mark.django_db
FIRST = date(2025, 9, 20)


@pytest.fixture
def walk(db: None) -> Iterator[Walk]:
    """Three people of one cooperative enrolled on 20 September 2568; today is the day after."""
    open_academy()
    build_world()
    with time_machine.travel(datetime(2025, 9, 20, 12, tzinfo=BANGKOK), tick=False) as clock:
        walk = Walk(clock)
        for person in range(3):
            walk.take(("join", person, 0, 10 if person else 4))
        for number in range(3):
            walk.take(("enroll", number, 0, 0))
        walk.take(("pass_days", 0, 2, 0))
        fold()
        yield walk


def area(code: str) -> Within:
    within = any_within(code)
    assert within is not None
    return within


def test_past_days_are_counted_once_and_read_from_then_on(walk: Walk, django_assert_num_queries: object) -> None:
    within = area("p18")
    first = span_of(within, since=None, until=FIRST)
    assert first.counted_at == timezone.now()
    with django_assert_num_queries(2):  # type: ignore[operator]  # the span, and the organizations of today
        assert span_of(within, since=None, until=FIRST).pk == first.pk
    country = Question(area("n"), Days(until=FIRST))
    total_of(country)
    with django_assert_num_queries(2):  # type: ignore[operator]  # the span, and its lines
        assert total_of(replace(country)).people == 3


def test_what_happens_later_does_not_change_a_past_day(walk: Walk) -> None:
    walk.take(("complete", 0, 0, 0))
    walk.take(("transfer", 1, 3, 10))
    fold()
    then = total_of(Question(area("p18"), Days(until=FIRST)))
    assert (then.enrolled, then.active, then.completed, then.people) == (3, 3, 0, 3)


def test_a_large_area_is_left_to_the_worker(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spans, "WHILE_WAITING", 2)
    question = Question(area("n"), Days(until=FIRST))
    with pytest.raises(StillCounting) as waiting:
        total_of(question)
    assert waiting.value.span.counted_at is None
    with pytest.raises(StillCounting):
        total_of(question)
    assert Span.objects.count() == 1
    tasks.keep_counting()
    assert total_of(question).people == 3


def test_the_worker_leaves_out_areas_that_have_changed_or_gone_since_they_were_asked_for(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spans, "WHILE_WAITING", 0)
    span_of(area("c14"), since=None, until=FIRST)
    Span.objects.create(area="d9999", until=FIRST)
    walk.take(("change_center", 0, 0, 0))
    tasks.keep_counting()
    assert not Span.objects.exists()


def test_an_area_with_other_provinces_is_counted_anew(walk: Walk) -> None:
    walk.take(("change_center", 0, 2, 0))  # without Chai Nat
    question = Question(area("c14"), Days(until=FIRST))
    assert total_of(question).people == 0
    walk.take(("change_center", 0, 2, 0))
    assert total_of(Question(area("c14"), Days(until=FIRST))).people == 3
    assert Span.objects.count() == 1


def test_the_country_of_a_past_day_has_its_centers_as_they_are_today(walk: Walk) -> None:
    def lines() -> list[int]:
        found = totals_of_areas(Question(area("n"), Days(until=FIRST)), ["c14", "c2"])
        return [found[code].people if code in found else 0 for code in ("c14", "c2")]

    renew_changed_areas()
    assert lines() == [3, 0]
    kept = Span.objects.get(area="n").pk
    renew_changed_areas()
    assert Span.objects.get(area="n").pk == kept
    walk.take(("change_center", 0, 2, 0))  # without Chai Nat
    walk.take(("change_center", 1, 2, 0))
    renew_changed_areas()
    assert lines() == [0, 3]


def test_a_promotion_group_with_other_districts_leaves_the_country_of_a_past_day(walk: Walk) -> None:
    renew_changed_areas()
    kept = span_of(area("n"), since=None, until=FIRST).pk
    PromotionGroup.objects.get(office="1801").districts.set(["1801"])
    assert renew_changed_areas() == [f"g{PromotionGroup.objects.get(office='1801').pk}"]
    assert Span.objects.get(area="n").pk == kept


@pytest.mark.parametrize("slug", ["organizations", "places", "courses", "kinds", "boards"])
def test_a_table_looks_for_its_past_day_once(slug: str, walk: Walk) -> None:
    Organization.objects.filter(pk=walk.truth.orgs[1].pk).update(state="dissolved", ended_on=FIRST)
    question = Question(area("p18"), Days(until=FIRST))
    total_of(question)
    with CaptureQueriesContext(connection) as queries:
        list(REPORTS[slug].table(replace(question)).lines)
    assert sum('FROM "reports_span" ' in query["sql"] for query in queries) == 1


def test_what_a_late_job_finds_is_found_in_days_counted_before_it(walk: Walk) -> None:
    walk.take(("assign", 2, 0, 0))  # due the day after
    walk.take(("pass_days", 3, 1, 0))
    walk.take(("pass_days", 0, 1, 0))
    days = Days(until=date(2025, 9, 23))
    assert total_of(Question(area("p18"), days)).overdue == 0  # the job has slept since
    assert pass_due_days(today=walk.today) > 0
    fold()
    overdue = total_of(Question(area("p18"), days)).overdue
    assert overdue == overdue_by_truth(walk, days)
    assert overdue > 0


def overdue_by_truth(walk: Walk, days: Days) -> int:
    assert days.until is not None
    return sum(1 for one in walk.truth.enrolled if one.state == "active" and one.due and one.due < days.until)


def test_an_organization_that_moves_in_brings_its_past(walk: Walk) -> None:
    org, days = walk.truth.orgs[0], Days(until=FIRST)
    span_of(area("p17"), since=None, until=FIRST)
    walk.take(("move", 0, 3, 1))  # to Sing Buri
    lines = totals_of_areas(Question(area("p17"), days), [f"o{org.pk}"])
    assert lines[f"o{org.pk}"].people == 3
    assert total_of(Question(area("p17"), days)).people == 0  # they enrolled in Chai Nat


def test_a_group_elsewhere_counts_for_its_cooperative_on_past_days_too(walk: Walk) -> None:
    walk.take(("join", 5, 5, 4))  # the youth group of Wat Sing belongs to the cooperative of Manorom
    walk.take(("enroll", 3, 0, 0))
    walk.take(("pass_days", 0, 2, 0))
    lines = totals_of_areas(Question(area("d1802"), Days(until=date(2025, 9, 21))), [f"o{walk.truth.orgs[0].pk}"])
    assert [line.people for line in lines.values()] == [4]


def test_the_country_of_a_past_day_has_all_boards(walk: Walk) -> None:
    assert sum(line.people for line in boards_of(Question(area("n"), Days(until=FIRST))).values()) == 1
    walk.take(("rename", 0, 0, 0))
    assert sum(line.people for line in boards_of(Question(area("c14"), Days(until=FIRST))).values()) == 1


def test_who_only_goes_on_learning_has_no_line_in_a_stretch_of_days(walk: Walk) -> None:
    walk.take(("pass_days", 6, 2, 0))
    days = Days(date(2025, 9, 21), date(2025, 9, 25))
    assert lines_of(Question(area("p18"), days), Axis.ALL, Axis.KIND) == {Axis.ALL: {}, Axis.KIND: {}}


def test_boards_of_a_stretch_of_days_are_those_of_its_last_day(walk: Walk) -> None:
    days = Days(date(2025, 9, 1), FIRST)
    assert boards_of(Question(area("p18"), days)) == boards_of(Question(area("p18"), Days(until=FIRST)))
    assert sum(line.people for line in boards_of(Question(area("p18"), days)).values()) == 1
