"""A walk through a small world by the real flows; beside each step the truth is written down.

A step is a verb and three numbers that choose among what there is, so that a failing walk shrinks to a few lines.
"""

from contextlib import suppress
from datetime import date, timedelta

from learning.enrollments import flows as enrolling
from learning.kernel.refusals import Refused
from learning.organizations import flows as register
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.reports.counting import catch_up, fold
from learning.reports.counting.spans import span_of
from learning.reports.counting.tallies import renew_changed_areas
from learning.reports.within import any_within
from tests.reports.learning_steps import LearningSteps
from tests.reports.register_steps import RegisterSteps
from tests.reports.truth import BOARD, Org, Person
from tests.reports.world import BANGKOK, FIRST_DAY, PEOPLE, build_world

__all__ = ["BANGKOK", "FIRST_DAY", "Step", "Walk", "build_world"]
Step = tuple[str, int, int, int]


class Walk(LearningSteps, RegisterSteps):
    """Every step there is, and the calendar."""

    def take(self, step: Step) -> None:
        """One step; what a flow refuses has not happened."""
        verb, *numbers = step
        with suppress(Refused):
            getattr(self, verb)(*numbers)
        self.truth.write_due_days(self.today)

    def rest(self, a: int, b: int, c: int) -> None:
        """Nothing: what a step that does not matter shrinks to."""

    # --- the calendar ------------------------------------------------------------------------------
    def pass_days(self, a: int, b: int, c: int) -> None:
        """The nightly jobs run, or the worker sleeps for some of the days."""
        for left in range((1, 1, 1, 2, 3, 5, 10, 30, 60, 100)[a % 10], 0, -1):
            self.today += timedelta(days=1)
            self._set_clock(c)
            if b % 3 == 0 and left <= 2:
                continue
            register.pass_terms(today=self.today)
            if b % 3 != 1:
                enrolling.pass_due_days(today=self.today)

    def run_jobs(self, a: int, b: int, c: int) -> None:
        register.pass_terms(today=self.today)
        enrolling.pass_due_days(today=self.today)
        for task in self.truth.tasks:
            self._walk_task(task)

    def count(self, a: int, b: int, c: int) -> None:
        """A page is opened, or the worker counts."""
        (catch_up, fold, renew_changed_areas)[a % 3]()

    def ask(self, a: int, b: int, c: int) -> None:
        """Somebody looks at past days, which are then kept."""
        codes = self.codes()
        until = self.today - timedelta(days=1 + b % 20)
        since = None if c % 3 else until - timedelta(days=b % 90)
        self.ask_for(codes[a % len(codes)], since, until)

    def ask_for(self, code: str, since: date | None, until: date) -> None:
        if within := any_within(code):
            span_of(within, since=since, until=until)
            self.asked.append((code, since, until))

    def codes(self) -> list[str]:
        """Every area there is, of every level."""
        truth = self.truth
        return [
            "n",
            *(f"p{code}" for code in truth.provinces),
            *(f"c{pk}" for pk, (_name, served) in truth.centers.items() if served),
            *(f"g{pk}" for pk, districts in truth.groups.items() if districts),
            *(f"f{code}" for code, districts in truth.offices.items() if districts),
            *(f"d{code}" for code in truth.districts),
            *(f"o{org.pk}" for org in truth.orgs),
        ]

    # --- positions -----------------------------------------------------------------------------------
    def join(self, a: int, b: int, c: int) -> None:
        person, org = self._person(a), self._org(b)
        self._join(person, org, self._position(org, c))

    def _join(self, person: Person, org: Org, position: str) -> None:
        by, organization = User.objects.get(pk=person.pk), Organization.objects.get(pk=org.pk)
        register.join_organization(organization, position=position, since=self.today, by=by)
        same = [held for held in self.truth.held if (held.person, held.org, held.position) == (person, org, position)]
        if any(held.on(self.today) and held.until != self.today for held in same):
            return
        if any(held.until is None for held in same):
            return
        for held in same:
            if held.since == self.today:
                held.until = None
                return
        self._hold(person, org, position, self.today, None)

    def seat(self, a: int, b: int, c: int) -> None:
        """Entered by the office: from today or from a coming day, for some days or a whole term."""
        person, org = self._person(a), self._org(b)
        position = self._position(org, c)
        since = self.today + timedelta(days=(0, 0, 4)[a % 3])
        until = (None, since, since + timedelta(days=12), since + timedelta(days=60))[c % 4]
        register.seat_member(
            Organization.objects.get(pk=org.pk),
            User.objects.get(pk=person.pk),
            position=position,
            since=since,
            until=until,
            by=self.officer,
        )
        if until is None and position in BOARD:
            until = date(since.year + 2, since.month, since.day) - timedelta(days=1)
        self._hold(person, org, position, since, until)

    def leave(self, a: int, b: int, c: int) -> None:
        if held := self._of_today(a):
            register.leave_organization(Membership.objects.get(pk=held.pk), by=User.objects.get(pk=held.person.pk))
            held.until = self.today

    def end(self, a: int, b: int, c: int) -> None:
        """Entered by the office: ended today or on a coming day; one that has not begun is taken out."""
        held = self.truth.held[a % len(self.truth.held)] if self.truth.held else None
        if held is None:
            return
        on = self.today + timedelta(days=(0, 0, 3)[b % 3])
        register.end_membership(Membership.objects.get(pk=held.pk), on=on, by=self.officer)
        if held.until is None or held.until > on:
            held.until = on
            if on < held.since:
                self.truth.held.remove(held)

    def transfer(self, a: int, b: int, c: int) -> None:
        """Somebody leaves one organization and takes up a position in another."""
        if held := self._of_today(a):
            self.leave(a, b, c)
            self.join(self.truth.people.index(held.person), b, c)

    def change_person(self, a: int, b: int, c: int) -> None:
        """Gender or birth year given later: what was counted stays as it was."""
        person = self._person(a)
        person.gender, person.born = PEOPLE[b % len(PEOPLE)]
        User.objects.filter(pk=person.pk).update(gender=person.gender, birth_year=person.born)
