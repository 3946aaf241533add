"""A course as it stands in a folder: plain values, compared by what they say."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from courses.packs.lessons import MEDIA, Block


@dataclass(frozen=True)
class PackLesson:
    """`text` is the canonical text of the blocks; two lessons are the same when their texts are."""

    slug: str
    title: str
    summary: str
    minutes: int
    text: str
    needs_workshop: bool = False
    blocks: list[Block] = field(compare=False, repr=False, default_factory=list)


@dataclass(frozen=True)
class PackQuestion:
    """`body` is as the question kind keeps it, its choices without their ids."""

    key: str
    kind: str
    category: str
    difficulty: str
    content: str
    explanation: str
    source: str
    body: dict[str, Any]


@dataclass(frozen=True)
class PackQuiz:
    key: str
    title: str
    description: str
    pass_mark: int
    max_questions: int
    random_order: bool
    shuffle_choices: bool
    attempts_allowed: int
    time_limit_minutes: int
    success_text: str
    fail_text: str


@dataclass(frozen=True)
class Pack:
    """Files (images and documents) are named by their path in the pack and compared by their bytes."""

    slug: str
    title: str
    title_en: str
    summary: str
    topic: str
    audience: tuple[str, ...]
    level: str
    hours: Decimal
    prerequisites: tuple[str, ...]
    certificate_design: str
    law_version: str
    cover: str
    cover_alt: str
    outcomes: tuple[str, ...]
    sources: tuple[str, ...]
    pass_rule: str
    enrollment_opens_on: date | None
    enrollment_closes_on: date | None
    lessons: tuple[PackLesson, ...]
    quizzes: tuple[PackQuiz, ...]
    questions: tuple[PackQuestion, ...]
    files: dict[str, bytes]


def said(body: dict[str, Any]) -> dict[str, Any]:
    """A question's body without the ids of its choices, which are the bank's own business."""
    if "choices" not in body:
        return body
    return {"choices": [{key: value for key, value in choice.items() if key != "id"} for choice in body["choices"]]}


def files_in(blocks: list[Block]) -> list[str]:
    """The files that blocks show, by their path in the pack."""
    names: list[str] = []
    for kind, value in blocks:
        if kind == "example":
            names += files_in(value["content"])
        elif kind == "image":
            names.append(value["path"])
        elif kind in MEDIA:
            names += [value[name] for name in MEDIA[kind]]
    return names
