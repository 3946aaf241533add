"""The part of the register that rows of a file may touch, loaded by a handful of queries for all of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper
from django.db.models.functions import Lower

from cms.thai.names import organization_key
from learning.duties.queries import organizations_in, people_in
from learning.duties.rights import with_rights
from learning.organizations.choices import OrganizationState
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.places.areas import Area
from learning.places.models import District, Province
from learning.register.choices import ImportKind
from learning.register.matching.finding import find_organization
from learning.register.matching.known import (
    KnownMembership,
    KnownOrganization,
    KnownPerson,
    Organizations,
    People,
)
from learning.register.reading.places import Places

Values = dict[str, Any]
PERSON = ("id", "title", "first_name", "last_name", "name_en", "phone", "email", "gender", "birth_year")


def places() -> Places:
    """Every province and district by its Thai and English name."""
    return Places.of(
        Province.objects.values_list("code", "name", "name_en"),
        District.objects.values_list("code", "name", "name_en"),
    )


class Register:
    """Loaded for some rows, and kept for the next: what a row adds is known to the rows after it.

    `looks_for_alike` loads every member of the organizations named, so that names can be compared; without it
    only people of the very names. The area bounds what is found, and what its officer may learn of others.
    """

    def __init__(self, area: Area, *, kind: str, today: date, looks_for_alike: bool = True) -> None:
        self.area, self.kind, self.today = area, kind, today
        self.people = People(looks_for_alike=looks_for_alike)
        self.organizations = Organizations(_organizations(area))
        self.numbers_elsewhere: set[tuple[str, str]] = set()
        self.keys_elsewhere: set[str] = set()
        self._with_members: set[int] = set()

    def load(self, rows: Iterable[Values], *, decided: Iterable[int] = ()) -> None:
        """Know whoever and whatever these rows may mean."""
        rows = list(rows)
        if self.kind == ImportKind.ORGANIZATIONS:
            self._load_numbers_elsewhere(rows)
            return
        found = [(row, find_organization(row, self.organizations).organization) for row in rows]
        self._load_names_elsewhere([row for row, organization in found if organization is None])
        organizations = {one.id for _row, one in found if one is not None and one.id is not None}
        # One query for each way to be found: joined by OR, no index would serve them.
        if ids := [pk for pk in decided if pk > 0]:
            self._load_people(User.objects.filter(pk__in=ids))
        if phones := {row["phone"] for row in rows if row.get("phone")}:
            self._load_people(User.objects.filter(phone__in=phones))
        names = {row["first_name"] for row in rows if row.get("first_name")}
        members = Membership.objects.filter(organization__in=organizations)
        if self.people.looks_for_alike:
            members = members.filter(organization__in=organizations - self._with_members)
            self._with_members |= organizations
        else:
            members = members.filter(user__first_name__in=names)
        self._load_people(User.objects.filter(pk__in=members.order_by().values("user")))
        if emails := {row["email"].lower() for row in rows if row.get("email")}:
            self._load_people(User.objects.exclude(email="").alias(lower=Lower("email")).filter(lower__in=emails))
        if self.kind == ImportKind.MEMBERSHIPS and names:
            self._load_people(people_in(self.area).filter(first_name__in=names))

    def _load_people(self, users: Any) -> None:
        known = self.people.by_id
        people: dict[int, KnownPerson] = {}
        users = users.order_by().annotate(holds_rights=ExpressionWrapper(with_rights(), BooleanField()))
        for *facts, password, last_login, holds_rights in users.values_list(
            *PERSON, "password", "last_login", "holds_rights"
        ):
            if facts[0] in known:
                continue
            person = KnownPerson(**dict(zip(PERSON, facts, strict=True)))
            person.phone = person.phone or ""
            person.has_account = last_login is not None or bool(password and not password.startswith("!"))
            person.holds_rights = holds_rights
            people[facts[0]] = person
        if not people:
            return
        memberships = Membership.objects.filter(user__in=list(people)).order_by("pk")
        places = ("organization__province", "organization__district")
        own = ("id", "organization_id", "position", "since", "until", "term_number")
        for user_id, province, district, *rest in memberships.values_list("user_id", *places, *own):
            people[user_id].memberships.append(KnownMembership(*rest, self.area.has_place(province, district)))
        for person in people.values():
            self.people.add(person)

    def _load_names_elsewhere(self, rows: list[Values]) -> None:
        keys = {organization_key(row["organization"]) for row in rows if row.get("organization")} - self.keys_elsewhere
        if keys:
            found = Organization.objects.filter(search_key__in=keys).order_by().values_list("search_key", flat=True)
            self.keys_elsewhere |= set(found)

    def _load_numbers_elsewhere(self, rows: list[Values]) -> None:
        numbers = {row["registration_number"] for row in rows if row.get("registration_number")}
        provinces = {row["province"] for row in rows if row.get("province")}
        if numbers and provinces:
            found = (
                Organization.objects.filter(registration_number__in=numbers, province__in=provinces)
                .exclude(pk__in=organizations_in(self.area).order_by().values("pk"))
                .order_by()
                .values_list("province", "registration_number")
            )
            self.numbers_elsewhere |= set(found)


def _organizations(area: Area) -> Iterable[KnownOrganization]:
    rows = organizations_in(area).order_by("pk").values_list(
        "id", "kind", "name", "province_id", "district_id", "registration_number", "juristic_number", "parent_id",
        "year_end_month", "year_end_day", "state", "search_key",
    )  # fmt: skip
    for pk, kind, name, province, district, number, juristic, parent, month, day, state, key in rows.iterator():
        yield KnownOrganization(
            id=pk,
            kind=kind,
            name=name,
            province=province,
            district=district,
            registration_number=number,
            juristic_number=juristic,
            parent_id=parent,
            year_end=(month, day) if month else None,
            is_active=state == OrganizationState.ACTIVE,
            key=key,
        )
