"""The benchmarks of tests run, at a small size, and their promises about queries hold."""

from typing import Any

import pytest

from learning.desk.benchmarks import quizzes
from learning.desk.benchmarks.quiz_population import enrolled, open_course, test_of_forty
from learning.desk.benchmarks.rush import rush
from learning.sittings.models import Response, Sitting

# Wagtail leaves the files of small pictures open.
pytestmark = pytest.mark.filterwarnings(r"ignore:Unclosed file <tempfile\.SpooledTemporaryFile:ResourceWarning")
WHOLE = {"queries", "median_ms", "ratio", "p95_ms"}


@pytest.fixture
def bench_site(settings: Any) -> None:
    """The site's addresses and the bare views."""
    settings.ROOT_URLCONF = "learning.desk.benchmarks.urls"
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.SECURE_SSL_REDIRECT = False


@pytest.mark.django_db(transaction=True)
def test_saving_an_answer_takes_six_queries_at_most(bench_site: None) -> None:
    found = quizzes.answer_save(rounds=20)
    assert found.keys() >= WHOLE | {"limit_queries", "limit_median_ms"}
    assert found["queries"] <= found["limit_queries"] == 6


@pytest.mark.django_db(transaction=True)
def test_starting_a_test_of_forty_questions_takes_twelve_queries_at_most(bench_site: None) -> None:
    found = quizzes.sitting_start(rounds=20)
    assert found["queries"] <= found["limit_queries"] == 12
    assert set(Sitting.objects.values_list("quiz__uid", flat=True)) == {"internal-control--final"}
    assert Response.objects.count() == 40 * Sitting.objects.count()


@pytest.mark.django_db(transaction=True)
def test_handing_in_takes_fifteen_queries_at_most_whatever_the_bank_holds(
    bench_site: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quizzes, "BANKS", (40, 400))
    found = quizzes.sitting_submit(rounds=20)
    assert found["queries_of_40"] == found["queries_of_400"] <= found["limit_queries"] == 15


def test_both_ways_of_grading_are_timed() -> None:
    found = quizzes.grading(count=500)
    assert (found["responses"], found["academy_per_second"] > 0, found["h5p_per_second"] > 0) == (500, True, True)


@pytest.mark.django_db(transaction=True)
def test_statistics_are_counted_in_a_process_of_their_own() -> None:
    found = quizzes.item_statistics(sittings=40)
    assert (found["sittings"], found["questions"], found["queries"]) == (40, 40, 4)
    assert found["most_mb"] >= found["before_mb"] > 0


@pytest.mark.django_db(transaction=True)
def test_a_rush_loses_nothing() -> None:
    lesson = open_course()
    test_of_forty(lesson.quiz, bank=80)
    found = rush(lesson, enrolled(12), quizzes.START)
    told = {name: found[name] for name in ("people", "sittings", "questions", "told_saved", "found_saved", "lost")}
    assert told == {
        "people": 12,
        "sittings": 12,
        "questions": 12 * 40,
        "told_saved": 36,
        "found_saved": 36,
        "lost": 0,
    }
    assert (found["errors"], found["kinds_of_errors"]) == (0, [])
