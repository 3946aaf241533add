"""The workbook to fill in: headings, one row as an example, and a second sheet that explains each column."""

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from learning.register.reading.headings import HEADINGS, TableKind, is_required
from learning.register.reading.spellings import COOPERATIVE_POSITIONS, GROUP_POSITIONS, KINDS

TITLES = {
    TableKind.ORGANIZATIONS: "สหกรณ์และกลุ่ม",
    TableKind.PEOPLE: "บุคคล",
    TableKind.MEMBERSHIPS: "การดำรงตำแหน่ง",
}
EXPLANATION = "คำอธิบาย"
ROWS_TO_FILL = 1_000  # that have the text format and the lists
INK, GROUND = "FF1E2A26", "FFE8EFEA"

_MEMBERSHIP = {
    "organization": "สหกรณ์การเกษตรบ้านหนองบัว จำกัด",
    "organization_registration_number": "0012/2530",
    "organization_province": "ชัยนาท",
    "position": "กรรมการ",
    "since": "1/4/2568",
    "until": "31/3/2570",
    "term_number": "1",
}
# Invented; a row that says exactly this was left in by mistake and is not read.
EXAMPLES: dict[TableKind, dict[str, str]] = {
    TableKind.ORGANIZATIONS: {
        "kind": "สหกรณ์การเกษตร",
        "name": "สหกรณ์การเกษตรบ้านหนองบัว จำกัด",
        "registration_number": "0012/2530",
        "juristic_number": "0994000000012",
        "province": "ชัยนาท",
        "district": "สรรพยา",
        "year_end": "31 มีนาคม",
    },
    TableKind.PEOPLE: {
        "title": "นาง",
        "first_name": "มาลี",
        "last_name": "ใจดี",
        "name_en": "Malee Jaidee",
        "phone": "081-234-5678",
        "email": "malee@example.com",
        "gender": "หญิง",
        "birth_year": "2510",
        **_MEMBERSHIP,
    },
    TableKind.MEMBERSHIPS: {
        "full_name": "นางมาลี ใจดี",
        "phone": "081-234-5678",
        "email": "malee@example.com",
        **_MEMBERSHIP,
    },
}
# Columns that the file may have in place of others, and that the template leaves out.
_LEFT_OUT = {
    TableKind.ORGANIZATIONS: frozenset[str](),
    TableKind.PEOPLE: frozenset({"full_name", "age"}),
    TableKind.MEMBERSHIPS: frozenset({"title", "first_name", "last_name"}),
}
ALLOWED: dict[str, tuple[str, ...]] = {
    "kind": tuple(KINDS.values()),
    "position": tuple(dict.fromkeys([*COOPERATIVE_POSITIONS.values(), *GROUP_POSITIONS.values()])),
    "gender": ("ชาย", "หญิง", "อื่น ๆ"),
}


def template_name(kind: TableKind) -> str:
    return f"template-{kind.value}.xlsx"


def write_template(kind: TableKind) -> bytes:
    """An .xlsx with Thai headings; every cell to fill in is text, so that Excel takes no zero away."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = TITLES[kind]
    headings = [heading for heading in HEADINGS[kind] if heading.field not in _LEFT_OUT[kind]]
    _head(
        sheet,
        [f"{heading.label_th} *" if is_required(kind, heading.field) else heading.label_th for heading in headings],
    )
    sheet.append([EXAMPLES[kind].get(heading.field) for heading in headings])
    places = _explain(workbook.create_sheet(EXPLANATION), kind)
    for column, heading in enumerate(headings, start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = heading.width
        for row in range(2, ROWS_TO_FILL + 2):
            sheet.cell(row, column).number_format = "@"
        if heading.field in places:
            # A warning, not a bar: the reader knows more spellings than the list.
            rule = DataValidation("list", formula1=places[heading.field], allow_blank=True, errorStyle="warning")
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{ROWS_TO_FILL + 1}")
    sheet.freeze_panes = "A2"
    workbook.active = 0
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _head(sheet: Worksheet, labels: Iterable[str]) -> None:
    sheet.append(list(labels))
    for cell in sheet[1]:
        cell.font = Font(bold=True, color=INK)
        cell.fill = PatternFill("solid", fgColor=GROUND)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[1].height = 32


def _explain(sheet: Worksheet, kind: TableKind) -> dict[str, str]:
    """One row for each column of the file; beside them the allowed values. Tells where each list stands."""
    lists = {heading.field: heading for heading in HEADINGS[kind] if heading.field in ALLOWED}
    _head(sheet, ["คอลัมน์", "จำเป็น", "วิธีกรอก", "", *(f"ค่าที่เลือกได้: {heading.label_th}" for heading in lists.values())])
    sheet["D1"].fill = PatternFill()
    for heading in HEADINGS[kind]:
        needed = "จำเป็น" if is_required(kind, heading.field) else ""
        sheet.append([heading.label_th, needed, heading.hint])
    sheet.append([])
    sheet.append(["ห้ามใส่เลขบัตรประชาชน ระบบจะไม่อ่านคอลัมน์นั้น แถวตัวอย่างลบได้ หรือปล่อยไว้ ระบบจะไม่นำเข้า"])
    places: dict[str, str] = {}
    for column, field in enumerate(lists, start=5):
        letter = get_column_letter(column)
        for row, value in enumerate(ALLOWED[field], start=2):
            sheet.cell(row, column, value)
        sheet.column_dimensions[letter].width = 28
        places[field] = f"'{EXPLANATION}'!${letter}$2:${letter}${len(ALLOWED[field]) + 1}"
    for letter, width in (("A", 24), ("B", 10), ("C", 70), ("D", 3)):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    return places
