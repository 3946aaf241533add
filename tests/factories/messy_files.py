"""Files as they come from offices: everything that can be untidy in them, and two rows that are wrong.

All names and numbers are invented.
"""

import io
from datetime import datetime
from typing import Any

from openpyxl import Workbook

COOPERATIVE = "สหกรณ์การเกษตรบ้านหนองบัว จำกัด"
WOMENS_GROUP = "กลุ่มสตรีสหกรณ์การเกษตรบ้านหนองบัว"
PROVINCE, DISTRICT = "ชัยนาท", "สรรพยา"
MESSY_PEOPLE = 18
# The row in Excel and the field that is wrong there; what is written there; what would be right.
BAD_PHONE = (13, "phone", "ไม่แน่ใจ รอถาม", "081-111-0107")
BAD_TERM = (21, "term_number", "3", "2")

SARA_AM_IN_TWO = "\u0e4d\u0e32"
START, END = datetime(2568, 4, 1), datetime(2570, 3, 31)  # Buddhist years in Gregorian cells


def messy_people_file() -> bytes:
    """18 people of a new cooperative and its women's group, in one .xlsx; two rows have a real problem."""
    book = Workbook()
    hidden = book.worksheets[0]
    hidden.title = "ข้อมูลเก่า"
    hidden.append(["ชื่อ-สกุล", "โทร"])
    hidden.append(["คนเก่า ในแผ่นที่ซ่อน", "081-999-9999"])
    hidden.sheet_state = "hidden"
    sheet = book.create_sheet("กรรมการ")
    sheet["A1"] = f"ทะเบียนคณะกรรมการ เจ้าหน้าที่ และสมาชิก {COOPERATIVE}"
    sheet["A2"] = f"อำเภอ{DISTRICT} จังหวัด{PROVINCE}   ณ วันที่ 1 เมษายน 2568"
    for number in (1, 2):
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=16)
    _headings(sheet)
    people = _people()
    for number, cells in enumerate(people[:11], start=6):
        _write(sheet, number, cells)
    # Row 17 is empty; below it the women's group, its name merged over all of its rows.
    for number, cells in enumerate(people[11:], start=18):
        _write(sheet, number, cells)
    sheet.merge_cells("K18:K24")
    sheet.merge_cells("L6:L16")
    sheet["A26"], sheet["C26"] = "รวมทั้งสิ้น", "18 คน"
    sheet["B28"] = "หมายเหตุ ข้อมูลจากที่ประชุมใหญ่สามัญประจำปี"
    sheet.cell(24, 22, " ")  # a blank somebody left far to the right
    book.active = 1
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _headings(sheet: Any) -> None:
    """Row 4 over row 5; most are merged downwards, three groups spread over the columns below them."""
    tops = [
        "ที่", "ชื่อ - สกุล", "", "", "เลขประจำตัวประชาชน", "เบอร์โทรศัพท์ ", "อีเมล์\u00a0(ถ้ามี)", "เพศ", "วัน/เดือน/ปีเกิด",
        "ตำแหน่ง*", "สังกัด", "", "อำเภอ", "วาระการดำรงตำแหน่ง", "", "",
    ]  # fmt: skip
    below = {2: f"ค{SARA_AM_IN_TWO}นำหน้า", 3: "ชื่อ", 4: "สกุล", 11: "ชื่อสหกรณ์/กลุ่ม", 12: "จังหวัด",
             14: "เริ่ม", 15: "สิ้นสุด", 16: "วาระที่"}  # fmt: skip
    for column, label in enumerate(tops, start=1):
        sheet.cell(4, column, label or None)
        if column not in below:
            sheet.merge_cells(start_row=4, start_column=column, end_row=5, end_column=column)
    for column, label in below.items():
        sheet.cell(5, column, label)
    for first, last in ((2, 4), (11, 12), (14, 16)):
        sheet.merge_cells(start_row=4, start_column=first, end_row=4, end_column=last)


def _write(sheet: Any, number: int, cells: list[Any]) -> None:
    for column, value in enumerate(cells, start=1):
        if value is not None:
            sheet.cell(number, column, value)


def _people() -> list[list[Any]]:
    """Title, given and family name, phone, e-mail, gender, birth, position, since, until, term as each office types."""
    written: list[tuple[Any, ...]] = [
        ("นาง", "มาลี ", "ใจดี", 811110100, "Malee@Example.com ", "หญิง", datetime(2510, 3, 15),
         "ประธานกรรมการ", START, END, 1),
        ("นาย", "สมชาย", " สุขสันต์", "081-111-0101", None, "ชาย", "12 มี.ค. 2508",
         "รองประธานกรรมการ", START, END, "๑"),
        ("น.ส.", "วิภา", "แสงทอง\u00a0", "'0811110102", "-", "ญ", 2515, "กรรมการและเลขานุการ", "1/4/2568",
         "31/3/2570", "วาระที่ 2"),
        ("นาย", "กฤต", "มั่นคง", 811110103.0, None, "ช", "พ.ศ. 2512", "เหรัญญิก", "1 เมษายน 2568",
         "31 มี.ค. 2570", 2.0),
        ("ว่าที่ ร.ต.", f"อ{SARA_AM_IN_TWO}นวย", "ทองดี", "08 1111 0104", None,
         "ชาย", datetime(1970, 7, 1), "กรรมการ", datetime(2025, 4, 1), datetime(2027, 3, 31), 1),
        (None, "นางสาวบุญมา", "ศรีนวล", "+66 81 111 0105", None, "หญิง", "๒๕๒๐", "กรรมการดำเนินการ", 45748, 46477, 1),
        ("นาย", "ประสาน", "วงศ์งาม", "๐๘๑-๑๑๑-๐๑๐๖", None, "ชาย", None, "กรรมการ ", START, END, 1),
        ("นาง", "จ\u0e4dาปา", "รุ่งเรือง", BAD_PHONE[2], None, "หญิง", 2518, "กรรมการ", START, END, 1),
        ("นาย", "ดำรง", "พูนผล", "0811110108 ", "damrong@example.com", "ชาย", "ค.ศ. 1975", "ผู้จัดการ",
         "1 พ.ค. 2568", "-", None),
        ("นางสาว", "กัญญา", "ทรัพย์มาก", 811110109, None, "หญิง", "1 ม.ค. 2540", "จนท.บัญชี",
         "15/5/2568", None, None),
        ("นาย", "มานพ", "ขยันยิ่ง", "(081) 111-0110", None, "ชาย", None,
         "ผู้ตรวจสอบกิจการ", START, None, None),
        ("นาง", "ละออ", "เพียรดี", "081.111.0111", None, "หญิง", datetime(2509, 12, 5),
         "ประธาน", START, END, 1),
        ("นาง", "ส\u0e4dาเนียง", "บัวงาม", 811110112, None, "หญิง", 2511, "รองประธาน", START, END, 1),
        ("นาง", "ทองใบ", "ใจเย็น", "081-111-0113", None, "หญิง", 2513, "เลขานุการ", START, END, 1),
        ("นาง", "พิกุล", "หอมหวน", "081-111-0114", None, "หญิง", 2514, "กรรมการ", START, END, BAD_TERM[2]),
        ("น.ส.", "จันทร์เพ็ญ", "แจ่มใส", 811110115, None, "หญิง", 2530, "เหรัญญิก", START, END, 1),
        ("ด.ญ.", "ใบข้าว", "บัวงาม", "081-111-0116", None, "หญิง", "๑๔/๒/๒๕๕๔", "สมาชิก", START, None, None),
        ("นาง", "คำ", None, "081-111-0117", None, "หญิง", None, "ที่ปรึกษา", START, None, None),
    ]  # fmt: skip
    rows: list[list[Any]] = []
    for place, (title, first, last, phone, email, gender, born, position, since, until, term) in enumerate(written):
        is_board = place < 11
        organization: str | None = COOPERATIVE if is_board else (WOMENS_GROUP if place == 11 else None)
        province = PROVINCE if place == 0 or not is_board else None
        if not is_board and place % 2:
            province = f"จ.{PROVINCE}"
        person = [place + 1, title, first, last, f"1-2345-67890-{place:02}-0", phone, email, gender, born, position]
        rows.append([*person, organization, province, DISTRICT, since, until, term])
    return rows
