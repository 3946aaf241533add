"""The columns of register files, as data: their Thai and English headings and what else people call them.

The Thai here is part of the file format, like the headings of the template: it is not translated.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A column: the field it fills, its labels, what else it is called, and what to write in it."""

    field: str
    label_th: str
    label_en: str
    hint: str
    aliases: tuple[str, ...] = ()
    width: int = 18  # of the column in the template, in characters


_REGISTRATION = (
    "เลขทะเบียน", "เลขที่ทะเบียน", "ทะเบียนเลขที่", "เลขทะเบียนสหกรณ์", "เลขทะเบียนที่", "เลขที่จดทะเบียน",
    "reg no", "registration no",
)  # fmt: skip
_SINCE = (
    "ตั้งแต่", "เริ่มวาระ", "วันเริ่มวาระ", "วันที่เริ่มวาระ", "วันเริ่มดำรงตำแหน่ง", "วันที่เริ่มดำรงตำแหน่ง", "เริ่มดำรงตำแหน่ง",
    "วันที่ดำรงตำแหน่ง", "วันที่ได้รับเลือกตั้ง", "วันเลือกตั้ง", "วันที่แต่งตั้ง", "วันเริ่มต้น", "วันที่เริ่ม", "เริ่ม", "เริ่มต้น",
    "วันที่เริ่มต้น", "เริ่มการดำรงตำแหน่ง", "เริ่มวาระการดำรงตำแหน่ง", "วันที่เริ่มวาระการดำรงตำแหน่ง", "เริ่มต้นวาระการดำรงตำแหน่ง",
    "วันที่เป็นสมาชิก", "start", "start date", "from",
)  # fmt: skip
_UNTIL = (
    "ถึง", "ถึงวันที่", "สิ้นสุด", "สิ้นสุดวาระ", "วันสิ้นสุดวาระ", "วันที่สิ้นสุดวาระ", "ครบวาระ", "วันครบวาระ", "วันที่ครบวาระ",
    "หมดวาระ", "วันหมดวาระ", "วันที่หมดวาระ", "วันสิ้นสุด", "วันที่สิ้นสุด", "วันที่พ้นตำแหน่ง", "พ้นวาระ",
    "สิ้นสุดวาระการดำรงตำแหน่ง", "สิ้นสุดการดำรงตำแหน่ง", "วันที่สิ้นสุดวาระการดำรงตำแหน่ง", "ครบวาระการดำรงตำแหน่ง",
    "end", "end date", "to",
)  # fmt: skip
_TERM = (
    "วาระที่", "วาระ", "ครั้งที่", "สมัยที่", "สมัย", "จำนวนวาระ", "ดำรงตำแหน่งวาระที่", "ที่วาระ", "วาระที่ดำรงตำแหน่ง",
    "วาระที่วาระการดำรงตำแหน่ง", "ครั้งที่วาระการดำรงตำแหน่ง", "term", "term no",
)  # fmt: skip
_ORGANIZATION = (
    "สหกรณ์", "ชื่อสหกรณ์", "สังกัด", "สังกัดสหกรณ์", "สหกรณ์ที่สังกัด", "หน่วยงาน", "ชื่อสหกรณ์/กลุ่ม", "สหกรณ์/กลุ่ม",
    "สหกรณ์/กลุ่มเกษตรกร", "ชื่อสหกรณ์/กลุ่มเกษตรกร", "สถาบันเกษตรกร", "ชื่อสถาบันเกษตรกร", "ชื่อกลุ่ม", "กลุ่ม", "องค์กร",
    "ชื่อองค์กร", "สังกัดสหกรณ์/กลุ่ม", "ชื่อหน่วยงาน", "ชื่อสังกัด", "cooperative", "coop", "group",
)  # fmt: skip
_PHONE = (
    "โทร", "โทรศัพท์", "เบอร์", "เบอร์โทร", "เบอร์โทรศัพท์", "โทรศัพท์มือถือ", "เบอร์มือถือ", "มือถือ", "หมายเลขโทรศัพท์",
    "หมายเลขโทรศัพท์มือถือ", "เบอร์โทรศัพท์มือถือ", "เลขโทรศัพท์", "เบอร์ติดต่อ", "เบอร์โทรติดต่อ", "โทรศัพท์ติดต่อ", "เบอร์โทรศัพท์ติดต่อ",
    "phone number", "mobile", "mobile phone", "tel", "telephone",
)  # fmt: skip
_EMAIL = ("อีเมล์", "อีเมลล์", "อีเมลแอดเดรส", "อีเมล์แอดเดรส", "email", "mail", "email address")
_FULL_NAME = (
    "ชื่อสกุล", "ชื่อนามสกุล", "ชื่อและนามสกุล", "ชื่อและสกุล", "ชื่อตัวชื่อสกุล", "ชื่อเต็ม", "คำนำหน้าชื่อสกุล", "คำนำหน้าชื่อนามสกุล",
    "รายชื่อ", "ชื่อสมาชิก", "ชื่อกรรมการ", "รายชื่อสมาชิก", "รายชื่อกรรมการ", "ชื่อผู้เข้าอบรม", "name", "name surname", "fullname",
)  # fmt: skip
_POSITION = ("ตำแหน่งหน้าที่", "ตำแหน่งในสหกรณ์", "ตำแหน่งในกลุ่ม", "หน้าที่", "ตำแหน่งในสหกรณ์/กลุ่ม", "ตำแหน่งปัจจุบัน", "role")
_PROVINCE = ("จังหวัดที่ตั้ง", "จ.", "ที่ตั้งจังหวัด", "จังหวัดที่ตั้งสหกรณ์", "จังหวัดของสหกรณ์", "จังหวัดสหกรณ์", "จังหวัดสังกัด", "จังหวัดที่อยู่")

_PHONE_COLUMN = Heading(
    "phone", "เบอร์โทรศัพท์", "Phone",
    "เบอร์เดียว เช่น 081-234-5678 ใช้เข้าสู่ระบบ จึงต้องไม่ซ้ำกับคนอื่น", _PHONE, width=16,
)  # fmt: skip
_EMAIL_COLUMN = Heading("email", "อีเมล", "E-mail", "เช่น malee@example.com เว้นว่างได้", _EMAIL, width=26)
_MEMBERSHIP_COLUMNS = (
    Heading(
        "organization", "ชื่อสหกรณ์หรือกลุ่ม", "Organization",
        "ชื่อเต็ม เช่น สหกรณ์การเกษตรบ้านหนองบัว จำกัด", _ORGANIZATION, width=40,
    ),
    Heading(
        "organization_registration_number", "เลขทะเบียนสหกรณ์", "Organization registration number",
        "ช่วยให้พบสหกรณ์ได้แน่นอน เว้นว่างได้", _REGISTRATION,
    ),
    Heading(
        "organization_province", "จังหวัด", "Organization province",
        "จังหวัดที่สหกรณ์หรือกลุ่มตั้งอยู่", (*_PROVINCE, "province"), width=16,
    ),
    Heading(
        "position", "ตำแหน่ง", "Position",
        "เลือกจากรายการ เช่น กรรมการ ผู้จัดการ สมาชิก ประธานกลุ่ม", _POSITION, width=22,
    ),
    Heading("since", "ตั้งแต่วันที่", "Since", "วัน/เดือน/ปี เช่น 1/4/2568", _SINCE, width=14),
    Heading("until", "ถึงวันที่", "Until", "วัน/เดือน/ปี เช่น 31/3/2570 เว้นว่างถ้ายังอยู่ในตำแหน่ง", _UNTIL, width=14),
    Heading(
        "term_number", "วาระที่", "Term number",
        "1 หรือ 2 สำหรับกรรมการ (พ.ร.บ.สหกรณ์ พ.ศ. 2542 มาตรา 50 ไม่เกินสองวาระติดต่อกัน)", _TERM, width=10,
    ),
)  # fmt: skip

ORGANIZATION_COLUMNS = (
    Heading(
        "kind", "ประเภท", "Kind", "เลือกจากรายการ เว้นว่างได้ถ้าชื่อบอกประเภทอยู่แล้ว",
        ("ประเภทสหกรณ์", "ประเภทองค์กร", "ประเภทสหกรณ์/กลุ่ม", "ประเภทสถาบัน", "ชนิด", "ประเภทกลุ่ม", "type"), width=24,
    ),
    Heading(
        "name", "ชื่อ", "Name", "ชื่อเต็ม เช่น สหกรณ์การเกษตรบ้านหนองบัว จำกัด",
        (*(one for one in _ORGANIZATION if "สังกัด" not in one), "organization", "organization name", "รายชื่อสหกรณ์"),
        width=40,
    ),
    Heading(
        "registration_number", "เลขทะเบียน", "Registration number", "เลขทะเบียนสหกรณ์ เช่น 0012/2530",
        _REGISTRATION,
    ),
    Heading(
        "juristic_number", "เลข 13 หลักสหกรณ์", "Juristic number", "ตัวเลข 13 หลัก ขึ้นต้นด้วย 0 เว้นว่างได้",
        ("เลข 13 หลัก", "เลขนิติบุคคล", "เลขทะเบียนนิติบุคคล", "เลขประจำตัวนิติบุคคล", "รหัสสหกรณ์ 13 หลัก", "เลขสหกรณ์ 13 หลัก"),
        width=20,
    ),
    Heading(
        "province", "จังหวัด", "Province", "เช่น ชัยนาท", _PROVINCE, width=16,
    ),
    Heading(
        "district", "อำเภอ", "District", "เช่น สรรพยา หรือเขตในกรุงเทพมหานคร",
        ("อำเภอ/เขต", "เขต", "อ.", "อำเภอที่ตั้ง", "amphoe"), width=16,
    ),
    Heading(
        "parent", "สังกัดสหกรณ์", "Belongs to", "สำหรับกลุ่ม: ชื่อสหกรณ์ที่กลุ่มสังกัด",
        ("สหกรณ์ที่สังกัด", "สหกรณ์แม่", "สังกัด", "อยู่ในสังกัด", "ภายใต้สหกรณ์", "parent"), width=40,
    ),
    Heading(
        "year_end", "วันสิ้นปีบัญชี", "Year end", "วันและเดือน เช่น 31 มีนาคม",
        ("สิ้นปีบัญชี", "วันสิ้นปีทางบัญชี", "ปีบัญชี", "วันที่สิ้นปีบัญชี", "สิ้นปีทางบัญชี", "วันปิดบัญชี", "รอบปีบัญชี", "financial year end"),
    ),
)  # fmt: skip

PEOPLE_COLUMNS = (
    Heading(
        "title", "คำนำหน้า", "Title", "นาย นาง นางสาว หรือยศ",
        ("คำนำหน้าชื่อ", "คำนำหน้านาม", "คำหน้า", "ยศ", "คำนำหน้าชื่อ/ยศ", "คำนำหน้าชื่อสกุล คำนำหน้า", "prefix"), width=12,
    ),
    Heading("first_name", "ชื่อ", "Given name", "ชื่อตัว ไม่มีคำนำหน้า",
        ("ชื่อตัว", "ชื่อจริง", "first name", "firstname", "given name")),
    Heading("last_name", "นามสกุล", "Family name", "เว้นว่างได้ถ้าไม่มี",
        ("สกุล", "ชื่อสกุลเดิม", "last name", "lastname", "surname", "family name"), width=20),
    Heading("full_name", "ชื่อ-นามสกุล", "Full name", "ใช้แทนสามช่องแรกได้ เช่น นางมาลี ใจดี", _FULL_NAME, width=26),
    Heading("name_en", "ชื่อภาษาอังกฤษ", "Name in English", "ตัวอักษร A ถึง Z เช่น Malee Jaidee เว้นว่างได้",
        ("ชื่ออังกฤษ", "ชื่อสกุลภาษาอังกฤษ", "ชื่อนามสกุลภาษาอังกฤษ", "ชื่อและนามสกุลภาษาอังกฤษ", "ชื่อสกุลอังกฤษ", "ชื่อนามสกุลอังกฤษ",
         "english name", "name english", "full name in english"), width=26),
    _PHONE_COLUMN,
    _EMAIL_COLUMN,
    Heading("gender", "เพศ", "Gender", "ชาย หญิง หรืออื่น ๆ", ("เพศสภาพ", "sex"), width=8),
    Heading("birth_year", "ปีเกิด", "Birth year", "ปี พ.ศ. เช่น 2510 หากเขียนวันเกิด ระบบจะเก็บเฉพาะปี",
        ("ปีเกิด พ.ศ.", "พ.ศ.เกิด", "วันเกิด", "วันเดือนปีเกิด", "ว/ด/ป เกิด", "วดปเกิด", "วันเดือนปี เกิด", "วัน/เดือน/ปีเกิด",
         "เกิด", "birthday", "date of birth", "birth date", "dob", "year of birth"), width=10),
    Heading("age", "อายุ", "Age", "อายุเป็นปี ใช้แทนปีเกิดได้", ("อายุปี", "อายุตัว"), width=8),
    *_MEMBERSHIP_COLUMNS,
)  # fmt: skip

MEMBERSHIP_COLUMNS = (
    Heading("full_name", "ชื่อ-นามสกุล", "Full name", "เช่น นางมาลี ใจดี", _FULL_NAME, width=26),
    *(heading for heading in PEOPLE_COLUMNS if heading.field in {"title", "first_name", "last_name"}),
    _PHONE_COLUMN,
    _EMAIL_COLUMN,
    *_MEMBERSHIP_COLUMNS,
)
