"""Moodle XML. Source: Moodle documentation, "Moodle XML format"; each type of question as Moodle exports it."""

import base64
import binascii
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from courses.quizzes.markup import plain_text
from courses.quizzes.reading.choosing import FULL, NEARLY, Option, choice_draft
from courses.quizzes.reading.cloze import cloze_body
from courses.quizzes.reading.drafts import CannotRead, Draft, Fault, Picture, Reading, Texts
from courses.quizzes.reading.gift import category_path, decimal, plainly
from courses.quizzes.reading.pictures import suffix_of
from courses.quizzes.reading.xml_tree import Node, read_tree

MOST_PARTS = 300  # answers, files, pairs of one question
HTML_FORMATS = {"html", "moodle_auto_format", ""}


def read_moodle_xml(content: bytes) -> Reading:
    """Every question of the file. Raises Unreadable for what is no Moodle XML, and for entities."""
    reading = Reading()
    category: tuple[str, ...] = ()
    for node in read_tree(content, "quiz").all("question"):
        kind = node.attributes.get("type", "")
        if kind == "category":
            category = category_path(node.said("category", "text"))
            continue
        if kind == "description":
            reading.skipped.append(Fault(node.line, _("A text without a question was left out.")))
            continue
        try:
            reading.add(_question(node, kind, category))
        except CannotRead as error:
            reading.faults.append(Fault(node.line, str(error)))
    return reading


class _Source:
    """A question of the file with its texts in one format and its notes."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.remarks: list[str] = []
        self.texts = Texts(_text(found) for found in _with_text(node))

    def said(self, node: Node | None) -> str:
        return self.texts.said(*_text(node)) if node else ""

    def inline(self, node: Node | None) -> str:
        return self.texts.inline(*_text(node)) if node else ""

    def answers(self) -> list[Option]:
        return [
            Option(self.inline(answer), _weight(answer), self.inline(answer.first("feedback")))
            for answer in self.node.all("answer")
        ]


def _with_text(node: Node) -> list[Node]:
    """The parts of a question that a learner reads."""
    names = {"questiontext", "generalfeedback", "answer", "feedback", "subquestion", "dragbox"}
    found = [child for child in node.children if child.name in names]
    return [*found, *(inner for child in found for inner in child.all("feedback"))]


def _text(node: Node) -> tuple[str, bool]:
    """The words of a part, and whether they are HTML."""
    return node.said("text"), node.attributes.get("format", "html" if node.name != "answer" else "") in HTML_FORMATS


def _weight(answer: Node) -> Decimal:
    try:
        return Decimal(answer.attributes.get("fraction", "0"))
    except InvalidOperation:
        return Decimal(0)


def _question(node: Node, kind: str, category: tuple[str, ...]) -> Draft:
    make = _KINDS.get(kind)
    if make is None:
        raise CannotRead(_("Moodle's questions of the kind “%(kind)s” cannot be kept here.") % {"kind": kind[:40]})
    if max(len(part.children) for part in (node, *node.children)) > MOST_PARTS:
        raise CannotRead(_("This file is nested too deeply or holds far too many parts."))
    source = _Source(node)
    tags = node.first("tags")
    common: dict[str, Any] = {
        "line": node.line,
        "content": source.said(node.first("questiontext")) or node.said("name", "text"),
        "explanation": source.said(node.first("generalfeedback")),
        "format": source.texts.format,
        "category": category,
        "tags": tuple(tag.said("text") for tag in tags.all("tag")) if tags else (),
        "uid": node.said("idnumber"),
        "picture": _picture(source),
    }
    draft = make(source, common)
    return Draft(**{**vars(draft), "remarks": (*draft.remarks, *source.remarks)})


def _picture(source: _Source) -> Picture | None:
    """The first raster picture of the question's text; others are remarked."""
    files = [file for part in _with_text(source.node) for file in part.all("file")]
    asked = source.node.first("questiontext")
    kept = None
    for file in files:
        try:
            content = base64.b64decode("".join(file.words.split()), validate=True)
        except (binascii.Error, ValueError):
            content = b""
        is_of_the_question = asked is not None and any(file is one for one in asked.all("file"))
        if kept is None and is_of_the_question and suffix_of(content):
            kept = Picture(file.attributes.get("name", "")[:200], content)
        else:
            name = file.attributes.get("name", "")[:100]
            source.remarks.append(_("The file “%(name)s” was left out.") % {"name": name})
    return kept


def _multiple_choice(source: _Source, common: dict[str, Any]) -> Draft:
    is_single = source.node.said("single").lower() not in {"false", "0"}
    return choice_draft(source.answers(), is_single=is_single, **common)


def _true_false(source: _Source, common: dict[str, Any]) -> Draft:
    right = [answer for answer in source.node.all("answer") if _weight(answer) >= FULL]
    word = right[0].said("text").lower() if len(right) == 1 else ""
    if word not in {"true", "false"}:
        raise CannotRead(_("It is not said whether this statement is true or false."))
    why = [option.why for option in source.answers() if option.why]
    common["explanation"] = "\n".join(filter(None, [common["explanation"], *why]))
    return Draft(kind="true_false", body={"correct": word == "true"}, **common)


def _right_texts(source: _Source) -> list[str]:
    """Plain texts of the answers that earn everything."""
    answers = source.node.all("answer")
    if any(0 < _weight(answer) < FULL - NEARLY for answer in answers):
        source.remarks.append(_("Answers that earned a part of the points were left out."))
    if any(answer.said("feedback", "text") for answer in answers):
        source.remarks.append(_("What was said to single answers was left out."))
    right = [answer.said("text") for answer in answers if _weight(answer) >= FULL - NEARLY]
    if not right:
        raise CannotRead(_("No answer of this question earns all of its points."))
    return list(dict.fromkeys(right))


def _short_answer(source: _Source, common: dict[str, Any]) -> Draft:
    answers = _right_texts(source)
    if any("*" in answer for answer in answers):
        source.remarks.append(_("A * stands for itself here, not for any letters."))
    case = source.node.said("usecase") == "1"
    body = {"answers": answers, "case_sensitive": case, "accept_spelling_errors": False}
    return Draft(kind="short_answer", body=body, **common)


def _number(source: _Source, common: dict[str, Any]) -> Draft:
    text = _right_texts(source)[0]
    right = next(answer for answer in source.node.all("answer") if answer.said("text") == text)
    try:
        value, tolerance = plainly(decimal(text)), plainly(abs(decimal(right.said("tolerance") or "0")))
    except (InvalidOperation, ValueError):
        raise CannotRead(_("“%(text)s” is not a number.") % {"text": text[:40]}) from None
    units = source.node.first("units")
    names = [unit.said("unit_name") for unit in units.all("unit")] if units else []
    if len(names) > 1:
        source.remarks.append(_("Only the first unit was taken over."))
    body = {
        "value": value,
        "tolerance": tolerance,
        "unit": names[0] if names else "",
        "units": [],
        "unit_required": False,
    }
    return Draft(kind="number", body=body, **common)


def _matching(source: _Source, common: dict[str, Any]) -> Draft:
    pairs, extra = [], []
    for number, part in enumerate(source.node.all("subquestion"), 1):
        left, right = source.inline(part), part.said("answer", "text")
        if plain_text(left):
            pairs.append({"id": f"p{number}", "left": left, "right": right})
        else:
            extra.append({"id": f"x{number}", "text": right})
    return Draft(kind="matching", body={"pairs": pairs, "extra": extra}, **common)


def _essay(source: _Source, common: dict[str, Any]) -> Draft:
    sample = plain_text(source.node.said("graderinfo", "text"))
    try:
        points = max(1, min(100, int(Decimal(source.node.said("defaultgrade") or "1"))))
    except (InvalidOperation, ValueError, OverflowError):
        points = 1
    return Draft(kind="essay", body={"points": points, "sample": sample}, **common)


def _cloze(source: _Source, common: dict[str, Any]) -> Draft:
    body, remarks = cloze_body(plain_text(source.node.said("questiontext", "text")))
    source.remarks += remarks
    return Draft(kind="blanks", body=body, **_task_around(common, source, _("Fill in the blanks.")))


def _task_around(common: dict[str, Any], source: _Source, task: str) -> dict[str, Any]:
    """The text with its gaps is the body; what is asked is the task, in plain words."""
    explanation = plain_text(source.node.said("generalfeedback", "text"))
    return {**common, "content": task, "format": "plain", "explanation": explanation}


_GAP = re.compile(r"\[\[(\d+)\]\]")


def _drag_text(source: _Source, common: dict[str, Any]) -> Draft:
    boxes = [*source.node.all("dragbox"), *source.node.all("selectoption")]
    words = [plain_text(box.said("text")) for box in boxes]
    pieces = _GAP.split(plain_text(source.node.said("questiontext", "text")))
    parts: list[Any] = []
    used: set[int] = set()
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            parts += [piece] if piece else []
            continue
        if len(piece) > 6 or not 1 <= int(piece) <= len(words):
            raise CannotRead(_("A gap of this text has no word."))
        used.add(int(piece))
        gap = {"id": f"w{place // 2 + 1}", "word": words[int(piece) - 1], "tip": "", "right": "", "wrong": ""}
        parts.append(gap)
    left = [word for number, word in enumerate(words, 1) if number not in used]
    body = {"parts": parts, "distractors": [{"id": f"d{n}", "text": word} for n, word in enumerate(left, 1)]}
    return Draft(kind="drag_text", body=body, **_task_around(common, source, _("Put the words where they belong.")))


def _ordering(source: _Source, common: dict[str, Any]) -> Draft:
    items = [{"id": f"i{n}", "text": source.inline(one)} for n, one in enumerate(source.node.all("answer"), 1)]
    return Draft(kind="ordering", body={"items": items}, **common)


_KINDS: dict[str, Callable[[_Source, dict[str, Any]], Draft]] = {
    "multichoice": _multiple_choice,
    "truefalse": _true_false,
    "shortanswer": _short_answer,
    "numerical": _number,
    "matching": _matching,
    "essay": _essay,
    "multianswer": _cloze,
    "cloze": _cloze,
    "ddwtos": _drag_text,
    "gapselect": _drag_text,
    "ordering": _ordering,
}
