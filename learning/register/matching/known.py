"""What the register knows, as plain rows in memory: one load for many rows of a file, and what those rows add."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cms.thai.names import organization_key
from cms.thai.words import normalise
from learning.organizations.choices import COOPERATIVES

FACTS = ("title", "first_name", "last_name", "name_en", "phone", "email", "gender", "birth_year")


@dataclass(slots=True, eq=False)
class KnownOrganization:
    """An organization of the area; `row` is the line of the file that adds it, while it has no id."""

    id: int | None
    kind: str
    name: str
    province: str
    district: str | None
    registration_number: str = ""
    juristic_number: str = ""
    parent_id: int | None = None
    parent: "KnownOrganization | None" = None
    year_end: tuple[int, int] | None = None
    is_active: bool = True
    row: int = 0
    key: str = ""
    said: dict[str, tuple[int, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = self.key or organization_key(self.name)

    @property
    def is_cooperative(self) -> bool:
        return self.kind in COOPERATIVES


@dataclass(slots=True, eq=False)
class KnownMembership:
    """A position of a person in an organization; without an id while a row of the file adds it."""

    id: int | None
    organization_id: int
    position: str
    since: date
    until: date | None = None
    term_number: int | None = None
    is_inside: bool = True

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until >= day)


@dataclass(slots=True, eq=False)
class KnownPerson:
    """A person of the register, or one whom a row of the file adds (then `row` is its number and there is no id)."""

    id: int | None
    title: str = ""
    first_name: str = ""
    last_name: str = ""
    name_en: str = ""
    phone: str = ""
    email: str = ""
    gender: str = ""
    birth_year: int | None = None
    has_account: bool = False
    holds_rights: bool = False
    row: int = 0
    memberships: list[KnownMembership] = field(default_factory=list)
    # What rows of this file have said: {field: (row, value)}.
    said: dict[str, tuple[int, Any]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return name_key(self.first_name, self.last_name)

    @property
    def full_name(self) -> str:
        return f"{self.title}{self.first_name} {self.last_name}".strip()

    @property
    def reference(self) -> int:
        """An id for a question on the page: of somebody who is only in the file, the row's number below zero."""
        return self.id if self.id is not None else -self.row

    @property
    def is_inside(self) -> bool:
        """Whether the officer may know who this is."""
        return self.id is None or any(membership.is_inside for membership in self.memberships)

    @property
    def is_only_here(self) -> bool:
        return self.is_inside and all(one.is_inside for one in self.memberships)

    @property
    def may_be_changed(self) -> bool:
        """Who signs in keeps their own facts; who belongs to another area too, what that office wrote.

        Who holds rights keeps them as well: with another e-mail address an officer would get their account.
        """
        return self.is_only_here and not self.has_account and not self.holds_rights

    @property
    def is_withheld(self) -> bool:
        """Whether only their rights keep the facts of somebody who has never signed in: that is told."""
        return self.is_only_here and not self.has_account and self.holds_rights

    @property
    def masked(self) -> str:
        """The first letters of a name, for an officer who may not know whose it is."""
        return " ".join(f"{part[:1]}…" for part in (self.first_name, self.last_name) if part)


def name_key(first_name: str, last_name: str) -> str:
    return normalise(f"{first_name} {last_name}").casefold()


# --- names that may be alike ----------------------------------------------------------------------
_SAME_SOUND = str.maketrans("ศษณญฎฏฐฑฒฬฆ", "สสนยดตถทธลค")


def bones(key: str) -> str:
    """The consonants of a name, those of one sound as one: what a wrong vowel or tone mark leaves as it is."""
    letters = "".join(
        letter
        for letter, after in zip(key, [*key[1:], ""], strict=True)
        if ("ก" <= letter <= "ฮ" and after != "์") or letter.isascii() & letter.isalnum()
    )
    return letters.translate(_SAME_SOUND)


class NearNames:
    """People by their names, found again with one consonant more, less or another.

    Comparing each name of a file with each member of a large cooperative would take minutes; this gives the
    few for whom the comparison is worth it.
    """

    def __init__(self) -> None:
        self._people: dict[str, list[KnownPerson]] = {}

    @staticmethod
    def _keys(key: str) -> set[str]:
        letters = bones(key)
        return {letters, *(letters[:place] + letters[place + 1 :] for place in range(len(letters)))}

    def add(self, person: KnownPerson) -> None:
        for key in self._keys(person.key):
            self._people.setdefault(key, []).append(person)

    def near(self, key: str) -> list[KnownPerson]:
        found: dict[int, KnownPerson] = {}
        for near in self._keys(key):
            for person in self._people.get(near, ()):
                found.setdefault(id(person), person)
        return list(found.values())


class People:
    """The people that rows of a file may mean, found by phone, e-mail and name."""

    def __init__(self, *, looks_for_alike: bool) -> None:
        self.looks_for_alike = looks_for_alike
        self.by_id: dict[int, KnownPerson] = {}
        self.by_phone: dict[str, KnownPerson] = {}
        self.by_email: dict[str, KnownPerson] = {}
        self._named: dict[tuple[int, str], list[KnownPerson]] = {}
        self._near: dict[int, NearNames] = {}
        self._in_area: dict[str, list[KnownPerson]] = {}

    def add(self, person: KnownPerson) -> None:
        self.by_id.setdefault(person.reference, person)
        if person.phone:
            self.by_phone.setdefault(person.phone, person)
        if person.email:
            self.by_email.setdefault(person.email.lower(), person)
        for organization_id in {one.organization_id for one in person.memberships}:
            self.index(person, organization_id)

    def index(self, person: KnownPerson, organization_id: int) -> None:
        """Let a person be found by name in one more organization."""
        named = self._named.setdefault((organization_id, person.key), [])
        if person not in named:
            named.append(person)
            if self.looks_for_alike:
                self._near.setdefault(organization_id, NearNames()).add(person)
        if person.is_inside and person not in (known := self._in_area.setdefault(person.key, [])):
            known.append(person)

    def named(self, key: str, organization_id: int | None) -> list[KnownPerson]:
        return self._named.get((organization_id, key), []) if organization_id and key else []

    def near(self, key: str, organization_id: int | None) -> list[KnownPerson]:
        near = self._near.get(organization_id) if organization_id else None
        return near.near(key) if near and key else []

    def named_in_area(self, key: str) -> list[KnownPerson]:
        return self._in_area.get(key, [])


class Organizations:
    """The organizations of an area, found by number and by name."""

    def __init__(self, organizations: Iterable[KnownOrganization] = ()) -> None:
        self.by_id: dict[int, KnownOrganization] = {}
        self._by_number: dict[str, list[KnownOrganization]] = {}
        self._by_key: dict[str, list[KnownOrganization]] = {}
        self.all: list[KnownOrganization] = []
        for organization in organizations:
            self.add(organization)

    def add(self, organization: KnownOrganization) -> None:
        self.all.append(organization)
        if organization.id is not None:
            self.by_id[organization.id] = organization
        self.index(organization)

    def index(self, organization: KnownOrganization) -> None:
        """Let it be found by the number and the name it has now."""
        for table, key in ((self._by_number, organization.registration_number), (self._by_key, organization.key)):
            if key and organization not in table.setdefault(key, []):
                table[key].append(organization)

    def numbered(self, number: str, province: str | None) -> list[KnownOrganization]:
        return _still(self._by_number.get(number, []), province, lambda one: one.registration_number == number)

    def named(self, key: str, province: str | None) -> list[KnownOrganization]:
        return _still(self._by_key.get(key, []), province, lambda one: one.key == key)


def _still(found: list[KnownOrganization], province: str | None, fits: Any) -> list[KnownOrganization]:
    """Those of the province, the active ones before those that have ended."""
    found = [one for one in found if fits(one) and (not province or one.province == province)]
    return [one for one in found if one.is_active] or found
