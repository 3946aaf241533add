"""A row says what was written, what is meant and what is wrong; an edited row is read in the same way."""

import io
from collections.abc import Callable
from datetime import date, datetime

import pytest

from learning.kernel.refusals import Refused
from learning.register.reading.headings import TableKind
from learning.register.reading.places import Places
from learning.register.reading.rows import ReadRow, clean_row, open_table
from tests.factories.messy_files import (
    BAD_PHONE,
    BAD_TERM,
    COOPERATIVE,
    MESSY_PEOPLE,
    WOMENS_GROUP,
    messy_people_file,
)

TODAY = date(2026, 11, 23)
Read = Callable[..., list[ReadRow]]
Write = Callable[..., io.BytesIO]
NATIONAL_ID = "1-2345-67890-12-1"  # the sample number on forms


def test_the_messy_file_is_read_with_two_problems(read: Read) -> None:
    rows = read(io.BytesIO(messy_people_file()))
    assert len(rows) == MESSY_PEOPLE
    assert {row.number: set(row.problems) for row in rows if row.problems} == {
        BAD_PHONE[0]: {BAD_PHONE[1]},
        BAD_TERM[0]: {BAD_TERM[1]},
    }
    assert [row.values["organization"] for row in rows] == [COOPERATIVE] * 11 + [WOMENS_GROUP] * 7
    assert {row.values["organization_province"] for row in rows} == {"18"}
    assert rows[0].values == {
        "title": "นาง",
        "first_name": "มาลี",
        "last_name": "ใจดี",
        "phone": "+66811110100",
        "email": "malee@example.com",
        "gender": "female",
        "birth_year": 1967,
        "position": "board_chair",
        "organization": COOPERATIVE,
        "organization_province": "18",
        "since": "2025-04-01",
        "until": "2027-03-31",
        "term_number": 1,
    }
    assert [row.values["position"] for row in rows[11:]] == [
        "group_leader",
        "group_board_member",
        "group_board_member",
        "group_board_member",
        "group_treasurer",
        "member",
        "group_adviser",
    ]


def test_the_messy_file_is_mended_on_the_page(read: Read, places: Places) -> None:
    rows = {row.number: row for row in read(io.BytesIO(messy_people_file()))}
    for number, field, wrong, right in (BAD_PHONE, BAD_TERM):
        row = rows[number]
        assert row.cells[field] == wrong
        edited = clean_row(row.cells | {field: right}, TableKind.PEOPLE, today=TODAY, places=places, number=number)
        assert edited.problems == {}


def test_no_national_id_number_leaves_the_file(read: Read) -> None:
    file = io.BytesIO(messy_people_file())
    assert open_table(file, TableKind.PEOPLE).headings.forbidden == ["เลขประจำตัวประชาชน"]
    assert "67890" not in repr(read(file))


def test_a_row_read_again_from_its_own_cells_is_the_same(read: Read, places: Places) -> None:
    for row in read(io.BytesIO(messy_people_file())):
        assert clean_row(row.cells, TableKind.PEOPLE, today=TODAY, places=places, number=row.number) == row


def test_a_national_id_number_in_another_column_is_not_kept(read: Read, workbook: Write) -> None:
    (row,) = read(workbook([["ชื่อ", "โทร"], ["มาลี", NATIONAL_ID]]))
    assert row.cells == {"first_name": "มาลี", "phone": ""}
    assert row.problems == {"phone": "A national ID number stood here. It was not kept; write what belongs here."}


def test_of_a_day_of_birth_only_the_year_is_kept(read: Read, workbook: Write) -> None:
    (row,) = read(workbook([["ชื่อ", "วันเกิด"], ["มาลี", datetime(2510, 3, 15)]]))
    assert (row.cells["birth_year"], row.values["birth_year"]) == ("2510", 1967)


def test_an_age_counts_where_no_year_is_given(read: Read, workbook: Write) -> None:
    rows = read(workbook([["ชื่อ", "อายุ", "ปีเกิด"], ["มาลี", 59, None], ["กฤต", 59, 2515]]))
    assert [row.values["birth_year"] for row in rows] == [1967, 1972]


@pytest.mark.parametrize(
    ("heads", "cells"),
    [
        (["ชื่อ-สกุล", "โทร"], ["นางมาลี ใจดี", None]),
        (["ชื่อ", "โทร"], ["นางมาลี ใจดี", None]),
        (["ชื่อ", "สกุล"], ["นางมาลี", "ใจดี"]),
        (["คำนำหน้า", "ชื่อ-สกุล"], ["นาง", "มาลี ใจดี"]),
        (["คำนำหน้า", "ชื่อ", "สกุล"], ["นาง", "มาลี", "ใจดี"]),
    ],
)
def test_a_name_is_the_same_however_it_is_spread(
    heads: list[str], cells: list[str | None], read: Read, workbook: Write
) -> None:
    (row,) = read(workbook([heads, cells]))
    assert row.values == {"title": "นาง", "first_name": "มาลี", "last_name": "ใจดี"}


def test_totals_notes_and_repeated_headings_are_no_people(read: Read, workbook: Write) -> None:
    head = ["ที่", "ชื่อ", "โทร"]
    lines = [
        head, [1, "มาลี", "081-234-5678"], head, [2, "รวมพร", None], ["รวม", "3 คน"], [None, "หมายเหตุ: รอข้อมูล"],
        ["รวมทั้งสิ้น 3 ราย", None, "-"], [3], ["Total", 3],
    ]  # fmt: skip
    assert [row.values["first_name"] for row in read(workbook(lines))] == ["มาลี", "รวมพร"]


def test_a_file_without_any_row_is_refused(read: Read, workbook: Write) -> None:
    with pytest.raises(Refused) as refusal:
        read(workbook([["ชื่อ", "โทร"], [], ["รวม", 0]]))
    assert refusal.value.sentence == "This file has headings but no rows below them. Fill it in and upload it again."


def test_a_formula_is_a_problem_of_its_cell(read: Read, workbook: Write) -> None:
    (row,) = read(workbook([["ชื่อ", "โทร"], ["มาลี", "=B1"]]))
    assert row.problems == {"phone": "This cell holds a formula. Write the value itself."}


@pytest.mark.parametrize(
    ("since", "until", "problems"),
    [
        ("1/4/2568", "31/3/2568", {"until": "This day is before the first day. Check both."}),
        ("1/4/2658", None, {"since": "This day is too far in the future. Check the year."}),
        ("1/4/2568", "31/3/2670", {"until": "This day is too far in the future. Check the year."}),
        ("1/4/2568", "31/3/2570", {}),
    ],
)
def test_the_days_of_a_term_must_fit(
    since: str, until: str | None, problems: dict[str, str], read: Read, workbook: Write
) -> None:
    (row,) = read(workbook([["ชื่อ", "ตั้งแต่", "ถึง"], ["มาลี", since, until]]))
    assert row.problems == problems


NEEDED = "Fill in this cell: the row cannot be used without it."


def test_what_a_row_cannot_do_without_is_asked_for(read: Read, workbook: Write) -> None:
    (row,) = read(workbook([["ชื่อ-สกุล", "โทร"], [None, "081-234-5678"]]))
    assert row.problems == {"full_name": NEEDED}
    heads = ["เบอร์โทร", "ชื่อสหกรณ์", "ตำแหน่ง", "ตั้งแต่"]
    rows = read(
        workbook([heads, ["081-234-5678", "สหกรณ์ประมงบึงใหญ่", "กรรมการ"], [None, None, None, "1/4/2568"]]),
        TableKind.MEMBERSHIPS,
    )
    assert [row.problems for row in rows] == [{}, {"phone": NEEDED, "organization": NEEDED, "position": NEEDED}]


def test_an_organization_is_read_with_its_places_and_numbers(read: Read, workbook: Write) -> None:
    heads = ["ชื่อสหกรณ์", "เลขทะเบียน", "เลข 13 หลักสหกรณ์", "จังหวัด", "อำเภอ", "สังกัดสหกรณ์", "วันสิ้นปีบัญชี"]
    lines = [
        [COOPERATIVE, 1234.0, 994000123456, "จ.ชัยนาท", "อ.สรรพยา", None, datetime(2569, 3, 31)],
        [WOMENS_GROUP, None, None, "ชัยนาท", "เมือง", COOPERATIVE, None],
        ["สหกรณ์โคนมบึงใหญ่ จำกัด", None, None, "ชัยนาท", "บึงใหญ่", None, None],
    ]
    first, second, third = read(workbook([heads, *lines]), TableKind.ORGANIZATIONS)
    assert first.values == {
        "name": COOPERATIVE,
        "registration_number": "1234",
        "juristic_number": "0994000123456",
        "province": "18",
        "district": "1804",
        "year_end": [3, 31],
        "kind": "agricultural",
    }
    assert (second.values["kind"], second.values["parent"], second.values["district"]) == (
        "womens_group",
        COOPERATIVE,
        "1801",
    )
    assert third.problems == {
        "district": "There is no district “บึงใหญ่” in this province. Check the district and the province.",
        "kind": "The name does not say which kind this is. Write the kind.",
    }


@pytest.mark.parametrize("cell", ["first_name", "full_name"])
def test_a_title_too_long_for_the_register_is_told_at_the_cell_of_the_name(cell: str) -> None:
    cells = {cell: f"{'ผศ.ดร.' * 8}มาลี ใจดี", "organization": COOPERATIVE}
    row = clean_row(cells, TableKind.PEOPLE, today=TODAY, places=Places({}, {}, {}))
    assert row.problems == {cell: "The title in front of this name is too long. Write a title of at most 40 letters."}
