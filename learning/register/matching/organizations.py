"""What a row of organizations means: one that stands in the register, a new one, or a question."""

from typing import Any

from django.utils.translation import gettext as _

from cms.thai.names import organization_key
from learning.places.areas import Area
from learning.register.choices import Decision
from learning.register.matching.finding import outside
from learning.register.matching.known import KnownOrganization, Organizations
from learning.register.matching.people import Answer
from learning.register.reading.likeness import alike_organizations

Values = dict[str, Any]
Asked = list[tuple[KnownOrganization, str]]
FIELDS = ("kind", "name", "registration_number", "juristic_number", "province", "district", "year_end")


def where_it_stands(values: Values, area: Area) -> dict[str, str]:
    """A problem when the place of a row is not in the area, or is not told closely enough."""
    province, district = values.get("province"), values.get("district")
    if not province or area.has_place(province, district):
        return {}
    if not district and any(code.startswith(province) for code in area.districts):
        return {"district": _("Write the district: your area has some districts of this province, not all.")}
    return {"district" if district else "province": outside()}


def find_registered(values: Values, known: Organizations, answer: Answer) -> tuple[KnownOrganization | None, Asked]:
    """By number within the province, else by name and kind in the district; in doubt a question."""
    found, asked = _find(values, known)
    references = {_reference(one): one for one, _why in asked}
    if answer.decision == Decision.SAME_ONE and answer.decided_id in answer.offered:
        decided = references.get(answer.decided_id or 0) or known.by_id.get(answer.decided_id or 0)
        if decided:
            return decided, []
    if answer.decision == Decision.NEW_ONE and references.keys() <= answer.offered:
        return found, []
    return found, asked


def _find(values: Values, known: Organizations) -> tuple[KnownOrganization | None, Asked]:
    name, kind = values.get("name", ""), values.get("kind")
    province, district = values.get("province"), values.get("district")
    number, key = values.get("registration_number"), organization_key(name)
    numbered = [one for one in known.numbered(number, province) if one.is_active] if number else []
    named = [one for one in known.named(key, province) if one.is_active and one.kind == kind]
    both = [one for one in numbered if one in named]
    if len(both) == 1:
        return both[0], []
    if numbered:
        near = alike_organizations(name, [one.name for one in numbered])
        if len(numbered) == 1 and near:
            return numbered[0], []
        return None, [(one, "number") for one in numbered]
    here = [one for one in named if one.district == district] or [
        one for one in named if not one.district or not district
    ]
    # A number of its own tells two of one name apart.
    free = [one for one in here if not number or not one.registration_number]
    if len(free) == 1:
        return free[0], []
    if here or named:
        return None, [(one, "name") for one in free or here or named]
    others = {one.name: one for one in known.all if one.is_active and one.province == province and one.kind == kind}
    return None, [(others[near], "alike") for near in alike_organizations(name, others)]


def _reference(organization: KnownOrganization) -> int:
    return organization.id if organization.id is not None else -organization.row


def question(organization: KnownOrganization, why: str) -> dict[str, Any]:
    """What is shown of an organization that a row may mean."""
    facts = {name: getattr(organization, name) for name in FIELDS if getattr(organization, name)}
    shown = {"id": _reference(organization), "label": organization.name, "why": why, "facts": facts}
    return {**shown, "row": organization.row} if organization.id is None else shown


def find_parent(values: Values, known: Organizations) -> tuple[KnownOrganization | None, dict[str, str]]:
    """The cooperative that a group belongs to."""
    name = values.get("parent")
    if not name:
        return None, {}
    found = [one for one in known.named(organization_key(name), values.get("province")) if one.is_active]
    found = [one for one in found if one.is_cooperative] or found
    in_district = [one for one in found if one.district == values.get("district")]
    found = in_district or found
    if len(found) == 1:
        return found[0], {}
    if found:
        return None, {"parent": _("Several organizations in your area fit this row. Write the full name.")}
    return None, {
        "parent": _("There is no such organization in your area. Enter it in the register first, or check the name.")
    }


def belongs_to(organization: KnownOrganization, other: KnownOrganization, known: Organizations) -> bool:
    """Whether an organization is the other one, or stands below it."""
    above: KnownOrganization | None = organization
    for _step in known.all:
        if above is None or above is other:
            break
        above = above.parent or known.by_id.get(above.parent_id or 0)
    return above is other


def changed_fields(
    values: Values, organization: KnownOrganization, parent: KnownOrganization | None, *, row: int
) -> tuple[dict[str, list[Any]], dict[str, str]]:
    """{field: [in the register, in the row]}, and a problem where two rows of the file say different things.

    An empty cell takes nothing away.
    """
    changes: dict[str, list[Any]] = {}
    problems: dict[str, str] = {}
    for name, value in said_fields(values, parent).items():
        before = organization.parent if name == "parent" and organization.parent else getattr(organization, name, None)
        before = organization.parent_id if name == "parent" and before is None else before
        if name == "name" and organization_key(value) == organization.key:
            continue  # only สหกรณ์ or จำกัด is left out
        said = organization.said.setdefault(name, (row, value))
        if said[1] != value:
            problems[name] = _(
                "Row %(row)d of this file says something else about the same organization. Make them agree."
            ) % {"row": said[0]}
        elif name == "parent" and parent is not None and before not in (parent, parent.id):
            changes[name] = [organization.parent_id, parent.id]
        elif name != "parent" and before != value:
            changes[name] = [before, value]
    return changes, problems


def said_fields(values: Values, parent: KnownOrganization | None) -> dict[str, Any]:
    """What a row tells of an organization, in the form the register has."""
    said = {name: tuple(values[name]) if name == "year_end" else values[name] for name in FIELDS if values.get(name)}
    return {**said, "parent": parent} if parent else said


def collision(changed: KnownOrganization, known: Organizations, *, of: KnownOrganization | None = None) -> bool:
    """Whether another active one has this name and kind in this place: the table would refuse it."""
    return any(
        one is not of
        and one.is_active
        and (one.kind, one.province, one.district) == (changed.kind, changed.province, changed.district)
        for one in known.named(changed.key, changed.province)
    )
