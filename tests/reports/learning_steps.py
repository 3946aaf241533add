"""Steps of people who learn, alone, in a group or because they have to."""

from datetime import timedelta
from decimal import Decimal

from courses.catalog.models import CoursePage
from learning.enrollments import flows as enrolling
from learning.enrollments.audiences import Audience
from learning.enrollments.choices import CURRENT, CountsFrom
from learning.enrollments.models import Assignment, Enrollment
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.places.areas import Area
from tests.reports.truth import Enrolled, Task
from tests.reports.world import World


class LearningSteps(World):
    # --- enrollments -----------------------------------------------------------------------------------
    def _course(self, number: int) -> CoursePage:
        return CoursePage.objects.get(pk=list(self.truth.courses)[number % len(self.truth.courses)])

    def _name_new(self) -> None:
        """Only the keys of new enrollments, to find their rows again."""
        for one in self.truth.enrolled:
            if not one.pk:
                row = Enrollment.objects.filter(
                    user=one.person.pk, course=one.course, state__in=CURRENT, renewed_at__isnull=True
                )
                one.pk = row.get().pk

    def enroll(self, a: int, b: int, c: int) -> None:
        held = self._of_today(a)
        if held is None:
            return
        course, by = self._course(b), User.objects.get(pk=held.person.pk)
        enrolling.enroll(course, membership=Membership.objects.get(pk=held.pk), by=by)
        self.truth.enlist(course.pk, held, self.today)
        self._name_new()

    def enroll_group(self, a: int, b: int, c: int) -> None:
        """An officer enrolls some people of one organization, each in the position that counts most."""
        org, course = self._org(a), self._course(b)
        chosen = [person for number, person in enumerate(self.truth.people) if (c + 1) >> number % 4 & 1]
        enrolling.enroll_members(
            course,
            organization=Organization.objects.get(pk=org.pk),
            people=[person.pk for person in chosen],
            by=self.officer,
        )
        for person in chosen:
            seats = [h for h in self.truth.held if h.org is org and h.person is person and h.on(self.today)]
            if seats:
                best = min(seats, key=lambda held: (held.position == "member", held.since, held.pk))
                self.truth.enlist(course.pk, best, self.today)
        self._name_new()

    def _learning(self, number: int) -> Enrolled | None:
        active = [one for one in self.truth.enrolled if one.state == "active"]
        return active[number % len(active)] if active else None

    def complete(self, a: int, b: int, c: int) -> None:
        if one := self._learning(a):
            enrolling.complete_enrollment(Enrollment.objects.get(pk=one.pk), by=User.objects.get(pk=one.person.pk))
            one.states.append((self.today, "completed"))
            one.hours = self.truth.courses[one.course][1]
            self.truth.settle(self.today)

    def withdraw(self, a: int, b: int, c: int) -> None:
        if one := self._learning(a):
            enrolling.withdraw(Enrollment.objects.get(pk=one.pk), by=User.objects.get(pk=one.person.pk))
            one.states.append((self.today, "withdrawn"))

    def lapse(self, a: int, b: int, c: int) -> None:
        if one := self._learning(a):
            enrolling.lapse(Enrollment.objects.get(pk=one.pk), by=self.officer)
            one.states.append((self.today, "lapsed"))

    # --- assignments -------------------------------------------------------------------------------------
    def assign(self, a: int, b: int, c: int) -> None:
        courses = [self._course(a)] if a % 2 else [self._course(a), self._course(a + 1)]
        orgs = [org for org in (self._org(b),) if b % 3 == 0]
        places = (({"18"}, set()), ({"17", "18"}, set()), (set(), {"1801", "1802"}), (set(), {"1001", "1003"}))
        provinces, districts = (set(), set()) if orgs else places[b % 4]
        positions = ([], ["board_member", "group_leader", "board_chair"], ["member"])[c % 3]
        task = Task(
            0,
            [course.pk for course in courses],
            positions,
            provinces,
            districts,
            {org.pk for org in orgs},
            starts=self.today + timedelta(days=(0, 0, -5, 2)[a % 4]),
            days=(1, 2, 4, 20)[b % 4],
            from_election=c % 4 == 3,
            hours=Decimal("3.0") if len(courses) == 2 and c % 5 == 0 else None,
            months=(None, None, 1)[c % 3],
            each_term=a % 3 == 0,
        )
        audience = Audience(
            area=Area.of(provinces=provinces, districts=districts),
            positions=positions,
            organizations=[Organization.objects.get(pk=org.pk) for org in orgs],
        )
        assignment = enrolling.open_assignment(
            title="ทุกคนต้องเรียน",
            courses=courses,
            audience=audience,
            starts_on=task.starts,
            due_days=task.days,
            counts_from=CountsFrom.ELECTION if task.from_election else CountsFrom.DATE,
            required_hours=task.hours,
            validity_months=task.months,
            renews_each_term=task.each_term,
            by=self.officer,
        )
        task.pk = assignment.pk
        self.truth.tasks.append(task)
        self._walk_task(task)

    def walk_audience(self, a: int, b: int, c: int) -> None:
        if self.truth.tasks:
            self._walk_task(self.truth.tasks[a % len(self.truth.tasks)])

    def _walk_task(self, task: Task) -> None:
        enrolling.walk_audience(Assignment.objects.get(pk=task.pk), day=self.today)
        self.truth.walk(task, self.today)
        self._name_new()
        self.truth.write_due_days(self.today)

    def close(self, a: int, b: int, c: int) -> None:
        if self.truth.tasks:
            task = self.truth.tasks[a % len(self.truth.tasks)]
            enrolling.close_assignment(Assignment.objects.get(pk=task.pk), by=self.officer)
            task.is_open = False
