"""One question per page, free or never back: each page keeps its own answer, with a script or without."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from courses.quizzes.models import Quiz
from learning.sittings.models import Response, Sitting
from tests.factories.sittings import filled_form, right_values, wrong_values

pytestmark = pytest.mark.django_db
Begin, Save = Callable[..., Sitting], Callable[..., Any]


def at(sitting: Sitting, position: int) -> Response:
    return sitting.responses.select_related("question").get(position=position)


def go(client: Client, sitting: Sitting, position: int, *, to: str = "next", right: bool = True) -> Any:
    response = at(sitting, position)
    values = right_values(response) if right else []
    form = {"position": position, "to": to, f"q{position}": values, f"r{position}": response.revision}
    return client.post(f"/sittings/{sitting.pk}/go/", form)


def shown(client: Client, sitting: Sitting, query: str = "") -> list[int]:
    """The places of the questions on a page."""
    page = client.get(f"/sittings/{sitting.pk}/{query}")
    assert page.content.decode().count("data-question=") == len(page.context["questions"])
    return [question["position"] for question in page.context["questions"]]


# --- one per page --------------------------------------------------------------------------------
def test_a_page_shows_one_question_and_leads_on_to_the_next(malee: Client, begin: Begin) -> None:
    sitting = begin(layout="one")
    assert shown(malee, sitting) == [1]
    assert go(malee, sitting, 1)["Location"] == f"/sittings/{sitting.pk}/?q=2"
    assert at(sitting, 1).is_answered
    assert [shown(malee, sitting, f"?q={place}") for place in (2, 4)] == [[2], [4]]


def test_one_may_go_back_and_to_any_question(malee: Client, begin: Begin) -> None:
    sitting = begin(layout="one")
    assert go(malee, sitting, 3, to="back")["Location"].endswith("?q=2")
    assert go(malee, sitting, 2, to="4")["Location"].endswith("?q=4")
    assert [at(sitting, place).is_answered for place in (1, 2, 3, 4)] == [False, True, True, False]


def test_coming_back_shows_the_first_that_is_open(malee: Client, begin: Begin) -> None:
    sitting = begin(layout="one")
    go(malee, sitting, 1)
    assert shown(malee, sitting) == [2]


def test_the_page_at_the_end_counts_what_is_open_and_hands_in(malee: Client, begin: Begin) -> None:
    sitting = begin(layout="one")
    for place in (1, 2, 3):
        go(malee, sitting, place)
    assert go(malee, sitting, 4, to="end", right=False)["Location"].endswith("?q=end")
    page = malee.get(f"/sittings/{sitting.pk}/?q=end")
    assert (page.context["questions"], page.context["open_numbers"]) == ([], [4])
    malee.post(f"/sittings/{sitting.pk}/submit/")
    sitting.refresh_from_db()
    assert (sitting.state, sitting.score) == ("graded", 3)


@pytest.mark.parametrize("asked", ["0", "99", "x", "-1", "๑", "1" * 30])
def test_a_question_that_is_not_there_is_the_end_or_the_first_open_one(malee: Client, begin: Begin, asked: str) -> None:
    sitting = begin(layout="one")
    assert shown(malee, sitting, f"?q={asked}") == ([] if asked == "99" else [1])


def test_an_empty_page_takes_no_saved_answer_away_and_an_old_one_overwrites_nothing(
    malee: Client, begin: Begin, save: Save
) -> None:
    sitting = begin(layout="one")
    old = {"position": 1, "q1": wrong_values(at(sitting, 1)), "r1": 0}
    save(sitting, 1, right_values(at(sitting, 1)))
    kept = at(sitting, 1).answer
    malee.post(f"/sittings/{sitting.pk}/go/", old)
    go(malee, sitting, 1, right=False)
    assert at(sitting, 1).answer == kept


# --- never back ----------------------------------------------------------------------------------
def test_only_the_question_that_is_put_is_served(malee: Client, begin: Begin) -> None:
    sitting = begin(navigation="sequential")
    assert [shown(malee, sitting, query) for query in ("", "?q=3", "?q=end")] == [[1], [1], [1]]
    go(malee, sitting, 1)
    assert [shown(malee, sitting, query) for query in ("", "?q=1", "?q=4")] == [[2], [2], [2]]


def test_where_one_stands_is_kept_on_the_server(malee: Client, begin: Begin) -> None:
    sitting = begin(navigation="sequential")
    go(malee, sitting, 1, right=False)
    go(malee, sitting, 2)
    sitting.refresh_from_db()
    assert sitting.place == 3
    page = malee.get(f"/sittings/{sitting.pk}/").content.decode()
    assert ('value="back"' in page, 'data-number="1"' in page) == (False, False)


def test_an_answer_to_another_question_is_refused_in_words(malee: Client, begin: Begin, save: Save) -> None:
    sitting = begin(navigation="sequential")
    go(malee, sitting, 1)
    for place in (1, 3):
        reply = save(sitting, place, right_values(at(sitting, place)), at(sitting, place).revision)
        assert (reply.status_code, list(reply.json())) == (422, ["refused"])
    assert go(malee, sitting, 1, to="back").status_code == 422
    assert save(sitting, 2, right_values(at(sitting, 2))).status_code == 200


def test_a_jump_ahead_moves_by_one(malee: Client, begin: Begin) -> None:
    sitting = begin(navigation="sequential")
    go(malee, sitting, 1, to="4")
    assert shown(malee, sitting) == [2]


def test_a_whole_form_counts_only_for_the_question_that_is_put(malee: Client, begin: Begin) -> None:
    sitting = begin(navigation="sequential")
    go(malee, sitting, 1)
    malee.post(f"/sittings/{sitting.pk}/submit/", filled_form(sitting))
    sitting.refresh_from_db()
    assert (sitting.state, sitting.score) == ("graded", 2)


def test_after_the_last_question_only_handing_in_is_left(malee: Client, begin: Begin, save: Save) -> None:
    sitting = begin(navigation="sequential")
    for place in (1, 2, 3, 4):
        go(malee, sitting, place)
    page = malee.get(f"/sittings/{sitting.pk}/")
    assert (page.context["is_end"], page.context["questions"]) == (True, [])
    assert save(sitting, 4, [], at(sitting, 4).revision).status_code == 422
    malee.post(f"/sittings/{sitting.pk}/submit/")
    sitting.refresh_from_db()
    assert sitting.passed is True


# --- a quiz edited meanwhile ---------------------------------------------------------------------
def test_an_edit_of_the_quiz_changes_nothing_for_who_sits(malee: Client, begin: Begin, quiz: Quiz) -> None:
    sitting = begin(grading="academy", layout="all", navigation="free", time_limit_minutes=0)
    Quiz.objects.filter(pk=quiz.pk).update(
        grading="h5p", layout="one", navigation="sequential", time_limit_minutes=1, pass_mark=100, draft=True
    )
    assert shown(malee, sitting) == [1, 2, 3, 4]
    malee.post(f"/sittings/{sitting.pk}/submit/", filled_form(sitting, right=3))
    sitting.refresh_from_db()
    assert (sitting.grading, sitting.percent, sitting.passed) == ("academy", 75, True)


def test_a_question_taken_out_of_use_or_out_of_the_quiz_stays_for_who_sits(
    malee: Client, begin: Begin, quiz: Quiz
) -> None:
    sitting = begin()
    form = filled_form(sitting)
    quiz.questions.clear()
    assert shown(malee, sitting) == [1, 2, 3, 4]
    malee.post(f"/sittings/{sitting.pk}/submit/", form)
    sitting.refresh_from_db()
    assert sitting.percent == 100


@pytest.mark.parametrize("path", ["go/", "submit/"])
def test_the_sitting_of_somebody_else_is_not_found(client: Client, cast: Any, begin: Begin, path: str) -> None:
    sitting = begin(layout="one")
    client.force_login(cast.krit)
    assert client.post(f"/sittings/{sitting.pk}/{path}", {"position": 1}).status_code == 404
