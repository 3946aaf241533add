"""One row against the register: what saving it would do."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from cms.thai.names import organization_key
from learning.organizations.kinds import sort_of
from learning.register.choices import ImportKind, RowAction
from learning.register.matching import organizations as registry
from learning.register.matching.finding import PROVINCE, find_organization, not_found, outside
from learning.register.matching.known import KnownMembership, KnownOrganization, KnownPerson
from learning.register.matching.memberships import plan_membership, settled_position
from learning.register.matching.people import (
    FACTS,
    Answer,
    changed_facts,
    find_person,
    question,
    take_facts,
)
from learning.register.matching.register import Register

Values = dict[str, Any]
ORGANIZATION_CELLS = ("organization", "organization_registration_number", PROVINCE)


@dataclass(slots=True)
class Match:
    """What a row does, and everything that writing it needs."""

    action: str = RowAction.SAME
    problems: dict[str, str] = field(default_factory=dict)
    changes: dict[str, list[Any]] = field(default_factory=dict)
    alike: list[dict[str, Any]] = field(default_factory=list)
    person: KnownPerson | None = None
    is_new_person: bool = False
    facts: dict[str, list[Any]] = field(default_factory=dict)
    new_membership: KnownMembership | None = None
    membership: KnownMembership | None = None
    membership_changes: dict[str, list[Any]] = field(default_factory=dict)
    ended: KnownMembership | None = None
    organization: KnownOrganization | None = None
    is_new_organization: bool = False
    organization_changes: dict[str, list[Any]] = field(default_factory=dict)


def match_row(
    number: int, cells: dict[str, str], values: Values, problems: dict[str, str], register: Register, answer: Answer
) -> Match:
    """Decide a row, and let the register know what it adds, so that the next rows meet it."""
    if register.kind == ImportKind.ORGANIZATIONS:
        return _match_organization(number, values, problems, register, answer)
    return _match_person(number, cells, values, problems, register, answer)


def _problem(problems: dict[str, str]) -> Match:
    return Match(RowAction.PROBLEM, problems=problems)


# --- people and their positions ------------------------------------------------------------------
def _match_person(
    number: int, cells: dict[str, str], values: Values, problems: dict[str, str], register: Register, answer: Answer
) -> Match:
    problems = dict(problems)
    found = find_organization(values, register.organizations)
    organization = found.organization
    problems.update(found.problems)
    if organization is None and not found.problems and any(values.get(name) for name in ORGANIZATION_CELLS[:2]):
        problems.update(_why_not_found(values, register))
    position = values.get("position", "")
    if organization:
        problems.pop("position", None)
        if cells.get("position"):
            position, wrong = settled_position(values, cells["position"], organization)
            problems.update({"position": wrong} if wrong else {})
    if problems:
        return _problem(problems)
    people = register.people
    who = find_person(values, organization, people, kind=register.kind, answer=answer)
    if who.problems:
        return _problem(who.problems)
    if who.ask:
        return Match(RowAction.ASK, alike=[question(person, why, organization) for person, why in who.ask])
    person = who.person
    if person is None and register.kind == ImportKind.MEMBERSHIPS:
        return _problem({"first_name": _("Enter this person first, by a file of people.")})
    if person is None and organization is None:
        return _problem(
            {"organization": _("Write the organization: whom no organization knows, no office would find again.")}
        )
    facts: dict[str, list[Any]] = {}
    if person and register.kind == ImportKind.PEOPLE:
        facts, wrong_facts = changed_facts(
            values, person, people, row=number, is_decided=who.is_decided, is_rough_year=bool(cells.get("age"))
        )
        if wrong_facts:
            return _problem(wrong_facts)
    match = Match(person=person, organization=organization, facts=facts, changes=dict(facts))
    if organization and organization.id:
        plan = plan_membership(values, position, person, organization, today=register.today)
        if plan.problems:
            return _problem(plan.problems)
        match.new_membership, match.membership, match.ended = plan.adds, plan.target, plan.ends
        match.membership_changes = plan.changes
        match.changes.update(plan.changes)
    if person is None:
        match.person, match.is_new_person = _new_person(number, values, register), True
    elif match.new_membership:
        match.changes["position"] = ["", match.new_membership.position]
    if match.is_new_person or match.new_membership:
        match.action = RowAction.ADD
    elif match.changes:
        match.action = RowAction.CHANGE
    _take_person(match, register)
    return match


def _why_not_found(values: Values, register: Register) -> dict[str, str]:
    province = values.get(PROVINCE)
    area = register.area
    if province and not area.has_province(province) and not any(code.startswith(province) for code in area.districts):
        return {PROVINCE: outside()}
    name = values.get("organization")
    is_elsewhere = bool(name) and organization_key(str(name)) in register.keys_elsewhere
    return not_found(values, register.organizations, is_elsewhere=is_elsewhere)


def _new_person(number: int, values: Values, register: Register) -> KnownPerson:
    """A phone or e-mail that is somebody else's stays theirs: a person has decided that these are two."""
    facts = {name: values[name] for name in FACTS if values.get(name)}
    if facts.get("phone") in register.people.by_phone:
        del facts["phone"]
    if facts.get("email", "").lower() in register.people.by_email:
        del facts["email"]
    person = KnownPerson(None, **facts, row=number)
    person.said = {name: (number, value) for name, value in facts.items()}
    return person


def _take_person(match: Match, register: Register) -> None:
    person, organization = match.person, match.organization
    assert person is not None
    if match.facts:
        take_facts(person, match.facts, register.people)
    if match.ended and match.new_membership:
        match.ended.until = match.new_membership.since - timedelta(days=1)
    if match.membership:
        for name, (_before, value) in match.membership_changes.items():
            setattr(match.membership, name, date.fromisoformat(value) if name in ("since", "until") else value)
    if match.new_membership:
        person.memberships.append(match.new_membership)
    if match.is_new_person:
        register.people.add(person)
    elif organization and organization.id and match.new_membership:
        register.people.index(person, organization.id)


# --- organizations -------------------------------------------------------------------------------
def _match_organization(
    number: int, values: Values, problems: dict[str, str], register: Register, answer: Answer
) -> Match:
    known = register.organizations
    problems = {**problems, **registry.where_it_stands(values, register.area)}
    if problems:
        return _problem(problems)
    place = (values["province"], values.get("registration_number", ""))
    if place in register.numbers_elsewhere:
        return _problem(
            {
                "registration_number": _(
                    "This number belongs to an organization of this province outside your area. Check the number."
                )
            }
        )
    organization, asked = registry.find_registered(values, known, answer)
    if asked:
        return Match(RowAction.ASK, alike=[registry.question(one, why) for one, why in asked])
    parent, problems = registry.find_parent(values, known)
    if problems:
        return _problem(problems)
    match = Match(organization=organization)
    if organization is None:
        match.action, match.is_new_organization = RowAction.ADD, True
        match.organization = _new_organization(number, values, parent)
        if registry.collision(match.organization, known):
            return _problem({"name": _("An organization of this name and kind is in this district already.")})
        known.add(match.organization)
        return match
    match.changes, problems = registry.changed_fields(values, organization, parent, row=number)
    if problems:
        return _problem(problems)
    if not match.changes:
        return match
    if parent and registry.belongs_to(parent, organization, known):
        return _problem({"parent": _("An organization cannot belong to itself, nor to one that belongs to it.")})
    if sort_of(organization.kind) != sort_of(values["kind"]):
        return _problem(
            {"kind": _("By the register this is another kind. None turns into it: check the kind and the number.")}
        )
    applied = _applied(match.changes, parent)
    changed = replace(organization, **applied, key=organization_key(applied.get("name", organization.name)))
    if registry.collision(changed, known, of=organization):
        return _problem({"name": _("An organization of this name and kind is in this district already.")})
    for name, value in applied.items():
        setattr(organization, name, value)
    organization.key = changed.key
    known.index(organization)
    match.action, match.organization_changes = RowAction.CHANGE, match.changes
    return match


def _applied(changes: dict[str, list[Any]], parent: KnownOrganization | None) -> dict[str, Any]:
    values = {name: value for name, (_before, value) in changes.items() if name != "parent"}
    return {**values, "parent": parent, "parent_id": parent.id} if "parent" in changes and parent else values


def _new_organization(number: int, values: Values, parent: KnownOrganization | None) -> KnownOrganization:
    said = {name: (number, value) for name, value in registry.said_fields(values, parent).items()}
    return KnownOrganization(
        id=None,
        kind=values["kind"],
        name=values["name"],
        province=values["province"],
        district=values.get("district"),
        registration_number=values.get("registration_number", ""),
        juristic_number=values.get("juristic_number", ""),
        parent_id=parent.id if parent else None,
        parent=parent,
        year_end=tuple(values["year_end"]) if values.get("year_end") else None,
        row=number,
        said=said,
    )
