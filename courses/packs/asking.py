"""The questions and quizzes of a pack into the bank."""

from copy import deepcopy
from typing import Any

from courses.packs.changes import Changes
from courses.packs.pack import Pack, PackQuestion, PackQuiz
from courses.packs.pages import bank_uid
from courses.quizzes.models import Category, Question, Quiz


def load_questions(pack: Pack, before: Pack | None, changes: Changes) -> dict[str, Question]:
    """The questions of a pack by key; one that says something else gets a new version."""
    known = {question.key: question for question in before.questions} if before else {}
    loaded = {}
    for item in pack.questions:
        uid = bank_uid(pack.slug, item.key)
        question = Question.objects.filter(uid=uid).first()
        if question is None or known.get(item.key) != item:
            (changes.changed if question else changes.created).append(f"question {item.key}")
            question = _save_question(question or Question(uid=uid), item)
        loaded[item.key] = question
    changes.removed += [f"question {key}" for key in known.keys() - {item.key for item in pack.questions}]
    return loaded


def _save_question(question: Question, item: PackQuestion) -> Question:
    category, _created = Category.objects.get_or_create(category=item.category)
    question.kind, question.category, question.difficulty = item.kind, category, item.difficulty
    question.content, question.explanation, question.source = item.content, item.explanation, item.source
    question.body, question.format = deepcopy(item.body), item.format
    question.save()
    if item.tags or question.tags.exists():
        question.tags.set(item.tags)
    return question


def load_quizzes(pack: Pack, before: Pack | None, questions: dict[str, Question], changes: Changes) -> dict[str, Quiz]:
    """The quizzes of a pack by key, each asking what it names."""
    known = {quiz.key: quiz for quiz in before.quizzes} if before else {}
    moved = {name.removeprefix("question ") for name in (*changes.created, *changes.removed)}
    loaded = {}
    for item in pack.quizzes:
        uid = bank_uid(pack.slug, item.key)
        quiz = Quiz.objects.filter(uid=uid).first()
        one = known.get(item.key)
        # A quiz that only follows questions that came or went is not said to be changed.
        asks_others = one is not None and bool((set(one.questions) ^ set(item.questions)) - moved)
        if quiz is None or one is None or asks_others or _settings(one) != _settings(item):
            (changes.changed if quiz else changes.created).append(f"quiz {item.key}")
            quiz = _save_quiz(quiz or Quiz(uid=uid), item)
        drawn = [questions[key] for key in item.questions]
        if set(quiz.questions.values_list("pk", flat=True)) != {question.pk for question in drawn}:
            quiz.questions.set(drawn)
        loaded[item.key] = quiz
    return loaded


def _settings(item: PackQuiz) -> dict[str, Any]:
    return {name: value for name, value in vars(item).items() if name != "questions"}


def _save_quiz(quiz: Quiz, item: PackQuiz) -> Quiz:
    for name, value in _settings(item).items():
        if name != "key":
            setattr(quiz, name, value)
    quiz.max_questions = item.max_questions or None
    quiz.save()
    return quiz
