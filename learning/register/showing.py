"""Rows of an import in words: cells with their labels, what differs, who it might be."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from cms.thai.dates import BE_OFFSET, MONTHS, format_be
from learning.organizations.choices import Kind, Position
from learning.organizations.models import Organization
from learning.people.models import Gender
from learning.people.phones import local
from learning.places.models import District, Province
from learning.register.choices import ImportKind
from learning.register.models import Import, ImportRow
from learning.register.reading.headings import HEADINGS, TableKind

LONG = frozenset({"name", "organization", "parent", "full_name", "name_en", "email"})
NAME_PARTS = ("title", "first_name", "last_name")
COMPARED = {
    ImportKind.ORGANIZATIONS: ("name", "kind", "registration_number", "juristic_number", "province", "district"),
    ImportKind.PEOPLE: (
        "title",
        "first_name",
        "last_name",
        "name_en",
        "phone",
        "email",
        "gender",
        "birth_year",
        "position",
    ),
    ImportKind.MEMBERSHIPS: ("title", "first_name", "last_name", "phone", "email", "position"),
}


@dataclass(frozen=True)
class Cell:
    """One cell of a row as it is shown and, when it is faulty, corrected."""

    name: str
    label: str
    text: str
    sentence: str = ""

    @property
    def is_long(self) -> bool:
        return self.name in LONG


@dataclass(frozen=True)
class Line:
    """The same fact on two sides."""

    label: str
    here: str
    there: str

    @property
    def differs(self) -> bool:
        return bool(self.here and self.there and self.here != self.there)


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a row may mean; `lines` is empty for who may not be shown."""

    id: int
    label: str
    reason: str
    row: int = 0
    lines: list[Line] = field(default_factory=list)


def labels(kind: str) -> dict[str, str]:
    """The headings of a kind of file in the language of the page."""
    is_thai = (get_language() or "th").startswith("th")
    return {one.field: one.label_th if is_thai else one.label_en for one in HEADINGS[TableKind(kind)]}


class Words:
    """Values of the register in words; codes of places and ids of parents are looked up once."""

    @cached_property
    def places(self) -> dict[str, str]:
        return dict(Province.objects.values_list("code", "name")) | dict(District.objects.values_list("code", "name"))

    def of(self, name: str, value: Any) -> str:
        if value in (None, "", []):
            return ""
        match name:
            case "phone":
                return local(str(value))
            case "position":
                return str(Position(value).label) if value in Position.values else str(value)
            case "kind":
                return str(Kind(value).label) if value in Kind.values else str(value)
            case "gender":
                return str(Gender(value).label) if value in Gender.values else str(value)
            case "birth_year":
                return str(int(value) + BE_OFFSET)
            case "since" | "until":
                return format_be(date.fromisoformat(str(value)))
            case "province" | "district" | "organization_province":
                return self.places.get(str(value), str(value))
            case "year_end":
                month, day = value
                return f"{day} {MONTHS[month - 1]}"
            case "parent":
                return str(Organization.objects.filter(pk=value).values_list("name", flat=True).first() or "")
        return str(value)


class RowWords:
    """One row of an import in words."""

    def __init__(self, row: ImportRow, batch: Import, words: Words) -> None:
        self.row, self.batch, self.words = row, batch, words
        self.labels = labels(batch.kind)

    def _cell_of(self, name: str) -> str:
        """The cell in which a fact was written: a given name may stand in the column of the full name."""
        if name not in self.row.cells and name in NAME_PARTS and "full_name" in self.row.cells:
            return "full_name"
        return name

    @cached_property
    def problems(self) -> dict[str, str]:
        return {self._cell_of(name): sentence for name, sentence in self.row.problems.items()}

    @cached_property
    def cells(self) -> list[Cell]:
        names = [*self.batch.columns, *(name for name in self.problems if name not in self.batch.columns)]
        return [
            Cell(name, self.labels.get(name, name), self.row.cells.get(name, ""), self.problems.get(name, ""))
            for name in names
        ]

    @property
    def faulty(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.sentence]

    @property
    def filled(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.text]

    @property
    def changes(self) -> list[Line]:
        """Cell by cell: what stands in the register, what the row says."""
        return [
            Line(self.labels.get(name, name), self.words.of(name, before), self._said(name, after))
            for name, (before, after) in self.row.changes.items()
        ]

    def _said(self, name: str, after: Any) -> str:
        return str(self.row.values.get("parent", "")) if name == "parent" else self.words.of(name, after)

    @property
    def title(self) -> str:
        values = self.row.values
        person = f"{values.get('title', '')}{values.get('first_name', '')} {values.get('last_name', '')}".strip()
        return values.get("name") or person or next((cell.text for cell in self.filled), "")

    @property
    def candidates(self) -> list[Candidate]:
        return [self._candidate(one) for one in self.row.alike]

    def _candidate(self, one: Mapping[str, Any]) -> Candidate:
        facts = dict(one.get("facts", {}))
        if positions := one.get("positions"):
            facts["position"] = ", ".join(self.words.of("position", position) for position in positions)
        said, of = self.row.values, self.words.of
        lines = [
            Line(self.labels[name], of(name, said.get(name)), of(name, facts.get(name)))
            for name in COMPARED[ImportKind(self.batch.kind)]
            if said.get(name) or facts.get(name)
        ]
        return Candidate(one["id"], one["label"], reason(one["why"]), one.get("row", 0), lines if facts else [])


def reason(why: str) -> str:
    """Why somebody may be meant, as a sentence."""
    match why:
        case "phone":
            return _("The phone number is the same, the name is another.")
        case "email":
            return _("The e-mail address is the same, the name is another.")
        case "phone_outside":
            return _("Somebody with this phone number is already in the register of another office.")
        case "email_outside":
            return _("Somebody with this e-mail address is already in the register of another office.")
        case "other_phone":
            return _("The name is the same, the phone number is another.")
        case "name":
            return _("The name is the same.")
        case "name_in_area":
            return _("The name is the same, in another organization of your area.")
        case "number":
            return _("The registration number is the same, the name is another.")
    return _("The names are alike.")


def tiles(counts: Mapping[str, int], address: str, *, is_over: bool) -> list[dict[str, Any]]:
    """The counts of a check, or of what was saved, each leading to its rows."""
    unit = _("rows")
    shown = [
        ("add", _("Added") if is_over else _("To add"), "plus", ""),
        ("change", _("Changed") if is_over else _("To change"), "edit", ""),
        ("same", _("The same already"), "check", ""),
        ("problem", _("To correct"), "alert", "harm"),
        ("ask", _("To decide"), "quiz", "ask"),
        ("left_out", _("Left out"), "minus", ""),
    ]
    return [
        {
            "label": label,
            "number": f"{counts[name]:,}",
            "unit": unit,
            "icon": icon,
            "kind": kind if counts[name] else "",
            "url": f"{address}?show={name}#rows" if counts[name] else "",
        }
        for name, label, icon, kind in shown
        if counts[name] or name != "left_out"
    ]


def what_saving_does(counts: Mapping[str, int]) -> str:
    """One sentence: how many rows are added, changed and left out."""
    left = counts["problem"] + counts["ask"] + counts["left_out"]
    return _("%(add)s are added, %(change)s changed, %(left)s left out.") % {
        "add": ngettext("%(count)s row", "%(count)s rows", counts["add"]) % {"count": f"{counts['add']:,}"},
        "change": ngettext("%(count)s row", "%(count)s rows", counts["change"]) % {"count": f"{counts['change']:,}"},
        "left": ngettext("%(count)s row", "%(count)s rows", left) % {"count": f"{left:,}"},
    }


def problems_workbook(batch: Import, rows: Iterable[ImportRow]) -> bytes:
    """The rows that wait for a person, with the sentences: to be corrected in Excel and uploaded again."""
    words = Words()
    names = labels(batch.kind)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("To correct"))
    sheet.append([*(names.get(name, name) for name in batch.columns), _("Row"), _("What is wrong")])
    for row in rows:
        told = RowWords(row, batch, words)
        sentences = [f"{cell.label}: {cell.sentence}" for cell in told.faulty]
        sentences += [f"{one.label}: {one.reason}" for one in told.candidates if not row.problems]
        texts = [*(row.cells.get(name, "") for name in batch.columns), str(row.number), "\n".join(sentences)]
        sheet.append([_text(sheet, text) for text in texts])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _text(sheet: Any, text: str) -> WriteOnlyCell:
    """Never a formula, whatever the words begin with; without signs that no XML may hold."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    return cell
