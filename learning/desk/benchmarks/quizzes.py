"""Tests of 40 questions: saving, starting, handing in, grading, statistics, and two thousand people at once.

Each has a database of its own. Limits in milliseconds are beside the ratio to a bare view of the same run.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from random import Random
from typing import Any

from django.db import connection

from courses.quizzes.choices import Grading
from courses.quizzes.grading import Answered, mark
from courses.quizzes.kinds import kind_of
from courses.quizzes.models import Question, QuestionVersion, Quiz
from learning.desk.benchmarks.counting_run import time_statistics
from learning.desk.benchmarks.measuring import Measured, Request, measure
from learning.desk.benchmarks.population import TOKEN, signed_in
from learning.desk.benchmarks.quiz_population import (
    COURSE,
    LESSON,
    QUESTIONS,
    enrolled,
    many_sittings,
    open_course,
    questions_in_the_bank,
    test_of_forty,
)
from learning.desk.benchmarks.rush import rush
from learning.enrollments.models import Enrollment
from learning.sittings.flows import open_sitting
from learning.sittings.models import Sitting

ROUNDS, WARM_UP = 100, 10
BANKS = (QUESTIONS, 4_000)
SITTINGS = 10_000
GRADED = 40_000
START = f"/tests/{COURSE}/{LESSON}/"


def _limited(measured: Measured, **limits: float) -> dict[str, Any]:
    return {**measured.as_dict(), **{f"limit_{name}": limit for name, limit in limits.items()}}


def answer_save(rounds: int = 300) -> dict[str, Any]:
    """One answer saved, each time another choice; at most 6 queries and 25 ms."""
    lesson = open_course()
    test_of_forty(lesson.quiz, bank=QUESTIONS)
    enrollment = enrolled(1)[0]
    sitting = open_sitting(enrollment, lesson, by=enrollment.user)
    response = sitting.responses.select_related("question").order_by("position")[0]
    kind, body = kind_of(response.question.kind), response.question.body
    values = [kind.values(body, response.presentation, [key])[0] for key, _text, _right in kind.choices_of(body)]
    cookies = signed_in(enrollment.user)

    def answer(turn: int) -> Request:
        form = {"answer": values[turn % len(values)], "revision": turn, "csrfmiddlewaretoken": TOKEN}
        return Request(f"/sittings/{sitting.pk}/answers/1/", cookies=cookies, form=form)

    bare = Request("/bare-signed-in/", cookies=cookies)
    return _limited(measure("answer-save", answer, bare, rounds=rounds, warm_up=30), queries=6, median_ms=25)


def sitting_start(rounds: int = ROUNDS) -> dict[str, Any]:
    """A test of 40 questions begun, each time by somebody else; at most 12 queries."""
    lesson = open_course()
    test_of_forty(lesson.quiz, bank=BANKS[1])
    cookies = [signed_in(one.user) for one in enrolled(rounds + WARM_UP + 1)]

    def start(turn: int) -> Request:
        return Request(START, cookies=cookies[turn], form={"csrfmiddlewaretoken": TOKEN}, expects=302)

    bare = Request("/bare-signed-in/", cookies=cookies[0])
    return _limited(measure("sitting-start", start, bare, rounds=rounds, warm_up=WARM_UP), queries=12)


def sitting_submit(rounds: int = ROUNDS) -> dict[str, Any]:
    """A whole form of 40 answers handed in, with 40 and with 4,000 questions in the bank; at most 15 queries."""
    found: dict[str, Any] = {"limit_queries": 15}
    for bank in BANKS:
        lesson = open_course()
        quiz = lesson.quiz
        Sitting.objects.all().delete()
        _empty_bank(quiz)
        test_of_forty(quiz, bank=bank)
        people = _learners(rounds + WARM_UP + 1)
        cookies = [signed_in(one.user) for one in people]
        forms = [_whole_form(open_sitting(one, lesson, by=one.user)) for one in people]

        def submit(turn: int, forms: Any = forms, cookies: Sequence[str] = cookies) -> Request:
            sitting, form = forms[turn]
            return Request(f"/sittings/{sitting.pk}/submit/", cookies=cookies[turn], form=form, expects=302)

        bare = Request("/bare-signed-in/", cookies=cookies[0])
        measured = measure("sitting-submit", submit, bare, rounds=rounds, warm_up=WARM_UP).as_dict()
        for name in ("median_ms", "p95_ms", "ratio", "queries"):
            found[f"{name}_of_{bank}"] = measured[name]
    return found


def _learners(count: int) -> list[Enrollment]:
    there = Enrollment.objects.filter(user__username__startswith="sitter-").select_related("user")
    return list(there.order_by("user__username")) or enrolled(count)


def _empty_bank(quiz: Quiz) -> None:
    quiz.draws.all().delete()
    QuestionVersion.objects.filter(question__uid__startswith="bench-").delete()
    Question.objects.filter(uid__startswith="bench-").delete()


def _whole_form(sitting: Sitting) -> tuple[Sitting, dict[str, Any]]:
    """Every question answered as a browser sends it, by lot."""
    lot = Random(sitting.number)  # noqa: S311  a lot for a test
    form: dict[str, Any] = {"csrfmiddlewaretoken": TOKEN}
    for response in sitting.responses.select_related("question"):
        kind, body = kind_of(response.question.kind), response.question.body
        chosen = lot.choice(kind.choices_of(body))[0]
        form[f"q{response.position}"] = kind.values(body, response.presentation, [chosen])
        form[f"r{response.position}"] = response.revision
    return sitting, form


def grading(count: int = GRADED) -> dict[str, Any]:
    """Multiple choice responses marked in one second on one core, in both ways; at least 20,000."""
    kind = kind_of("multiple_choice")
    body = kind.clean_body({"choices": [{"text": f"ตัวเลือก {letter}", "correct": letter in "กข"} for letter in "กขคงจ"]})
    ids = [choice[0] for choice in kind.choices_of(body)]
    lot = Random(1)  # noqa: S311  a lot for a test
    answers = [
        Answered("multiple_choice", body, sorted(lot.sample(ids, lot.randint(1, 3))), "ข้อใดถูก") for _n in range(1000)
    ]
    found: dict[str, Any] = {"responses": count, "limit_per_second": 20_000}
    for way in Grading.values:
        begun = time.perf_counter()
        for number in range(count):
            mark(answers[number % 1000], way)
        found[f"{way}_per_second"] = round(count / (time.perf_counter() - begun))
    return found


def item_statistics(sittings: int = SITTINGS) -> dict[str, Any]:
    """40 questions of 10,000 sittings counted in a process of its own; at most 5 s and 300 MB."""
    lesson = open_course()
    quiz = lesson.quiz
    questions_in_the_bank(QUESTIONS)
    many_sittings(quiz, lesson, enrolled(sittings))
    name = str(connection.settings_dict["NAME"])
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        counted = pool.submit(time_statistics, name, quiz.pk).result()
    return {**counted, "limit_seconds": 5, "limit_most_mb": 300}


def sitting_rush(people: int = 2_000) -> dict[str, Any]:
    """2,000 people begin within a minute on real servers and save answers; a recount finds every one."""
    lesson = open_course()
    test_of_forty(lesson.quiz, bank=4 * QUESTIONS)
    return rush(lesson, enrolled(people), START)


CASES: dict[str, Callable[[], dict[str, Any]]] = {
    "answer-save": answer_save,
    "sitting-start": sitting_start,
    "sitting-submit": sitting_submit,
    "grading": grading,
    "item-statistics": item_statistics,
    "sitting-rush": sitting_rush,
}
