"""Moodle XML: what can be said in it reads back as the same question."""

from collections.abc import Callable, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring  # only written here, never read

from courses.quizzes.choices import Format
from courses.quizzes.export.questions import Written
from courses.quizzes.markup import as_html, plain_text
from courses.quizzes.reading.drafts import Draft

_UNSAYABLE = {code: None for code in range(32) if code not in (9, 10, 13)}


def write_moodle_xml(drafts: Sequence[Draft]) -> Written:
    """One element a question, its category before it where that changes."""
    written = Written()
    root = Element("quiz")
    category: tuple[str, ...] = ()
    for draft in drafts:
        if draft.kind not in _KINDS:
            written.left_out.append(draft.uid)
            continue
        if draft.category != category:
            category = draft.category
            path = "/".join(part.replace("/", "//") for part in ("$course$", "top", *category))
            _texted(SubElement(SubElement(root, "question", type="category"), "category"), path)
        _question(root, draft)
    indent(root, space=" ")
    written.content = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _texted(parent: Element, text: str) -> Element:
    SubElement(parent, "text").text = text.translate(_UNSAYABLE)
    return parent


def _question(root: Element, draft: Draft) -> None:
    name, fill = _KINDS[draft.kind]
    node = SubElement(root, "question", type=name)
    _texted(SubElement(node, "name"), plain_text(draft.content)[:80])
    html = "html" if draft.format == Format.HTML else "plain_text"
    _texted(SubElement(node, "questiontext", format=html), draft.content)
    _texted(SubElement(node, "generalfeedback", format=html), draft.explanation)
    fill(node, draft.body, html)
    SubElement(node, "idnumber").text = draft.uid
    tags = SubElement(node, "tags")
    for tag in draft.tags:
        _texted(SubElement(tags, "tag"), tag)


def _answer(node: Element, text: str, fraction: str, html: str, why: str = "") -> Element:
    answer = _texted(SubElement(node, "answer", fraction=fraction, format=html), text)
    if why:
        _texted(SubElement(answer, "feedback", format=html), why)
    return answer


def _single(node: Element, body: dict[str, Any], html: str) -> None:
    SubElement(node, "single").text = "true"
    for one in body["choices"]:
        _answer(node, one["text"], "100" if one["correct"] else "0", html, one["feedback"])


def _several(node: Element, body: dict[str, Any], html: str) -> None:
    SubElement(node, "single").text = "false"
    share = f"{100 / sum(one['correct'] for one in body['choices']):.5f}".rstrip("0").rstrip(".")
    for one in body["choices"]:
        _answer(node, one["text"], share if one["correct"] else "-100", html, one["feedback"])


def _true_false(node: Element, body: dict[str, Any], html: str) -> None:
    for word, is_true in (("true", True), ("false", False)):
        _answer(node, word, "100" if body["correct"] == is_true else "0", "moodle_auto_format")


def _short(node: Element, body: dict[str, Any], html: str) -> None:
    SubElement(node, "usecase").text = "1" if body["case_sensitive"] else "0"
    for answer in body["answers"]:
        _answer(node, answer, "100", "moodle_auto_format")


def _number(node: Element, body: dict[str, Any], html: str) -> None:
    answer = _answer(node, body["value"], "100", "moodle_auto_format")
    SubElement(answer, "tolerance").text = body["tolerance"]
    if body["unit"]:
        unit = SubElement(SubElement(node, "units"), "unit")
        SubElement(unit, "multiplier").text = "1"
        SubElement(unit, "unit_name").text = body["unit"]


def _matching(node: Element, body: dict[str, Any], html: str) -> None:
    halves = [(pair["left"], pair["right"]) for pair in body["pairs"]] + [("", one["text"]) for one in body["extra"]]
    for left, right in halves:
        part = _texted(SubElement(node, "subquestion", format=html), left)
        _texted(SubElement(part, "answer"), right)


def _essay(node: Element, body: dict[str, Any], html: str) -> None:
    SubElement(node, "defaultgrade").text = str(body["points"])
    _texted(SubElement(node, "graderinfo", format="html"), as_html(body.get("sample", "")))


def _ordering(node: Element, body: dict[str, Any], html: str) -> None:
    for number, item in enumerate(body["items"], 1):
        _answer(node, item["text"], str(number), html)


Fill = Callable[[Element, dict[str, Any], str], None]
_KINDS: dict[str, tuple[str, Fill]] = {
    "single_choice": ("multichoice", _single),
    "multiple_choice": ("multichoice", _several),
    "true_false": ("truefalse", _true_false),
    "short_answer": ("shortanswer", _short),
    "number": ("numerical", _number),
    "matching": ("matching", _matching),
    "essay": ("essay", _essay),
    "ordering": ("ordering", _ordering),
}
