"""A folder to a Pack. Every fault names its file, its line and what to do; no database is asked but for links."""

import re
import tomllib
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from courses.catalog.choices import Audience, Level, PassRule, Topic
from courses.packs.errors import PackError
from courses.packs.lessons import Block, blocks_from_text, text_from_blocks
from courses.packs.pack import Pack, PackLesson, PackQuestion, PackQuiz, said
from courses.quizzes.choices import Difficulty
from courses.quizzes.kinds import kind_of, kinds

FORMAT = 1
LARGEST_FILE = 50 * 1024 * 1024
_LESSON_NAME = re.compile(r"^\d\d-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.md$")
_SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_TOML_LINE = re.compile(r"line (\d+)")


class _Table:
    """A TOML table whose faults know their line."""

    def __init__(self, file: str, text: str, values: dict[str, Any], first: int = 1, last: int | None = None) -> None:
        self.file, self.values, self.first = file, values, first
        self.lines = text.split("\n")[first - 1 : last]
        self.asked: set[str] = set()

    def line_of(self, key: str) -> int:
        for number, line in enumerate(self.lines, self.first):
            if re.match(rf"\s*{re.escape(key)}\s*=", line) or line.strip() == f"[{key}]":
                return number
        return self.first

    def error(self, key: str, sentence: str) -> PackError:
        return PackError(self.file, self.line_of(key), sentence)

    def get(self, key: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        self.asked.add(key)
        if key not in self.values:
            if default is ...:
                raise PackError(self.file, self.first, f"“{key}” is missing. Add a line: {key} = …")
            return default
        value = self.values[key]
        wanted = kind if isinstance(kind, tuple) else (kind,)
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            raise self.error(key, f"“{key}” should be {' or '.join(k.__name__ for k in wanted)}; it is {value!r}.")
        return value

    def text(self, key: str, default: Any = ..., *, longest: int | None = None) -> str:
        value = self.get(key, str, default).strip()
        if default is ... and not value:
            raise self.error(key, f"“{key}” is empty. Write something.")
        if longest and len(value) > longest:
            raise self.error(key, f"“{key}” has {len(value)} characters; {longest} are allowed. Shorten it.")
        return value

    def one_of(self, key: str, values: list[str], default: Any = ...) -> str:
        value = self.text(key, default)
        if value not in values:
            raise self.error(key, f"“{key}” is {value!r}; it should be one of: {', '.join(values)}.")
        return value

    def number(self, key: str, low: int, high: int, default: Any = ...) -> int:
        value = self.get(key, int, default)
        if not low <= value <= high:
            raise self.error(key, f"“{key}” is {value}; it should be between {low} and {high}.")
        return value

    def texts(self, key: str, default: Any = ...) -> tuple[str, ...]:
        value = self.get(key, list, default)
        if not all(isinstance(item, str) and item.strip() for item in value):
            raise self.error(key, f"“{key}” should be a list of texts, none of them empty.")
        return tuple(item.strip() for item in value)

    def nothing_else(self) -> None:
        for key in self.values.keys() - self.asked:
            raise self.error(key, f"“{key}” is not known here. Check its spelling or remove it.")


def read_pack(folder: Path) -> Pack:
    """The pack in a folder. Raises PackError."""
    folder = Path(folder)
    if not folder.is_dir():
        raise PackError(folder, 1, "There is no such folder. Give the folder that holds course.toml.")
    course = _toml(folder / "course.toml", "course.toml")
    files = _files(folder)
    questions, quizzes = _read_bank(folder)
    lessons = _read_lessons(folder, files, {quiz.key for quiz in quizzes})
    slug = course.text("slug")
    if not _SLUG.match(slug):
        raise course.error("slug", "“slug” has small Latin letters, digits and hyphens only.")
    _format(course)
    rule = course.get("pass_rule", dict, {"lessons": "all"})
    if rule.get("lessons") not in PassRule.values or set(rule) != {"lessons"}:
        raise course.error("pass_rule", f"[pass_rule] holds lessons = one of: {', '.join(PassRule.values)}.")
    audience = course.texts("audience")
    for value in audience:
        if value not in Audience.values:
            raise course.error("audience", f"{value!r} is no audience; use: {', '.join(Audience.values)}.")
    cover = course.text("cover", "")
    if cover and cover not in files:
        raise course.error("cover", f"There is no file {cover}. Put it into the pack or correct the path.")
    pack = Pack(
        slug=slug,
        title=course.text("title", longest=255),
        title_en=course.text("title_en", "", longest=200),
        summary=course.text("summary", longest=300),
        topic=course.one_of("topic", Topic.values),
        audience=audience,
        level=course.one_of("level", Level.values, Level.BASIC.value),
        hours=_hours(course),
        prerequisites=course.texts("prerequisites", []),
        certificate_design=course.text("certificate_design", ""),
        law_version=course.text("law_version", "", longest=200),
        cover=cover,
        cover_alt=course.text("cover_alt", "", longest=300),
        outcomes=course.texts("outcomes", []),
        sources=course.texts("sources", []),
        pass_rule=rule["lessons"],
        enrollment_opens_on=course.get("enrollment_opens_on", date, None),
        enrollment_closes_on=course.get("enrollment_closes_on", date, None),
        lessons=lessons,
        quizzes=quizzes,
        questions=questions,
        files=files,
    )
    course.nothing_else()
    return pack


def _toml(path: Path, name: str) -> _Table:
    text = _text(path, name)
    return _Table(name, text, _parsed(text, name))


def _text(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        raise PackError(name, 1, "This file is missing. Make it; the format is described in docs/authors.md.") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise PackError(name, line, "This line is not UTF-8. Save the file as UTF-8.") from None


def _parsed(text: str, name: str, first: int = 1) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise PackError(
            name, line + first - 1, f"This is not TOML: {error}. Check quotation marks and brackets."
        ) from None


def _format(table: _Table) -> None:
    if table.get("format", int) != FORMAT:
        raise table.error("format", f"This reader knows format = {FORMAT}.")


def _hours(course: _Table) -> Decimal:
    try:
        hours = Decimal(str(course.get("hours", (int, float)))).quantize(Decimal("0.1"))
    except InvalidOperation:
        hours = Decimal(0)
    if not 0 < hours < 1000:
        raise course.error("hours", "“hours” is a number of training hours above 0, for example 3.0.")
    return hours


def _files(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for part in ("images", "files"):
        for path in sorted((folder / part).rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                raise PackError(name, 1, "A link to another place is not allowed. Put the file itself here.")
            if path.is_file():
                if path.stat().st_size > LARGEST_FILE:
                    raise PackError(name, 1, "This file is larger than 50 MB. Make it smaller.")
                found[name] = path.read_bytes()
    return found


def _read_lessons(folder: Path, files: dict[str, bytes], quizzes: set[str]) -> tuple[PackLesson, ...]:
    lessons: list[PackLesson] = []
    for path in sorted((folder / "lessons").glob("*")):
        name = f"lessons/{path.name}"
        match = _LESSON_NAME.match(path.name)
        if not match:
            raise PackError(name, 1, "Name a lesson with two digits, a hyphen and Latin letters: 01-cash-count.md.")
        lesson = _read_lesson(path, name, match["slug"])
        if lesson.slug in {other.slug for other in lessons}:
            raise PackError(name, 1, f"Two lessons are called “{lesson.slug}”. Rename one.")
        _check_references(lesson.blocks, name, path, files, quizzes)
        lessons.append(lesson)
    if not lessons:
        raise PackError("lessons", 1, "There is no lesson. Write lessons/01-….md.")
    return tuple(lessons)


def _read_lesson(path: Path, name: str, slug: str) -> PackLesson:
    text = _text(path, name)
    lines = text.split("\n")
    if lines[0].strip() != "+++" or "+++" not in [line.strip() for line in lines[1:]]:
        raise PackError(name, 1, "A lesson begins with +++, its title and minutes, and +++ again.")
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == "+++")
    head = _Table(name, text, _parsed("\n".join(lines[1:end]), name, first=2), first=2, last=end)
    blocks = blocks_from_text("\n".join(lines[end + 1 :]), file=name, first=end + 2)
    lesson = PackLesson(
        slug=slug,
        title=head.text("title", longest=255),
        summary=head.text("summary", "", longest=300),
        minutes=head.number("minutes", 1, 600),
        text=text_from_blocks(blocks),
        blocks=blocks,
    )
    head.nothing_else()
    return lesson


def _check_references(blocks: list[Block], name: str, path: Path, files: dict[str, bytes], quizzes: set[str]) -> None:
    lines = path.read_text(encoding="utf-8-sig").split("\n")

    def line_with(text: str) -> int:
        return next((number for number, line in enumerate(lines, 1) if text in line), 1)

    for kind, value in blocks:
        if kind == "example":
            _check_references(value["content"], name, path, files, quizzes)
        named = (
            [value["path"]]
            if kind == "image"
            else [
                value[k]
                for k in ("video", "captions", "audio", "document")
                if kind in ("video", "audio", "document") and k in value
            ]
        )
        for file in named:
            if file not in files:
                raise PackError(
                    name, line_with(file), f"There is no file {file}. Put it into the pack or correct the path."
                )
        if kind == "quiz" and value["key"] not in quizzes:
            raise PackError(name, line_with("::: quiz"), f"quiz.toml has no quiz with the key “{value['key']}”.")


def _read_bank(folder: Path) -> tuple[tuple[PackQuestion, ...], tuple[PackQuiz, ...]]:
    if not (folder / "quiz.toml").exists():
        return (), ()
    name = "quiz.toml"
    text = _text(folder / name, name)
    bank = _Table(name, text, _parsed(text, name))
    _format(bank)
    quizzes = [_read_quiz(table) for table in _tables(bank, text, "quiz")]
    questions = [_read_question(table) for table in _tables(bank, text, "question")]
    bank.nothing_else()
    for kind, keys, table in (
        ("quiz", [q.key for q in quizzes], "quiz"),
        ("question", [q.key for q in questions], "question"),
    ):
        for index, key in enumerate(keys):
            if key in keys[:index]:
                raise PackError(
                    name, _starts(text, table)[index], f"Two of [[{kind}]] have the key “{key}”. Change one."
                )
    if quizzes and not questions:
        raise PackError(name, 1, "There is a quiz and no question. Add [[question]].")
    return tuple(sorted(questions, key=lambda question: question.key)), tuple(
        sorted(quizzes, key=lambda quiz: quiz.key)
    )


def _starts(text: str, name: str) -> list[int]:
    return [number for number, line in enumerate(text.split("\n"), 1) if line.strip() == f"[[{name}]]"]


def _tables(bank: _Table, text: str, name: str) -> list[_Table]:
    values = bank.get(name, list, [])
    starts = _starts(text, name) or [1] * len(values)
    if len(starts) != len(values):
        raise PackError(bank.file, 1, f"Write each {name} as a table of its own that begins with [[{name}]].")
    ends = [*[start - 1 for start in starts[1:]], None]
    return [_Table(bank.file, text, value, start, end) for value, start, end in zip(values, starts, ends, strict=True)]


def _key(table: _Table) -> str:
    key = table.text("key")
    if not _SLUG.match(key):
        raise table.error("key", "“key” has small Latin letters, digits and hyphens only.")
    return key


def _read_quiz(table: _Table) -> PackQuiz:
    quiz = PackQuiz(
        key=_key(table),
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
    )
    table.nothing_else()
    return quiz


def _read_question(table: _Table) -> PackQuestion:
    kind = table.one_of("kind", list(kinds()))
    body: dict[str, Any] = {}
    for key in ("correct", "choice"):
        if key in table.values:
            table.asked.add(key)
            body["choices" if key == "choice" else key] = table.values[key]
    for choice in body.get("choices", []):
        for key in choice.keys() - {"text", "correct", "feedback"}:
            raise table.error(key, f"“{key}” is not known in a choice. Use text, correct, feedback.")
    try:
        body = said(kind_of(kind).clean_body(body))
    except ValidationError as error:
        raise table.error("key", " ".join(error.messages)) from None
    question = PackQuestion(
        key=_key(table),
        kind=kind,
        category=table.text("category", longest=250),
        difficulty=table.one_of("difficulty", Difficulty.values, Difficulty.MEDIUM.value),
        content=table.text("content", longest=2000),
        explanation=table.text("explanation", "", longest=4000),
        source=table.text("source", "", longest=300),
        body=body,
    )
    table.nothing_else()
    return question
