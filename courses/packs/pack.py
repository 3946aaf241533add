"""A course as it stands in a folder: plain values, compared by what they say."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from courses.packs.lessons import MEDIA, Block
from courses.quizzes.choices import Format, Grading, Layout, Navigation
from courses.quizzes.kinds import kind_of


@dataclass(frozen=True)
class PackLesson:
    """`text` is the canonical text of the blocks; two lessons are the same when their texts are."""

    slug: str
    title: str
    summary: str
    minutes: int
    text: str
    needs_workshop: bool = False
    topics: tuple[str, ...] = ()  # the categories of questions that it explains, sorted
    blocks: list[Block] = field(compare=False, repr=False, default_factory=list)


@dataclass(frozen=True)
class PackQuestion:
    """`body` is as the question kind keeps it, without ids that it gives by itself; `tags` are sorted."""

    key: str
    kind: str
    category: str
    difficulty: str
    content: str
    explanation: str
    source: str
    body: dict[str, Any]
    format: str = Format.PLAIN.value
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class PackQuiz:
    """`questions` are the keys of all that it draws from, sorted."""

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
    grading: str = Grading.ACADEMY.value
    layout: str = Layout.ALL.value
    navigation: str = Navigation.FREE.value
    wait_minutes: int = 0
    questions: tuple[str, ...] = ()


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


def said(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """A clean body as a pack says it: without ids, which are the bank's own business.

    Ids stay where the kind would not give the same ones again, and others in the body may point at them.
    """
    bare: dict[str, Any] = _without(body, ids=True)
    if "choices" in body or _cleans_to(kind, bare, body):
        return bare
    kept: dict[str, Any] = _without(body, ids=False)
    return kept


def _without(value: Any, *, ids: bool) -> Any:
    """A copy without what is None, which TOML cannot write, and without ids; content of H5P stays whole."""
    if isinstance(value, dict):
        return {
            key: part if key == "h5p" else _without(part, ids=ids)
            for key, part in value.items()
            if part is not None and not (ids and key == "id")
        }
    if isinstance(value, list):
        return [_without(part, ids=ids) for part in value]
    return value


def _cleans_to(kind: str, bare: dict[str, Any], body: dict[str, Any]) -> bool:
    try:
        return kind_of(kind).clean_body(deepcopy(bare)) == body
    except ValidationError:
        return False


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
