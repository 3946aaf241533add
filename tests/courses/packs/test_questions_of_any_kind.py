"""quiz.toml carries questions of any kind, says which quiz asks which, and a lesson says what it explains."""

import json
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from django.utils.translation import override

from courses.catalog.models import CourseIndexPage, CoursePage, LessonPage
from courses.packs.errors import PackError
from courses.packs.flows import Changes, load_pack
from courses.packs.pages import pack_of
from courses.packs.reading import read_pack
from courses.packs.writing import pack_files, write_pack
from courses.quizzes.kinds import kind_of
from courses.quizzes.models import Category, Question, Quiz
from tests.factories.kinds import SAMPLES
from tests.factories.packs import BANK, TEST, bytes_of, lesson, write_pack_files

pytestmark = pytest.mark.django_db

CODES = sorted(SAMPLES)
HEAD = {
    "key": "one",
    "category": "เงินสด",
    "difficulty": "medium",
    "content": "ข้อหนึ่ง",
    "explanation": "เพราะอย่างนั้น",
}


def without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_none(part) for key, part in value.items() if part is not None}
    return [without_none(part) for part in value] if isinstance(value, list) else value


def bank(*questions: dict[str, Any], **quiz: Any) -> str:
    """A quiz.toml with one quiz of these settings and these questions."""
    # Long enough that it is not written on one line.
    quizzes = [{"key": "final", "title": "แบบทดสอบ", "description": "ข้อเดียว " * 12, **quiz}]
    return tomli_w.dumps({"format": 1, "quiz": quizzes, "question": list(questions)})


def question_of(code: str, body: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {**HEAD, "kind": code, **values, "body": without_none(body)}


def load(folder: Path, shelf: CourseIndexPage, quiz: str, **files: str) -> Changes:
    changes = {"quiz.toml": quiz, **{f"lessons/{name}.md": text for name, text in files.items()}}
    return load_pack(read_pack(write_pack_files(folder, changes)), shelf)


def written(slug: str = "cash-count") -> str:
    return pack_files(pack_of(CoursePage.objects.get(slug=slug)))["quiz.toml"].decode()


@pytest.mark.parametrize("code", CODES)
def test_a_question_of_any_kind_is_loaded_written_and_loaded_again(
    code: str, tmp_path: Path, shelf: CourseIndexPage
) -> None:
    content, body, *_ = SAMPLES[code]
    clean = kind_of(code).clean_body(body)
    load(tmp_path / "a", shelf, bank(question_of(code, body, content=content.replace("\n", " "))))
    assert Question.objects.get().body == clean

    write_pack(pack_of(CoursePage.objects.get()), tmp_path / "b")
    assert not load_pack(read_pack(tmp_path / "b"), shelf)
    assert Question.objects.get().versions.count() == 1
    assert pack_files(read_pack(tmp_path / "b")) == bytes_of(tmp_path / "b")


def test_an_author_writes_no_ids_and_ids_that_others_point_at_are_kept(tmp_path: Path, shelf: CourseIndexPage) -> None:
    _content, body, *_ = SAMPLES["control_check"]
    load(tmp_path / "a", shelf, bank(question_of("control_check", body)))
    assert "id =" not in written()
    steps = [{**step, "id": f"own-{number}"} for number, step in enumerate(body["steps"])]
    own = {**body, "steps": steps, "weaknesses": [{"steps": ["own-3"], "reason": "ถือและลงบัญชี"}]}
    load(tmp_path / "b", shelf, bank(question_of("control_check", own)))
    assert 'id = "own-3"' in written()
    write_pack(pack_of(CoursePage.objects.get()), tmp_path / "c")
    assert not load_pack(read_pack(tmp_path / "c"), shelf)


def test_content_that_was_read_from_h5p_is_kept_whole(tmp_path: Path, shelf: CourseIndexPage) -> None:
    kept = {"library": "H5P.TrueFalse 1.8", "params": {"x": None, "behaviour": {"id": "ก"}}, "metadata": {}}
    values = {**HEAD, "kind": "true_false", "correct": True, "body": {"h5p": json.dumps(kept)}}
    load(tmp_path / "a", shelf, bank(values))
    assert Question.objects.get().body == {"correct": True, "h5p": kept}
    write_pack(pack_of(CoursePage.objects.get()), tmp_path / "b")
    assert not load_pack(read_pack(tmp_path / "b"), shelf)


def test_a_quiz_says_how_it_is_sat_and_a_question_how_it_is_written(tmp_path: Path, shelf: CourseIndexPage) -> None:
    said = {"grading": "h5p", "layout": "one", "navigation": "sequential", "wait_minutes": 60}
    values = question_of("number", {"value": "5"}, format="html", tags=["ฝึก", "เงินสด"], content="<b>เท่าไร</b>")
    load(tmp_path / "a", shelf, bank(values, **said))
    quiz, question = Quiz.objects.get(), Question.objects.get()
    assert {name: getattr(quiz, name) for name in said} == said
    assert (question.format, sorted(question.tags.names())) == ("html", ["ฝึก", "เงินสด"])

    write_pack(pack_of(CoursePage.objects.get()), tmp_path / "b")
    assert not load_pack(read_pack(tmp_path / "b"), shelf)
    changes = load(tmp_path / "c", shelf, bank({**values, "tags": ["ฝึก"]}, **{**said, "layout": "all"}))
    assert changes == Changes(changed=["question one", "quiz final"])
    assert list(Question.objects.get().tags.names()) == ["ฝึก"]


TWO_QUIZZES = BANK.replace(
    "\n[[question]]", '\n[[quiz]]\nkey = "practice"\ntitle = "ฝึก"\nquestions = ["count-2"]\n\n[[question]]', 1
)
PRACTICE = TEST.replace("final", "practice")


def asked() -> dict[str, list[str]]:
    return {quiz.uid: sorted(quiz.questions.values_list("uid", flat=True)) for quiz in Quiz.objects.order_by("uid")}


def test_a_quiz_asks_what_it_names_and_another_all_the_rest(tmp_path: Path, shelf: CourseIndexPage) -> None:
    load(tmp_path / "a", shelf, TWO_QUIZZES, **{"03-practice": PRACTICE})
    assert asked() == {
        "cash-count--final": ["cash-count--count-1"],
        "cash-count--practice": ["cash-count--count-2"],
    }
    write_pack(pack_of(CoursePage.objects.get()), tmp_path / "b")
    assert not load_pack(read_pack(tmp_path / "b"), shelf)
    assert bytes_of(tmp_path / "b") == pack_files(read_pack(tmp_path / "b"))

    other = TWO_QUIZZES.replace('questions = ["count-2"]', 'questions = ["count-1"]')
    assert load(tmp_path / "c", shelf, other, **{"03-practice": PRACTICE}).changed == ["quiz final", "quiz practice"]
    assert asked() == {
        "cash-count--final": ["cash-count--count-2"],
        "cash-count--practice": ["cash-count--count-1"],
    }


@pytest.mark.parametrize("names", ['["count-1", "count-2"]', '["count-1"]', '["count-2"]'])
def test_quizzes_that_share_questions_come_back_as_they_were(
    names: str, tmp_path: Path, shelf: CourseIndexPage
) -> None:
    both = TWO_QUIZZES.replace('key = "final"', 'key = "final"\nquestions = ["count-1", "count-2"]').replace(
        'questions = ["count-2"]', f"questions = {names}"
    )
    load(tmp_path / "a", shelf, both, **{"03-practice": PRACTICE})
    before = asked()
    write_pack(pack_of(CoursePage.objects.get()), tmp_path / "b")
    assert not load_pack(read_pack(tmp_path / "b"), shelf)
    assert asked() == before


def test_a_question_that_is_no_longer_in_the_file_leaves_its_quiz(tmp_path: Path, shelf: CourseIndexPage) -> None:
    two = [question_of("number", {"value": "5"}), question_of("number", {"value": "6"}, key="two", content="สอง")]
    load(tmp_path, shelf, bank(*two))
    assert load(tmp_path, shelf, bank(two[0])) == Changes(removed=["question two"])
    assert asked() == {"cash-count--final": ["cash-count--one"]}
    assert Question.objects.filter(uid="cash-count--two").exists()


def test_a_lesson_says_which_categories_it_explains(tmp_path: Path, shelf: CourseIndexPage) -> None:
    taught = lesson("นับทุกเย็น").replace("minutes = 10", 'minutes = 10\ntopics = ["เงินสด", "การนับ"]')
    load(tmp_path / "a", shelf, BANK, **{"01-count": taught})
    page = LessonPage.objects.get(slug="count")
    assert sorted(topic.category for topic in page.topics.all()) == ["การนับ", "เงินสด"]
    write_pack(pack_of(CoursePage.objects.get()), tmp_path / "b")
    assert not load_pack(read_pack(tmp_path / "b"), shelf)

    assert load(tmp_path / "a", shelf, BANK, **{"01-count": lesson("นับทุกเย็น")}) == Changes(changed=["lesson count"])
    assert LessonPage.objects.get(slug="count").topics.count() == 0
    assert Category.objects.filter(category="การนับ").exists()


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        (bank(question_of("number", {"value": "ห้า"})), "[question.body]", "number"),
        (
            bank(question_of("journal_entry", {**SAMPLES["journal_entry"][1], "lines": []})),
            "[question.body]",
            "An entry has between 2 and 10 lines.",
        ),
        (bank({**HEAD, "kind": "number", "body": "5"}), "body = ", "should be dict"),
        (bank({**HEAD, "kind": "true_false", "correct": True, "body": {"h5p": "{"}}), "h5p = ", "as JSON"),
        (bank(question_of("number", {"value": "5"}), layout="two"), "layout = ", "one of: all, one"),
        (bank(question_of("number", {"value": "5"}), grading="kind"), "grading = ", "one of: academy, h5p"),
        (bank(question_of("number", {"value": "5"}), wait_minutes=-1), "wait_minutes = ", "between 0 and"),
        (bank(question_of("number", {"value": "5"}, format="word")), "format = ", "one of: plain, html"),
        (bank(question_of("number", {"value": "5"}), questions=["two"]), "questions = ", "no question “two”"),
        (TWO_QUIZZES.replace('["count-2"]', '["count-1", "count-2"]'), "[[quiz]]", "No question is left"),
        (
            BANK.replace('key = "final"', 'key = "final"\nquestions = ["count-1"]'),
            'key = "count-2"',
            "No quiz asks this question.",
        ),
    ],
)
def test_a_fault_is_told_with_the_line_it_stands_on(text: str, line: str, sentence: str, tmp_path: Path) -> None:
    files = {"quiz.toml": text, "lessons/03-practice.md": PRACTICE} if "practice" in text else {"quiz.toml": text}
    with override("en"), pytest.raises(PackError) as told:
        read_pack(write_pack_files(tmp_path, files))
    stands = [number for number, one in enumerate(text.split("\n"), 1) if one.startswith(line)]
    assert (told.value.file, sentence in told.value.sentence) == ("quiz.toml", True)
    assert told.value.line in {*stands, *(number + 1 for number in stands)}  # of a table, the line of its key
