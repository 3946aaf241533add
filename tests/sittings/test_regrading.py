"""Marking again: tried first, then kept with who, when and why; nothing that was earned is taken away."""

import json
from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from courses.catalog.models import CoursePage
from courses.quizzes.models import Question, Quiz
from learning.enrollments.models import Enrollment
from learning.kernel.refusals import Refused
from learning.progress.models import LessonCompletion
from learning.sittings.flows import Wanted, look_ahead, regrade
from learning.sittings.models import Regrade, Response, Sitting
from tests.cast import Cast
from tests.factories.learning import read_everything
from tests.factories.quizzes import make_quiz
from tests.factories.sittings import chosen_texts, filled_form, sit_free

pytestmark = pytest.mark.django_db
Begin = Callable[..., Sitting]


def mend(quiz: Quiz, number: int = 1, right: str = "ข") -> Question:
    """The key of a question was wrong: another choice is right."""
    question = quiz.questions.get(uid__endswith=f"-{number}")
    choices = question.body["choices"]
    question.body = {"choices": [{**choice, "correct": choice["text"] == right} for choice in choices]}
    question.save()
    return question


def hand_in(client: Client, sitting: Sitting, texts: str) -> Sitting:
    """Choose the choice with each of these letters, in the order of the questions."""
    form = {f"q{place}": chosen_texts(response_at(sitting, place), text) for place, text in enumerate(texts, 1)}
    client.post(f"/sittings/{sitting.pk}/submit/", form)
    return Sitting.objects.get(pk=sitting.pk)


def response_at(sitting: Sitting, place: int) -> Response:
    return sitting.responses.select_related("question").get(position=place)


@pytest.fixture
def failed(malee: Client, begin: Begin) -> Sitting:
    """Two of four right by the old key; three by the mended one."""
    sitting = hand_in(malee, begin(random_order=False), "ขกกข")
    assert (sitting.score, sitting.passed) == (2, False)
    return sitting


def test_with_the_versions_they_saw_nothing_changes(quiz: Quiz, failed: Sitting) -> None:
    mend(quiz)
    outlook = look_ahead(Wanted(quiz))
    assert (outlook.sitting_count, outlook.changes) == (1, [])


def test_a_try_says_who_changes_and_writes_nothing(quiz: Quiz, failed: Sitting) -> None:
    mend(quiz)
    outlook = look_ahead(Wanted(quiz, with_newest=True))
    [change] = outlook.changes
    facts = (change.before.score, change.after.score, change.after.percent, change.passes_anew, change.fails_anew)
    assert facts == (2, 3, 75, True, False)
    failed.refresh_from_db()
    assert (failed.score, failed.passed, Regrade.objects.count()) == (2, False, 0)
    assert response_at(failed, 1).marked_by is None


def test_a_new_pass_completes_the_lesson_and_the_row_says_what_changed(
    cast: Cast, quiz: Quiz, failed: Sitting, caplog: Any
) -> None:
    question = mend(quiz)
    with caplog.at_level("INFO"):
        done = regrade(Wanted(quiz, question, with_newest=True), reason="เฉลยข้อ 1 ผิด", by=cast.wipa)
    failed.refresh_from_db()
    assert (failed.score, failed.percent, failed.passed, LessonCompletion.objects.count()) == (3, 75, True, 1)
    row = Regrade.objects.get()
    assert (row.by, row.reason, row.question, row.sitting_count) == (cast.wipa, "เฉลยข้อ 1 ผิด", question, 1)
    [line] = row.changed.all()
    kept = (line.score_before, line.score_after, line.percent_before, line.percent_after, line.passed_after)
    assert kept == (2, 3, 50, 75, True)
    assert "1 sittings, 1 changed, 1 pass anew, 0 fail anew" in caplog.text
    assert len(done.passing) == 1
    assert response_at(failed, 1).marked_by.number == 2
    assert response_at(failed, 1).question.number == 1, "what was shown stays on record"


def test_marking_again_twice_changes_nothing_the_second_time(cast: Cast, quiz: Quiz, failed: Sitting) -> None:
    mend(quiz)
    for _ in range(2):
        outlook = regrade(Wanted(quiz, with_newest=True), reason="แก้เฉลย", by=cast.wipa)
    assert (outlook.changes, Regrade.objects.count()) == ([], 2)


def test_who_fails_anew_keeps_completion_and_certificate(
    malee: Client, cast: Cast, enrollment: Enrollment, quiz: Quiz, begin: Begin, django_capture_on_commit_callbacks: Any
) -> None:
    read_everything(enrollment, by=cast.malee)
    with django_capture_on_commit_callbacks(execute=True):
        sitting = hand_in(malee, begin(random_order=False), "กกกข")
    assert sitting.passed is True
    mend(quiz)
    outlook = regrade(Wanted(quiz, with_newest=True), reason="แก้เฉลย", by=cast.wipa)
    assert len(outlook.failing) == 1
    sitting.refresh_from_db()
    enrollment.refresh_from_db()
    assert (sitting.passed, sitting.percent) == (False, 50)
    assert (enrollment.state, enrollment.certificate is not None) == ("completed", True)
    assert LessonCompletion.objects.count() == 3


def test_the_result_shows_the_mended_key(malee: Client, cast: Cast, quiz: Quiz, failed: Sitting) -> None:
    mend(quiz)
    regrade(Wanted(quiz, with_newest=True), reason="แก้เฉลย", by=cast.wipa)
    review = malee.get(f"/sittings/{failed.pk}/result/").context["reviews"][0]
    right = [choice["text"] for choice in review["shown"]["choices"] if choice["correct"]]
    assert (right, review["is_right"], review["is_mended"]) == (["ข"], True, True)


def test_a_version_that_lacks_what_was_shown_is_not_used(cast: Cast, quiz: Quiz, failed: Sitting) -> None:
    question = quiz.questions.get(uid__endswith="-1")
    choices = [choice for choice in question.body["choices"] if choice["text"] != "ข"]
    question.body = {"choices": [{**choice, "correct": choice["text"] == "ค"} for choice in choices]}
    question.save()
    assert look_ahead(Wanted(quiz, with_newest=True)).changes == []


def test_only_one_question_is_marked_when_one_is_named(cast: Cast, quiz: Quiz, failed: Sitting) -> None:
    mend(quiz, 1)
    mend(quiz, 4)
    only = look_ahead(Wanted(quiz, quiz.questions.get(uid__endswith="-4"), with_newest=True))
    assert [change.after.score for change in only.changes] == [3]
    assert [change.after.score for change in look_ahead(Wanted(quiz, with_newest=True)).changes] == [4]


def test_open_sittings_and_those_of_other_quizzes_are_left_alone(
    cast: Cast, quiz: Quiz, begin: Begin, academy: Any
) -> None:
    begin()
    sit_free(make_quiz("other"), by=cast.malee)
    assert look_ahead(Wanted(quiz, with_newest=True)).sitting_count == 0


def test_it_wants_a_reason(cast: Cast, quiz: Quiz) -> None:
    with pytest.raises(Refused):
        regrade(Wanted(quiz), reason=" ", by=cast.wipa)
    assert Regrade.objects.count() == 0


# --- the command ---------------------------------------------------------------------------------
def run(*arguments: str) -> str:
    out = StringIO()
    call_command("regrade", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_tries_and_then_writes(quiz: Quiz, failed: Sitting) -> None:
    mend(quiz)
    tried = json.loads(run(quiz.uid, "--newest", "--dry-run", "--json"))
    assert (tried["sittings"], tried["passing"], tried["regrade"], Regrade.objects.count()) == (1, 1, None, 0)
    assert tried["changes"][0]["after"] == {"score": 3.0, "max_score": 4.0, "percent": 75, "passed": True}
    lines = run(quiz.uid, "--newest", "--reason", "แก้เฉลย").splitlines()
    assert lines == [
        f"{failed.pk}: 2.00 of 4.00 → 3.00 of 4.00 · passes now",
        f"1 sittings, 1 with another result, 1 pass now, 0 fail now; kept as regrade {Regrade.objects.get().pk}.",
    ]


@pytest.mark.parametrize("wrong", [["nothing"], ["{quiz}", "--question", "nothing"], ["{quiz}"]])
def test_a_name_that_is_not_there_and_no_reason_are_one_sentence(quiz: Quiz, wrong: list[str]) -> None:
    with pytest.raises(CommandError):
        run(*[word.format(quiz=quiz.uid) for word in wrong])


# --- the page ------------------------------------------------------------------------------------
def test_the_page_shows_the_try_and_then_writes(client: Client, cast: Cast, quiz: Quiz, failed: Sitting) -> None:
    mend(quiz)
    client.force_login(cast.wipa)
    address = f"/office/quizzes/{quiz.uid}/regrade/"
    assert client.get(address).context["outlook"] is None
    tried = client.get(address, {"try": "1", "with_newest": "on"})
    assert (len(tried.context["outlook"].changes), "มาลี" in tried.content.decode()) == (1, True)
    assert client.post(address, {"with_newest": "on"}).status_code == 409
    assert client.post(address, {"with_newest": "on", "reason": "แก้เฉลย"})["Location"] == address
    assert Sitting.objects.get(pk=failed.pk).score == Decimal(3)
    assert "แก้เฉลย" in client.get(address).content.decode()


def test_the_page_is_closed_to_who_does_not_write_tests(
    client: Client, cast: Cast, quiz: Quiz, course: CoursePage
) -> None:
    for person in (cast.malee, cast.somchai):
        client.force_login(person)
        address = f"/office/quizzes/{quiz.uid}/regrade/"
        assert [client.get(address).status_code, client.post(address, {"reason": "ก"}).status_code] == [403, 403]


@pytest.mark.parametrize("count", [1, 30])
def test_a_try_costs_the_same_with_many_sittings(
    cast: Cast, quiz: Quiz, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        sit_free(quiz, by=cast.krit, occasion=f"workshop-{number}-pre", right=2)
    with django_assert_num_queries(4):  # newest versions · which sittings · sittings · answers
        assert look_ahead(Wanted(quiz, with_newest=True)).sitting_count == count


def test_a_graded_form_is_what_a_person_gets(malee: Client, begin: Begin) -> None:
    """The factory of this file and the one of the others choose alike."""
    sitting = begin(random_order=False)
    assert hand_in(malee, sitting, "กกกก").score == 4
    assert set(filled_form(sitting)) == {f"{letter}{place}" for letter in "qr" for place in range(1, 5)}
