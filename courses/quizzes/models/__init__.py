"""The question bank, the quizzes that draw from it, and files on their way into it."""

from courses.quizzes.models.bank import Category, Question, QuestionStatistics, QuestionVersion, SubCategory
from courses.quizzes.models.imports import BankImport
from courses.quizzes.models.quizzes import Quiz, QuizDraw

__all__ = [
    "BankImport",
    "Category",
    "Question",
    "QuestionStatistics",
    "QuestionVersion",
    "Quiz",
    "QuizDraw",
    "SubCategory",
]
