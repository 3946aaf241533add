"""Our spreadsheet: the template to fill in, and questions of the bank in the same columns."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation

from courses.quizzes.choices import Format
from courses.quizzes.export.questions import Written
from courses.quizzes.markup import plain_text
from courses.quizzes.reading.drafts import Draft
from courses.quizzes.reading.sheet import template_rows
from courses.quizzes.reading.sheet_rows import HEADINGS, KINDS, LEVELS, MOST_CHOICES

WIDTHS = {"content": 50, "explanation": 40}
ROWS_WITH_LISTS = 2_000


def template() -> bytes:
    """An empty workbook with headings, examples, and lists to choose kind and level from."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "ข้อสอบ"
    for row in template_rows():
        sheet.append(row)
    columns = list(HEADINGS)
    for field, words in (("kind", [words[0] for words in KINDS.values()]), ("difficulty", _levels())):
        letter = sheet.cell(1, columns.index(field) + 1).column_letter
        choice = DataValidation(type="list", formula1='"' + ",".join(words) + '"', allow_blank=True)
        choice.add(f"{letter}2:{letter}{ROWS_WITH_LISTS}")
        sheet.add_data_validation(choice)
    return _finished(workbook, sheet)


def write_sheet(drafts: Sequence[Draft]) -> Written:
    """One row a question; formatting of texts becomes plain words."""
    written = Written()
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "ข้อสอบ"
    most = max([8, *(len(draft.body.get("choices", ())) for draft in drafts)])
    headings = [*(words[0] for words in HEADINGS.values()), *(f"ตัวเลือก {n}" for n in range(1, most + 1))]
    sheet.append(headings)
    for draft in drafts:
        said = _said(draft)
        if said is None or len(said[1]) > MOST_CHOICES:
            written.left_out.append(draft.uid)
            continue
        answer, choices = said
        values = {
            "content": draft.content,
            "kind": KINDS[draft.kind][0],
            "answer": answer,
            "category": draft.category[0] if draft.category else "",
            "sub_category": draft.category[1] if len(draft.category) > 1 else "",
            "difficulty": LEVELS[draft.difficulty][0],
            "tags": ", ".join(draft.tags),
            "explanation": draft.explanation,
            "source": draft.source,
            "uid": draft.uid,
        }
        is_html = draft.format == Format.HTML
        texts = [values[field] for field in HEADINGS] + choices
        sheet.append([_plain(text, is_html) for text in texts])
    written.content = _finished(workbook, sheet)
    return written


def _levels() -> list[str]:
    return [words[0] for words in LEVELS.values()]


def _plain(text: str, is_html: bool) -> str:
    """Words only; a text that Excel would take for a formula begins with a word joiner instead."""
    words = ILLEGAL_CHARACTERS_RE.sub("", plain_text(text) if is_html else text)
    return f"\u2060{words}" if words[:1] in {"=", "+", "-", "@"} and not _is_number(words) else words


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _said(draft: Draft) -> tuple[str, list[str]] | None:
    """The key and the choices; None for a kind that has no columns."""
    body: dict[str, Any] = draft.body
    match draft.kind:
        case "single_choice" | "multiple_choice":
            right = [str(number) for number, one in enumerate(body["choices"], 1) if one["correct"]]
            return ", ".join(right), [one["text"] for one in body["choices"]]
        case "true_false":
            return ("ถูก" if body["correct"] else "ผิด"), []
        case "short_answer":
            return " | ".join(body["answers"]), []
        case "number":
            tolerance = f" ± {body['tolerance']}" if body["tolerance"] != "0" else ""
            return f"{body['value']}{tolerance} {body['unit']}".strip(), []
        case "matching":
            pairs = [f"{pair['left']} = {pair['right']}" for pair in body["pairs"]]
            return "", [*pairs, *(f"- = {one['text']}" for one in body["extra"])]
        case "ordering":
            return "", [item["text"] for item in body["items"]]
        case "essay":
            return body.get("sample", ""), []
    return None


def _finished(workbook: Workbook, sheet: Any) -> bytes:
    for column, field in enumerate(HEADINGS, 1):
        letter = sheet.cell(1, column).column_letter
        sheet.column_dimensions[letter].width = WIDTHS.get(field, 16)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
