"""A workbook is read back as a person's program reads it: figures are numbers and no text is a formula."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils import translation
from openpyxl import load_workbook

from learning.reports.tables import HIDDEN, Column, Line, Measure, Table
from learning.reports.workbooks import write_workbook

COLUMNS = (
    Column("enrolled", "ผู้ลงทะเบียน", hint="นับทุกคน"),
    Column("hours", "ชั่วโมง", Measure.HOURS),
    Column("share", "ร้อยละ", Measure.PERCENT),
    Column("last", "ล่าสุด", Measure.TEXT),
)
LINES = (
    Line("สหกรณ์การเกษตรบ้านนาน้ำใส จำกัด", (1250, 12.5, 74, "23 พฤศจิกายน 2569")),
    Line("กลุ่มสตรีบ้านป่าซาง", (HIDDEN, HIDDEN, None, "")),
)
TOTAL = Line("รวม", (1250, 12.5, 74, ""))


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The words of a report are those of its reader; here they are the ones in the code."""
    with translation.override("en"):
        yield


def read(**changes: Any) -> Any:
    facts: dict[str, Any] = {
        "title": "รายงานการเรียน",
        "area": "จังหวัดพัทลุง",
        "standing": "ข้อมูล ณ วันที่ 30 กันยายน 2569",
        "by": "องค์กร",
        "columns": COLUMNS,
        "lines": LINES,
        "total": TOTAL,
        "notes": ("หมายเหตุ",),
        "filters": ("หลักสูตร: การบัญชี",),
    }
    workbook = load_workbook(BytesIO(write_workbook(Table(**{**facts, **changes}))))
    assert len(workbook.worksheets) == 1
    return workbook.worksheets[0]


def values(sheet: Any, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row]]


def test_the_sheet_tells_what_it_is_then_its_lines_then_its_notes() -> None:
    sheet = read()
    assert [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)] == [
        "รายงานการเรียน",
        "จังหวัดพัทลุง",
        "ข้อมูล ณ วันที่ 30 กันยายน 2569",
        "หลักสูตร: การบัญชี",
        None,
        "องค์กร",
        "สหกรณ์การเกษตรบ้านนาน้ำใส จำกัด",
        "กลุ่มสตรีบ้านป่าซาง",
        "รวม",
        None,
        "ผู้ลงทะเบียน: นับทุกคน",
        "หมายเหตุ",
        "* This figure is not shown, because very few people stand behind it.",
    ]
    assert values(sheet, 6) == ["องค์กร", "ผู้ลงทะเบียน", "ชั่วโมง", "ร้อยละ", "ล่าสุด"]
    assert sheet.title == "รายงานการเรียน"


def test_figures_are_numbers_in_the_form_of_their_measure() -> None:
    sheet = read()
    assert values(sheet, 7)[1:] == [1250, 12.5, 0.74, "23 พฤศจิกายน 2569"]
    assert [cell.number_format for cell in sheet[7]][1:] == ["#,##0", "#,##0.0", "0%", "@"]


def test_a_figure_that_may_not_be_shown_is_not_in_the_file() -> None:
    assert values(read(), 8)[1:] == ["–*", "–*", None, None]
    with ZipFile(BytesIO(write_workbook(Table("T", "", "", "By", COLUMNS, LINES)))) as parts:
        assert b">hidden<" not in parts.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", ["=1+1", "+66", "-5", "@SUM(A1)", " =1", "#N/A", "=HYPERLINK(1)"])
def test_a_text_that_begins_like_a_formula_is_written_as_text(text: str) -> None:
    sheet = read(lines=[Line(text, (1, 1.0, 1, text), note=text)], title=text, notes=(text,))
    for place in ("A1", "A7", "E7", "F7"):
        assert (sheet[place].value, sheet[place].data_type) == (text, "s")
        assert sheet[place].quotePrefix == (text[0] != "#")


def test_signs_that_no_file_may_hold_are_left_out() -> None:
    assert read(lines=[Line("ก\x00ข\x0b", (1, 1.0, 1, ""))])["A7"].value == "กข"


def test_the_total_is_bold_under_the_lines_and_stays_out_of_the_filter() -> None:
    sheet = read()
    assert [cell.font.bold for cell in sheet[9]] == [True] * 5
    assert not sheet["B7"].font.bold
    assert sheet.auto_filter.ref == "A6:E8"


def test_the_heading_stays_in_sight_and_on_every_page() -> None:
    sheet = read()
    assert [cell.font.bold for cell in sheet[6]] == [True] * 5
    assert sheet.freeze_panes == "B7"
    assert sheet.print_title_rows == "$6:$6"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_columns_are_as_wide_as_what_they_hold_within_reason() -> None:
    sheet = read(lines=[Line("ก" * 300, (1, 1.0, 1, "ที่" * 20))])
    assert sheet.column_dimensions["A"].width == 60
    assert sheet.column_dimensions["B"].width == 12
    assert sheet.column_dimensions["E"].width == 25  # 20 letters: the marks over them take no room


def test_notes_of_lines_have_a_column_only_when_there_are_any() -> None:
    sheet = read(lines=[Line("ก", (1, 1.0, 1, ""), note="ยุบรวม")])
    assert values(sheet, 6)[5:] == ["Remark"]
    assert values(sheet, 7)[5:] == ["ยุบรวม"]


def test_an_empty_report_says_so_and_has_no_total() -> None:
    sheet = read(lines=[])
    assert sheet["A7"].value == "There is no data for this report."
    assert [cell.value for cell in sheet["A"]].count("รวม") == 0


def test_a_title_that_cannot_name_a_sheet_is_shortened() -> None:
    assert read(title="ก/ข: [ค]?" + "ง" * 40).title == ("ก ข   ค" + "  " + "ง" * 40)[:31]
