from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.utils import timezone

from courses.catalog.models import CoursePage, LessonPage
from courses.quizzes.kinds import kind_of
from courses.quizzes.models import Quiz
from learning.enrollments.models import Enrollment
from learning.people.models import User
from learning.sittings.models import Response, Sitting
from tests.cast import Cast

# What somebody answers: ก is right, and an empty sign leaves the question out.
Answers = Sequence[str]


@pytest.fixture
def quiz(course: CoursePage) -> Quiz:
    """Four single choice questions, ก to ง."""
    return Quiz.objects.get(uid="control-final")


@pytest.fixture
def lesson(course: CoursePage) -> LessonPage:
    return LessonPage.objects.get(slug="final-test")


@pytest.fixture
def sat(quiz: Quiz, lesson: LessonPage, cast: Cast) -> Callable[..., list[Sitting]]:
    """Graded sittings, one for each line of answers, as if people had sat them one after the other."""

    def write(lines: Sequence[Answers], *, number: int = 1, people: Sequence[User] | None = None) -> list[Sitting]:
        versions = [question.versions.get(number=question.version) for question in quiz.questions.order_by("uid")]
        found = []
        before = Sitting.objects.count()
        for place, line in enumerate(lines):
            name = f"sitter-{before + place}"
            person = people[place] if people else User.objects.create(username=name, first_name="ผู้เรียน")
            enrollment, _made = Enrollment.objects.get_or_create(
                user=person, course=CoursePage.objects.get(slug="control"), defaults=_where(cast)
            )
            score = sum(answer == "ก" for answer in line)
            percent = 100 * score // len(line)
            sitting = Sitting.objects.create(
                user=person,
                enrollment=enrollment,
                quiz=quiz,
                lesson=lesson,
                number=number,
                state="graded",
                pass_mark=quiz.pass_mark,
                opened_at=timezone.now() + timedelta(minutes=before + place),
                submitted_at=timezone.now() + timedelta(minutes=before + place),
                score=score,
                max_score=len(line),
                percent=percent,
                passed=percent >= quiz.pass_mark,
            )
            for position, (version, answer) in enumerate(zip(versions, line, strict=True), 1):
                ids = {choice["text"]: choice["id"] for choice in version.body["choices"]}
                Response.objects.create(
                    sitting=sitting,
                    position=position,
                    question=version,
                    presentation=kind_of(version.kind).present(version.body, Random(position)),
                    answer=[ids[answer]] if answer else None,
                    score=Decimal(answer == "ก"),
                    max_score=1,
                )
            found.append(sitting)
        return found

    return write


def _where(cast: Cast) -> dict[str, object]:
    seat = cast.board_seat
    return {
        "organization": seat.organization,
        "position": seat.position,
        "province": seat.organization.province,
        "district": seat.organization.district,
    }
