"""Embedded answers, {1:SHORTANSWER:=ก~%50%ข#why}, as gaps. Source: Moodle documentation, "Embedded Answers"."""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from courses.quizzes.reading.drafts import LONGEST_TEXT, CannotRead

_FIELD = re.compile(r"\{\d{0,3}:([A-Z_]+):((?:\\.|[^}\\])*)\}", re.DOTALL)
_ANSWER = re.compile(r"(=|%-?\d{1,3}(?:\.\d+)?%)?((?:\\.|[^~#\\])*)(?:#((?:\\.|[^~\\])*))?(?:~|$)", re.DOTALL)
_TYPED = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"}
_NUMBERS = {"NUMERICAL", "NM"}
_EXACT = {"SHORTANSWER_C", "SAC", "MWC"}


def cloze_body(text: str) -> tuple[dict[str, Any], list[str]]:
    """The body of fill in the blanks, and remarks. Raises CannotRead when there is no gap."""
    if len(text) > LONGEST_TEXT:
        raise CannotRead(_("This question is too long. Write at most %(count)d letters.") % {"count": LONGEST_TEXT})
    parts: list[Any] = []
    remarks: list[str] = []
    exact = False
    end = 0
    for number, field in enumerate(_FIELD.finditer(text), 1):
        if before := text[end : field.start()]:
            parts.append(before)
        end = field.end()
        name = field[1]
        answers = _right(field[2], name in _NUMBERS)
        if not answers:
            raise CannotRead(_("No answer of a gap earns all of its points."))
        if name in _NUMBERS:
            remarks.append(_("A gap for a number has no tolerance now."))
        elif name not in _TYPED:
            remarks.append(_("A gap with choices is now one to be written in."))
        exact = exact or name in _EXACT
        parts.append({"id": f"g{number}", "answers": answers, "tip": ""})
    if end == 0:
        raise CannotRead(_("This text has no gap."))
    if text[end:]:
        parts.append(text[end:])
    body = {"parts": parts, "case_sensitive": exact, "accept_spelling_errors": False}
    return body, list(dict.fromkeys(remarks))


def _right(inner: str, is_number: bool) -> list[str]:
    found = []
    for match in _ANSWER.finditer(inner):
        weight, text = match[1] or "", re.sub(r"\\(.)", r"\1", match[2]).strip()
        is_right = weight == "=" or (weight.startswith("%") and Decimal(weight.strip("%")) >= 100)
        if is_right and text:
            found.append(text.partition(":")[0].strip() if is_number else text)
    return list(dict.fromkeys(found))
