"""Past sittings written as graded free sittings, with the marks that the app gave."""

from collections import defaultdict
from dataclasses import dataclass, field
from random import SystemRandom
from typing import Any

from courses.quizzes.django_quiz.dump import Dump, OldQuiz, OldSitting
from courses.quizzes.django_quiz.writing import Written
from courses.quizzes.kinds import kind_of
from courses.quizzes.models import QuestionVersion
from learning.people.models import User
from learning.sittings.choices import SittingState
from learning.sittings.models import Response, Sitting


@dataclass
class Past:
    """How many were written, were there already, had nobody here, were never finished; and what was lost."""

    written: int = 0
    known: int = 0
    unfinished: list[str] = field(default_factory=list)
    unmapped: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def write_sittings(dump: Dump, bank: Written, users: dict[str, User], *, name: str) -> Past:
    """Each finished sitting of a known person; a second import finds them again by their moment."""
    past = Past()
    versions = _versions(bank)
    attempts: dict[tuple[str, int], int] = defaultdict(int)
    for old in sorted(dump.sittings, key=lambda one: (str(one.began_at or ""), len(one.pk), one.pk)):
        quiz, user = bank.quizzes.get(old.quiz), users.get(old.user)
        if not old.is_complete:
            past.unfinished.append(old.pk)
        elif user is None:
            past.unmapped[old.user] = past.unmapped.get(old.user, 0) + 1
        elif quiz is None or old.began_at is None or not old.order:
            past.faults.append(
                f"quiz.sitting {old.pk} was left out: its quiz, its beginning or its questions are missing."
            )
        else:
            occasion = f"{name}-{old.quiz}"[:60]
            attempts[occasion, user.pk] += 1
            same = Sitting.objects.filter(occasion=occasion, user=user, quiz=quiz, opened_at=old.began_at)
            if same.exists():
                past.known += 1
                continue
            number = max(attempts[occasion, user.pk], _last_number(occasion, user) + 1)
            attempts[occasion, user.pk] = number
            sitting = Sitting.objects.create(
                user=user,
                quiz=quiz,
                occasion=occasion,
                title=quiz.title,
                number=number,
                state=SittingState.GRADED,
                opened_at=old.began_at,
                submitted_at=old.ended_at or old.began_at,
                **_result(old, dump.quizzes[old.quiz], past),
            )
            Response.objects.bulk_create(_responses(old, sitting, versions, past))
            past.written += 1
    return past


def _last_number(occasion: str, user: User) -> int:
    last = Sitting.objects.filter(occasion=occasion, user=user).order_by("-number").values_list("number", flat=True)
    return last.first() or 0


def _result(old: OldSitting, quiz: OldQuiz, past: Past) -> dict[str, Any]:
    """Score, percent and passing as the app counts them: one point per question of the order."""
    score = sum(key not in old.incorrect for key in old.order)
    if score != old.score:
        past.remarks.append(f"quiz.sitting {old.pk}: it says {old.score} points, its marks make {score}.")
    percent = round(score * 100 / len(old.order))
    return {
        "score": score,
        "max_score": len(old.order),
        "percent": percent,
        "passed": percent >= quiz.pass_mark,
        "pass_mark": max(1, quiz.pass_mark),
    }


def _versions(bank: Written) -> dict[str, QuestionVersion]:
    """The first version of each question: the one that the import wrote."""
    keys = {question.pk: key for key, question in bank.questions.items()}
    found = QuestionVersion.objects.filter(question__in=keys, number=1)
    return {keys[version.question_id]: version for version in found}


def _responses(old: OldSitting, sitting: Sitting, versions: dict[str, QuestionVersion], past: Past) -> list[Response]:
    responses = []
    for position, key in enumerate(old.order, 1):
        version = versions.get(key)
        if version is None:
            past.remarks.append(f"quiz.sitting {old.pk}: question {key} is not in the dump; its point still counts.")
            continue
        given = old.answers.get(key)
        answer = answer_of(version, given)
        if given and answer is None:
            past.remarks.append(f"quiz.sitting {old.pk}: the answer to question {key} is no longer among its choices.")
        responses.append(
            Response(
                sitting=sitting,
                position=position,
                question=version,
                presentation=kind_of(version.kind).present(version.body, SystemRandom(), shuffle=False),
                answer=answer,
                saved_at=sitting.submitted_at if answer is not None else None,
                score=0 if key in old.incorrect else 1,
                max_score=1,
            )
        )
    return responses


def answer_of(version: QuestionVersion, given: str | None) -> Any:
    """An old answer (the key of a choice, True or False, a text) as ours; None when there is none or it is unknown."""
    if not given:
        return None
    if "choices" in version.body:
        known = {choice["id"] for choice in version.body["choices"]}
        return [f"a{given}"] if f"a{given}" in known else None
    if "correct" in version.body:
        return given.lower() if given.lower() in {"true", "false"} else None
    return given


def progress_faults(dump: Dump) -> list[str]:
    """Where an old record of progress is not the sum of the finished sittings that the dump holds."""
    sums: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for sitting in dump.sittings:
        for key in sitting.order if sitting.is_complete else ():
            question = dump.questions.get(key)
            if question is None:
                continue
            row = sums[sitting.user][dump.categories.get(question.category or "", "")]
            row[0] += key not in sitting.incorrect
            row[1] += 1
    told = []
    for progress in dump.progress:
        for category, (had, most) in progress.scores.items():
            found = sums[progress.user].get(category, [0, 0])
            if category not in dump.categories.values():
                told.append(f"Progress of {progress.user}: the category “{category}” is not known.")
            elif [had, most] != found:
                told.append(
                    f"Progress of {progress.user} in “{category}” says {had} of {most}; "
                    f"the sittings make {found[0]} of {found[1]}."
                )
    return told
