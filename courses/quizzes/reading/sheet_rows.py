"""One row of the spreadsheet as a draft. The Thai here is part of the file format: it is not translated."""

import re
from typing import Any

from django.utils.translation import gettext as _

from cms.thai.digits import to_arabic
from courses.quizzes.choices import Difficulty
from courses.quizzes.kinds.choice import MAX_CHOICES as MOST_CHOICES
from courses.quizzes.reading.choosing import FULL, Option, choice_draft
from courses.quizzes.reading.drafts import CannotRead, Draft
from courses.quizzes.reading.gift import decimal, plainly

FORMULA = "\ufdd0"  # instead of what a formula says; no text holds it
HEADINGS = {
    "content": ("คำถาม", "โจทย์", "ข้อสอบ", "question"),
    "kind": ("ชนิด", "ประเภท", "ชนิดคำถาม", "kind", "type"),
    "answer": ("เฉลย", "คำตอบ", "คำตอบที่ถูก", "answer", "key"),
    "category": ("หมวด", "หมวดหมู่", "วิชา", "category"),
    "sub_category": ("หมวดย่อย", "เรื่อง", "sub-category", "subcategory"),
    "difficulty": ("ระดับ", "ความยาก", "difficulty"),
    "tags": ("ป้าย", "ป้ายกำกับ", "tags"),
    "explanation": ("คำอธิบาย", "เหตุผล", "explanation"),
    "source": ("ที่มา", "อ้างอิง", "source"),
    "uid": ("รหัส", "identifier", "id"),
}
FIELDS = {word: field for field, words in HEADINGS.items() for word in words}
CHOICE_COLUMN = re.compile(r"(?:ตัวเลือก|choice)\s*(\d{1,2})")
KINDS = {
    "single_choice": ("เลือกตอบ", "ปรนัย", "single choice", "multiple choice"),
    "multiple_choice": ("หลายคำตอบ", "เลือกได้หลายข้อ", "multiple answers"),
    "true_false": ("ถูกผิด", "ถูก-ผิด", "ถูก/ผิด", "true or false", "true/false"),
    "short_answer": ("คำตอบสั้น", "เติมคำ", "short answer"),
    "number": ("ตัวเลข", "คำนวณ", "number"),
    "matching": ("จับคู่", "matching"),
    "ordering": ("เรียงลำดับ", "ordering"),
    "essay": ("อัตนัย", "เขียนตอบ", "เรียงความ", "essay"),
}
_KIND_OF = {word: kind for kind, words in KINDS.items() for word in (kind, *words)}
LEVELS = {Difficulty.EASY: ("ง่าย", "easy"), Difficulty.MEDIUM: ("ปานกลาง", "medium"), Difficulty.HARD: ("ยาก", "hard")}
_LEVEL_OF = {word: str(level) for level, words in LEVELS.items() for word in words}
_TRUE = {"ถูก", "จริง", "true", "t", "✓", "/"}
_FALSE = {"ผิด", "ไม่จริง", "เท็จ", "false", "f", "✗", "x"}
_THAI_LETTERS = "กขคงจฉชซฌญฎฏ"
LONGEST_NUMBER = 100  # letters, with tolerance and unit
NO_LEFT = {"", "-", "–"}  # a right half that fits nothing is written "- = ทุน"
_NUMBER = re.compile(r"(-?[\d,]*\.?\d+)\s*(?:(?:±|\+/-)\s*([\d,]*\.?\d+))?\s*(\D*)")


def draft_of_row(number: int, values: dict[str, str]) -> Draft:
    if FORMULA in values.values():
        raise CannotRead(_("A cell of this row holds a formula. Write the value itself."))
    choices = [(n, values[f"choice {n}"]) for n in range(1, MOST_CHOICES + 1) if f"choice {n}" in values]
    answer = values.get("answer", "")
    kind = _kind(values.get("kind", ""), choices, answer)
    level = values.get("difficulty", "").casefold()
    if level and level not in _LEVEL_OF:
        raise CannotRead(_("The level is “ง่าย”, “ปานกลาง” or “ยาก”."))
    path = [values.get("category", ""), values.get("sub_category", "")]
    common: dict[str, Any] = {
        "line": number,
        "content": values.get("content", ""),
        "explanation": values.get("explanation", ""),
        "source": values.get("source", ""),
        "difficulty": _LEVEL_OF.get(level, Difficulty.MEDIUM.value),
        "tags": tuple(tag.strip() for tag in values.get("tags", "").split(",") if tag.strip()),
        "category": tuple(part for part in path if part),
        "uid": values.get("uid", ""),
    }
    if kind in {"single_choice", "multiple_choice"}:
        return _choice(choices, answer, kind == "single_choice", common)
    return Draft(kind=kind, body=_body(kind, choices, answer), **common)


def _kind(word: str, choices: list[tuple[int, str]], answer: str) -> str:
    if word:
        found = _KIND_OF.get(word.casefold())
        if found is None:
            raise CannotRead(_("The kind “%(word)s” is not known. The template lists them.") % {"word": word[:40]})
        return found
    if choices:
        return "multiple_choice" if len(_letters(answer)) > 1 else "single_choice"
    return "true_false" if answer.casefold() in _TRUE | _FALSE else "short_answer"


def _letters(answer: str) -> list[str]:
    return [part for part in re.split(r"[\s,;/]+|และ", to_arabic(answer)) if part]


def _choice(choices: list[tuple[int, str]], answer: str, is_single: bool, common: dict[str, Any]) -> Draft:
    right = {_place(letter, choices) for letter in _letters(answer)} if answer else set()
    if not right or None in right:
        raise CannotRead(_("The key says which choice is right by its number, such as 2, or 1, 3."))
    if is_single and len(right) != 1:
        raise CannotRead(_("A single choice question has exactly one right choice."))
    share = FULL / len(right)
    options = [Option(text, share if number in right else FULL * 0) for number, text in choices]
    return choice_draft(options, is_single=is_single, **common)


def _place(letter: str, choices: list[tuple[int, str]]) -> int | None:
    """The number of a choice written as 2, ข or B; None when there is none."""
    if letter.isdecimal() and len(letter) < 3:
        number = int(letter)
    elif len(letter.rstrip(".")) == 1:
        sign = letter.rstrip(".").upper()
        number = (_THAI_LETTERS.find(sign) if sign in _THAI_LETTERS else ord(sign) - ord("A")) + 1
    else:
        return next((number for number, text in choices if text == letter), None)
    return number if any(number == one for one, _text in choices) else None


def _body(kind: str, choices: list[tuple[int, str]], answer: str) -> dict[str, Any]:
    texts = [text for _number, text in choices]
    match kind:
        case "true_false":
            word = answer.casefold()
            if word not in _TRUE | _FALSE:
                raise CannotRead(_("The key of a true or false question is “ถูก” or “ผิด”."))
            return {"correct": word in _TRUE}
        case "short_answer":
            answers = [part.strip() for part in [*answer.split("|"), *texts] if part.strip()]
            return {"answers": answers, "case_sensitive": False, "accept_spelling_errors": False}
        case "number":
            return _number_body(answer)
        case "matching":
            halves = [[half.strip() for half in text.split("=", 1)] for text in texts]
            if any(len(half) != 2 for half in halves):
                raise CannotRead(_("A pair is written “left = right” in one cell of the choices."))
            pairs = [
                {"id": f"p{n}", "left": half[0], "right": half[1]}
                for n, half in enumerate(halves, 1)
                if half[0] not in NO_LEFT
            ]
            extra = [{"id": f"x{n}", "text": half[1]} for n, half in enumerate(halves, 1) if half[0] in NO_LEFT]
            return {"pairs": pairs, "extra": extra}
        case "ordering":
            return {"items": [{"id": f"i{n}", "text": text} for n, text in enumerate(texts, 1)]}
        case _:
            return {"points": 1, "sample": answer}


def _number_body(answer: str) -> dict[str, Any]:
    match = _NUMBER.fullmatch(to_arabic(answer).strip()) if len(answer) <= LONGEST_NUMBER else None
    try:
        if match is None:
            raise ValueError(answer)
        value, tolerance = decimal(match[1]), abs(decimal(match[2] or "0"))
    except (ArithmeticError, ValueError):
        raise CannotRead(_("“%(text)s” is not a number.") % {"text": answer[:40]}) from None
    unit = match[3].strip()
    return {
        "value": plainly(value),
        "tolerance": plainly(tolerance),
        "unit": unit,
        "units": [],
        "unit_required": False,
    }
