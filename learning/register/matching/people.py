"""Which person a row means: by phone, else e-mail, else the name within the organization; in doubt a question."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from learning.people.phones import local
from learning.register.choices import Decision, ImportKind
from learning.register.matching.known import FACTS, KnownOrganization, KnownPerson, People, name_key
from learning.register.reading.likeness import alike_names

Values = dict[str, Any]
OTHER_PHONE = "other_phone"  # why somebody is asked about: of this very name, with another number


@dataclass(slots=True)
class Answer:
    """What a person has said about a row, with the ids that were offered then.

    Below zero an id is a row of the same file; `rows` has what those rows say, for when they have been saved.
    """

    decision: str = ""
    decided_id: int | None = None
    offered: frozenset[int] = frozenset()
    rows: dict[int, Values] = field(default_factory=dict)


@dataclass(slots=True)
class FoundPerson:
    """Somebody; or people to ask about; or, with neither, nobody whom the register knows."""

    person: KnownPerson | None = None
    ask: list[tuple[KnownPerson, str]] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    is_decided: bool = False


def find_person(
    values: Values, organization: KnownOrganization | None, people: People, *, kind: str, answer: Answer
) -> FoundPerson:
    """Nobody is taken for somebody else by likeness alone: that is asked."""
    found = _find(values, organization, people, kind=kind)
    if not answer.decision:
        return found
    offered = {reference: people.by_id.get(reference) for reference in answer.offered}
    for reference, said in answer.rows.items():
        if offered.get(reference) is None:
            offered[reference] = _find(said, organization, people, kind=kind).person
    if answer.decision == Decision.SAME_ONE and answer.decided_id is not None:
        decided = offered.get(answer.decided_id)
        is_open = decided is not None and (decided.is_inside or _is_called(decided, _full_name(values)))
        return FoundPerson(decided, is_decided=True) if is_open else found
    known = {person.reference for person in offered.values() if person} | answer.offered
    if answer.decision == Decision.NEW_ONE and found.ask and {one.reference for one, _why in found.ask} <= known:
        return FoundPerson(is_decided=True)
    return found


def _find(values: Values, organization: KnownOrganization | None, people: People, *, kind: str) -> FoundPerson:
    key = name_key(values.get("first_name", ""), values.get("last_name", ""))
    full_name = _full_name(values)
    place = organization.id if organization else None
    namesakes = people.named(key, place)
    phone, email = values.get("phone", ""), values.get("email", "").lower()
    for owner, why in ((people.by_phone.get(phone), "phone"), (people.by_email.get(email), "email")):
        if owner is None:
            continue
        is_called = _is_called(owner, full_name)
        if not owner.is_inside:
            # As where one person is typed in: a number that may be guessed opens nobody of another office.
            if is_called:
                return FoundPerson(ask=[(owner, f"{why}_outside")])
            return FoundPerson(problems=_outside(why, full_name))
        if not full_name or is_called:
            return FoundPerson(owner, problems=_taken(values, owner, people))
        if others := [one for one in namesakes if one is not owner]:
            return _only(others, phone)
        return FoundPerson(ask=[(owner, why)])
    if namesakes:
        return _only(namesakes, phone)
    near = {f"{one.first_name} {one.last_name}": one for one in people.near(key, place)}
    if alike := alike_names(full_name, near):
        return FoundPerson(ask=[(near[name], "alike") for name in alike])
    if kind == ImportKind.MEMBERSHIPS:
        if elsewhere := people.named_in_area(key):
            return FoundPerson(ask=[(one, "name_in_area") for one in elsewhere])
        cell = next((name for name in ("first_name", "phone", "email") if values.get(name)), "first_name")
        return FoundPerson(
            problems={cell: _("Nobody in the register of your area fits. Enter the person first, by a file of people.")}
        )
    return FoundPerson()


def _full_name(values: Values) -> str:
    return f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()


def _is_called(person: KnownPerson, full_name: str) -> bool:
    return bool(alike_names(full_name, [f"{person.first_name} {person.last_name}"]))


def _only(namesakes: list[KnownPerson], phone: str) -> FoundPerson:
    """The one of this very name in the organization; a question when there are more, or the phone is another."""
    if len(namesakes) > 1:
        return FoundPerson(ask=[(one, "name") for one in namesakes])
    one = namesakes[0]
    if phone and one.phone and one.phone != phone:
        return FoundPerson(ask=[(one, OTHER_PHONE)])
    return FoundPerson(one)


def _outside(cell: str, full_name: str) -> dict[str, str]:
    if full_name:
        return {cell: _of_somebody_else(cell)}
    return {"first_name": _("Write the name as well: somebody of another office is found by name and number together.")}


def _of_somebody_else(cell: str) -> str:
    if cell == "phone":
        return _("This phone number belongs to somebody else in the register. Correct it or leave it empty.")
    return _("This e-mail address belongs to somebody else in the register. Correct it or leave it empty.")


def _taken(values: Values, person: KnownPerson, people: People) -> dict[str, str]:
    """A person found by phone cannot be given the e-mail of somebody else."""
    owner = people.by_email.get(values.get("email", "").lower())
    if owner is None or owner is person or not person.may_be_changed:
        return {}
    return {"email": _of_somebody_else("email")}


def question(person: KnownPerson, why: str, organization: KnownOrganization | None) -> dict[str, Any]:
    """What is shown of somebody whom a row may mean: of a person outside the area no more than first letters."""
    if why.endswith("_outside"):
        return {"id": person.reference, "label": person.masked, "why": why}
    facts = {name: getattr(person, name) for name in FACTS if getattr(person, name)}
    if phone := facts.get("phone"):
        facts["phone"] = local(phone)
    positions = [one.position for one in person.memberships if organization and one.organization_id == organization.id]
    shown = {"id": person.reference, "label": person.full_name, "why": why, "facts": facts, "positions": positions}
    return {**shown, "row": person.row} if person.id is None else shown


def changed_facts(
    values: Values, person: KnownPerson, people: People, *, row: int, is_decided: bool, is_rough_year: bool
) -> tuple[dict[str, list[Any]], dict[str, str]]:
    """{field: [in the register, in the row]}, and a problem where two rows of the file say different things.

    An empty cell takes nothing away. A phone or e-mail of somebody else is left where it is.
    """
    changes: dict[str, list[Any]] = {}
    problems: dict[str, str] = {}
    if not person.may_be_changed and not person.is_withheld:
        return changes, problems
    for name in FACTS:
        value = values.get(name)
        before = getattr(person, name)
        if not value or (name == "birth_year" and is_rough_year and before):
            continue
        if name in ("first_name", "last_name") and is_decided and person.id is None:
            continue
        if name in ("phone", "email"):
            owners = people.by_phone if name == "phone" else people.by_email
            if owners.get(value if name == "phone" else value.lower()) not in (None, person):
                continue
        if person.is_withheld:
            if before != value:
                problems[name] = _(
                    "This person holds or has held a duty on this site, so no file changes this. "
                    "Empty the cell, or write what stands in the register."
                )
            continue
        said = person.said.setdefault(name, (row, value))
        if said[1] != value:
            problems[name] = _(
                "Row %(row)d of this file says something else about the same person. Make them agree."
            ) % {"row": said[0]}
        elif before != value:
            changes[name] = [before, value]
    return changes, problems


def take_facts(person: KnownPerson, changes: dict[str, list[Any]], people: People) -> None:
    """Let the rows after this one see what it changes."""
    for name, (_before, value) in changes.items():
        setattr(person, name, value)
    if changes.keys() & {"phone", "email", "first_name", "last_name"}:
        people.add(person)
