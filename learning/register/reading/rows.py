"""Rows of a file, each with what was written, what is meant by it, and what is wrong with it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from cms.thai.dates import BE_OFFSET
from learning.kernel.refusals import Refused
from learning.register.reading import cells as read
from learning.register.reading import moments, names, spellings
from learning.register.reading import places as towns
from learning.register.reading.cells import CELL_LENGTH, Clean, Raw, holds_national_id, written
from learning.register.reading.files import FileKind, refuse
from learning.register.reading.headings import REQUIRED, HeadingRow, TableKind, fields_by_key, find_headings, label_key
from learning.register.reading.places import Places
from learning.register.reading.sheet import Sheet, read_sheets
from learning.register.reading.template import EXAMPLES

Memory = dict[tuple[str, Any], Any]

FARTHEST_START = timedelta(days=366)  # a board may be elected ahead of its term
FARTHEST_END = timedelta(days=366 * 12)

# What many rows say alike is cleaned once.
REPEATED = frozenset(
    {"title", "gender", "birth_year", "age", "position", "since", "until", "term_number"}
    | {"organization", "organization_registration_number", "organization_province"}
    | {"kind", "province", "district", "parent", "year_end"}
)
CLEANERS: dict[str, Callable[[Raw], Clean]] = {
    "name": read.organization_name,
    "kind": spellings.kind,
    "registration_number": read.registration_number,
    "juristic_number": read.juristic_number,
    "parent": read.organization_name,
    "year_end": moments.year_end,
    "title": names.title,
    "first_name": names.name_part,
    "last_name": names.name_part,
    "full_name": names.full_name,
    "name_en": names.english,
    "phone": read.phone,
    "email": read.email,
    "gender": read.gender,
    "organization": read.organization_name,
    "organization_registration_number": read.registration_number,
    "since": moments.day,
    "until": moments.day,
    "term_number": read.term_number,
}


@dataclass
class ReadRow:
    """One row: `cells` as they were written, `values` ready for JSON (days in ISO form), `problems` by field."""

    number: int
    cells: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """The sheet of a file that holds the rows, and its headings."""

    sheet: Sheet
    kind: TableKind
    headings: HeadingRow

    def rows(self, *, today: date, places: Places) -> Iterator[ReadRow]:
        """Every row with anything in a known column, except totals, notes, repeated headings and the example."""
        memory: Memory = {}
        count = 0
        for number, raws in self.sheet.rows(after=self.headings.row_number):
            cells = self._texts(raws, memory)
            filled = {name: text for name, text in cells.items() if text}
            if not filled or filled == EXAMPLES[self.kind] or _is_footer(raws, filled) or self._is_heading(filled):
                continue
            count += 1
            yield clean_row(cells, self.kind, today=today, places=places, number=number, memory=memory)
        if not count:
            refuse(_("This file has headings but no rows below them. Fill it in and upload it again."))

    def _texts(self, raws: list[Raw], memory: Memory) -> dict[str, str]:
        cells: dict[str, str] = {}
        for column, name in self.headings.columns.items():
            raw = raws[column] if column < len(raws) else None
            if raw is None or name not in REPEATED:
                cells[name] = written(raw)[:CELL_LENGTH]
                continue
            key = ("", (type(raw), raw))
            if key not in memory:
                memory[key] = written(raw)[:CELL_LENGTH]
            cells[name] = memory[key]
        return cells

    def _is_heading(self, filled: dict[str, str]) -> bool:
        """Whether the headings stand here again, as at the top of every printed page."""
        known = fields_by_key(self.kind)
        return len(filled) > 1 and all(
            known.get(label_key(text)) == name for name, text in list(filled.items())[:2] if len(text) < 40
        )


def open_table(file: BinaryIO, kind: TableKind) -> Table:
    """The first visible sheet with headings for this kind; the refusal of the first sheet when none has any."""
    first_refusal: Exception | None = None
    file.seek(0)
    file_kind = FileKind.XLSX if file.read(2) == b"PK" else FileKind.CSV
    for sheet in read_sheets(file, file_kind):
        try:
            return Table(sheet, kind, find_headings(sheet.head(), kind))
        except Refused as refusal:
            first_refusal = first_refusal or refusal
    if first_refusal:
        raise first_refusal
    return refuse(_("This file is empty. Choose the file again."))


def read_table(file: BinaryIO, kind: TableKind, *, today: date, places: Places) -> Iterator[ReadRow]:
    """The rows of a file one after another. Refused (422, 413) with a sentence for what cannot be read at all."""
    return open_table(file, kind).rows(today=today, places=places)


def clean_row(
    cells: dict[str, str],
    kind: TableKind,
    *,
    today: date,
    places: Places,
    number: int = 0,
    memory: Memory | None = None,
) -> ReadRow:
    """One row from the texts of its cells: the same for a row of a file and for one that a person has edited."""
    row = ReadRow(number, dict(cells))
    memory = {} if memory is None else memory
    _take_national_ids_out(row)
    is_group = spellings.is_group_name(row.cells["organization"]) if row.cells.get("organization") else None
    for name in row.cells:
        if name in row.problems:
            continue
        if name in ("province", "organization_province"):
            clean = _once(memory, name, row.cells[name], lambda text: towns.province(text, places))
        elif name == "position":
            clean = _once(
                memory, f"{name} {is_group}", row.cells[name], lambda text: spellings.position(text, is_group)
            )
        elif name in ("birth_year", "age"):
            cleaner = moments.birth_year if name == "birth_year" else moments.age
            clean = _once(memory, name, row.cells[name], lambda text, cleaner=cleaner: cleaner(text, today=today))
        elif name in CLEANERS:
            clean = _once(memory, name, row.cells[name], CLEANERS[name])
        else:
            continue
        _put(row, name, clean)
    if row.cells.get("district") and "district" not in row.problems:
        _put(row, "district", towns.district(row.cells["district"], places, row.values.get("province")))
    _settle_name(row)
    _settle_birth(row)
    _settle_kind(row, kind)
    _settle_days(row, today)
    _ask_for_the_required(row, kind)
    return row


def _once(memory: Memory, name: str, text: str, cleaner: Callable[[str], Clean]) -> Clean:
    if name.split(" ")[0] not in REPEATED:
        return cleaner(text)
    key = (name, text)
    if key not in memory:
        memory[key] = cleaner(text)
    return memory[key]  # type: ignore[no-any-return]


def _put(row: ReadRow, name: str, clean: Clean) -> None:
    if clean.problem:
        row.problems[name] = clean.problem
    elif clean.value is not None:
        row.values[name] = clean.value


def _take_national_ids_out(row: ReadRow) -> None:
    for name, text in row.cells.items():
        if holds_national_id(text):
            row.cells[name] = ""
            row.problems[name] = _("A national ID number stood here. It was not kept; write what belongs here.")


def _settle_name(row: ReadRow) -> None:
    """Title, given and family name, whichever of the columns they were written in."""
    whole: names.Name | None = row.values.pop("full_name", None)
    if whole:
        for part, text in whole._asdict().items():
            if text and not row.cells.get(part):
                row.values[part] = text
    elif "first_name" in row.values:
        title, rest = names.split_title(row.values["first_name"])
        if not row.cells.get("last_name") and "last_name" not in row.problems:
            rest, _blank, last = rest.partition(" ")
            if last:
                row.values["last_name"] = last.strip()
        row.values["first_name"] = rest
        if title and not row.values.get("title") and "title" not in row.problems:
            if len(title) > names.TITLE_LENGTH:
                _put(row, "first_name", names.title_too_long())
            else:
                row.values["title"] = title
    if row.values.get("title") == "":
        del row.values["title"]


def _settle_birth(row: ReadRow) -> None:
    """Of a day of birth only the year is kept, in the cell too; an age counts where no year is given."""
    year = row.values.get("birth_year")
    if year and moments.says_more_than_a_year(row.cells["birth_year"]):
        row.cells["birth_year"] = str(year + BE_OFFSET)
    from_age = row.values.pop("age", None)
    if from_age and not row.cells.get("birth_year"):
        row.values["birth_year"] = from_age


def _settle_kind(row: ReadRow, kind: TableKind) -> None:
    if kind is TableKind.ORGANIZATIONS and not {"kind"} & (row.values.keys() | row.problems.keys()):
        if found := spellings.kind_of(row.values.get("name", "")):
            row.values["kind"] = found
        elif "name" in row.values:
            row.problems["kind"] = _("The name does not say which kind this is. Write the kind.")
    if "year_end" in row.values:
        row.values["year_end"] = list(row.values["year_end"])


def _settle_days(row: ReadRow, today: date) -> None:
    since, until = row.values.get("since"), row.values.get("until")
    for name, day, farthest in (("since", since, FARTHEST_START), ("until", until, FARTHEST_END)):
        if day and day > today + farthest:
            row.problems[name] = _("This day is too far in the future. Check the year.")
            del row.values[name]
        elif day:
            row.values[name] = day.isoformat()
    if since and until and until < since and not {"since", "until"} & row.problems.keys():
        row.problems["until"] = _("This day is before the first day. Check both.")
        del row.values["until"]


def _ask_for_the_required(row: ReadRow, kind: TableKind) -> None:
    for line in REQUIRED[kind]:
        asked = {*line, "first_name"} if "full_name" in line else {*line}  # a full name was parted by now
        if any(row.values.get(name) or name in row.problems for name in asked):
            continue
        missing = next((name for name in line if name in row.cells), line[0])
        row.problems[missing] = _("Fill in this cell: the row cannot be used without it.")


_TOTAL = re.compile(r"(?:รวม|ยอดรวม|ผลรวม)(?:ทั้งสิ้น|ทั้งหมด)?(?:จำนวน)?\d*(?:คน|ราย|แห่ง|สหกรณ์|กลุ่ม)?|(?:grand)?total\d*")
_NOTE = re.compile(r"หมายเหตุ|ที่มา|ข้อมูลณ|ลงชื่อ|ผู้จัดทำ|ผู้รายงาน|ผู้รับรอง")
FEW = 3


def _is_footer(raws: list[Raw], filled: dict[str, str]) -> bool:
    """Whether a row is a total or a note below the table. รวมพร is a name: a total says nothing but รวม."""
    if len(filled) > FEW:
        return False
    keys = [label_key(written(raw)) for raw in raws if isinstance(raw, str)]
    return any(_TOTAL.fullmatch(key) for key in keys) or (len(filled) == 1 and any(map(_NOTE.match, keys)))
