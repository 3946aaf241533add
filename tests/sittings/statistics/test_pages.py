"""What authors see of a quiz: figures, choices, advice, files; and who sees it."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.test import Client
from openpyxl import load_workbook

from courses.quizzes.models import Quiz
from learning.people.models import User
from learning.sittings.models import Sitting
from learning.sittings.statistics import keeping
from learning.sittings.tasks import count_quiz
from learning.sittings.views import statistics
from tests.cast import Cast
from tests.factories.quizzes import make_quiz
from tests.sittings.statistics.test_counting import given

pytestmark = pytest.mark.django_db
Sat = Callable[..., list[Sitting]]


@pytest.fixture
def author(client: Client, cast: Cast) -> Client:
    """Wipa, who may change quizzes."""
    client.force_login(cast.wipa)
    return client


def address(quiz: Quiz, rest: str = "") -> str:
    return f"/admin/quiz-statistics/{quiz.pk}/{rest}"


def test_before_the_first_sitting_it_says_so_and_shows_no_figures(author: Client, quiz: Quiz) -> None:
    page = author.get(address(quiz))
    assert (page.status_code, page.context["results"].questions) == (200, ())
    assert "statistics-facts" not in page.content.decode()


def test_it_shows_the_test_every_question_and_its_choices(author: Client, quiz: Quiz, sat: Sat) -> None:
    sat(given("กกกก", "กกกข", "กกข", "กขคง"))
    page = author.get(address(quiz))
    results = page.context["results"]
    assert (results.test.mean, results.passed_count, len(results.questions)) == (2.5, 2, 4)
    html = page.content.decode()
    assert [html.count(f'id="q{number}"') for number in range(1, 6)] == [1, 1, 1, 1, 0]
    # Everybody had the first question right: its discrimination cannot be said, and is no 0.
    first = html.split('id="q1"')[1].split("</article>")[0]
    assert first.count("<dd>–</dd>") == 2  # against the rest, and efficiency


def test_later_attempts_are_counted_when_asked_for(author: Client, quiz: Quiz, sat: Sat) -> None:
    first = sat(given("ขขขข"))
    sat(given("กกกก"), number=2, people=[first[0].user])
    counts = [author.get(address(quiz, rest)).context["results"].test.sitting_count for rest in ("", "?of=all")]
    assert counts == [1, 2]


def test_what_is_graded_since_is_in_the_figures(author: Client, quiz: Quiz, sat: Sat) -> None:
    sat(given("กกกก"))
    author.get(address(quiz))
    sat(given("ขขขข"))
    assert author.get(address(quiz)).context["results"].test.mean == 2


def test_figures_are_counted_once_until_something_is_graded(author: Client, quiz: Quiz, sat: Sat) -> None:
    sat(given("กกกก", "ขขขข"))
    at = author.get(address(quiz)).context["results"].counted_at
    assert author.get(address(quiz)).context["results"].counted_at == at
    author.post(address(quiz, "again/"))
    assert author.get(address(quiz)).context["results"].counted_at > at


def test_a_large_quiz_is_counted_by_the_worker_and_the_page_looks_again(
    author: Client, quiz: Quiz, sat: Sat, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, bool]] = []
    monkeypatch.setattr(keeping, "AT_ONCE", 1)
    monkeypatch.setattr(statistics.count_quiz, "delay", lambda *given: asked.append(given))
    sat(given("กกกก", "ขขขข"))
    waiting = [author.get(address(quiz)) for _look in range(2)]
    assert asked == [(quiz.pk, True)]  # the second look starts nothing
    assert [page.context["results"] for page in waiting] == [None, None]
    assert ['http-equiv="refresh"' in page.content.decode() for page in waiting] == [True, True]
    assert author.get(address(quiz, "csv/")).status_code == 404
    count_quiz(quiz.pk, True)
    ready = author.get(address(quiz))
    assert (ready.context["results"].test.sitting_count, ready.context["is_counting"]) == (2, False)
    sat(given("กกกก"))
    old = author.get(address(quiz))
    assert (old.context["results"].test.sitting_count, old.context["is_counting"]) == (2, True)


def test_the_csv_has_a_line_for_each_question_and_nothing_for_what_is_undefined(
    author: Client, quiz: Quiz, sat: Sat
) -> None:
    question = quiz.questions.get(uid="control-final-1")
    question.content = "=1+1 เท่าไร"
    question.save()
    sat(given("กกกก", "กกกข", "กกข", "กขคง"))
    reply = author.get(address(quiz, "csv/"))
    rows = list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))
    assert [row[:2] for row in rows[1:]] == [
        ["1", "'=1+1 เท่าไร"],
        ["2", "คำถามที่ 2"],
        ["3", "คำถามที่ 3"],
        ["4", "คำถามที่ 4"],
    ]
    assert rows[1][4:10] == ["4", "1.0", "1.0", "0.0", "", ""]
    assert reply["Content-Disposition"].startswith('attachment; filename="statistics.csv"')


def test_the_workbook_has_the_test_its_questions_and_their_choices(author: Client, quiz: Quiz, sat: Sat) -> None:
    sat(given("กกกก", "กกกข", "กกข", "กขคง"))
    book = load_workbook(io.BytesIO(author.get(address(quiz, "xlsx/")).content))
    assert [sheet.max_row for sheet in book.worksheets] == [14, 5, 1 + 4 * 5]
    assert [cell.value for cell in book.worksheets[0]["B"]][2:6] == [4, book.worksheets[0]["B4"].value, 2, 4]
    assert [row[4].value for row in book.worksheets[2].iter_rows(min_row=2, max_row=6)] == [4, 0, 0, 0, 0]


def test_there_is_no_other_file(author: Client, quiz: Quiz, sat: Sat) -> None:
    sat(given("กกกก"))
    assert author.get(address(quiz, "pdf/")).status_code == 404
    assert author.get("/admin/quiz-statistics/404/").status_code == 404


def test_the_list_of_quizzes_leads_there(author: Client, quiz: Quiz) -> None:
    assert f'href="{address(quiz)}"' in author.get("/admin/snippets/quizzes/quiz/").content.decode()


@pytest.mark.parametrize("name", ["malee", "somchai", "krit"])
def test_who_may_not_change_quizzes_does_not_get_in(
    client: Client, cast: Cast, quiz: Quiz, sat: Sat, name: str
) -> None:
    sat(given("กกกก"))
    client.force_login(getattr(cast, name))
    for rest in ("", "csv/", "xlsx/"):
        assert client.get(address(quiz, rest)).status_code in {302, 403}
    assert client.post(address(quiz, "again/")).status_code in {302, 403}


def test_somebody_of_the_admin_without_the_right_to_quizzes_gets_403_or_is_sent_away(
    client: Client, cast: Cast, quiz: Quiz
) -> None:
    person = User.objects.create(username="editor", first_name="บรรณาธิการ")
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person)
    page = client.get(address(quiz))
    assert (page.status_code, page.headers.get("Location")) == (302, "/admin/")


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_asks_as_often_for_one_question_as_for_many(
    author: Client, cast: Cast, django_assert_num_queries: Any, count: int
) -> None:
    quiz = make_quiz("many", questions=count)
    author.get(address(quiz))
    cache.clear()
    # session · person · rights (2) · the quiz · the stamp (2) · kept figures (4) · counting (3) · Wagtail's own (5)
    with django_assert_num_queries(18):
        author.get(address(quiz))
