"""A folder to a Pack. Every fault names its file, its line and what to do; no database is asked but for links."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from django.conf import settings
from willow.image import Image
from willow.svg import WillowSvgException

from courses.catalog.choices import Audience, Level, PassRule, Topic
from courses.packs.bank import read_bank
from courses.packs.errors import PackError
from courses.packs.lesson_text import text_from_blocks
from courses.packs.lessons import Block, blocks_from_text
from courses.packs.pack import Pack, PackLesson, files_in
from courses.packs.toml import Table, parsed, table_of, text_of

LARGEST_FILE = 50 * 1024 * 1024
LONGEST_SLUG = 60
LONGEST_NAME = 120
BROKEN_PICTURE = (WillowSvgException, SyntaxError, ValueError, OSError)  # of SVG, XML and Pillow
_LESSON_NAME = re.compile(r"^\d\d-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.md$")


def read_pack(folder: Path) -> Pack:
    """The pack in a folder; files that nothing shows are left aside. Raises PackError."""
    folder = Path(folder)
    if not folder.is_dir():
        raise PackError(folder, 1, "There is no such folder. Give the folder that holds course.toml.")
    course = table_of(folder / "course.toml", "course.toml")
    found = _files(folder)
    lessons = _read_lessons(folder, found)
    questions, quizzes = read_bank(folder)
    _check_quizzes(folder, lessons, {quiz.key for quiz in quizzes})
    slug = course.slug("slug", longest=LONGEST_SLUG)
    course.known_format()
    rule = course.get("pass_rule", dict, {"lessons": "all"})
    if rule.get("lessons") not in PassRule.values or set(rule) != {"lessons"}:
        raise course.error("pass_rule", f"[pass_rule] holds lessons = one of: {', '.join(PassRule.values)}.")
    audience = course.texts("audience")
    for place, value in enumerate(audience):
        if value not in Audience.values:
            raise course.error("audience", f"{value!r} is no audience; use: {', '.join(Audience.values)}.")
        if value in audience[:place]:
            raise course.error("audience", f"{value!r} stands there twice. Remove one.")
    cover = course.text("cover", "")
    if cover and cover not in found:
        raise course.error("cover", f"There is no file {cover}. Put it into the pack or correct the path.")
    prerequisites = course.texts("prerequisites", [])
    if slug in prerequisites:
        raise course.error("prerequisites", "A course cannot be taken before itself. Remove it here.")
    opens, closes = course.get("enrollment_opens_on", date, None), course.get("enrollment_closes_on", date, None)
    if opens and closes and closes < opens:
        raise course.error("enrollment_closes_on", "Enrollment closes before it opens. Correct one of the two days.")
    shown = {name for lesson in lessons for name in files_in(lesson.blocks)} | ({cover} if cover else set())
    pack = Pack(
        slug=slug,
        title=course.text("title", longest=255),
        title_en=course.text("title_en", "", longest=200),
        summary=course.text("summary", longest=300),
        topic=course.one_of("topic", Topic.values),
        audience=audience,
        level=course.one_of("level", Level.values, Level.BASIC.value),
        hours=_hours(course),
        prerequisites=prerequisites,
        certificate_design=course.text("certificate_design", ""),
        law_version=course.text("law_version", "", longest=200),
        cover=cover,
        cover_alt=course.text("cover_alt", "", longest=300),
        outcomes=course.texts("outcomes", [], longest=300),
        sources=course.texts("sources", [], longest=400),
        pass_rule=rule["lessons"],
        enrollment_opens_on=opens,
        enrollment_closes_on=closes,
        lessons=lessons,
        quizzes=quizzes,
        questions=questions,
        files={name: _content(folder / name, name) for name in sorted(shown)},
    )
    course.nothing_else()
    return pack


def _hours(course: Table) -> Decimal:
    hours = course.get("hours", (int, float))
    if not 0.1 <= hours < 1000:  # neither nan nor inf is
        raise course.error("hours", "“hours” is a number of training hours above 0, for example 3.0.")
    return Decimal(str(hours)).quantize(Decimal("0.1"))


def _files(folder: Path) -> set[str]:
    """What images/ and files/ hold."""
    found: set[str] = set()
    for part in ("images", "files"):
        for path in sorted([folder / part, *(folder / part).rglob("*")]):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                raise PackError(name, 1, "A link to another place is not allowed. Put the file itself here.")
            if path.is_file():
                found.add(name)
    return found


def _content(path: Path, name: str) -> bytes:
    """The bytes of a file that is shown."""
    if len(name) > LONGEST_NAME:
        raise PackError(name, 1, f"This path is longer than {LONGEST_NAME} characters. Give the file a shorter name.")
    if path.stat().st_size > LARGEST_FILE:
        raise PackError(name, 1, "This file is larger than 50 MB. Make it smaller.")
    content = path.read_bytes()
    if name.startswith("images/"):
        kinds = settings.WAGTAILIMAGES_EXTENSIONS
        if path.suffix.lower().removeprefix(".") not in kinds:
            raise PackError(name, 1, f"This is no picture. Use one of: {', '.join(kinds)}.")
        try:
            Image.open(BytesIO(content)).get_size()
        except BROKEN_PICTURE:
            raise PackError(name, 1, "This picture cannot be read. Save it again.") from None
    return content


def _lesson_files(folder: Path) -> list[Path]:
    return sorted((folder / "lessons").glob("*"))


def _read_lessons(folder: Path, files: set[str]) -> tuple[PackLesson, ...]:
    lessons: list[PackLesson] = []
    for path in _lesson_files(folder):
        name = f"lessons/{path.name}"
        match = _LESSON_NAME.match(path.name)
        if not match:
            raise PackError(name, 1, "Name a lesson with two digits, a hyphen and Latin letters: 01-cash-count.md.")
        if len(match["slug"]) > LONGEST_SLUG:
            raise PackError(name, 1, f"This name is longer than {LONGEST_SLUG} letters. Shorten it.")
        lesson = _read_lesson(path, name, match["slug"])
        if lesson.slug in {other.slug for other in lessons}:
            raise PackError(name, 1, f"Two lessons are called “{lesson.slug}”. Rename one.")
        for file in files_in(lesson.blocks):
            if file not in files:
                sentence = f"There is no file {file}. Put it into the pack or correct the path."
                raise PackError(name, _line_with(file, path), sentence)
            if file.startswith("images/") != (file in _pictures(lesson.blocks)):
                sentence = f"{file} stands in the wrong folder. Pictures are in images/, everything else in files/."
                raise PackError(name, _line_with(file, path), sentence)
        lessons.append(lesson)
    if not lessons:
        raise PackError("lessons", 1, "There is no lesson. Write lessons/01-….md.")
    return tuple(lessons)


def _pictures(blocks: list[Block]) -> set[str]:
    inside = [block for kind, value in blocks if kind == "example" for block in value["content"]]
    return {value["path"] for kind, value in [*blocks, *inside] if kind == "image"}


def _line_with(text: str, path: Path) -> int:
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def _read_lesson(path: Path, name: str, slug: str) -> PackLesson:
    text = text_of(path, name)
    lines = text.split("\n")
    if lines[0].strip() != "+++" or "+++" not in [line.strip() for line in lines[1:]]:
        raise PackError(name, 1, "A lesson begins with +++, its title and minutes, and +++ again.")
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == "+++")
    head = Table(name, text, parsed("\n".join(lines[1:end]), name, first=2), first=2, last=end)
    blocks = blocks_from_text("\n".join(lines[end + 1 :]), file=name, first=end + 2)
    lesson = PackLesson(
        slug=slug,
        title=head.text("title", longest=255),
        summary=head.text("summary", "", longest=300),
        minutes=head.number("minutes", 1, 600),
        text=text_from_blocks(blocks),
        needs_workshop=head.get("needs_workshop", bool, False),
        topics=tuple(sorted(set(head.texts("topics", [], longest=250)))),
        blocks=blocks,
    )
    if lesson.needs_workshop and any(kind == "quiz" for kind, _ in blocks):
        raise head.error("needs_workshop", "A lesson holds a quiz or is completed by a workshop, not both. Remove one.")
    head.nothing_else()
    return lesson


def _check_quizzes(folder: Path, lessons: tuple[PackLesson, ...], known: set[str]) -> None:
    used: set[str] = set()
    for path, lesson in zip(_lesson_files(folder), lessons, strict=True):
        keys = [value["key"] for kind, value in lesson.blocks if kind == "quiz"]
        name = f"lessons/{path.name}"
        for key in keys:
            line = _line_with(f"quiz {key}", path)
            if key not in known:
                raise PackError(name, line, f"quiz.toml has no quiz with the key “{key}”.")
            if key != keys[0] or len(keys) != len(set(keys)):
                raise PackError(name, line, "A lesson holds one quiz. Move this one to another lesson.")
        used |= set(keys)
    for key in sorted(known - used):
        line = _line_with(f'"{key}"', folder / "quiz.toml")
        raise PackError("quiz.toml", line, f"No lesson holds this quiz. Write ::: quiz {key} in one, or remove it.")
