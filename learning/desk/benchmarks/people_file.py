"""A file of people as a province would send it: deterministic, so that its dry run and its saving can be timed."""

import io
import random
from collections.abc import Sequence
from typing import NamedTuple

from openpyxl import Workbook

ROWS = 20_000
HEADINGS = [
    "คำนำหน้า", "ชื่อ", "นามสกุล", "เบอร์โทรศัพท์", "อีเมล", "เพศ", "ปีเกิด",
    "ชื่อสหกรณ์/กลุ่ม", "เลขทะเบียน", "จังหวัด", "ตำแหน่ง", "ตั้งแต่วันที่",
]  # fmt: skip
GIVEN = [
    "บุญเกิด",
    "ทองคำ",
    "ประสงค์",
    "วรรณา",
    "สุภาพร",
    "นิรันดร์",
    "กมลชนก",
    "ธนพล",
    "รัตนา",
    "อุทัย",
    "พิมพ์ใจ",
    "จักรกฤษณ์",
    "ดวงเดือน",
    "ไพโรจน์",
    "ศักดิ์สิทธิ์",
    "เพ็ญศรี",
    "มานิตย์",
    "ละออง",
    "ชูชัย",
    "อารีย์",
    "โสภณ",
    "บัวลอย",
    "กิตติพงษ์",
    "สายสุนีย์",
    "หทัยรัตน์",
    "เฉลิมพล",
    "นวลจันทร์",
    "ปรีชา",
    "วาสนา",
    "ยุพดี",
]
FAMILY = [
    "ทุ่งทอง",
    "บ้านสวน",
    "ศรีนคร",
    "แก้วมณี",
    "พรหมบุตร",
    "ชลธาร",
    "วงศ์ไพร",
    "นาคสกุล",
    "เรืองเดช",
    "สุขเกษม",
    "ดอนเมฆ",
    "หาญกล้า",
    "ป่าไม้งาม",
    "เทพนิมิต",
    "อินทร์แปลง",
    "คลองใหม่",
    "จันทร์หอม",
    "ภูผา",
    "รวงข้าว",
    "ไชยโย",
]
ENDING = [
    "กุล",
    "พัฒนา",
    "วิริยะ",
    "ประเสริฐ",
    "โสภา",
    "ธำรง",
    "มงคล",
    "เจริญยศ",
    "อาสา",
    "ไกรลาศ",
    "บำรุง",
    "ศิลป์",
    "ชื่นบาน",
    "ฤทธิ์",
    "สมุทร",
    "ขจร",
    "ลือชา",
    "เดชา",
    "นุกูล",
    "ปัญญา",
    "โกศล",
    "ตระการ",
    "ทัศนัย",
    "อำไพ",
    "รุ่งโรจน์",
    "หิรัญ",
    "เอกชัย",
    "บริบูรณ์",
    "คงทน",
    "พิทักษ์",
    "สถาพร",
    "อุดม",
    "ยืนยง",
    "มาลัย",
    "กาญจน์",
    "เลิศล้ำ",
]


class Place(NamedTuple):
    """An organization as its row names it."""

    name: str
    registration_number: str
    province: str
    is_cooperative: bool


def people_file(organizations: Sequence[Place], *, rows: int = ROWS, seed: int = 2569) -> bytes:
    """An .xlsx of `rows` people, each with a phone and a position in one of the organizations, in their order.

    Nobody has the name of another; at most 21,600 rows.
    """
    dice = random.Random(seed)  # noqa: S311  not for secrets
    names = [(given, family + ending) for given in GIVEN for family in FAMILY for ending in ENDING]
    dice.shuffle(names)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("บุคคล")
    sheet.append(HEADINGS)
    for number in range(rows):
        place = organizations[number * len(organizations) // rows]
        given, family = names[number]
        is_woman = dice.random() < 0.5
        seats = ["กรรมการ", "สมาชิก", "สมาชิก", "สมาชิก"] if place.is_cooperative else ["กรรมการกลุ่ม", "สมาชิก"]
        sheet.append(
            [
                dice.choice(["นาง", "น.ส."]) if is_woman else "นาย",
                given,
                family,
                f"08{number // 10_000_000 + 1}-{number // 10_000:03d}-{number % 10_000:04d}",
                f"person{number}@example.org" if number % 5 == 0 else "",
                "หญิง" if is_woman else "ชาย",
                str(dice.randint(2490, 2545)),
                place.name,
                place.registration_number,
                place.province,
                dice.choice(seats),
                f"{dice.randint(1, 28)}/{dice.randint(1, 12)}/{dice.randint(2566, 2568)}",
            ]
        )
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
