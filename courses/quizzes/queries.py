"""Reads of the question bank."""

from random import Random

from django.db.models import F

from courses.quizzes.models import Question, QuestionVersion, Quiz


def draw(quiz: Quiz, random: Random) -> list[QuestionVersion]:
    """The questions of one attempt, each in its newest version.

    Random order and the cut to `max_questions` follow the quiz; without random order the bank's
    own order stands.
    """
    identifiers = list(Question.objects.filter(quizzes=quiz).order_by("uid").values_list("pk", flat=True))
    if quiz.random_order:
        random.shuffle(identifiers)
    if quiz.max_questions:
        identifiers = identifiers[: quiz.max_questions]
    newest = QuestionVersion.objects.filter(question__in=identifiers, number=F("question__version"))
    versions = {version.question_id: version for version in newest}
    return [versions[identifier] for identifier in identifiers]
