"""The columns of a list of paper certificates, and where they stand in a file.

The Thai here is part of the file format, like the headings of the template: it is not translated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from learning.register.reading.cells import CELL_LENGTH, written
from learning.register.reading.columns import Heading
from learning.register.reading.files import FileKind, refuse
from learning.register.reading.headings import ROWS_SEARCHED, TableKind, is_forbidden, label_key
from learning.register.reading.sheet import Sheet, read_sheets

FEWEST_COLUMNS = 3
MOST_ROWS = 5_000
COLUMNS = (
    Heading("number", "เลขที่วุฒิบัตร", "Certificate number", "ตามที่พิมพ์บนวุฒิบัตร เลขไทยหรือเลขอารบิกก็ได้",
            ("เลขที่", "เลขที่ใบประกาศ", "เลขที่ใบประกาศนียบัตร", "เลขวุฒิบัตร", "เลขที่เกียรติบัตร", "หมายเลขวุฒิบัตร",
             "number"), width=24),
    Heading("holder_name", "ชื่อ-สกุล", "Name", "พร้อมคำนำหน้า เช่น นางมาลี ใจดี",
            ("ชื่อสกุล", "ชื่อนามสกุล", "ชื่อและนามสกุล", "ชื่อผู้รับ", "ผู้รับวุฒิบัตร", "ชื่อผู้เข้าอบรม", "รายชื่อ", "ชื่อผู้ได้รับวุฒิบัตร",
             "holder", "full name"), width=28),
    Heading("holder_role", "ตำแหน่ง", "Position", "ตามที่พิมพ์บนวุฒิบัตร เว้นว่างได้",
            ("ตำแหน่งหน้าที่", "ตำแหน่ง/สังกัด", "ตำแหน่งและสังกัด", "role"), width=28),
    Heading("organization", "ชื่อสหกรณ์หรือกลุ่ม", "Organization", "ชื่อเต็มตามทะเบียน เช่น สหกรณ์การเกษตรบ้านหนองบัว จำกัด",
            ("สหกรณ์", "ชื่อสหกรณ์", "สังกัด", "หน่วยงาน", "สหกรณ์/กลุ่ม", "สหกรณ์/กลุ่มเกษตรกร", "กลุ่ม", "องค์กร",
             "cooperative"), width=36),
    Heading("course_title", "หลักสูตร", "Course", "ชื่อหลักสูตรตามที่พิมพ์",
            ("ชื่อหลักสูตร", "เรื่อง", "โครงการ", "ชื่อโครงการ", "หลักสูตรที่อบรม", "title"), width=40),
    Heading("hours", "จำนวนชั่วโมง", "Hours", "ตัวเลข เช่น 6 หรือ 12.5",
            ("ชั่วโมง", "ชม.", "ชั่วโมงอบรม", "จำนวนชั่วโมงอบรม", "จำนวน ชม."), width=12),
    Heading("started_on", "วันที่เริ่มอบรม", "Began", "วัน/เดือน/ปี เว้นว่างได้",
            ("อบรมตั้งแต่วันที่", "วันเริ่มอบรม", "ตั้งแต่วันที่", "วันที่เริ่ม", "start date"), width=16),
    Heading("completed_on", "วันที่สำเร็จการอบรม", "Completed", "วัน/เดือน/ปี เช่น 15/3/2560",
            ("วันที่อบรมเสร็จ", "วันสิ้นสุดการอบรม", "วันที่สิ้นสุดการอบรม", "ถึงวันที่", "วันที่อบรม", "วันที่จบ", "วันที่สำเร็จ", "สำเร็จเมื่อวันที่",
             "completed on"), width=18),
    Heading("issued_on", "วันที่ออกวุฒิบัตร", "Issued", "วัน/เดือน/ปี เช่น 15/3/2560",
            ("ให้ไว้ ณ วันที่", "วันที่ออก", "ลงวันที่", "วันที่ให้ไว้", "issued on"), width=18),
    Heading("valid_until", "ใช้ได้ถึงวันที่", "Valid until", "วัน/เดือน/ปี เว้นว่างถ้าไม่หมดอายุ",
            ("หมดอายุ", "วันหมดอายุ", "วันที่หมดอายุ", "expires"), width=16),
    Heading("issuer", "หน่วยงานที่ออก", "Issued by", "เช่น สำนักงานสหกรณ์จังหวัดชัยนาท",
            ("ผู้ออก", "ผู้ออกวุฒิบัตร", "ออกโดย", "หน่วยงานผู้ออก", "หน่วยงานที่ออกวุฒิบัตร", "issuer"), width=34),
    Heading("signer", "ผู้ลงนาม", "Signed by", "ชื่อผู้ลงนามบนวุฒิบัตร เว้นว่างได้",
            ("ผู้ลงนามในวุฒิบัตร", "ชื่อผู้ลงนาม", "ลงนามโดย", "signer"), width=28),
    Heading("signer_position", "ตำแหน่งผู้ลงนาม", "Position of the signer", "เช่น สหกรณ์จังหวัดชัยนาท เว้นว่างได้", (), width=28),
)  # fmt: skip
REQUIRED = ("number", "holder_name", "course_title", "hours", "completed_on", "issued_on", "issuer")
LABELS = {heading.field: heading.label_th for heading in COLUMNS}
# Invented; a row that says exactly this was left in by mistake and is not read.
EXAMPLE = {
    "number": "ชน.12/2560",
    "holder_name": "นางมาลี ใจดี",
    "holder_role": "กรรมการ",
    "organization": "สหกรณ์การเกษตรบ้านหนองบัว จำกัด",
    "course_title": "การควบคุมภายในสำหรับกรรมการ",
    "hours": "6",
    "completed_on": "15/3/2560",
    "issued_on": "15/3/2560",
    "issuer": "สำนักงานสหกรณ์จังหวัดชัยนาท",
    "signer": "นายสมชาย รักสหกรณ์",
    "signer_position": "สหกรณ์จังหวัดชัยนาท",
}
_FIELDS = {
    **{label_key(alias): one.field for one in reversed(COLUMNS) for alias in one.aliases},
    **{label_key(label): one.field for one in COLUMNS for label in (one.label_en, one.label_th)},
}


@dataclass(frozen=True)
class PaperTable:
    """The sheet that holds the list: its columns by place; the rows begin below `heading_row`."""

    sheet: Sheet
    heading_row: int
    columns: dict[int, str]

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Every row with something in a known column, as it is written, except the example and repeated headings."""
        count = 0
        for number, raws in self.sheet.rows(after=self.heading_row):
            cells = {
                name: written(raws[place] if place < len(raws) else None)[:CELL_LENGTH]
                for place, name in self.columns.items()
            }
            filled = {name: text for name, text in cells.items() if text}
            is_heading = sum(_FIELDS.get(label_key(text)) == name for name, text in filled.items()) >= FEWEST_COLUMNS
            if len(filled) < 2 or filled == EXAMPLE or is_heading:  # a note below the table has one cell
                continue
            count += 1
            if count > MOST_ROWS:
                refuse(_("This list has more than 5,000 rows. Split it and upload the parts one after another."))
            yield number, cells
        if not count:
            refuse(_("This file has headings but no rows below them. Fill it in and upload it again."))


def open_papers(file: BinaryIO) -> PaperTable:
    """The first visible sheet with the headings of such a list. Refused (422) with a sentence when none has them."""
    file.seek(0)
    kind = FileKind.XLSX if file.read(2) == b"PK" else FileKind.CSV
    missing: list[str] | None = None
    for sheet in read_sheets(file, kind):
        for number, raws in sheet.head()[:ROWS_SEARCHED]:
            columns = _columns(raws)
            if len(columns) < FEWEST_COLUMNS:
                continue
            lacking = [name for name in REQUIRED if name not in columns.values()]
            if not lacking:
                return PaperTable(sheet, number, columns)
            missing = lacking if missing is None or len(lacking) < len(missing) else missing
    if missing:
        return refuse(
            _("These columns are missing: %(columns)s. Add them, or put your rows into the template.")
            % {"columns": ", ".join(LABELS[name] for name in missing)}
        )
    return refuse(
        _("No row of headings was found in the first 20 rows. Put your rows into the template and upload it.")
    )


def _columns(raws: list) -> dict[int, str]:  # type: ignore[type-arg]
    """Which column is which; one of national ID numbers is not read, and of two alike the first counts."""
    found: dict[int, str] = {}
    for place, raw in enumerate(raws):
        key = label_key(written(raw))
        name = _FIELDS.get(key)
        if name and name not in found.values() and not is_forbidden(key, TableKind.PEOPLE):
            found[place] = name
    return found
