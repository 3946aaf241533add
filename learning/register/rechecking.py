"""One row judged again in its place in the file: after the rows above that it may meet, before those below."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cms.thai.names import organization_key
from learning.register.applying import COMPARED
from learning.register.checking import answer_of, match_kept, values_of_rows
from learning.register.choices import Decision, ImportKind, RowAction
from learning.register.matching.finding import find_organization
from learning.register.matching.known import Organizations
from learning.register.matching.register import Register, places
from learning.register.matching.rows import match_row
from learning.register.models import ImportRow
from learning.register.reading.headings import TableKind
from learning.register.reading.likeness import alike_names, alike_organizations
from learning.register.reading.places import Places
from learning.register.reading.rows import clean_row
from learning.register.written import keep

Values = dict[str, Any]


def recheck(row: ImportRow, register: Register) -> None:
    """Read and compare a row that a person has edited or decided, and save it with the rows below that it changes.

    Its file is compared as the dry run would: a row meets the rows above it. So whoever is nearly the same as
    somebody who is added further down is asked about there.
    """
    was = row.values
    towns = places()
    _read_again(row, row.batch.kind, towns)
    file = _File.of(row, register.organizations)
    below = {number for number in file.near([was, row.values]) if number > row.number} | file.asking
    others = file.near([row.values, *(file.values[number] for number in below)]) | below
    rows = list(ImportRow.objects.filter(batch=row.batch_id, number__in=others).select_for_update())
    if was != row.values:
        _forget_answers(row, rows)
    rows.append(row)
    offered = [one["id"] for each in rows for one in each.alike]
    rows += _offered_besides(offered, rows)
    said = values_of_rows(row.batch_id, [-reference for reference in offered]) | {row.number: row.values}
    register.load([*(each.values for each in rows), *said.values()], decided=offered)
    # Who is left out meets the others and is met by none.
    for each in sorted(rows, key=lambda one: (one is row and row.decision == Decision.LEAVE_OUT, one.number)):
        if each is row or each.number in below:
            _read_again(each, row.batch.kind, towns)
            match_kept(each, register, said)
        else:
            match_row(each.number, each.cells, each.values, each.problems, register, answer_of(each, said))
    row.save()
    keep([each for each in rows if each.number in below], COMPARED)


def _read_again(row: ImportRow, kind: str, towns: Places) -> None:
    read = clean_row(row.cells, TableKind(kind), today=timezone.localdate(), places=towns, number=row.number)
    row.cells, row.values, row.problems = read.cells, read.values, read.problems


def _offered_besides(offered: Iterable[int], rows: list[ImportRow]) -> list[ImportRow]:
    """Rows that questions of these rows are about: an answer may name them."""
    numbers = {-reference for reference in offered if reference < 0} - {one.number for one in rows}
    found = ImportRow.objects.filter(batch=rows[0].batch_id, number__in=numbers, action=RowAction.ADD)
    return list(found.exclude(decision=Decision.LEAVE_OUT)) if numbers else []


def _forget_answers(row: ImportRow, others: Iterable[ImportRow]) -> None:
    """What was decided about a row by its old words says nothing of the new ones."""
    for other in others:
        if -row.number in {one["id"] for one in other.alike}:
            other.alike, other.decision, other.decided_id = [], "", None


@dataclass
class _File:
    """The other rows of a file that add something, found by phone, e-mail, number and name; one query."""

    kind: str
    organizations: Organizations
    values: dict[int, Values] = field(default_factory=dict)
    asking: set[int] = field(default_factory=set)
    _numbers: dict[tuple[str, str], set[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, row: ImportRow, organizations: Organizations) -> "_File":
        """`asking` are the rows below whose question or answer is about this one."""
        file = cls(row.batch.kind, organizations)
        others = ImportRow.objects.filter(batch=row.batch_id).exclude(number=row.number)
        others = others.exclude(decision=Decision.LEAVE_OUT).order_by()
        wanted = Q(action__in=[RowAction.ADD, RowAction.ASK]) | Q(decided_id=-row.number)
        columns = ("number", "action", "values", "alike")
        for number, action, values, alike in others.filter(wanted).values_list(*columns).iterator():
            if number > row.number and any(one["id"] == -row.number for one in alike):
                file.asking.add(number)
                file.values[number] = values
            if action == RowAction.ADD:
                file.values[number] = values
                for key in file._keys(values):
                    file._numbers.setdefault(key, set()).add(number)
        return file

    def _keys(self, values: Values) -> list[tuple[str, str]]:
        if self.kind == ImportKind.ORGANIZATIONS:
            keys = [("name", values.get("name", "")), ("number", values.get("registration_number", ""))]
        else:
            name = f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()
            keys = [("name", name), ("phone", values.get("phone", "")), ("email", values.get("email", "").lower())]
        return [key for key in keys if key[1]]

    def near(self, wanted: Collection[Values]) -> set[int]:
        """Rows that add what may be the same as one of these, or the organization that one belongs to."""
        names = [text for kind, text in self._numbers if kind == "name"]
        found: set[int] = set()
        for values in wanted:
            for kind, text in self._keys(values):
                if kind != "name":
                    found |= self._numbers.get((kind, text), set())
                elif self.kind == ImportKind.ORGANIZATIONS:
                    parent = organization_key(values.get("parent", ""))
                    alike = alike_organizations(text, names)
                    alike += [name for name in names if parent and organization_key(name) == parent]
                    found |= {number for name in alike for number in self._numbers["name", name]}
                else:
                    alike = {number for name in alike_names(text, names) for number in self._numbers["name", name]}
                    found |= {number for number in alike if self._is_of_one_organization(values, self.values[number])}
        return found

    def _is_of_one_organization(self, values: Values, others: Values) -> bool:
        here, there = (find_organization(one, self.organizations).organization for one in (values, others))
        return here is there
