"""A name in one cell is parted into title, given name and family name; names that hardly differ are found."""

import pytest

from learning.register.reading.likeness import alike_names, alike_organizations
from learning.register.reading.names import full_name, name_part, title


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("นางมาลี ใจดี", ("นาง", "มาลี", "ใจดี")),
        ("นาง มาลี  ใจดี", ("นาง", "มาลี", "ใจดี")),
        ("น.ส. มาลี ใจดี", ("นางสาว", "มาลี", "ใจดี")),
        ("น.ส.มาลี ใจดี", ("นางสาว", "มาลี", "ใจดี")),
        ("นส.มาลี ใจดี", ("นางสาว", "มาลี", "ใจดี")),
        ("นางสาวมาลี", ("นางสาว", "มาลี", "")),
        ("ด.ช.ใบข้าว บัวงาม", ("เด็กชาย", "ใบข้าว", "บัวงาม")),
        ("เด็กหญิงใบข้าว บัวงาม", ("เด็กหญิง", "ใบข้าว", "บัวงาม")),
        ("ว่าที่ร้อยตรีสมชาย สุขสันต์", ("ว่าที่ร้อยตรี", "สมชาย", "สุขสันต์")),
        ("ว่าที่ ร.ต.หญิง มาลี ใจดี", ("ว่าที่ร้อยตรีหญิง", "มาลี", "ใจดี")),
        ("ร.ต.อ. สมชาย สุขสันต์", ("ร.ต.อ.", "สมชาย", "สุขสันต์")),
        ("จ่าสิบเอกสมชาย สุขสันต์", ("จ่าสิบเอก", "สมชาย", "สุขสันต์")),
        ("ดร.วิภา แสงทอง", ("ดร.", "วิภา", "แสงทอง")),
        ("ผศ. ดร. วิภา แสงทอง", ("ผศ.ดร.", "วิภา", "แสงทอง")),
        ("พระสมชาย สุจิตโต", ("พระ", "สมชาย", "สุจิตโต")),
        ("พระมหาสมชาย สุจิตโต", ("พระมหา", "สมชาย", "สุจิตโต")),
        ("Mr. Krit Mankong", ("Mr.", "Krit", "Mankong")),
        ("คุณ มาลี ใจดี", ("", "มาลี", "ใจดี")),
        ("คุณากร ใจดี", ("", "คุณากร", "ใจดี")),
        ("นายิกา ใจดี", ("", "นายิกา", "ใจดี")),
        ("มาลี ณ อยุธยา", ("", "มาลี", "ณ อยุธยา")),
        ("นายกฤต มั่นคง", ("นาย", "กฤต", "มั่นคง")),
        ("จ\u0e4dาปา รุ่งเรือง", ("", "จำปา", "รุ่งเรือง")),
    ],
)
def test_a_name_is_parted_the_thai_way(written: str, parts: tuple[str, str, str]) -> None:
    assert full_name(written).value == parts


@pytest.mark.parametrize("written", ["081-234-5678", "มาลี ใจดี 2", "***", "malee@example.com"])
def test_what_is_no_name_is_a_problem(written: str) -> None:
    assert full_name(written).problem == "A name has letters only. Write it like มาลี ใจดี."


@pytest.mark.parametrize("written", ["นาย", "นาง", "นางสาว"])
def test_a_title_alone_is_no_name(written: str) -> None:
    assert full_name(written).problem == "This is a title without a name. Write the name."


def test_titles_have_one_spelling() -> None:
    assert [title(text).value for text in ("น.ส.", "น.ส", "ด.ช.", "ว่าที่ ร.ต.", "ดร", "นาย")] == [
        "นางสาว",
        "นางสาว",
        "เด็กชาย",
        "ว่าที่ร้อยตรี",
        "ดร.",
        "นาย",
    ]
    assert title("081").problem == "This is not a title. Write นาย, นาง, นางสาว or a rank."
    assert name_part("ก" * 101).problem == "This text is too long. Write at most 100 letters."


# --- likeness ------------------------------------------------------------------------------------
@pytest.mark.parametrize("other", ["มาลี ใจดื", "มาลีย์ ใจดี", "น.ส.มาลี  ใจดี", "มาลิ ใจดี", "มาลี่ ใจดี"])
def test_names_that_differ_in_marks_and_silent_letters_are_alike(other: str) -> None:
    assert alike_names("นางมาลี ใจดี", [other]) == [other]


@pytest.mark.parametrize("other", ["มานี ใจดี", "มะลิ ใจดี", "มาลี ใจงาม", "มาลี", "กฤต มั่นคง", ""])
def test_short_names_that_differ_in_a_letter_are_two_people(other: str) -> None:
    assert alike_names("มาลี ใจดี", [other]) == []


def test_in_a_long_name_one_letter_may_be_a_slip_and_the_nearest_comes_first() -> None:
    others = ["จันทร์เพ็ญ แจ่มใสวงศา", "กฤต มั่นคง", "จันทร์เพ็ญ แจ่มใสวงศ์"]
    assert alike_names("จันทร์เพ็ญ แจ่มใสวงส์", others) == ["จันทร์เพ็ญ แจ่มใสวงศ์"]
    assert alike_names("ประเสริฐศักดิ์ รุ่งเรืองกิจ", ["ประเสริฐศักดิ์ รุ่งเรืองกิด"]) == ["ประเสริฐศักดิ์ รุ่งเรืองกิด"]


@pytest.mark.parametrize(
    "other", ["การเกษตรบ้านหนองบัว", "สหกรณ์การเกษตรบ้านหนองบัว จก.", "สหกรณ์การเกษตรบ้านหนองบั่ว จำกัด", "สหกรณ์บ้านหนองบัว จำกัด"]
)
def test_organizations_are_alike_by_the_part_of_the_name_that_is_their_own(other: str) -> None:
    assert alike_organizations("สหกรณ์การเกษตรบ้านหนองบัว จำกัด", [other]) == [other]


@pytest.mark.parametrize(
    "other",
    ["สหกรณ์ออมทรัพย์บ้านหนองบัว จำกัด", "สหกรณ์การเกษตรบ้านหนองบอน จำกัด", "สหกรณ์การเกษตรบ้านหนองบัว 2 จำกัด", "กลุ่มสตรีบ้านหนองบัว"],
)
def test_another_kind_place_or_number_is_another_organization(other: str) -> None:
    assert alike_organizations("สหกรณ์การเกษตรบ้านหนองบัว จำกัด", [other]) == []
