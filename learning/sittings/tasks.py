"""Quizzes counted by the worker."""

from celery import shared_task

from courses.quizzes.models import Quiz
from learning.sittings.statistics.keeping import count
from learning.sittings.statistics.questions import count_questions


@shared_task(ignore_result=True)
def count_quiz(quiz_id: int, first_only: bool = True) -> None:
    """What the page of its statistics waits for."""
    quiz = Quiz.objects.filter(pk=quiz_id).first()
    if quiz is not None:
        count(quiz, first_only=first_only)


@shared_task(ignore_result=True)
def count_statistics() -> None:
    """Every night: how each question of the bank went."""
    count_questions()
