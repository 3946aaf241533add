"""What a learner sends while sitting a test."""

from collections.abc import Iterable
from typing import Any

from courses.quizzes.kinds import kind_of
from courses.quizzes.models import Question, Quiz
from learning.people.models import User
from learning.sittings.flows import PostedAnswer, open_free_sitting, submit_sitting
from learning.sittings.models import Response, Sitting
from tests.factories.kinds import SAMPLES
from tests.factories.quizzes import make_question, make_quiz, right_answer, wrong_answer


def values_for(response: Response, answer: Any) -> list[str]:
    """What the controls of a question send for a kept answer."""
    question = response.question
    return kind_of(question.kind).values(question.body, response.presentation, answer)


def chosen_texts(response: Response, texts: Iterable[str]) -> list[str]:
    """What the controls send when the choices with these texts are chosen."""
    by_text = {choice["text"]: choice["id"] for choice in response.question.body["choices"]}
    return values_for(response, [by_text[text] for text in texts])


def right_values(response: Response) -> list[str]:
    """The posted values that are right."""
    return values_for(response, right_answer(response.question.body))


def wrong_values(response: Response) -> list[str]:
    """Posted values that are wrong."""
    return values_for(response, wrong_answer(response.question.body))


def filled_form(sitting: Sitting, *, right: int | None = None) -> dict[str, Any]:
    """The whole form as the page without a script sends it: the first `right` answers right (all when None)."""
    form: dict[str, Any] = {}
    for response in sitting.responses.select_related("question"):
        is_right = right is None or response.position <= right
        form[f"q{response.position}"] = (right_values if is_right else wrong_values)(response)
        form[f"r{response.position}"] = response.revision
    return form


def open_free(quiz: Quiz, *, by: User, occasion: str = "workshop-1-pre", **settings: Any) -> Sitting:
    """A sitting outside any course: once for each person, and its answers are kept back."""
    values = {"title": "อบรมตรวจนับเงินสด", "back_url": "/workshops/1/", "attempts": 1, "shows_answers": False}
    return open_free_sitting(quiz, occasion=occasion, by=by, **{**values, **settings})


def sit_free(quiz: Quiz, *, by: User, right: int | None = None, **settings: Any) -> Sitting:
    """Open one, answer the first `right` questions right (all when None) and the others wrong, hand it in."""
    sitting = open_free(quiz, by=by, **settings)
    form = filled_form(sitting, right=right)
    answers = {
        position: PostedAnswer(form[f"q{position}"], form[f"r{position}"])
        for position in sitting.responses.values_list("position", flat=True)
    }
    return submit_sitting(sitting.pk, answers=answers, by=by)


def essay_that_waits(person: User) -> Response:
    """An essay that somebody has handed in."""
    quiz = make_quiz("essay", questions=1, time_limit_minutes=20)
    quiz.questions.add(sample_question("essay", 99))
    sitting = open_free(quiz, by=person, occasion="essay", attempts=0)
    answers = {one.position: sample_values(one) for one in sitting.responses.filter(question__kind="essay")}
    submit_sitting(sitting.pk, answers={place: PostedAnswer(values, 0) for place, values in answers.items()}, by=person)
    return Response.objects.select_related("sitting__quiz").get(sitting=sitting, awaits_person=True)


def sample_question(code: str, number: int = 1, **fields: Any) -> Question:
    """The sample of a kind as a question of the bank."""
    content, body, *_answers = SAMPLES[code]
    return make_question(number, kind=code, **{"uid": f"sample-{code}", "content": content, "body": body, **fields})


def sample_values(response: Response, *, full: bool = True) -> list[str]:
    """What the controls send for the full answer of a sample, or for its partial one (none: for no answer)."""
    return values_for(response, SAMPLES[response.question.kind][2 if full else 3])
