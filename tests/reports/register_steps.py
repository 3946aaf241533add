"""Steps of the register: organizations that change, merge, divide and end, and areas put together anew."""

from datetime import date, timedelta

from learning.organizations import flows as register
from learning.organizations.models import Organization
from learning.people.models import User
from learning.places.models import District, PromotionGroup, Province, TransferCenter
from tests.reports.truth import AUDITOR, BOARD, COMMITTEE, Org, Person
from tests.reports.world import World


class RegisterSteps(World):
    # --- the register --------------------------------------------------------------------------------------
    def merge(self, a: int, b: int, c: int) -> None:
        source, into = self._org(a), self._org(b)
        register.merge_organizations(
            [Organization.objects.get(pk=source.pk)],
            into=Organization.objects.get(pk=into.pk),
            on=self.today,
            by=self.officer,
        )
        self._move_people(source, into, None)
        self._attach(source, into)
        source.ended = self.today

    def split(self, a: int, b: int, c: int) -> None:
        source = self._org(a)
        here = [held.person for held in self.truth.held if held.org is source and held.on(self.today)]
        people = {here[b % len(here)]} if here else set()
        self.made += 1
        name = f"แยกใหม่ที่ {self.made}"
        new = register.split_organization(
            Organization.objects.get(pk=source.pk),
            name=name,
            people=[User.objects.get(pk=person.pk) for person in people],
            on=self.today,
            by=self.officer,
        )
        facts = {**source.now, "name": name, "district": None}
        org = Org(new.pk, [(date.min, facts)], begun=self.today)
        self.truth.orgs.append(org)
        self._move_people(source, org, people)

    def dissolve(self, a: int, b: int, c: int) -> None:
        source = self._org(a)
        register.dissolve_organization(Organization.objects.get(pk=source.pk), on=self.today, by=self.officer)
        self._move_people(source, None, None)
        self._attach(source, None)
        source.ended = self.today

    def _move_people(self, source: Org, into: Org | None, people: set[Person] | None) -> None:
        """Positions last until yesterday; all but seats go on in the other organization."""
        lasting = sorted(
            (
                held
                for held in self.truth.held
                if held.org is source
                and (held.until is None or held.until >= self.today)
                and (people is None or held.person in people)
            ),
            key=lambda held: (held.since, held.pk),
        )
        going: set[Person] = set()
        for held in lasting:
            if into is None or held.position in (*BOARD, *COMMITTEE, AUDITOR):
                continue
            since, until = max(held.since, self.today), held.until
            meets = [
                other
                for other in self.truth.held
                if (other.org, other.person, other.position) == (into, held.person, held.position)
                and other.since <= (until or date.max)
                and (other.until or date.max) >= since
            ]
            if not meets:
                self._hold(held.person, into, held.position, since, until)
                going.add(held.person)
        for person in (people or set()) - going:
            assert into is not None
            self._hold(person, into, "member", self.today, None)
        for held in lasting:
            if held.since >= self.today:
                self.truth.held.remove(held)
            else:
                held.until = self.today - timedelta(days=1)

    def _attach(self, source: Org, into: Org | None) -> None:
        for org in self.truth.orgs:
            if org.ended is None and org.now["parent"] == source.pk:
                org.change(self.today, parent=into.pk if into and into is not org else None)

    def rename(self, a: int, b: int, c: int) -> None:
        self.made += 1
        self._change(self._org(a), name=f"ชื่อใหม่ที่ {self.made}")

    def move(self, a: int, b: int, c: int) -> None:
        code = list(self.truth.districts)[b % len(self.truth.districts)]
        self._change(self._org(a), province=code[:2], district=None if c % 5 == 0 else code)

    def reattach(self, a: int, b: int, c: int) -> None:
        groups = [org for org in self.truth.orgs if "womens" in org.now["kind"] or "youth" in org.now["kind"]]
        self._change(groups[a % len(groups)], parent=None if c % 3 == 0 else self._org(b).pk)

    def change_kind(self, a: int, b: int, c: int) -> None:
        self._change(self._org(a), kind=("agricultural", "savings", "womens_group", "youth_group")[b % 4])

    def _change(self, org: Org, **facts: str | int | None) -> None:
        rows = {
            "province": lambda code: Province.objects.get(pk=code),
            "district": lambda code: code and District.objects.get(pk=code),
            "parent": lambda pk: pk and Organization.objects.get(pk=pk),
        }
        values = {name: rows[name](value) if name in rows else value for name, value in facts.items()}
        row = Organization.objects.get(pk=org.pk)
        register.change_organization(row, on=self.today, by=self.officer, **values)
        org.change(self.today, **facts)

    # --- areas put together anew ---------------------------------------------------------------------------
    def change_group(self, a: int, b: int, c: int) -> None:
        pk = list(self.truth.groups)[a % len(self.truth.groups)]
        self.truth.groups[pk] ^= {list(self.truth.districts)[b % len(self.truth.districts)]}
        PromotionGroup.objects.get(pk=pk).districts.set(self.truth.groups[pk])

    def new_group(self, a: int, b: int, c: int) -> None:
        if len(self.truth.groups) > 3:
            return
        group = PromotionGroup.objects.create(office_id="1801", number=len(self.truth.groups) + 1)
        self.truth.groups[group.pk] = {list(self.truth.districts)[b % len(self.truth.districts)]}
        group.districts.set(self.truth.groups[group.pk])

    def change_center(self, a: int, b: int, c: int) -> None:
        pk = list(self.truth.centers)[a % len(self.truth.centers)]
        served = self.truth.centers[pk][1]
        served ^= {list(self.truth.provinces)[b % len(self.truth.provinces)]}
        TransferCenter.objects.get(pk=pk).provinces.set(served)
