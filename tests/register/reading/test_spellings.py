"""Kinds, positions and places are known by the words that people use for them."""

import pytest

from learning.register.reading import spellings
from learning.register.reading.cells import Clean
from learning.register.reading.places import Places, district, province


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("สหกรณ์การเกษตร", "agricultural"), ("การเกษตร", "agricultural"), ("เกษตร", "agricultural"),
        ("Agricultural", "agricultural"),
        ("ประมง", "fishery"), ("นิคม", "settlement"), ("ร้านค้า", "store"), ("สหกรณ์ร้านค้า", "store"), ("บริการ", "service"),
        ("ออมทรัพย์", "savings"), ("สหกรณ์ออมทรัพย", "savings"), ("เครดิตยูเนียน", "credit_union"),
        ("credit union", "credit_union"),
        ("ชุมนุมสหกรณ์", "federation"), ("ชุมนุม", "federation"), ("กลุ่มเกษตรกรทำนา", "farmers_group"),
        ("กลุ่มสตรี", "womens_group"), ("กลุ่มแม่บ้านเกษตรกร", "womens_group"), ("สตรีสหกรณ์", "womens_group"),
        ("กลุ่มเยาวชน", "youth_group"), ("ยุวเกษตรกร", "youth_group"), ("กลุ่มอาชีพ", "occupation_group"),
        ("กลุ่มอื่น ๆ", "other_group"), ("กลุ่มผู้ใช้น้ำ", "other_group"), ("other_group", "other_group"),
    ],
)  # fmt: skip
def test_a_kind_is_known_in_its_spellings(raw: str, value: str) -> None:
    assert spellings.kind(raw) == Clean(value)


def test_every_kind_is_known_by_the_name_in_the_template_and_by_its_value() -> None:
    assert (
        {value: spellings.kind(label).value for value, label in spellings.KINDS.items()}
        == {value: spellings.kind(value).value for value in spellings.KINDS}
        == {value: value for value in spellings.KINDS}
    )
    assert spellings.kind("บริษัท").problem == (
        f"This kind is not known. Write one of: {', '.join(spellings.KINDS.values())}."
    )


@pytest.mark.parametrize(
    ("raw", "in_cooperative", "in_group"),
    [
        ("ประธานกรรมการดำเนินการ", "board_chair", "group_leader"),
        ("ประธาน", "board_chair", "group_leader"),
        ("รองประธานกรรมการ คนที่ 1", "board_vice_chair", "group_board_member"),
        ("กรรมการและเลขานุการ", "board_secretary", "group_board_member"),
        ("เลขาฯ", "board_secretary", "group_board_member"),
        ("กรรมการ/เหรัญญิก", "board_treasurer", "group_treasurer"),
        ("กรรมการ", "board_member", "group_board_member"),
        ("กรรมการดำเนินการ", "board_member", "group_board_member"),
        ("ผู้จัดการ", "manager", None),
        ("รักษาการผู้จัดการ", "manager", None),
        ("ผู้ช่วยผู้จัดการ", "deputy_manager", None),
        ("จนท. การเงินและบัญชี", "accounting_staff", None),
        ("เจ้าหน้าที่สินเชื่อ", "staff", None),
        ("ผู้ตรวจสอบกิจการ", "business_auditor", None),
        ("สมาชิกสมทบ", "member", "member"),
        ("ประธานกลุ่ม", None, "group_leader"),
        ("ที่ปรึกษา", None, "group_adviser"),
        ("นายกเทศมนตรี", None, None),
    ],
)
def test_a_position_depends_on_what_the_organization_is(
    raw: str, in_cooperative: str | None, in_group: str | None
) -> None:
    assert (spellings.position(raw, False).value, spellings.position(raw, True).value) == (in_cooperative, in_group)


def test_a_position_alone_is_one_of_a_cooperative_unless_it_names_the_group() -> None:
    assert spellings.position("กรรมการ", None) == Clean("board_member")
    assert spellings.position("กรรมการกลุ่ม", None) == Clean("group_board_member")
    assert spellings.position("ผู้วิเศษ", True).problem == (
        "Write one of these positions: ประธานกลุ่ม, เหรัญญิกกลุ่ม, กรรมการกลุ่ม, ที่ปรึกษากลุ่ม, สมาชิก."
    )


def test_every_position_of_the_template_is_known_by_its_name_and_its_value() -> None:
    for is_group, positions in ((False, spellings.COOPERATIVE_POSITIONS), (True, spellings.GROUP_POSITIONS)):
        for value, label in positions.items():
            assert spellings.position(label, is_group) == spellings.position(value, is_group) == Clean(value)


@pytest.mark.parametrize(
    ("name", "is_group"),
    [("สหกรณ์การเกษตรบ้านนา จำกัด", False), ("สหกรณ์โคนมบ้านนา จำกัด", False), ("ชุมนุมสหกรณ์ชัยนาท", False),
     ("กลุ่มสตรีบ้านนา", True), ("กลุ่มเกษตรกรทำนาบ้านนา", True), ("กลุ่มทอผ้าบ้านนา", True), ("บ้านนา", None)],
)  # fmt: skip
def test_a_name_says_whether_it_is_a_group(name: str, is_group: bool | None) -> None:
    assert spellings.is_group_name(name) is is_group


# --- places --------------------------------------------------------------------------------------
@pytest.mark.parametrize("raw", ["ชัยนาท", "จังหวัดชัยนาท", "จ.ชัยนาท", "จ. ชัยนาท", " ชัยนาท\u00a0", "Chai Nat"])
def test_a_province_is_known_with_and_without_its_word(raw: str, places: Places) -> None:
    assert province(raw, places) == Clean("18")


@pytest.mark.parametrize("raw", ["กทม.", "กทม", "กรุงเทพฯ", "กรุงเทพมหานคร", "Bangkok"])
def test_the_capital_has_many_names(raw: str, places: Places) -> None:
    assert province(raw, places) == Clean("10")


def test_a_province_that_is_not_there_is_told_the_nearest(places: Places) -> None:
    assert province("ชัยนาด", places).problem == "There is no province “ชัยนาด”. Did you mean “ชัยนาท”?"
    assert province("xyz", places).problem == "There is no province “xyz”. Write its Thai name in full."


@pytest.mark.parametrize(
    ("raw", "code", "found"),
    [("สรรพยา", "18", "1804"), ("อ.สรรพยา", "18", "1804"), ("อำเภอเมือง", "18", "1801"), ("เมือง", "17", "1701"),
     ("เมืองชัยนาท", "18", "1801"), ("เขตพระนคร", "10", "1001"), ("พระนคร", "10", "1001")],
)  # fmt: skip
def test_a_district_is_known_inside_its_province(raw: str, code: str, found: str, places: Places) -> None:
    assert district(raw, places, code) == Clean(found)


def test_a_district_of_another_province_is_a_problem(places: Places) -> None:
    assert district("สรรพยา", places, "17").problem == (
        "There is no district “สรรพยา” in this province. Check the district and the province."
    )
    assert district("สรรพะยา", places, "18").problem == (
        "There is no district “สรรพะยา” in this province. Did you mean “สรรพยา”?"
    )
    assert district("สรรพยา", places, None).problem == (
        "Write the province first: districts of different provinces have the same name."
    )
