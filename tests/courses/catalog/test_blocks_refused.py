"""A block without the parts that somebody depends on is refused, at the part that is missing."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.documents import get_document_model

from cms.models import AcademyImage
from courses.catalog.blocks import LessonBlocks
from tests.factories.packs import png
from tests.factories.quizzes import make_quiz

pytestmark = pytest.mark.django_db

CHECK = {"question": "ก", "choices": [{"text": "ข", "correct": True}, {"text": "ค", "correct": False}]}


def document(name: str = "a.pdf") -> Any:
    return get_document_model().objects.create(title=name, file=ContentFile(b"paper", name=name))


def image() -> AcademyImage:
    return AcademyImage.objects.create(title="ก", file=ContentFile(png(), name="a.png"))


def good() -> dict[str, dict[str, Any]]:
    return {
        "image": {"image": image(), "alt": "กล่องเงิน", "caption": ""},
        "callout": {"kind": "note", "title": "ก", "text": "<p>ข</p>"},
        "table": {"caption": "ก", "table": {"data": [["ก"], ["ข"]], "table_header_choice": "row"}},
        "steps": {"title": "ก", "steps": [{"title": "ข", "text": ""}]},
        "example": {"title": "ก", "content": [("text", "<p>ข</p>")]},
        "check": CHECK,
        "video": {"title": "ก", "video": document(), "captions": document(), "transcript": "<p>ข</p>"},
        "audio": {"title": "ก", "audio": document(), "transcript": "<p>ข</p>"},
        "document": {"title": "ก", "document": document()},
        "quiz": {"quiz": make_quiz(questions=1)},
    }


def clean(*stream: tuple[str, Any]) -> None:
    block = LessonBlocks()
    block.clean(block.normalize(list(stream)))


def refused_parts(kind: str, value: Any) -> list[str]:
    with pytest.raises(StreamBlockValidationError) as refused:
        clean((kind, value))
    return sorted(refused.value.block_errors[0].block_errors)


def test_blocks_with_all_their_parts_are_taken() -> None:
    clean(*good().items())


@pytest.mark.parametrize(
    ("kind", "part", "nothing"),
    [
        ("image", "alt", ""),
        ("image", "image", None),
        ("callout", "title", ""),
        ("callout", "text", ""),
        ("table", "caption", ""),
        ("steps", "title", ""),
        ("steps", "steps", []),
        ("example", "title", ""),
        ("example", "content", []),
        ("check", "question", ""),
        ("check", "choices", [{"text": "ก", "correct": True}]),
        ("video", "captions", None),
        ("video", "transcript", ""),
        ("audio", "transcript", ""),
        ("document", "document", None),
        ("quiz", "quiz", None),
    ],
)
def test_a_missing_part_is_named(kind: str, part: str, nothing: Any) -> None:
    assert refused_parts(kind, {**good()[kind], part: nothing}) == [part]


def test_a_self_check_has_a_right_choice() -> None:
    choices = [{"text": "ข", "correct": False}, {"text": "ค", "correct": False}]
    assert refused_parts("check", {**CHECK, "choices": choices}) == ["choices"]


def test_a_lesson_holds_one_quiz() -> None:
    quiz = {"quiz": make_quiz(questions=1)}
    with pytest.raises(ValidationError):
        clean(("quiz", quiz), ("quiz", quiz))
