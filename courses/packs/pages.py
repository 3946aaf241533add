"""A course in the page tree to a Pack: what `write_course_pack` writes, and what loading compares with."""

import re
from typing import Any

from cms.models import AcademyImage
from courses.catalog.models import CoursePage, LessonPage
from courses.packs.lesson_text import text_from_blocks
from courses.packs.lessons import MEDIA, Block
from courses.packs.pack import Pack, PackLesson, PackQuestion, PackQuiz, said
from courses.quizzes.models import Question, Quiz

# What a quiz of the bank and one of a pack call the same.
SAME = (
    "title",
    "description",
    "pass_mark",
    "random_order",
    "shuffle_choices",
    "attempts_allowed",
    "grading",
    "layout",
    "navigation",
    "wait_minutes",
)
_SEPARATOR = "--"
_PATH = re.compile(r"^[\w\u0e00-\u0e7f-][\w\u0e00-\u0e7f.-]*(?:/[\w\u0e00-\u0e7f-][\w\u0e00-\u0e7f.-]*)*$")


def bank_uid(course: str, key: str) -> str:
    """The identifier in the question bank of what a pack calls `key`."""
    return f"{course}{_SEPARATOR}{key}"


def pack_key(course: str, uid: str) -> str:
    """The reverse; something that was not made by this pack keeps its identifier."""
    return uid.removeprefix(f"{course}{_SEPARATOR}")


class _Files:
    """Collects the files that the pages of a course use, named as the pack names them."""

    def __init__(self, course: str) -> None:
        self.course = course
        self.content: dict[str, bytes] = {}
        self.owners: dict[str, int] = {}

    def image(self, image: AcademyImage) -> str:
        course, _, inside = image.pack_path.partition("/")
        name = inside if course == self.course and inside else f"images/{image.pk}-{image.filename}"
        return self._keep(name, image.file)

    def document(self, document: Any) -> str:
        """By its title when that can be a path, and no other document of the course has the same."""
        name = f"files/{document.title}"
        if _PATH.match(document.title) and self.owners.setdefault(name, document.pk) == document.pk:
            return self._keep(name, document.file)
        return self._keep(f"files/{document.pk}-{document.filename}", document.file)

    def _keep(self, name: str, file: Any) -> str:
        if name not in self.content:
            with file.open("rb") as opened:
                self.content[name] = opened.read()
        return name


def pack_of(course: CoursePage) -> Pack:
    """The pack that would make this course as it is published now."""
    files = _Files(course.slug)
    lessons = LessonPage.objects.child_of(course).live().order_by("path")
    packed = tuple(_lesson(lesson, course.slug, files) for lesson in lessons)
    quizzes = list(Quiz.objects.filter(lessons__in=[lesson.pk for lesson in lessons]).distinct())
    asked = Question.objects.filter(quizzes__in=quizzes).distinct()
    questions = asked.select_related("category").prefetch_related("tags")
    return Pack(
        slug=course.slug,
        title=course.title,
        title_en=course.title_en,
        summary=course.summary,
        topic=course.topic,
        audience=tuple(item.audience for item in course.audiences.all()),
        level=course.level,
        hours=course.hours,
        prerequisites=tuple(item.requires.slug for item in course.prerequisites.all()),
        certificate_design=course.certificate_design.slug if course.certificate_design else "",
        law_version=course.law_version,
        cover=files.image(course.cover) if course.cover else "",
        cover_alt=course.cover_alt,
        outcomes=tuple(str(block.value) for block in course.outcomes),
        sources=tuple(str(block.value) for block in course.sources),
        pass_rule=course.pass_rule,
        enrollment_opens_on=course.enrollment_opens_on,
        enrollment_closes_on=course.enrollment_closes_on,
        lessons=packed,
        quizzes=tuple(sorted((_quiz(quiz, course.slug) for quiz in quizzes), key=lambda quiz: quiz.key)),
        questions=tuple(sorted((_question(item, course.slug) for item in questions), key=lambda item: item.key)),
        files=files.content,
    )


def _lesson(lesson: LessonPage, course: str, files: _Files) -> PackLesson:
    blocks = [_block(child.block_type, child.value, course, files) for child in lesson.body]
    return PackLesson(
        slug=lesson.slug,
        title=lesson.title,
        summary=lesson.summary,
        minutes=lesson.minutes,
        text=text_from_blocks(blocks),
        needs_workshop=lesson.needs_workshop,
        topics=tuple(sorted(topic.category for topic in lesson.topics.all())),
        blocks=blocks,
    )


def _block(kind: str, value: Any, course: str, files: _Files) -> Block:
    match kind:
        case "text":
            return kind, value.source
        case "image":
            return kind, {"path": files.image(value["image"]), "alt": value["alt"], "caption": value["caption"]}
        case "callout":
            return kind, {"kind": value["kind"], "title": value["title"], "text": value["text"].source}
        case "table":
            return kind, {"caption": value["caption"], **_table(value["table"] or {})}
        case "steps":
            steps = [{"title": step["title"], "text": step["text"]} for step in value["steps"]]
            return kind, {"title": value["title"], "steps": steps}
        case "example":
            content = [_block(child.block_type, child.value, course, files) for child in value["content"]]
            return kind, {"title": value["title"], "content": content}
        case "check":
            choices = [{name: choice[name] for name in ("text", "correct", "feedback")} for choice in value["choices"]]
            return kind, {"question": value["question"], "choices": choices}
        case "quiz":
            return kind, {"key": pack_key(course, value["quiz"].uid)}
    named = {name: files.document(value[name]) for name in MEDIA[kind]}
    transcript = {"transcript": value["transcript"].source} if "transcript" in value else {}
    return kind, {"title": value["title"], **named, **transcript}


def _table(table: dict[str, Any]) -> dict[str, Any]:
    classes = {(cell["row"], cell["col"]): (cell.get("className") or "") for cell in table.get("cell") or []}
    data = [[text or "" for text in row] for row in table.get("data") or []]
    return {
        "data": data,
        "right": sorted({column for (row, column), names in classes.items() if row == 0 and "htRight" in names}),
        "totals": sorted({row for (row, _), names in classes.items() if "total-line" in names}),
    }


def _quiz(quiz: Quiz, course: str) -> PackQuiz:
    uids = quiz.questions.values_list("uid", flat=True)
    return PackQuiz(
        key=pack_key(course, quiz.uid),
        max_questions=quiz.max_questions or 0,
        time_limit_minutes=quiz.time_limit_minutes,
        success_text=quiz.success_text,
        fail_text=quiz.fail_text,
        questions=tuple(sorted(pack_key(course, uid) for uid in uids)),
        **{name: getattr(quiz, name) for name in SAME},
    )


def _question(question: Question, course: str) -> PackQuestion:
    return PackQuestion(
        key=pack_key(course, question.uid),
        kind=question.kind,
        category=question.category.category,
        difficulty=question.difficulty,
        content=question.content,
        explanation=question.explanation,
        source=question.source,
        body=said(question.kind, question.body),
        format=question.format,
        tags=tuple(sorted(tag.name for tag in question.tags.all())),
    )
