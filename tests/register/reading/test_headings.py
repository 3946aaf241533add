"""Columns are known by what people call them, wherever the headings stand and in one line or two."""

import pytest

from learning.kernel.refusals import Refused
from learning.register.reading.headings import HEADINGS, TableKind, find_headings, label_key
from learning.register.reading.sheet import Row

PEOPLE, ORGANIZATIONS, MEMBERSHIPS = TableKind.PEOPLE, TableKind.ORGANIZATIONS, TableKind.MEMBERSHIPS


def numbered(*rows: list[str | None]) -> list[Row]:
    return [(number, list(cells)) for number, cells in enumerate(rows, start=1)]


@pytest.mark.parametrize(
    "label",
    ["เบอร์โทร", "เบอร์โทรศัพท์", " โทรศัพท์ * ", "โทร.", "เบอร์โทร (ถ้ามี)", "มือ ถือ", "Phone Number", "เบอร\u0e4cโทร\u200b"],
)
def test_a_heading_is_known_without_its_blanks_signs_and_brackets(label: str) -> None:
    assert find_headings(numbered(["ชื่อ", label]), PEOPLE).columns == {0: "first_name", 1: "phone"}


def test_a_sara_am_in_two_marks_is_the_same_letter() -> None:
    assert label_key("คํานําหน้า") == label_key("คำนำหน้า")


@pytest.mark.parametrize("kind", list(TableKind))
def test_no_heading_stands_for_two_columns_of_the_template(kind: TableKind) -> None:
    for language in ("label_th", "label_en"):
        labels = [label_key(getattr(heading, language)) for heading in HEADINGS[kind]]
        assert len(set(labels)) == len(labels)
        whole = numbered([getattr(heading, language) for heading in HEADINGS[kind]])
        fields = [heading.field for heading in HEADINGS[kind]]
        assert list(find_headings(whole, kind).columns.values()) == fields


def test_title_lines_above_are_passed_over() -> None:
    rows = numbered(["รายชื่อสมาชิก", "รายชื่อสมาชิก"], [], ["ที่", "ชื่อ-สกุล", "ตำแหน่ง", "หมู่เลือด"], ["1", "มาลี", "กรรมการ"])
    found = find_headings(rows, PEOPLE)
    assert (found.row_number, found.columns, found.unknown) == (
        3,
        {1: "full_name", 2: "position"},
        ["ที่", "หมู่เลือด"],
    )


def test_headings_of_two_lines_are_read_together() -> None:
    rows = numbered(
        ["ชื่อ-สกุล", None, None, "โทร", "สหกรณ์", None, "วาระ", None],
        ["คำนำหน้า", "ชื่อ", "สกุล", None, "ชื่อ", "จังหวัด", "เริ่ม", "สิ้นสุด"],
        ["นาง", "มาลี", "ใจดี", "0812345678", "สหกรณ์", "ชัยนาท", "1/4/2568", "31/3/2570"],
    )
    found = find_headings(rows, PEOPLE)
    names = ["title", "first_name", "last_name", "phone", "organization", "organization_province", "since", "until"]
    assert (found.row_number, list(found.columns.values())) == (2, names)


def test_a_line_of_hints_below_the_headings_is_no_person() -> None:
    found = find_headings(numbered(["ชื่อ", "ตั้งแต่วันที่"], [None, "(วว/ดด/ปปปป)"], ["มาลี", "1/4/2568"]), PEOPLE)
    assert (found.row_number, found.columns) == (2, {0: "first_name", 1: "since"})


def test_the_first_of_two_rows_of_headings_counts() -> None:
    rows = numbered(["ชื่อ", "โทร"], ["มาลี", "1"], ["กฤต", "2"], ["ชื่อ", "โทร"], ["วิภา", "3"])
    assert find_headings(rows, PEOPLE).row_number == 1


@pytest.mark.parametrize(
    ("labels", "fields"),
    [
        (["ชื่อ-สกุล"] * 3 + ["โทร"], ["title", "first_name", "last_name", "phone"]),
        (["ชื่อ-สกุล"] * 2 + ["โทร"], ["first_name", "last_name", "phone"]),
        (["ชื่อตัว", "ชื่อสกุล", "โทร"], ["first_name", "last_name", "phone"]),
        (["ชื่อสกุล", "โทร"], ["full_name", "phone"]),
    ],
)
def test_one_heading_over_several_columns_of_a_name_is_its_parts(labels: list[str], fields: list[str]) -> None:
    assert list(find_headings(numbered(labels), PEOPLE).columns.values()) == fields


@pytest.mark.parametrize(
    "label",
    [
        "เลขบัตรประชาชน",
        "เลขประจำตัวประชาชน (13 หลัก)",
        "เลข 13 หลัก",
        "บัตร ปชช.",
        "CID",
        "National ID",
        "เลขประจำตัวผู้เสียภาษี",
    ],
)
def test_a_national_id_column_is_named_and_never_read(label: str) -> None:
    found = find_headings(numbered(["ชื่อ", label, "โทร"]), PEOPLE)
    assert (found.columns, found.forbidden, found.unknown) == ({0: "first_name", 2: "phone"}, [label], [])


def test_thirteen_digits_of_a_cooperative_are_its_own_number() -> None:
    found = find_headings(numbered(["ชื่อสหกรณ์", "เลข 13 หลักสหกรณ์", "จังหวัด", "บัตรประชาชนประธาน"]), ORGANIZATIONS)
    assert found.columns == {0: "name", 1: "juristic_number", 2: "province"}
    assert found.forbidden == ["บัตรประชาชนประธาน"]


@pytest.mark.parametrize(
    ("kind", "labels", "named"),
    [
        (PEOPLE, ["โทร", "อีเมล"], "ชื่อ"),
        (ORGANIZATIONS, ["ชื่อสหกรณ์", "อำเภอ"], "จังหวัด"),
        (MEMBERSHIPS, ["ชื่อ-สกุล", "ตั้งแต่"], "ชื่อสหกรณ์หรือกลุ่ม, ตำแหน่ง"),
    ],
)
def test_missing_columns_are_named(kind: TableKind, labels: list[str], named: str) -> None:
    with pytest.raises(Refused) as refusal:
        find_headings(numbered(labels), kind)
    assert refusal.value.sentence == (
        f"These columns are missing: {named}. Add them, or put your rows into the template."
    )


@pytest.mark.parametrize("above", [20, 0])
def test_headings_must_stand_among_the_first_twenty_rows(above: int) -> None:
    rows = numbered(*[["-"]] * above, ["ชื่อ", "โทร"])
    if above == 0:
        assert find_headings(rows, PEOPLE).row_number == 1
        return
    with pytest.raises(Refused, match="No row of headings was found in the first 20 rows"):
        find_headings(rows[:20], PEOPLE)
