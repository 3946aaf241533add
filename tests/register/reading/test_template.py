"""What the template offers is what the reader understands."""

import io
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from learning.kernel.refusals import Refused
from learning.organizations.choices import GROUP_POSITIONS, Kind, Position
from learning.register.reading import spellings
from learning.register.reading.files import FileKind, check_file
from learning.register.reading.headings import TableKind
from learning.register.reading.rows import ReadRow, open_table
from learning.register.reading.template import EXPLANATION, ROWS_TO_FILL, write_template

Read = Callable[..., list[ReadRow]]


@pytest.mark.parametrize("kind", list(TableKind))
def test_a_template_passes_the_check_and_every_column_of_it_is_known(kind: TableKind) -> None:
    file = io.BytesIO(write_template(kind))
    assert check_file("template.xlsx", file) is FileKind.XLSX
    headings = open_table(file, kind).headings
    assert (headings.unknown, headings.forbidden, headings.row_number) == ([], [], 1)


@pytest.mark.parametrize("kind", list(TableKind))
def test_the_example_left_in_is_not_imported_and_without_its_first_letter_it_is_a_good_row(
    kind: TableKind, read: Read
) -> None:
    content = write_template(kind)
    with pytest.raises(Refused, match="no rows below them"):
        read(io.BytesIO(content), kind)
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    for cell in sheet[2]:
        sheet.cell(3, cell.column, cell.value)
    sheet.cell(
        3, 1 if kind is TableKind.MEMBERSHIPS else 2, "กลุ่มสตรีบ้านนา" if kind is TableKind.ORGANIZATIONS else "วิภา"
    )
    file = io.BytesIO()
    book.save(file)
    (row,) = read(file, kind)
    assert (row.number, row.problems) == (3, {})


def test_cells_to_fill_in_are_text_below_headings_that_stay_in_sight() -> None:
    sheet = load_workbook(io.BytesIO(write_template(TableKind.PEOPLE))).worksheets[0]
    assert {cell.number_format for cell in sheet[ROWS_TO_FILL + 1]} == {"@"}
    assert (sheet.freeze_panes, sheet["A1"].font.bold) == ("A2", True)


def test_lists_of_allowed_values_stand_on_the_second_sheet() -> None:
    book = load_workbook(io.BytesIO(write_template(TableKind.PEOPLE)))
    rules = {
        str(rule.sqref).split(":")[0]: rule.formula1 for rule in book.worksheets[0].data_validations.dataValidation
    }
    assert set(rules) == {"G2", "L2"}
    offered = [
        [cell.value for (cell,) in book[EXPLANATION][rule.split("!")[1].replace("$", "")]] for rule in rules.values()
    ]
    assert offered[0] == ["ชาย", "หญิง", "อื่น ๆ"]
    assert len(offered[1]) == len(Position)


def test_the_spellings_name_every_kind_and_position_there_is() -> None:
    assert set(spellings.KINDS) == set(Kind.values)
    assert set(spellings.COOPERATIVE_POSITIONS) | set(spellings.GROUP_POSITIONS) == set(Position.values)
    assert set(spellings.GROUP_POSITIONS) == set(GROUP_POSITIONS)
