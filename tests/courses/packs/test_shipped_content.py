"""What the shipped courses promise: lessons of a good length, each with a table, an example and a self-check.

Words are those of `cms.thai.words.segment` that hold a Thai letter, over everything a reader reads in a lesson:
text, callouts, tables, steps, examples, captions and self-checks with their feedback. These words are atomic
(คณะ|กรรม|การ counts three), so a count by dictionary words is about a fifth lower.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree

from cms.thai.words import segment
from courses import packs
from courses.packs.lessons import Block
from courses.packs.pack import Pack
from courses.packs.reading import read_pack

pytestmark = pytest.mark.django_db

LIBRARY = Path(packs.__file__).parent / "library"
COURSES = sorted(folder.name for folder in LIBRARY.iterdir() if folder.is_dir())
LESSONS = [
    (course, path.stem[3:])
    for course in COURSES
    for path in sorted((LIBRARY / course / "lessons").glob("*.md"))
    if not path.stem.endswith("final-test")
]
DRAWINGS = [path.relative_to(LIBRARY).as_posix() for path in sorted(LIBRARY.rglob("*.svg"))]
# Lessons in which the reader does what was read of, each with a test of its own.
PRACTICE = {
    "cooperative-bookkeeping": ["november-by-hand", "closing-november"],
    "internal-control": ["find-the-gap"],
}
KINDS = {"single_choice", "multiple_choice", "true_false"}
PRACTISED = {
    "cooperative-bookkeeping": {"journal_entry", "trial_balance", "cash_count"},
    "internal-control": {"control_check"},
}
THAI = re.compile("[ก-ฮ]")
SECTION = re.compile(r"มาตรา\s*\d")


@cache
def pack(name: str) -> Pack:
    return read_pack(LIBRARY / name)


def texts(value: Any) -> Iterator[str]:
    """Every text in a block, without its mark-up and the names of files and kinds."""
    if isinstance(value, str):
        yield re.sub(r"<[^>]+>", " ", value)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item[1] if isinstance(item, tuple) else item)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in ("path", "alt", "kind", "key"):
                yield from texts(part)


def all_blocks(blocks: list[Block]) -> Iterator[Block]:
    for kind, value in blocks:
        yield kind, value
        if kind == "example":
            yield from all_blocks(value["content"])


def blocks_of(course: str) -> list[Block]:
    return [block for lesson in pack(course).lessons for block in all_blocks(lesson.blocks)]


def blocks_in(course: str, slug: str) -> list[Block]:
    return next(lesson.blocks for lesson in pack(course).lessons if lesson.slug == slug)


@pytest.mark.parametrize("course", COURSES)
def test_a_course_has_at_least_six_lessons_and_ends_with_its_test(course: str) -> None:
    lessons = pack(course).lessons
    assert len(lessons) >= 7
    with_test = [lesson.slug for lesson in lessons if "quiz" in dict(lesson.blocks)]
    assert with_test == [*PRACTICE.get(course, []), lessons[-1].slug]
    assert lessons[-1].slug == "final-test"


def test_what_is_practised_can_be_repeated_and_stands_on_pages_of_one_question() -> None:
    practised = [quiz for course in PRACTICE for quiz in pack(course).quizzes if quiz.key != "final"]
    assert [quiz.key for quiz in practised] == ["november-closing", "november-journal", "find-the-gap"]
    for quiz in practised:
        rules = (quiz.layout, quiz.attempts_allowed, quiz.time_limit_minutes, quiz.pass_mark, quiz.random_order)
        assert rules == ("one", 0, 0, 60, False)


@pytest.mark.parametrize("course", COURSES)
def test_every_category_of_the_bank_has_a_lesson_to_read_again(course: str) -> None:
    taught = [topic for lesson in pack(course).lessons for topic in lesson.topics]
    assert sorted(taught) == sorted({question.category for question in pack(course).questions})


@pytest.mark.parametrize("course", COURSES)
def test_the_hours_are_those_of_the_lessons(course: str) -> None:
    minutes = sum(lesson.minutes for lesson in pack(course).lessons)
    assert abs(float(pack(course).hours) - minutes / 60) <= 0.25


@pytest.mark.parametrize(("course", "slug"), LESSONS)
def test_a_lesson_has_between_600_and_1200_thai_words(course: str, slug: str) -> None:
    words = [word for text in texts(blocks_in(course, slug)) for word in segment(text) if THAI.search(word)]
    assert 600 <= len(words) <= 1200


@pytest.mark.parametrize(("course", "slug"), LESSONS)
def test_a_lesson_has_a_table_an_example_and_a_self_check(course: str, slug: str) -> None:
    kinds = {kind for kind, _ in all_blocks(blocks_in(course, slug))}
    assert {"table", "example", "check"} - kinds == set()


@pytest.mark.parametrize("course", COURSES)
def test_every_picture_is_told_in_thai(course: str) -> None:
    told = [value["alt"] for kind, value in blocks_of(course) if kind == "image"] + [pack(course).cover_alt]
    assert len(told) > 4
    assert [alt for alt in told if len(alt) < 20 or not THAI.search(alt)] == []


@pytest.mark.parametrize("course", COURSES)
def test_no_link_leaves_the_site(course: str) -> None:
    lessons = "".join(lesson.text for lesson in pack(course).lessons)
    addresses = re.findall(r"\]\(([^)\s]+)", lessons)
    assert [address for address in addresses if not address.startswith(("/", "images/", "files/"))] == []
    assert re.findall(r"https?:|//|www\.", lessons) == []


@pytest.mark.parametrize("course", COURSES)
def test_a_bank_has_at_least_thirty_questions_each_with_an_explanation(course: str) -> None:
    questions = pack(course).questions
    assert len(questions) >= 30
    assert {question.kind for question in questions} == KINDS | PRACTISED.get(course, set())
    assert [question.key for question in questions if len(question.explanation) < 20] == []


@pytest.mark.parametrize("course", COURSES)
def test_a_question_that_names_a_section_of_the_law_says_which_law(course: str) -> None:
    named = [item for item in pack(course).questions if SECTION.search(item.content + item.explanation)]
    assert len(named) > 0
    assert [item.key for item in named if not item.source] == []
    cited = [item for item in pack(course).questions if SECTION.search(item.source)]
    assert [item.key for item in cited if "พ.ศ." not in item.source] == []


def _longest(choices: list[dict[str, Any]]) -> dict[str, Any]:
    """The one choice that is longer than all others; of several that are alike, a wrong one."""
    return max(choices, key=lambda choice: (len(choice["text"]), not choice["correct"]))


@pytest.mark.parametrize("course", COURSES)
def test_the_right_choice_is_not_given_away_by_its_length(course: str) -> None:
    single = [item.body["choices"] for item in pack(course).questions if item.kind == "single_choice"]
    longest = [choices for choices in single if _longest(choices)["correct"]]
    assert len(longest) / len(single) <= 0.4


@pytest.mark.parametrize("course", COURSES)
def test_true_and_false_are_both_asked(course: str) -> None:
    answers = [item.body["correct"] for item in pack(course).questions if item.kind == "true_false"]
    assert min(answers.count(True), answers.count(False)) >= len(answers) / 4


@pytest.mark.parametrize("course", COURSES)
def test_no_question_is_asked_twice(course: str) -> None:
    asked = [item.content for item in pack(course).questions]
    assert sorted({content for content in asked if asked.count(content) > 1}) == []


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_holds_no_script_and_asks_for_nothing_from_outside(name: str) -> None:
    root = ElementTree.fromstring((LIBRARY / name).read_bytes())
    elements = list(root.iter())
    tags = {element.tag.rsplit("}", 1)[-1] for element in elements}
    assert tags & {"script", "foreignObject", "image", "iframe", "a", "animate", "set"} == set()
    values = [(key, value) for element in elements for key, value in element.attrib.items()]
    assert [key for key, _ in values if key.lower().startswith("on") or key.endswith("href")] == []
    said = [value for _, value in values] + [element.text or "" for element in elements]
    assert [text for text in said if re.search(r"https?:|//|@import|javascript:|url\((?!#)", text)] == []


def test_every_shipped_picture_is_a_drawing() -> None:
    pictures = [
        path.relative_to(LIBRARY).as_posix() for path in sorted(LIBRARY.glob("*/images/**/*")) if path.is_file()
    ]
    assert pictures == DRAWINGS
