"""A Pack to a folder, always the same bytes for the same pack."""

import json
from pathlib import Path
from typing import Any

import tomli_w

from courses.packs.pack import Pack, PackQuestion, PackQuiz
from courses.quizzes.choices import Format, Grading, Layout, Navigation

# Keys that stand in a quiz only where they say something else.
OPTIONAL: dict[str, Any] = {
    "grading": Grading.ACADEMY.value,
    "layout": Layout.ALL.value,
    "navigation": Navigation.FREE.value,
    "wait_minutes": 0,
}


def pack_files(pack: Pack) -> dict[str, bytes]:
    """Every file of a pack by its path."""
    files = dict(pack.files)
    files["course.toml"] = _toml(_course(pack))
    if pack.quizzes or pack.questions:
        files["quiz.toml"] = _toml(_bank(pack))
    for number, lesson in enumerate(pack.lessons, 1):
        head: dict[str, Any] = {"title": lesson.title, "summary": lesson.summary, "minutes": lesson.minutes}
        if lesson.needs_workshop:
            head["needs_workshop"] = True
        if lesson.topics:
            head["topics"] = list(lesson.topics)
        text = f"+++\n{tomli_w.dumps(head)}+++\n\n{lesson.text}\n"
        files[f"lessons/{number:02d}-{lesson.slug}.md"] = text.encode()
    return files


def write_pack(pack: Pack, folder: Path) -> None:
    """Write a pack; files of an earlier write that no longer belong to it are removed."""
    files = pack_files(pack)
    earlier = [path for part in ("lessons", "images", "files") for path in (folder / part).rglob("*")]
    for path in [*earlier, folder / "quiz.toml"]:
        if path.is_file() and path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, content in sorted(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _toml(values: dict[str, Any]) -> bytes:
    return tomli_w.dumps(values).encode()


def _course(pack: Pack) -> dict[str, Any]:
    values: dict[str, Any] = {
        "format": 1,
        "slug": pack.slug,
        "title": pack.title,
        "title_en": pack.title_en,
        "summary": pack.summary,
        "topic": pack.topic,
        "audience": list(pack.audience),
        "level": pack.level,
        "hours": float(pack.hours),
        "prerequisites": list(pack.prerequisites),
        "certificate_design": pack.certificate_design,
        "law_version": pack.law_version,
        "cover": pack.cover,
        "cover_alt": pack.cover_alt,
        "outcomes": list(pack.outcomes),
        "sources": list(pack.sources),
    }
    if pack.enrollment_opens_on:
        values["enrollment_opens_on"] = pack.enrollment_opens_on
    if pack.enrollment_closes_on:
        values["enrollment_closes_on"] = pack.enrollment_closes_on
    values["pass_rule"] = {"lessons": pack.pass_rule}
    return values


def _bank(pack: Pack) -> dict[str, Any]:
    return {
        "format": 1,
        "quiz": [_quiz(quiz, is_named) for quiz, is_named in zip(pack.quizzes, _named(pack), strict=True)],
        "question": [_question(question) for question in pack.questions],
    }


def _named(pack: Pack) -> list[bool]:
    """Of each quiz, whether it names its questions; one that asks all that the others leave need not."""
    largest = max((quiz.questions for quiz in pack.quizzes), key=len, default=())
    others = {key for quiz in pack.quizzes if quiz.questions != largest for key in quiz.questions}
    is_rest = set(largest) == {question.key for question in pack.questions} - others
    return [not is_rest or quiz.questions != largest for quiz in pack.quizzes]


def _quiz(quiz: PackQuiz, is_named: bool) -> dict[str, Any]:
    values = {
        name: value for name, value in vars(quiz).items() if name != "questions" and value != OPTIONAL.get(name, ...)
    }
    return {**values, "questions": list(quiz.questions)} if is_named else values


def _question(question: PackQuestion) -> dict[str, Any]:
    values: dict[str, Any] = {
        "key": question.key,
        "kind": question.kind,
        "category": question.category,
        "difficulty": question.difficulty,
        "content": question.content,
        "explanation": question.explanation,
    }
    if question.source:
        values["source"] = question.source
    if question.format != Format.PLAIN:
        values["format"] = question.format
    if question.tags:
        values["tags"] = list(question.tags)
    if "correct" in question.body:
        values["correct"] = question.body["correct"]
    if "choices" in question.body:
        values["choice"] = [
            {key: value for key, value in choice.items() if key != "feedback" or value}
            for choice in question.body["choices"]
        ]
    body = {key: value for key, value in question.body.items() if key not in ("correct", "choices")}
    if "h5p" in body:  # JSON has a word for nothing, TOML has none
        body["h5p"] = json.dumps(body["h5p"], ensure_ascii=False, sort_keys=True)
    return {**values, "body": body} if body else values
