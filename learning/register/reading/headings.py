"""Which column is which: the headings that are known, and where they stand in a file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.utils.translation import gettext as _

from cms.thai.digits import to_arabic
from cms.thai.words import normalise
from learning.register.reading.columns import (
    MEMBERSHIP_COLUMNS,
    ORGANIZATION_COLUMNS,
    PEOPLE_COLUMNS,
    Heading,
)
from learning.register.reading.files import refuse
from learning.register.reading.sheet import Row

ROWS_SEARCHED = 20
FEWEST_COLUMNS = 2  # one known word alone may be the title of the sheet


class TableKind(StrEnum):
    """What a file lists."""

    ORGANIZATIONS = "organizations"
    PEOPLE = "people"
    MEMBERSHIPS = "memberships"


HEADINGS: dict[TableKind, tuple[Heading, ...]] = {
    TableKind.ORGANIZATIONS: ORGANIZATION_COLUMNS,
    TableKind.PEOPLE: PEOPLE_COLUMNS,
    TableKind.MEMBERSHIPS: MEMBERSHIP_COLUMNS,
}
# Each line is needed; of the fields in one line, any is enough. The first is the one that a refusal names.
REQUIRED: dict[TableKind, tuple[tuple[str, ...], ...]] = {
    TableKind.ORGANIZATIONS: (("name",), ("province",)),
    TableKind.PEOPLE: (("first_name", "full_name"),),
    TableKind.MEMBERSHIPS: (
        ("full_name", "phone", "email", "first_name"),
        ("organization", "organization_registration_number"),
        ("position",),
    ),
}
# A national ID number is not needed to teach anybody: its column is never read into anything.
FORBIDDEN = re.compile(
    "บัตรประชาชน|ประจำตัวประชาชน|เลขประชาชน|รหัสประชาชน|บัตรปชช|เลขปชช|ปชช13|บัตรประจำตัว|"
    "nationalid|citizen|idcard|^cid$|^pid$|^idno$|หนังสือเดินทาง|passport"
)
FORBIDDEN_OF_PEOPLE = re.compile("13หลัก|ผู้เสียภาษี|taxid|taxpayer")


@dataclass(frozen=True)
class HeadingRow:
    """Where the headings of a sheet stand: `row_number` is their last row, the data begin below it."""

    row_number: int
    columns: dict[int, str]
    unknown: list[str]
    forbidden: list[str]
    missing: list[str]
    score: float = 0


_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]|\{[^}]*\}")
_NOT_A_LETTER = re.compile(r"[\s!-/:-@\[-`{-~\u2010-\u2027“”‘’ฯๆ]+")


def label_key(label: str) -> str:
    """What of a heading is compared: no blanks, no signs, nothing in brackets; Arabic digits, small letters."""
    written = to_arabic(normalise(label)).casefold()
    return _NOT_A_LETTER.sub("", _IN_BRACKETS.sub("", written))


def heading_named(kind: TableKind, field: str) -> Heading:
    return next(heading for heading in HEADINGS[kind] if heading.field == field)


def is_required(kind: TableKind, field: str) -> bool:
    """Whether a file needs this column; another may stand for it (a full name for a given name)."""
    return any(line[0] == field for line in REQUIRED[kind])


@cache
def fields_by_key(kind: TableKind) -> dict[str, str]:
    headings = HEADINGS[kind]
    aliases = {label_key(alias): heading.field for heading in reversed(headings) for alias in heading.aliases}
    labels = {label_key(label): one.field for one in headings for label in (one.label_en, one.label_th)}
    return aliases | labels


def is_forbidden(key: str, kind: TableKind) -> bool:
    return bool(
        FORBIDDEN.search(key) or (kind is not TableKind.ORGANIZATIONS and FORBIDDEN_OF_PEOPLE.search(key)),
    )


def find_headings(rows: Sequence[Row], kind: TableKind) -> HeadingRow:
    """The row among the first 20 that names most columns, with the row below it when headings take two.

    Refused (422) when no row names two columns, or when a column is missing that the kind needs.
    """
    best: HeadingRow | None = None
    first_of_best = 0
    for index, (number, cells) in enumerate(rows[:ROWS_SEARCHED]):
        two = rows[index + 1 : index + 2]
        candidates = [_read_row(number, [("", _text(cell)) for cell in cells], kind)]
        candidates += [_read_row(below[0], list(_pairs(cells, below[1])), kind) for below in two]
        for candidate in candidates:
            if (
                best is None
                or candidate.score > best.score
                # Of two equal ones: with the line of hints below it, but without the title above it.
                or (candidate.score == best.score and number == first_of_best)
                or (candidate.score == best.score and candidate.row_number == best.row_number)
            ):
                best, first_of_best = candidate, number
    if best is None or best.score < FEWEST_COLUMNS:
        refuse(_("No row of headings was found in the first 20 rows. Put your rows into the template and upload it."))
    if best.missing:
        refuse(
            _("These columns are missing: %(columns)s. Add them, or put your rows into the template.")
            % {"columns": ", ".join(heading_named(kind, field).label_th for field in best.missing)}
        )
    return best


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def _pairs(above: Sequence[object], below: Sequence[object]) -> Iterator[tuple[str, str]]:
    """Heading over heading. Where nothing stands above a lower one, the last to its left spreads over it."""
    spread = ""
    for column in range(max(len(above), len(below))):
        upper = _text(above[column]) if column < len(above) else ""
        lower = _text(below[column]) if column < len(below) else ""
        spread = upper or spread
        yield (spread if lower else upper), lower


def _read_row(number: int, labels: list[tuple[str, str]], kind: TableKind) -> HeadingRow:
    columns: dict[int, str] = {}
    unknown: list[str] = []
    forbidden: list[str] = []
    matched: set[str] = set()  # a title merged over three columns is one label, not three
    joined = 0
    known = fields_by_key(kind)
    for column, (upper, lower) in enumerate(labels):
        label = normalise(f"{upper} {lower}" if upper != lower else lower).replace("\n", " ")
        over, under = label_key(upper), label_key(lower)
        if not label:
            continue
        if any(is_forbidden(key, kind) for key in (over, under, over + under)):
            forbidden.append(label)
            continue
        field = None
        # Below ชื่อ-สกุล stand its parts; every other heading above says more of the one below.
        if over and under and over != under and known.get(over) != "full_name":
            field = known.get(under + over) or known.get(over + under)
            joined += field is not None
        field = field or known.get(under or over)
        if field is None or (field in columns.values() and field != "full_name"):
            unknown.append(label)
        else:
            columns[column] = field
            matched.add(label)
    _part_names(columns, labels)
    fields = set(columns.values())
    missing = [line[0] for line in REQUIRED[kind] if not fields & set(line)]
    score = len(matched) + len(set(forbidden)) + joined / 100
    return HeadingRow(number, columns, unknown, forbidden, missing, score)


def _part_names(columns: dict[int, str], labels: list[tuple[str, str]]) -> None:
    """One heading ชื่อ-สกุล merged over three columns is title, name and family name; over two, the last two.

    Beside a column for the given name, ชื่อสกุล alone is the family name, as on government papers.
    """
    over = [column for column, field in columns.items() if field == "full_name"]
    if not over:
        return
    others = set(columns.values())
    names = {2: ("first_name", "last_name"), 3: ("title", "first_name", "last_name")}.get(len(over), ())
    if names and over[-1] - over[0] == len(over) - 1 and not others & set(names):
        columns.update(zip(over, names, strict=True))
        return
    for column in over[1:]:
        del columns[column]
    if "first_name" in others and "last_name" not in others and label_key(labels[over[0]][-1]) == "ชื่อสกุล":
        columns[over[0]] = "last_name"
