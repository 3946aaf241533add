"""Which organization of the area a row of people or positions names."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from cms.thai.names import organization_key
from learning.register.matching.known import KnownOrganization, Organizations
from learning.register.reading.likeness import alike_organizations
from learning.register.reading.spellings import kind_of

key_of = lru_cache(maxsize=4_096)(organization_key)  # a file names one organization in many rows
NUMBER, NAME, PROVINCE = "organization_registration_number", "organization", "organization_province"


@dataclass(slots=True)
class FoundOrganization:
    """The one meant, or a sentence for the cell that leaves it open."""

    organization: KnownOrganization | None = None
    problems: dict[str, str] = field(default_factory=dict)
    near: str = ""


def find_organization(values: dict[str, Any], organizations: Organizations) -> FoundOrganization:
    """By registration number in the province, else by name; nothing when the row names none."""
    number, name, province = values.get(NUMBER), values.get(NAME), values.get(PROVINCE)
    numbered = organizations.numbered(number, province) if number else []
    named = organizations.named(key_of(name), province) if name else []
    if len(named) > 1 and name and (kind := kind_of(name)):
        named = [one for one in named if one.kind == kind] or named
    both = [one for one in numbered if one in named]
    if both:
        return _only(both, NAME)
    if numbered:
        if name and not alike_organizations(name, [one.name for one in numbered]):
            return FoundOrganization(
                problems={
                    NUMBER: _("This number belongs to “%(name)s”. Check the number and the name.")
                    % {"name": numbered[0].name}
                }
            )
        return _only(numbered, NUMBER)
    return _only(named, NAME) if named else FoundOrganization()


def _only(found: list[KnownOrganization], cell: str) -> FoundOrganization:
    if len(found) > 1:
        return FoundOrganization(
            problems={
                cell: _(
                    "Several organizations in your area fit this row. Write the registration number and the province."
                )
            }
        )
    return FoundOrganization(found[0])


def not_found(values: dict[str, Any], organizations: Organizations, *, is_elsewhere: bool) -> dict[str, str]:
    """Why no organization of the area is meant, for the cell that names it."""
    name = values.get(NAME)
    cell = NAME if name else NUMBER
    if is_elsewhere:
        return {cell: outside()}
    near = alike_organizations(name, [one.name for one in organizations.all]) if name else []
    if near:
        return {cell: _("There is no such organization in your area. Did you mean “%(name)s”?") % {"name": near[0]}}
    return {cell: _("There is no such organization in your area. Enter it in the register first, or check the name.")}


def outside() -> str:
    return _("This organization is not in your area. Leave the row out, or send it to the office that answers for it.")
