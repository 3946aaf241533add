"""The made nation: counts in proportion, rows that agree with one another, and the same from the same seed."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import TruncDate

from cms.thai.names import organization_key
from courses.catalog.models import CoursePage
from learning.desk.nation import LAST_DAY, making
from learning.desk.nation.plan import Scale, share
from learning.duties.models import Duty
from learning.duties.queries import areas_of
from learning.enrollments.choices import EnrollmentState, EventKind
from learning.enrollments.models import Enrollment, EnrollmentEvent
from learning.organizations.choices import BOARD_POSITIONS, COOPERATIVES, INFORMAL_GROUPS, Kind, OrganizationState
from learning.organizations.models import Membership, Organization, OrganizationChange
from learning.people.models import User
from learning.people.phones import e164, local
from learning.places.models import District, PromotionGroup, ProvincialOffice, TransferCenter
from learning.progress.models import LessonCompletion

PEOPLE = 400


@pytest.fixture
def not_counted(monkeypatch):
    """Without the counts of the reports, which have tests of their own."""
    monkeypatch.setattr(making, "rebuild", lambda: 0)


@pytest.fixture(scope="class")
def nation(django_db_setup, django_db_blocker):
    """One nation for all tests that only look at it; each test is undone by itself, the nation after the last."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(making, "rebuild", lambda: 0)
        yield making.make_nation(PEOPLE, say=lambda line: None)
        transaction.set_rollback(True)


def rows_hash() -> str:
    """Over every value of every table that is filled, keys included; the places come from elsewhere."""
    total = sha256()
    for model in (*making.FILLED, CoursePage):
        for row in model._default_manager.order_by("pk").values_list():
            total.update(repr(row).encode())
    return total.hexdigest()


class Undo(Exception):
    pass


def hash_of(seed: int) -> str:
    """Of a nation that is gone afterwards."""
    found = ""
    try:
        with transaction.atomic():
            making.make_nation(200, seed=seed, say=lambda line: None)
            found = rows_hash()
            raise Undo
    except Undo:
        return found


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(academy, not_counted):
    first, again, other = hash_of(1), hash_of(1), hash_of(2)

    assert first == again
    assert first != other


def test_a_whole_nation_has_the_counts_of_the_brief():
    assert Scale.of(200_000) == Scale(200_000, 6300, 4000, 12_000)
    assert Scale.of(20_000, organizations_as_for=200_000) == Scale(20_000, 6300, 4000, 12_000)
    assert Scale.of(200_000).enrollments == 1_000_000


def test_a_share_loses_nothing():
    assert share(10, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}


def test_no_index_or_constraint_is_lost(academy, not_counted):
    def known() -> dict[str, object]:
        with connection.cursor() as cursor:
            return {
                model._meta.db_table: sorted(
                    (name, sorted(found["columns"] or []), found["unique"], str(found["foreign_key"]))
                    for name, found in connection.introspection.get_constraints(cursor, model._meta.db_table).items()
                    if not name.startswith("__")
                )
                for model in making.LARGE
            }

    before = known()
    making.make_nation(200, say=lambda line: None)

    assert known() == before


def test_the_reports_know_a_made_nation(academy):
    making.make_nation(100, say=lambda line: None)

    assert not EnrollmentEvent.objects.filter(is_counted=False).exists()


def test_a_handful_of_people_is_refused(db):
    with pytest.raises(CommandError) as refusal:
        call_command("make_nation", people=99)

    assert str(refusal.value) == "A nation has at least 100 people."


@pytest.mark.django_db
class TestANation:
    def test_counts_are_in_proportion_to_the_people(self, nation):
        held = Membership.objects.values("user").annotate(number=Count("organization", distinct=True))

        assert User.objects.filter(username__startswith="person-").count() == PEOPLE
        assert Organization.objects.filter(kind__in=COOPERATIVES).count() == 13
        assert Organization.objects.filter(kind=Kind.FARMERS_GROUP).count() == 8
        assert Organization.objects.filter(kind__in=INFORMAL_GROUPS).count() == 24
        assert Organization.objects.filter(kind=Kind.WOMENS_GROUP).count() == 11
        assert CoursePage.objects.live().count() == 20
        assert Enrollment.objects.count() == 5 * PEOPLE
        assert [held.filter(number=number).count() for number in (1, 2, 3)] == [360, 32, 8]
        counts = (nation.enrollments, nation.events, nation.lesson_completions, nation.memberships)
        tables = (Enrollment, EnrollmentEvent, LessonCompletion, Membership)
        assert counts == tuple(table.objects.count() for table in tables)

    def test_the_constraints_hold(self, nation):
        connection.check_constraints()

        seats = Membership.objects.filter(term_number__isnull=False)
        assert not seats.exclude(position__in=[str(position) for position in BOARD_POSITIONS]).exists()
        assert not Enrollment.objects.values("user", "course").annotate(n=Count("pk")).filter(n__gt=1).exists()

    def test_every_place_has_its_officers(self, nation):
        served = TransferCenter.provinces.through.objects.values_list("transfercenter_id", "province_id")
        sizes = TransferCenter.objects.annotate(n=Count("provinces")).values_list("n", flat=True)
        groups = ProvincialOffice.objects.annotate(n=Count("groups")).values_list("n", flat=True)
        bangkok = ProvincialOffice.objects.filter(province="10").annotate(n=Count("districts"))

        assert sorted(province for _, province in served) == sorted({province for _, province in served})
        assert len(served) == 77
        assert {*sizes} == {3, 4, 5, 6} & {*sizes}
        assert {*groups} == {2, 3, 4, 5}
        assert 240 <= PromotionGroup.objects.count() <= 310
        assert PromotionGroup.districts.through.objects.count() == District.objects.count()
        assert [office.n for office in bangkok] == [25, 25]
        group = PromotionGroup.objects.order_by("pk").first()
        area = areas_of(User.objects.get(username=f"group-{group.pk}")).people
        assert area.districts == {*group.districts.values_list("code", flat=True)}
        assert areas_of(User.objects.get(username="headoffice-1")).totals.is_country
        assert areas_of(User.objects.get(username="center-20")).totals.provinces
        assert areas_of(User.objects.get(username="head-1001")).people.districts
        assert Duty.objects.count() == nation.officers
        assert not User.objects.get(username="head-5001").has_usable_password()

    def test_names_are_unique_and_keys_are_those_of_a_saved_organization(self, nation):
        for organization in Organization.objects.all():
            assert organization.search_key == organization_key(organization.name)
            assert organization.district_id[:2] == organization.province_id
            assert organization.parent is None or organization.parent.district_id == organization.district_id

    def test_phones_are_as_the_site_keeps_them(self, nation):
        phones = list(User.objects.filter(username__startswith="person-").values_list("phone", flat=True))

        assert len({*phones}) == PEOPLE
        assert [e164(local(phone)) for phone in phones] == phones

    def test_a_merged_cooperative_has_its_successor_and_its_history(self, nation):
        merged = Organization.objects.filter(state=OrganizationState.MERGED)

        assert merged.count() == 1
        for organization in merged:
            change = OrganizationChange.objects.get(organization=organization, happening="merged_into")
            assert (change.other, change.on) == (organization.successor, organization.ended_on)
            assert not organization.memberships.filter(
                Q(until__isnull=True) | Q(until__gt=organization.ended_on)
            ).exists()
            assert not organization.enrollments.filter(enrolled_at__date__gt=organization.ended_on).exists()
        assert OrganizationChange.objects.filter(happening="changed").exclude(name_before="").count() == 1

    def test_the_frozen_facts_of_every_enrollment_agree_with_its_person_and_organization(self, nation):
        agree = Enrollment.objects.filter(
            Q(parent=F("organization__parent")) | Q(parent__isnull=True, organization__parent__isnull=True),
            Q(birth_year=F("user__birth_year")) | Q(birth_year__isnull=True, user__birth_year__isnull=True),
            kind=F("organization__kind"),
            province=F("organization__province"),
            district=F("organization__district"),
            gender=F("user__gender"),
        )
        at_the_time = Membership.objects.filter(position=F("user__enrollments__position"))
        at_the_time = at_the_time.filter(organization=F("user__enrollments__organization"))
        day = TruncDate("user__enrollments__enrolled_at")
        at_the_time = at_the_time.annotate(day=day).filter(Q(until__isnull=True) | Q(until__gte=F("day")))
        of_members = at_the_time.filter(since__lte=F("day")).values("user__enrollments").distinct()

        assert agree.count() == nation.enrollments
        assert of_members.count() == nation.enrollments

    def test_the_states_are_in_proportion(self, nation):
        part = {state: Enrollment.objects.filter(state=state).count() / nation.enrollments for state in EnrollmentState}
        active = Enrollment.objects.filter(state=EnrollmentState.ACTIVE)

        assert part == pytest.approx({"completed": 0.55, "active": 0.30, "withdrawn": 0.10, "lapsed": 0.05}, abs=0.04)
        assert active.filter(due_on__isnull=False).count() / active.count() == pytest.approx(1 / 3, abs=0.06)
        assert Enrollment.objects.filter(is_overdue=True).count() / active.count() == pytest.approx(1 / 9, abs=0.05)
        assert not Enrollment.objects.filter(is_overdue=True).exclude(due_on__lt=LAST_DAY, state="active").exists()
        assert not active.filter(due_on__lt=LAST_DAY, is_overdue=False).exists()

    def test_the_events_of_an_enrollment_add_up_to_its_state(self, nation):
        """And each ends where `events.record` would have ended it."""
        sums = Enrollment.objects.annotate(
            *(Sum(f"events__{name}", default=0) for name in ("enrolled", "active", "completed", "overdue")),
            got=Sum("events__hours", default=0),
        )
        for one in sums:
            found = (one.events__enrolled__sum, one.events__active__sum, one.events__completed__sum)
            assert found == (1, int(one.is_open), int(one.is_completed))
            assert one.events__overdue__sum == int(one.is_overdue)
            assert one.got == one.hours
            assert bool(one.hours) == one.is_completed
        assert EnrollmentEvent.objects.filter(is_counted=True).count() == 0
        assert EnrollmentEvent.objects.order_by("-on").first().on <= LAST_DAY

    def test_the_days_of_the_events_are_those_of_the_enrollment(self, nation):
        for event in EnrollmentEvent.objects.select_related("enrollment").annotate(day=TruncDate("recorded_at")):
            enrollment = event.enrollment
            assert event.on == event.day
            match event.kind:
                case EventKind.ENROLLED:
                    moment = enrollment.enrolled_at
                case EventKind.COMPLETED:
                    moment = enrollment.completed_at
                case EventKind.OVERDUE:
                    assert event.on == enrollment.due_on + timedelta(days=1)
                    continue
                case _:
                    moment = enrollment.ended_at
            assert event.recorded_at == moment

    def test_who_completed_has_done_every_lesson_and_who_left_none(self, nation):
        for one in Enrollment.objects.annotate(
            done=Count("lesson_completions"), last=Max("lesson_completions__completed_at")
        ).select_related("course__outline"):
            lessons = one.course.outline.lesson_count
            if one.is_completed:
                assert one.done == lessons
                assert one.last == one.completed_at
            else:
                assert one.done < lessons if one.is_open else one.done == 0

    def test_a_lesson_of_a_made_course_is_read(self, nation, client):
        client.force_login(Enrollment.objects.filter(state="active").first().user)
        course = Enrollment.objects.filter(state="active").first().course

        assert client.get(course.url).status_code == 200
        assert client.get(course.get_first_child().url).status_code == 200

    def test_the_site_goes_on_with_the_next_keys(self, nation):
        last = User.objects.order_by("-pk").first().pk

        assert User.objects.create_user("malee").pk == last + 1

    def test_a_database_with_enrollments_is_refused(self, nation):
        with pytest.raises(CommandError) as refusal:
            call_command("make_nation", people=PEOPLE)

        assert str(refusal.value) == "This database holds enrollments or a made nation already. Use an empty one."
        assert Enrollment.objects.count() == nation.enrollments
