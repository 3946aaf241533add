"""The dumpdata of django-quiz-app as it is, in any order of rows. Pure; a broken row is a fault, not the end."""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from courses.quizzes.reading.drafts import without_nul

MAX_BYTES = 200 * 1024 * 1024
# Models that only django-mcq has under the same app label, and fields by which its rows are told apart.
FOREIGN_MODELS = {"quiz.subject", "quiz.student", "quiz.takenquiz", "quiz.studentanswer", "quiz.answer"}
FOREIGN_FIELDS = {"quiz.quiz": {"name", "subject"}, "quiz.question": {"text"}}
OWN_FIELDS = {"quiz.quiz": "title", "quiz.question": "content"}
_PK = re.compile(r"[A-Za-z0-9-]{1,40}")
FIRST_YEAR, LAST_YEAR = 1970, 2200  # of a sitting; at the ends of the calendar a database stumbles
LONGEST_PROGRESS = 10_000  # letters; the app kept 1,024
_PROGRESS = re.compile(r"(.*?),(\d{1,9}),(\d{1,9}),?")


class NotThisDump(Exception):
    """The file is no dumpdata of django-quiz-app; one sentence says what it is."""


@dataclass(frozen=True)
class OldAnswer:
    pk: str
    content: str
    correct: bool


@dataclass(frozen=True)
class OldQuestion:
    """`kind` is multichoice, true_false, essay, or empty for a parent row without a child."""

    pk: str
    kind: str
    category: str | None
    sub_category: str | None
    content: str
    explanation: str
    figure: str
    quizzes: tuple[str, ...]
    answer_order: str = ""
    answers: tuple[OldAnswer, ...] = ()
    correct: bool | None = None


@dataclass(frozen=True)
class OldQuiz:
    pk: str
    title: str
    description: str
    category: str | None
    random_order: bool
    max_questions: int | None
    answers_at_end: bool
    exam_paper: bool
    single_attempt: bool
    pass_mark: int
    success_text: str
    fail_text: str
    draft: bool


@dataclass(frozen=True)
class OldSitting:
    """`user` is a pk or a username; `order` and `incorrect` are keys of questions."""

    pk: str
    user: str
    quiz: str
    order: tuple[str, ...]
    incorrect: frozenset[str]
    score: int
    is_complete: bool
    answers: dict[str, str]
    began_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class OldProgress:
    """Points and possible points of a person by the names of categories."""

    user: str
    scores: dict[str, tuple[int, int]]


@dataclass
class Dump:
    """What the file holds, by old keys; `faults` are rows, or parts of rows, that could not be read."""

    categories: dict[str, str] = field(default_factory=dict)
    sub_categories: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    quizzes: dict[str, OldQuiz] = field(default_factory=dict)
    questions: dict[str, OldQuestion] = field(default_factory=dict)
    sittings: list[OldSitting] = field(default_factory=list)
    progress: list[OldProgress] = field(default_factory=list)
    usernames: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_dump(content: bytes) -> Dump:
    """Raises NotThisDump for what is no dump, and for the dump of django-mcq."""
    dump = Dump()
    rows = list(_rows(content, dump.faults))
    _refuse_others(rows)
    by_model: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for row in rows:
        by_model.setdefault(row[0], []).append((row[1], row[2]))

    def each(model: str, read: Callable[[str, dict[str, Any]], None]) -> None:
        for pk, fields in by_model.get(model, []):
            try:
                if not _PK.fullmatch(pk):
                    raise ValueError("its key is no key")
                read(pk, fields)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                dump.faults.append(f"{model} {pk[:40]} was left out: {_why(error)}.")

    def sub_category(pk: str, fields: dict[str, Any]) -> None:
        dump.sub_categories[pk] = (_text(fields.get("sub_category")), _key(fields.get("category")))

    each("quiz.category", lambda pk, fields: dump.categories.update({pk: _text(fields.get("category"))}))
    each("quiz.subcategory", sub_category)
    each("quiz.quiz", lambda pk, fields: dump.quizzes.update({pk: _quiz(pk, fields)}))
    each("auth.user", lambda pk, fields: dump.usernames.update({pk: _text(fields["username"])}))
    children = _children(by_model, dump.faults)
    each("quiz.question", lambda pk, fields: dump.questions.update({pk: _question(pk, fields, children)}))
    each("quiz.sitting", lambda pk, fields: dump.sittings.append(_sitting(pk, fields, dump.faults)))
    each("quiz.progress", lambda pk, fields: dump.progress.append(_progress(fields)))
    return dump


def _why(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) and error.args else str(error) or "wrong form"


def _rows(content: bytes, faults: list[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    try:
        if len(content) > MAX_BYTES:
            raise NotThisDump("This file is larger than 200 MB. Dump the quiz apps alone.")
        is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = content.decode("utf-16" if is_wide else "utf-8-sig")
        rows = json.loads(text)
    except UnicodeDecodeError:
        raise NotThisDump("The letters of this file cannot be read. Dump it as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise NotThisDump(f"This is no whole JSON: line {error.lineno}, column {error.colno}.") from None
    except (RecursionError, ValueError):
        raise NotThisDump("This JSON is nested too deeply or holds numbers that are too long.") from None
    if not isinstance(rows, list):
        raise NotThisDump("This is no dumpdata: it should be a list of rows.")
    for place, row in enumerate(rows, 1):
        if isinstance(row, dict) and isinstance(row.get("model"), str) and isinstance(row.get("fields"), dict):
            yield row["model"].lower(), str(row.get("pk")), row["fields"]
        else:
            faults.append(f"Row {place} was left out: it has no model or no fields.")


def _refuse_others(rows: list[tuple[str, str, dict[str, Any]]]) -> None:
    for model, _pk, fields in rows:
        foreign = FOREIGN_FIELDS.get(model, set()) & fields.keys()
        if model in FOREIGN_MODELS or (foreign and OWN_FIELDS[model] not in fields):
            raise NotThisDump(
                f"This is a dump of django-mcq, not of django-quiz-app: {model} has another form there. "
                "Nothing was imported."
            )
    if not any(model.startswith("quiz.") for model, _pk, _fields in rows):
        raise NotThisDump("This dump holds nothing of django-quiz-app. Dump quiz, multichoice, true_false and essay.")


# --- values --------------------------------------------------------------------------------------
def _text(value: Any) -> str:
    return without_nul(value).strip() if isinstance(value, str) else "" if value is None else str(value)[:1000]


def _key(value: Any) -> str | None:
    """A foreign key: a pk, or a natural key in a list."""
    if isinstance(value, list):
        return _text(value[0]) if value else None
    return None if value is None or isinstance(value, bool | dict) else str(value)


def _keys(value: Any) -> tuple[str, ...]:
    """The numbers of a CSV field, whatever the number of its commas; each once."""
    return tuple(dict.fromkeys(part.strip() for part in _text(value).split(",") if part.strip()))


def _moment(value: Any) -> datetime | None:
    try:
        moment = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _whole(value: Any) -> int:
    return int(value) if isinstance(value, int | str) and str(value).lstrip("-").isdecimal() else 0


def _is_true(value: Any) -> bool:
    """As Django reads a yes or no from a dump, which may be written as a word."""
    return value.strip().lower() in {"true", "t", "1"} if isinstance(value, str) else bool(value)


def _quiz(pk: str, fields: dict[str, Any]) -> OldQuiz:
    most = _whole(fields.get("max_questions"))
    return OldQuiz(
        pk=pk,
        title=_text(fields["title"]),
        description=_text(fields.get("description")),
        category=_key(fields.get("category")),
        random_order=_is_true(fields.get("random_order")),
        max_questions=most if 0 < most <= 10_000 else None,
        answers_at_end=_is_true(fields.get("answers_at_end")),
        exam_paper=_is_true(fields.get("exam_paper")),
        single_attempt=_is_true(fields.get("single_attempt")),
        pass_mark=max(0, min(100, _whole(fields.get("pass_mark")))),
        success_text=_text(fields.get("success_text")),
        fail_text=_text(fields.get("fail_text")),
        draft=_is_true(fields.get("draft")),
    )


Children = dict[str, dict[str, Any]]


def _children(by_model: dict[str, list[tuple[str, dict[str, Any]]]], faults: list[str]) -> Children:
    """What the child rows and the answers say, by the key of the question."""
    children: Children = {}
    for pk, fields in by_model.get("multichoice.mcquestion", []):
        children[pk] = {"kind": "multichoice", "answer_order": _text(fields.get("answer_order"))}
    for pk, fields in by_model.get("true_false.tf_question", []):
        children[pk] = {"kind": "true_false", "correct": _is_true(fields.get("correct"))}
    for pk, _fields in by_model.get("essay.essay_question", []):
        children[pk] = {"kind": "essay"}
    answers: dict[str, dict[str, OldAnswer]] = {}
    for pk, fields in by_model.get("multichoice.answer", []):
        question = _key(fields.get("question"))
        if question is None:
            faults.append(f"multichoice.answer {pk} was left out: it names no question.")
            continue
        # A row that comes twice counts once, the last of them, as when Django loads it.
        answers.setdefault(question, {})[pk] = OldAnswer(
            pk, _text(fields.get("content")), _is_true(fields.get("correct"))
        )
    for question, found in answers.items():
        if question in children:
            children[question]["answers"] = tuple(sorted(found.values(), key=lambda one: (len(one.pk), one.pk)))
    return children


def _question(pk: str, fields: dict[str, Any], children: Children) -> OldQuestion:
    quizzes = fields.get("quiz")
    keys = [_key(one) for one in quizzes] if isinstance(quizzes, list) else []
    child = {"kind": "", **children.get(pk, {})}
    return OldQuestion(
        pk=pk,
        category=_key(fields.get("category")),
        sub_category=_key(fields.get("sub_category")),
        content=_text(fields["content"]),
        explanation=_text(fields.get("explanation")),
        figure=_text(fields.get("figure")),
        quizzes=tuple(key for key in keys if key is not None),
        **child,
    )


def _sitting(pk: str, fields: dict[str, Any], faults: list[str]) -> OldSitting:
    user, quiz = _key(fields["user"]), _key(fields["quiz"])
    if user is None or quiz is None:
        raise ValueError("it names no person or no quiz")
    answers: Any = fields.get("user_answers") or "{}"
    try:
        answers = json.loads(answers) if isinstance(answers, str) else answers
    except (json.JSONDecodeError, RecursionError, ValueError):
        answers = None
    if not isinstance(answers, dict):
        faults.append(f"quiz.sitting {pk}: its answers cannot be read; its marks are kept.")
        answers = {}
    return OldSitting(
        pk=pk,
        user=user,
        quiz=quiz,
        order=_keys(fields.get("question_order")),
        incorrect=frozenset(_keys(fields.get("incorrect_questions"))),
        score=_whole(fields.get("current_score")),
        is_complete=_is_true(fields.get("complete")),
        answers={str(key): _text(value) for key, value in answers.items()},
        began_at=_moment(fields.get("start")),
        ended_at=_moment(fields.get("end")),
    )


def _progress(fields: dict[str, Any]) -> OldProgress:
    """A comma in the name of a category belongs to the name, as far as it can be told."""
    user = _key(fields["user"])
    if user is None:
        raise ValueError("it names no person")
    scores = {
        name: (int(had), int(most))
        for name, had, most in _PROGRESS.findall(_text(fields.get("score"))[:LONGEST_PROGRESS])
    }
    return OldProgress(user, scores)
