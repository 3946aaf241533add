"""What a row says of a position: that it stands, that its days differ, or that it is new."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from learning.organizations.choices import BOARD_POSITIONS, MOST_TERMS, Position
from learning.organizations.kinds import positions_in
from learning.organizations.terms import Seat, term_numbers
from learning.register.matching.known import KnownMembership, KnownOrganization, KnownPerson
from learning.register.reading.spellings import position as read_position

BOARD = frozenset(str(position) for position in BOARD_POSITIONS)


@dataclass(slots=True)
class Plan:
    """`adds` a new one (ending `ends` the day before), changes `target`, or does nothing."""

    adds: KnownMembership | None = None
    target: KnownMembership | None = None
    ends: KnownMembership | None = None
    changes: dict[str, list[Any]] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


def settled_position(values: dict[str, Any], cell: str, organization: KnownOrganization) -> tuple[str, str | None]:
    """The position as this organization has it, and a problem; the name of a group need not say that it is one."""
    said = values.get("position", "")
    if not said or said in positions_in(organization.kind):
        return said, None
    clean = read_position(cell, not organization.is_cooperative)
    return clean.value or "", clean.problem


def plan_membership(
    values: dict[str, Any], position: str, person: KnownPerson | None, organization: KnownOrganization, *, today: date
) -> Plan:
    """Identity is person, organization and position. A row without days is content with any that hold."""
    assert organization.id is not None  # only what stands in the register has members
    since, until = _day(values.get("since")), _day(values.get("until"))
    mine = [one for one in person.memberships if one.organization_id == organization.id] if person else []
    if not position:
        if any(one.holds_on(today) for one in mine):
            return Plan()
        position = Position.MEMBER
    term = values.get("term_number") if position in BOARD else None
    same = sorted((one for one in mine if one.position == position), key=lambda one: one.since)
    target = _meant(same, since, until, today)
    if target and _is_next_term(target, since, term):
        assert since is not None
        new = KnownMembership(None, organization.id, position, since, until, term)
        return _checked(Plan(adds=new, ends=target), [one for one in mine if one is not target])
    if target:
        changes = {
            name: [_shown(getattr(target, name)), _shown(value)]
            for name, value in (("since", since), ("until", until), ("term_number", term))
            if value is not None and value != getattr(target, name)
        }
        if (until or target.until or date.max) < (since or target.since):
            return Plan(problems={"until": _("In the register this position begins after this day. Write both days.")})
        return Plan(target=target, changes=changes)
    if not organization.is_active:
        return Plan(problems={"organization": _("This organization is no longer active. Choose another.")})
    if since is None and until and until < today:
        return Plan(problems={"since": _("Write the first day too: this position has ended already.")})
    new = KnownMembership(None, organization.id, position, since or today, until, term)
    return _checked(Plan(adds=new), mine)


def _meant(same: list[KnownMembership], since: date | None, until: date | None, today: date) -> KnownMembership | None:
    """The one with this first day, else one whose days overlap, else, without a first day, the one that holds."""
    if since is None:
        holding = [one for one in same if one.holds_on(today)]
        if until:
            holding = holding or [one for one in same if one.until == until]
        return holding[-1] if holding else None
    exact = [one for one in same if one.since == since]
    over = [one for one in same if one.since <= (until or date.max) and since <= (one.until or date.max)]
    return (exact or over or [None])[-1]


def _is_next_term(target: KnownMembership, since: date | None, term: int | None) -> bool:
    return bool(
        since
        and term
        and target.term_number
        and since > target.since
        and term > target.term_number
        and target.until is None
    )


def _checked(plan: Plan, history: list[KnownMembership]) -> Plan:
    """Not more than two terms one after another. Source: Cooperatives Act B.E. 2542, s. 50."""
    new = plan.adds
    if new is None or new.position not in BOARD:
        return plan
    rows = [one for one in (*history, plan.ends, new) if one is not None and one.position in BOARD]
    rows.sort(key=lambda one: one.since)
    seats = [
        Seat(one.position, one.since, _day_before(new) if one is plan.ends else one.until, one.term_number or 0)
        for one in rows
    ]
    own = rows.index(new)
    numbers, without = term_numbers(seats), term_numbers(seats[:own] + seats[own + 1 :])
    if sum(number > MOST_TERMS for number in numbers) > sum(number > MOST_TERMS for number in without):
        plan.problems["term_number"] = _(
            "By the register this is the third term in a row. A board member serves at most two "
            "(Cooperatives Act B.E. 2542, section 50). Check the days, or leave the row out."
        )
    elif new.term_number is None:
        new.term_number = min(numbers[own], MOST_TERMS)
    return plan


def _day_before(membership: KnownMembership) -> date:
    return membership.since - timedelta(days=1)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
