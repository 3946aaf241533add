"""The workbook to fill in: headings, one row as an example, and a second sheet that explains each column."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from learning.records.papers.columns import COLUMNS, EXAMPLE, REQUIRED

ROWS_TO_FILL = 500  # that have the text format, so that Excel takes no zero away and makes no dates
INK, GROUND = "FF1E2A26", "FFE8EFEA"


def write_template() -> bytes:
    """An .xlsx with Thai headings; the example may stay, it is not read."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "วุฒิบัตรกระดาษ"
    sheet.append([f"{one.label_th} *" if one.field in REQUIRED else one.label_th for one in COLUMNS])
    sheet.append([EXAMPLE.get(one.field) for one in COLUMNS])
    for place, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        for row in range(2, ROWS_TO_FILL + 2):
            sheet.cell(row, place).number_format = "@"
    explained = book.create_sheet("คำอธิบาย")
    explained.append(["คอลัมน์", "จำเป็น", "วิธีกรอก"])
    for column in COLUMNS:
        explained.append([column.label_th, "จำเป็น" if column.field in REQUIRED else "", column.hint])
    explained.append([])
    explained.append(["ห้ามใส่เลขบัตรประชาชน ระบบจะไม่อ่านคอลัมน์นั้น แถวตัวอย่างลบได้ หรือปล่อยไว้ ระบบจะไม่อ่าน"])
    for letter, width in (("A", 26), ("B", 10), ("C", 70)):
        explained.column_dimensions[letter].width = width
    for one in (sheet, explained):
        for cell in one[1]:
            cell.font = Font(bold=True, color=INK)
            cell.fill = PatternFill("solid", fgColor=GROUND)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
        one.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
