"""Answers are saved as they are given; two windows never overwrite one another; nonsense is refused."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from courses.quizzes.models import Quiz
from learning.sittings.models import Response, Sitting
from tests.cast import Cast
from tests.factories.quizzes import make_question, right_answer
from tests.factories.sittings import filled_form, right_values, wrong_values
from tests.sittings.conftest import JSON

pytestmark = pytest.mark.django_db
Begin, Save = Callable[..., Sitting], Callable[..., Any]
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def first(sitting: Sitting) -> Response:
    return sitting.responses.select_related("question").get(position=1)


def test_an_answer_is_kept_with_its_moment_and_number(begin: Begin, save: Save) -> None:
    sitting = begin()
    right = right_values(first(sitting))
    with time_machine.travel(NOON, tick=False):
        response = save(sitting, 1, right)
    assert (response.status_code, response.json()) == (200, {"saved": True, "revision": 1})
    row = first(sitting)
    assert (row.answer, row.revision, row.saved_at, row.score) == (right_answer(row.question.body), 1, NOON, None)


def test_another_device_shows_what_was_saved(cast: Cast, begin: Begin, save: Save) -> None:
    sitting = begin()
    right = right_values(first(sitting))
    save(sitting, 1, right)
    phone = Client()
    phone.force_login(cast.malee)
    page = phone.get(f"/sittings/{sitting.pk}/")
    question = page.context["questions"][0]
    assert [choice["value"] for choice in question["shown"]["choices"] if choice["chosen"]] == right
    assert (question["is_answered"], question["revision"], page.context["answered_count"]) == (True, 1, 1)
    assert page.content.decode().count(" checked") == 1
    assert '<input type="hidden" name="r1" value="1"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_going_on_leads_to_the_same_sitting(malee: Client, begin: Begin) -> None:
    sitting = begin()
    responses = [malee.post("/tests/control/final-test/") for _ in range(2)]
    assert [response["Location"] for response in responses] == [f"/sittings/{sitting.pk}/"] * 2
    assert Sitting.objects.count() == 1


def test_an_answer_may_be_changed_by_the_page_that_saw_the_last_one(begin: Begin, save: Save) -> None:
    sitting = begin()
    body = first(sitting).question.body
    save(sitting, 1, wrong_values(first(sitting)))
    assert save(sitting, 1, right_values(first(sitting)), 1).json() == {"saved": True, "revision": 2}
    assert first(sitting).answer == right_answer(body)


def test_an_older_window_gets_the_newer_answer_and_overwrites_nothing(begin: Begin, save: Save) -> None:
    sitting = begin()
    body = first(sitting).question.body
    save(sitting, 1, right_values(first(sitting)))
    response = save(sitting, 1, wrong_values(first(sitting)), 0)
    assert (response.status_code, response.json()) == (
        409,
        {"newer": True, "revision": 1, "answer": right_values(first(sitting))},
    )
    assert (first(sitting).answer, first(sitting).revision) == (right_answer(body), 1)


def test_the_same_answer_sent_again_is_well_however_old_its_page(begin: Begin, save: Save) -> None:
    """The first reply was lost on the way: the retry must not look like a quarrel."""
    sitting = begin()
    right = right_values(first(sitting))
    replies = [save(sitting, 1, right, revision).json() for revision in (0, 0, 1)]
    assert replies[:2] == [{"saved": True, "revision": 1}] * 2
    assert first(sitting).answer == right_answer(first(sitting).question.body)


@pytest.mark.parametrize("nonsense", ["z", ["c1", "c2"], "<script>", "true"])
def test_a_choice_that_is_not_offered_is_refused(begin: Begin, save: Save, nonsense: str | list[str]) -> None:
    sitting = begin()
    response = save(sitting, 1, nonsense)
    assert (response.status_code, list(response.json())) == (422, ["refused"])
    assert (first(sitting).answer, first(sitting).revision) == (None, 0)


@pytest.mark.parametrize("kind", ["multiple_choice", "true_false"])
def test_each_kind_takes_its_own_answers_and_no_others(begin: Begin, save: Save, quiz: Quiz, kind: str) -> None:
    quiz.questions.set([make_question(700, kind=kind)])
    sitting = begin()
    assert save(sitting, 1, ["maybe"]).status_code == 422
    assert save(sitting, 1, right_values(first(sitting))).status_code == 200
    assert save(sitting, 1, wrong_values(first(sitting)), 1).status_code == 200


def test_taking_every_mark_away_is_an_answer_too(begin: Begin, save: Save, quiz: Quiz) -> None:
    quiz.questions.set([make_question(700, kind="multiple_choice")])
    sitting = begin()
    save(sitting, 1, right_values(first(sitting)))
    assert save(sitting, 1, [], 1).json() == {"saved": True, "revision": 2}
    assert first(sitting).answer is None


@pytest.mark.parametrize("position", [0, 5, 99, 10**12])
def test_a_question_that_is_not_there_is_not_found(begin: Begin, save: Save, position: int) -> None:
    response = save(begin(), position, ["c1"])
    assert (response.status_code, list(response.json())) == (404, ["refused"])


@pytest.mark.parametrize("revision", ["", "-1", "abc", "9" * 40, "๑"])
def test_a_number_that_is_none_counts_as_not_having_seen_any(begin: Begin, save: Save, revision: str) -> None:
    sitting = begin()
    assert save(sitting, 1, right_values(first(sitting)), revision).json()["revision"] == 1


def test_the_sitting_of_somebody_else_is_not_found(client: Client, cast: Cast, begin: Begin) -> None:
    sitting = begin()
    client.force_login(cast.krit)
    address = f"/sittings/{sitting.pk}/"
    body = {"answer": right_values(first(sitting)), "revision": 0}
    statuses = [
        client.get(address).status_code,
        client.get(f"{address}result/").status_code,
        client.post(f"{address}answers/1/", body, headers=JSON).status_code,
        client.post(f"{address}submit/", filled_form(sitting)).status_code,
    ]
    assert statuses == [404, 404, 404, 404]
    sitting.refresh_from_db()
    assert (sitting.state, first(sitting).answer) == ("open", None)


def test_signed_out_an_answer_is_sent_to_the_sign_in_page_and_nothing_is_changed(begin: Begin) -> None:
    sitting = begin()
    response = Client().post(f"/sittings/{sitting.pk}/answers/1/", {"answer": "c1"}, headers=JSON)
    assert response["Location"].startswith(reverse("account_login"))
    assert first(sitting).answer is None


def test_after_handing_in_an_answer_is_refused_with_words(malee: Client, begin: Begin, save: Save) -> None:
    sitting = begin()
    malee.post(f"/sittings/{sitting.pk}/submit/", filled_form(sitting))
    kept = first(sitting).answer
    response = save(sitting, 1, wrong_values(first(sitting)), 1)
    assert (response.status_code, list(response.json())) == (409, ["refused"])
    assert first(sitting).answer == kept
