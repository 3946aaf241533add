"""quiz.toml: the quizzes of a pack and the questions they draw from."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from courses.packs.errors import PackError
from courses.packs.pack import PackQuestion, PackQuiz, said
from courses.packs.toml import Table, parsed, text_of
from courses.quizzes.choices import Difficulty, Format, Grading, Layout, Navigation
from courses.quizzes.kinds import kind_of, kinds

NAME = "quiz.toml"
LONGEST_TEXT = 20_000  # characters of a question or an explanation, as in the bank
LONGEST_WAIT = 60 * 24 * 30  # minutes
LONGEST_KEY = 58  # with the slug of the course and two hyphens: the 120 characters of the bank's identifier


def read_bank(folder: Path) -> tuple[tuple[PackQuestion, ...], tuple[PackQuiz, ...]]:
    """Questions and quizzes, sorted by key. Raises PackError."""
    if not (folder / NAME).exists():
        return (), ()
    text = text_of(folder / NAME, NAME)
    bank = Table(NAME, text, parsed(text, NAME))
    bank.known_format()
    quizzes = _tables(bank, text, "quiz")
    questions = _tables(bank, text, "question")
    bank.nothing_else()
    read_quizzes = [_read_quiz(table) for table in quizzes]
    read_questions = [_read_question(table) for table in questions]
    _once("quiz", [(quiz.key, table) for quiz, table in zip(read_quizzes, quizzes, strict=True)])
    _once("question", [(item.key, table) for item, table in zip(read_questions, questions, strict=True)])
    if quizzes and not questions:
        raise PackError(NAME, 1, "There is a quiz and no question. Add [[question]].")
    if questions and not quizzes:
        raise PackError(NAME, 1, "There are questions and no quiz. Add [[quiz]].")
    drawing = _drawing(list(zip(read_quizzes, quizzes, strict=True)), list(zip(read_questions, questions, strict=True)))
    return (
        tuple(sorted(read_questions, key=lambda question: question.key)),
        tuple(sorted(drawing, key=lambda quiz: quiz.key)),
    )


def _drawing(quizzes: list[tuple[PackQuiz, Table]], questions: list[tuple[PackQuestion, Table]]) -> list[PackQuiz]:
    """The quizzes with all they draw from: what they name, else every question that no other quiz names."""
    known = {question.key for question, _table in questions}
    named = {key for quiz, _table in quizzes for key in quiz.questions}
    rest = tuple(sorted(known - named))
    for quiz, table in quizzes:
        for key in quiz.questions:
            if key not in known:
                raise table.error("questions", f"There is no question “{key}”. Correct the key or write the question.")
        if not quiz.questions and not rest:
            raise table.error("key", "No question is left for this quiz. Name some: questions = […].")
    if all(quiz.questions for quiz, _table in quizzes):
        for question, table in questions:
            if question.key in rest:
                raise table.error("key", "No quiz asks this question. Name it in the questions of one, or remove it.")
    return [quiz if quiz.questions else replace(quiz, questions=rest) for quiz, _table in quizzes]


def _tables(bank: Table, text: str, name: str) -> list[Table]:
    values = bank.get(name, list, [])
    starts = [number for number, line in enumerate(text.split("\n"), 1) if line.strip() == f"[[{name}]]"]
    if len(starts) != len(values):
        raise bank.error(name, f"Write each {name} as a table of its own that begins with [[{name}]].")
    ends = [*[start - 1 for start in starts[1:]], None]
    return [Table(NAME, text, value, start, end) for value, start, end in zip(values, starts, ends, strict=False)]


def _once(kind: str, keys: list[tuple[str, Table]]) -> None:
    seen: set[str] = set()
    for key, table in keys:
        if key in seen:
            raise table.error("key", f"Two of [[{kind}]] have the key “{key}”. Change one.")
        seen.add(key)


def _read_quiz(table: Table) -> PackQuiz:
    quiz = PackQuiz(
        key=table.slug("key", longest=LONGEST_KEY),
        title=table.text("title", longest=200),
        description=table.text("description", ""),
        pass_mark=table.number("pass_mark", 1, 100, 70),
        max_questions=table.number("max_questions", 0, 500, 0),
        random_order=table.get("random_order", bool, True),
        shuffle_choices=table.get("shuffle_choices", bool, True),
        attempts_allowed=table.number("attempts_allowed", 0, 100, 0),
        time_limit_minutes=table.number("time_limit_minutes", 0, 600, 0),
        success_text=table.text("success_text", ""),
        fail_text=table.text("fail_text", ""),
        grading=table.one_of("grading", Grading.values, Grading.ACADEMY.value),
        layout=table.one_of("layout", Layout.values, Layout.ALL.value),
        navigation=table.one_of("navigation", Navigation.values, Navigation.FREE.value),
        wait_minutes=table.number("wait_minutes", 0, LONGEST_WAIT, 0),
        questions=tuple(sorted(set(table.texts("questions", [])))),
    )
    table.nothing_else()
    return quiz


def _read_question(table: Table) -> PackQuestion:
    kind = table.one_of("kind", list(kinds()))
    try:
        body = said(kind, kind_of(kind).clean_body(_read_body(table)))
    except ValidationError as error:
        raise table.error("body" if "body" in table.values else "key", " ".join(error.messages)) from None
    question = PackQuestion(
        key=table.slug("key", longest=LONGEST_KEY),
        kind=kind,
        category=table.text("category", longest=250),
        difficulty=table.one_of("difficulty", Difficulty.values, Difficulty.MEDIUM.value),
        content=table.text("content", longest=LONGEST_TEXT),
        explanation=table.text("explanation", "", longest=LONGEST_TEXT),
        source=table.text("source", "", longest=300),
        body=body,
        format=table.one_of("format", Format.values, Format.PLAIN.value),
        tags=tuple(sorted(set(table.texts("tags", [], longest=100)))),
    )
    table.nothing_else()
    return question


def _read_body(table: Table) -> dict[str, Any]:
    """What the kind needs: [question.body], or `choice` and `correct` for choices and statements."""
    body: dict[str, Any] = dict(table.get("body", dict, {}))
    if "h5p" in body:
        try:
            body["h5p"] = json.loads(body["h5p"])
        except (TypeError, ValueError):
            raise table.error("h5p", "“h5p” is what was read from an H5P file, as JSON. Leave it as it was.") from None
    if "correct" in table.values:
        body["correct"] = table.get("correct", bool)
    if "choice" in table.values:
        body["choices"] = table.get("choice", list)
    for choice in table.values.get("choice", []):
        _check_choice(table, choice)
    return body


def _check_choice(table: Table, choice: Any) -> None:
    if not isinstance(choice, dict):
        raise table.error("choice", "A choice is written { text = “…”, correct = true }.")
    for key, value in choice.items():
        kind = {"text": str, "feedback": str, "correct": bool}.get(key)
        if kind is None:
            raise table.error("choice", f"“{key}” is not known in a choice. Use text, correct, feedback.")
        if not isinstance(value, kind):
            raise table.error("choice", f"“{key}” of a choice should be {kind.__name__}; it is {value!r}.")
