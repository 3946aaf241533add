"""Questions of the bank as drafts, and what of them a format has no word for."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from courses.quizzes.models import Question
from courses.quizzes.reading.drafts import Draft


@dataclass
class Written:
    """A file, and the questions that are not in it, each with a reason, by their identifiers."""

    content: bytes = b""
    left_out: list[str] = field(default_factory=list)


def drafts_of(questions: Iterable[Question]) -> list[Draft]:
    """Drafts in the order of the questions, each with category, sub-category, tags and identifier."""
    return [
        Draft(
            line=number,
            kind=question.kind,
            content=question.content,
            body=question.body,
            format=question.format,
            category=_path(question),
            explanation=question.explanation,
            source=question.source,
            difficulty=question.difficulty,
            tags=tuple(sorted(tag.name for tag in question.tags.all())),
            uid=question.uid,
        )
        for number, question in enumerate(questions, 1)
    ]


def _path(question: Question) -> tuple[str, ...]:
    below = (question.sub_category.sub_category,) if question.sub_category else ()
    return (question.category.category, *below)
