"""Whatever is sent to a question of any kind: kept, or refused in a sentence; never a fault of the program."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.quizzes.kinds import kinds
from courses.quizzes.models import Quiz
from learning.sittings.models import Response, Sitting
from tests.factories.sittings import sample_question, sample_values

pytestmark = pytest.mark.django_db
Begin, Save = Callable[..., Sitting], Callable[..., Any]
CODES = sorted(kinds())
JSON = {"accept": "application/json"}
TAKEN = {200, 409, 413, 422}


@pytest.fixture
def every(quiz: Quiz, begin: Begin) -> Sitting:
    """A sitting with the sample of every kind, in the order of their codes."""
    quiz.questions.set([sample_question(code, number) for number, code in enumerate(CODES)])
    sitting = begin(random_order=False)
    assert [response.question.kind for response in answers(sitting)] == CODES
    return sitting


def answers(sitting: Sitting) -> list[Response]:
    return list(sitting.responses.select_related("question").order_by("position"))


def test_a_full_answer_to_every_kind_is_kept_shown_again_and_graded_in_full(
    malee: Client, every: Sitting, save: Save
) -> None:
    for response in answers(every):
        reply = save(every, response.position, sample_values(response))
        assert (response.question.kind, reply.status_code) == (response.question.kind, 200)
    assert malee.get(f"/sittings/{every.pk}/").context["answered_count"] == len(CODES)
    for response in answers(every):
        conflict = save(every, response.position, [])
        assert (response.question.kind, conflict.status_code) == (response.question.kind, 409)
    malee.post(f"/sittings/{every.pk}/submit/")
    graded = [one for one in answers(every) if not one.awaits_person]
    assert [one.question.kind for one in graded if one.score != one.max_score] == []
    assert Sitting.objects.get().state == "in_review"
    malee.get(f"/sittings/{every.pk}/result/")


def test_nothing_answered_at_all_is_graded_as_nothing(malee: Client, every: Sitting) -> None:
    malee.post(f"/sittings/{every.pk}/submit/")
    every.refresh_from_db()
    assert (every.state, every.score, every.percent) == ("graded", 0, 0)
    assert malee.get(f"/sittings/{every.pk}/result/").content.decode().count("data-review=") == len(CODES)


ODD = st.text(max_size=30) | st.sampled_from(
    ["", " ", "0", "-1", "1e999", "NaN", "Infinity", "๑๒๓", "c1", "true", "null", "[]", "{}", "\x00", "\ud7ff", "1/0"]
)


@settings(
    max_examples=25 if connection.vendor == "sqlite" else 10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
def test_odd_values_are_kept_or_refused_and_what_is_kept_can_be_shown_and_graded(
    malee: Client, every: Sitting, code: str, data: st.DataObject
) -> None:
    response = answers(every)[CODES.index(code)]
    tokens = list(response.presentation.get("tokens", {}).values())
    known = st.sampled_from([*tokens, *sample_values(response), ""])
    values = data.draw(st.lists(known | ODD, max_size=data.draw(st.sampled_from([1, 4, 30]))))
    reply = malee.post(
        f"/sittings/{every.pk}/answers/{response.position}/",
        {"answer": values, "revision": response.revision},
        headers=JSON,
    )
    assert reply.status_code in {200, 422}
    assert list(reply.json()) == (["saved", "revision"] if reply.status_code == 200 else ["refused"])
    assert malee.get(f"/sittings/{every.pk}/").status_code == 200
    assert (
        malee.post(
            f"/sittings/{every.pk}/answers/{response.position}/", {"answer": values, "revision": 10**8}, headers=JSON
        ).status_code
        in TAKEN
    )


@pytest.mark.parametrize("code", CODES)
def test_a_megabyte_of_text_is_refused_in_a_sentence(malee: Client, every: Sitting, code: str) -> None:
    place = CODES.index(code) + 1
    address = f"/sittings/{every.pk}/answers/{place}/"
    for values in (["ก" * 350_000], ["x" * 1_000_000], ["x"] * 3_000):
        reply = malee.post(address, {"answer": values, "revision": 0}, headers=JSON)
        assert (reply.status_code in {413, 422}, list(reply.json())) == (True, ["refused"])
    form = malee.post(f"/sittings/{every.pk}/submit/", {f"q{place}": "x" * 1_000_000})
    assert (form.status_code, form.templates[0].name) == (413, "refused.html")
    assert Response.objects.filter(revision__gt=0).count() == 0


def test_answers_of_another_question_are_refused(every: Sitting, save: Save) -> None:
    """Tokens belong to one question of one sitting."""
    rows = answers(every)
    chosen = {row.question.kind: sample_values(row) for row in rows}
    single, multiple = (
        next(row for row in rows if row.question.kind == kind) for kind in ("single_choice", "multiple_choice")
    )
    assert save(every, single.position, chosen["multiple_choice"][:1]).status_code == 422
    assert save(every, multiple.position, chosen["single_choice"]).status_code == 422


def test_names_and_numbers_of_a_form_that_mean_nothing_are_passed_over(malee: Client, every: Sitting) -> None:
    form = {"q": "x", "q0": "x", "q-1": "x", "q99999": "x", "q9999": "x", "q1x": "x", "r1": "x", "qq1": "x", "q๑": "x"}
    assert malee.post(f"/sittings/{every.pk}/submit/", form).status_code == 302
    assert Response.objects.filter(revision__gt=0).count() == 0
