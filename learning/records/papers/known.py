"""What is known already: rows that say the same, certificates of the register, organizations by exact name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from certification.choices import CertificateState, Origin
from certification.models import Certificate
from cms.thai.dates import format_be
from cms.thai.names import organization_key
from learning.duties.queries import organizations_in
from learning.organizations.models import Organization
from learning.places.areas import Area
from learning.records.papers.rows import PaperValues

AT_ONCE = 500  # names and numbers in one query: SQLite takes no more than 1,000 values


@dataclass
class Known:
    """Asked for many rows at once; `mark` adds to the problems of each. Rows come in the order of the file."""

    province: str
    area: Area
    today: date
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    deeds: dict[tuple[str, str, date], int] = field(default_factory=dict)

    def mark(self, rows: Iterable[tuple[int, PaperValues]]) -> dict[int, Organization]:
        """Write what is known into the problems; gives the organization of each line that names one exactly."""
        rows = list(rows)
        found: dict[int, Organization] = {}
        for start in range(0, len(rows), AT_ONCE):
            chunk = rows[start : start + AT_ONCE]
            self._mark_recorded(chunk)
            found |= self._organizations(chunk)
        for line, row in rows:
            self._mark_twice(line, row)
        return found

    def _mark_recorded(self, rows: list[tuple[int, PaperValues]]) -> None:
        numbers = {row.values["number"] for _line, row in rows if "number" in row.values}
        names = {row.values["holder_name"] for _line, row in rows if "holder_name" in row.values}
        valid = Certificate.objects.filter(state=CertificateState.VALID)
        same_number = {
            (number, None if origin == Origin.ISSUED else _plain(issuer)): issued_on
            for number, origin, issuer, issued_on in valid.filter(number__in=numbers)
            .order_by()
            .values_list("number", "origin", "issuer", "issued_on")
        }
        same_deed = {
            (_plain(name), _plain(title), completed_on): number
            for name, title, completed_on, number in valid.filter(province_code=self.province, holder_name__in=names)
            .order_by()
            .values_list("holder_name", "course_title", "completed_on", "number")
        }
        for _line, row in rows:
            number, issuer = row.values.get("number"), _plain(row.values.get("issuer", ""))
            if (number, None) in same_number:
                row.problems.setdefault("number", _("This academy issued a certificate with this number itself."))
            elif (day := same_number.get((number, issuer))) is not None:
                sentence = _("This number of the same office stands in the register already, issued on %(day)s.")
                row.problems.setdefault("number", sentence % {"day": format_be(day)})
            elif (other := same_deed.get(_deed(row.values))) is not None:
                sentence = _("This person has a certificate for this course and day already: %(number)s.")
                row.problems.setdefault("holder_name", sentence % {"number": other})

    def _organizations(self, rows: list[tuple[int, PaperValues]]) -> dict[int, Organization]:
        """The only one of the province with exactly this name, inside the area of who records."""
        keys = {organization_key(row.values["organization"]) for _line, row in rows if "organization" in row.values}
        inside = organizations_in(self.area).filter(province=self.province, search_key__in=keys).order_by()
        by_key: dict[str, list[Organization]] = {}
        for one in inside:
            by_key.setdefault(one.search_key, []).append(one)
        found: dict[int, Organization] = {}
        needs_one = not self.area.has_province(self.province)
        for line, row in rows:
            name = row.values.get("organization", "")
            same = by_key.get(organization_key(name), []) if name else []
            if len(same) == 1:
                found[line] = same[0]
            elif needs_one and "organization" not in row.problems:
                row.problems["organization"] = _(
                    "You record for the cooperatives and groups of your districts. "
                    "Write the full name of one of them, as in the register."
                )
        return found

    def _mark_twice(self, line: int, row: PaperValues) -> None:
        values = row.values
        sentence = _("Row %(number)d of this list says the same. Keep one of them.")
        if "number" in values and "issuer" in values:
            first = self.numbers.setdefault((values["number"], _plain(values["issuer"])), line)
            if first != line:
                row.problems.setdefault("number", sentence % {"number": first})
                return
        deed = _deed(values)
        if deed is not None:
            first = self.deeds.setdefault(deed, line)
            if first != line:
                row.problems.setdefault("holder_name", sentence % {"number": first})


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def _deed(values: dict[str, Any]) -> tuple[str, str, date] | None:
    """Who completed what on which day; None while one of them is missing."""
    if not {"holder_name", "course_title", "completed_on"} <= values.keys():
        return None
    return _plain(values["holder_name"]), _plain(values["course_title"]), values["completed_on"]
