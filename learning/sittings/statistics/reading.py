"""The answers of a quiz, read in three queries and little memory."""

import json
from dataclasses import dataclass
from functools import cache

from django.db.models import Case, CharField, F, FloatField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from courses.quizzes.kinds import kind_of
from courses.quizzes.kinds.kind import Kind
from courses.quizzes.models import QuestionVersion, Quiz
from courses.quizzes.statistics.marks import NOT_ANSWERED, Marks
from learning.sittings.choices import SittingState
from learning.sittings.models import Response, Sitting

# The newest sittings of a quiz are enough to judge its questions, and always fit.
NEWEST = 20_000
ROWS_AT_ONCE = 5_000
ANSWERED = 1


@dataclass(frozen=True)
class Answers:
    """Marks by question of the bank; `chosen[number]` the choices of the answer of that number.

    `versions` holds the newest version of each question that somebody was asked.
    """

    marks: Marks
    chosen: list[tuple[str, ...]]
    versions: dict[int, QuestionVersion]
    passed_count: int


def graded_at(quiz: Quiz, *, first_only: bool = True) -> QuerySet[Sitting]:
    """The sittings that count; `first_only` leaves later attempts out, which have seen the answers."""
    found = Sitting.objects.filter(quiz=quiz, state=SittingState.GRADED)
    return found.filter(number=1) if first_only else found


def answers_at(quiz: Quiz, *, first_only: bool = True) -> Answers:
    """Everything that the newest sittings of a quiz answered; with `first_only` one sitting for each person.

    Who began the course anew sits a first attempt again: the earliest counts.
    """
    rows = graded_at(quiz, first_only=first_only).order_by("-opened_at", "-pk")
    passed: dict[str, bool] = {}
    first: dict[int, str] = {}
    for key, user, has_passed in rows.values_list(_key("pk"), "user", "passed")[:NEWEST]:
        if first_only and user in first:
            del passed[first[user]]
        first[user] = key
        passed[key] = bool(has_passed)
    places = {key: place for place, key in enumerate(passed)}
    responses = Response.objects.filter(sitting__in=graded_at(quiz, first_only=first_only), score__isnull=False)
    versions = _versions(responses)
    chooses = [version.pk for version in versions.values() if has_choices(kind_of(version.kind))]
    questions = {key: version.question_id for key, version in versions.items()}
    marks = Marks(len(places))
    numbers: dict[tuple[int, str], int] = {}
    cells = responses.order_by().values_list(
        _key("sitting"), "question", Cast("score", FloatField()), Cast("max_score", FloatField()), _answer(chooses)
    )
    for key, version, score, most, text in cells.iterator(chunk_size=ROWS_AT_ONCE):
        place = places.get(key)
        if place is None:
            continue
        if text is None:
            number = NOT_ANSWERED
        elif text:
            number = numbers.setdefault((version, text), len(numbers) + ANSWERED + 1)
        else:
            number = ANSWERED
        marks.add(place, questions[version], score, most, number)
    chosen: list[tuple[str, ...]] = [(), ("",)]
    for version, text in numbers:
        chosen.append(tuple(kind_of(versions[version].kind).chosen(json.loads(text))))
    newest: dict[int, QuestionVersion] = {}
    for version_row in sorted(versions.values(), key=lambda one: one.number):
        newest[version_row.question_id] = version_row
    asked = {question: newest[question] for question in sorted(newest) if question in marks.columns}
    return Answers(marks, chosen, asked, sum(passed.values()))


def _versions(responses: QuerySet[Response]) -> dict[int, QuestionVersion]:
    used = responses.order_by().values("question").distinct()
    found = QuestionVersion.objects.filter(pk__in=used).select_related("question__category")
    return {version.pk: version for version in found}


def _key(field: str) -> Cast:
    # As text: reading four hundred thousand identifiers as objects would take as long as all the rest.
    return Cast(F(field), CharField())


def _answer(chooses: list[int]) -> Case:
    """The answer as text where choices were made, else empty; none when nothing was answered."""
    return Case(
        When(answer__isnull=True, then=Value(None)),
        When(question__in=chooses, then=Cast("answer", TextField())),
        default=Value(""),
        output_field=TextField(),
    )


@cache
def has_choices(kind: Kind) -> bool:
    """True of kinds that list what can be chosen."""
    return type(kind).choices_of is not Kind.choices_of
