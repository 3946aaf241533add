"""An organization and its people as the pages of officers show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.thai.dates import MONTHS, format_be
from learning.duties.queries import memberships_in
from learning.organizations.choices import Happening, Kind, Position
from learning.organizations.models import Membership, Organization, OrganizationChange
from learning.organizations.queries import holding_on
from learning.people.models import User
from learning.people.phones import local
from learning.places.areas import Area

MOST_SHOWN = 50
MOST_MEMBERS = 15
MOST_POSITIONS = 3
SIGNS: dict[str, str] = {
    Happening.REGISTERED: "document",
    Happening.CHANGED: "edit",
    Happening.MERGED_INTO: "merge",
    Happening.RECEIVED: "merge",
    Happening.DIVIDED: "split",
    Happening.SPLIT_FROM: "split",
    Happening.DISSOLVED: "close",
}
ENDS = frozenset({Happening.MERGED_INTO, Happening.DISSOLVED})


@dataclass
class Bench:
    """The people in one position; `count` may be more than are shown."""

    label: str
    people: list[dict[str, Any]]
    count: int

    @property
    def is_cut(self) -> bool:
        return bool(self.people) and self.count > len(self.people)


def benches(organization: Organization, *, on: date, with_names: bool, may_correct: bool) -> list[Bench]:
    """Who holds which position on a day, boards first; without names only how many. Three queries at most."""
    held = organization.memberships.filter(holding_on(on))
    counts = dict(held.order_by().values_list("position").annotate(count=Count("user", distinct=True)))
    lines: dict[str, list[dict[str, Any]]] = {}
    if with_names and counts:
        rows = held.select_related("user").order_by("since", "pk")
        officers = rows.exclude(position=Position.MEMBER)
        members = rows.filter(position=Position.MEMBER)[:MOST_MEMBERS]
        for row in (*officers, *members):
            lines.setdefault(row.position, []).append(person_line(row, may_correct=may_correct))
    return [
        Bench(str(position.label), lines.get(position, []), counts[position])
        for position in Position
        if position in counts
    ]


def past_lines(organization: Organization, *, on: date, may_correct: bool) -> list[dict[str, Any]]:
    """Who held a position and holds it no more, the latest first."""
    past = organization.memberships.filter(until__lt=on).select_related("user").order_by("-until", "pk")
    return [person_line(row, with_position=True, may_correct=may_correct) for row in past[:MOST_SHOWN]]


def coming_lines(organization: Organization, *, on: date, may_correct: bool) -> list[dict[str, Any]]:
    """Who takes up a position later."""
    coming = organization.memberships.filter(since__gt=on).select_related("user").order_by("since", "pk")
    return [person_line(row, with_position=True, may_correct=may_correct) for row in coming[:MOST_SHOWN]]


def person_line(membership: Membership, *, with_position: bool = False, may_correct: bool = False) -> dict[str, Any]:
    """One person of an organization for `components/person_line.html`; `pk` leads to the position itself."""
    notes = [term_of(membership), days_of(membership)]
    return {
        "pk": membership.pk,
        "name": str(membership.user),
        "position": membership.get_position_display() if with_position else "",
        "phone": local(membership.user.phone) if membership.user.phone else "",
        "note": " · ".join(filter(None, notes)),
        "url": reverse("register:person", args=[membership.user_id]),
        "edit_url": reverse("register:edit_member", args=[membership.pk]) if may_correct else "",
        "end_url": reverse("register:end_membership", args=[membership.pk]),
    }


def term_of(membership: Membership) -> str:
    match membership.term_number:
        case 1:
            return _("First term")
        case 2:
            return _("Second term in a row")
    return ""


def days_of(membership: Membership) -> str:
    since = format_be(membership.since, "short")
    if membership.until is None:
        return _("since %(since)s") % {"since": since}
    return _("%(since)s to %(until)s") % {"since": since, "until": format_be(membership.until, "short")}


def year_end_of(organization: Organization) -> str:
    """31 มีนาคม, or nothing."""
    if not organization.year_end_month:
        return ""
    return f"{organization.year_end_day} {MONTHS[organization.year_end_month - 1]}"


def happenings(history: QuerySet[OrganizationChange]) -> list[dict[str, Any]]:
    """The history for `components/timeline.html`."""
    return [
        {
            "on": format_be(line.on),
            "label": line.get_happening_display(),
            "text": ". ".join(filter(None, [_before(line), _order(line)])),
            "icon": SIGNS[line.happening],
            "url": reverse("register:organization", args=[line.other_id]) if line.other_id else "",
            "url_label": str(line.other or ""),
            "is_end": line.happening in ENDS,
        }
        for line in history
    ]


def _order(line: OrganizationChange) -> str:
    return _("Order or letter: %(number)s") % {"number": line.order_ref} if line.order_ref else ""


def _before(line: OrganizationChange) -> str:
    """What held until the day before, fact by fact."""
    values = {
        "name": line.name_before,
        "kind": str(Kind(line.kind_before).label) if line.kind_before else "",
        "registration_number": line.number_before,
        "province": line.province_before,
        "district": line.district_before,
        "parent": line.parent_before,
    }
    said = []
    for name in line.fields:
        label = str(Organization._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        said.append(f"{label} {values[name] or '–'}" if name in values else label)
    return _("Before: %(facts)s") % {"facts": "; ".join(said)} if said else ""


def counts_of(organizations: Iterable[Organization], *, on: date) -> dict[int, int]:
    """How many people hold a position in each on a day; each counts once in an organization. One query."""
    held = Membership.objects.filter(holding_on(on), organization__in=[one.pk for one in organizations])
    return dict(held.order_by().values_list("organization").annotate(count=Count("user", distinct=True)))


def positions_of(people: Iterable[User], area: Area, *, on: date) -> dict[int, str]:
    """What each person holds on a day in an area, in one line, for telling people of one name apart. One query."""
    held = memberships_in(area).filter(holding_on(on), user__in=[person.pk for person in people])
    lines: dict[int, list[str]] = {}
    for row in held.select_related("organization").order_by("since", "pk"):
        lines.setdefault(row.user_id, []).append(f"{row.get_position_display()} · {row.organization}")
    return {person: "; ".join(said[:MOST_POSITIONS]) for person, said in lines.items()}
