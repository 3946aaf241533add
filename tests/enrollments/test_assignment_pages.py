"""Pages of assignments: the list, the form in three parts, the check that writes nothing, how it stands."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from courses.catalog.models import CoursePage, LearningPath, LearningPathStep
from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.enrollments.flows import Audience, complete_enrollment
from learning.enrollments.models import Assignment, Enrollment, Obligation
from learning.organizations.choices import Kind
from learning.organizations.models import Organization
from learning.places.areas import Area
from learning.places.models import District, TransferCenter
from tests.cast import Cast
from tests.factories.assignments import make_assignment, walk
from tests.factories.catalog import make_course
from tests.factories.duties import make_duty, promotion_officer
from tests.factories.organizations import make_organization
from tests.factories.people import make_members

pytestmark = pytest.mark.django_db
LIST, NEW = "/office/assignments/", "/office/assignments/new/"
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel("2026-11-23T03:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def sent(course: CoursePage) -> dict[str, Any]:
    """A form filled in well: the whole province."""
    return {
        "title": "ควบคุมภายใน 2570",
        "course_1": course.pk,
        "where": "places",
        "provinces": ["18"],
        "starts_on": "23/11/2569",
        "counts_from": "date",
        "due_days": "60",
        "reminders": ["-3", "1"],
    }


@pytest.fixture
def assigned(cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization) -> Assignment:
    made = make_assignment(cast.somchai, [course], Audience(organizations=[cooperative]), starts_on=TODAY)
    walk(made, TODAY)
    return made


def page_of(assignment: Assignment, rest: str = "") -> str:
    return f"{LIST}{assignment.pk}/{rest}"


def test_the_check_tells_how_many_it_reaches_and_writes_nothing(somchai: Client, sent: dict[str, Any]) -> None:
    page = somchai.post(NEW, {**sent, "action": "check"})
    assert (page.status_code, page.templates[0].name) == (200, "enrollments/assignment_check.html")
    assert (page.context["size"].people, page.context["size"].organizations) == (1, 2)
    assert (Assignment.objects.count(), Enrollment.objects.count()) == (0, 0)


def test_what_the_check_page_sends_opens_the_assignment_as_it_was_filled_in(
    cast: Cast, somchai: Client, sent: dict[str, Any], course: CoursePage, ledger: CoursePage
) -> None:
    terms = {"required_hours": "4.5", "validity_months": "24", "renews_each_term": "on", "counts_from": "election"}
    filled = {**sent, **terms, "course_2": ledger.pk, "course_3": course.pk, "positions": ["board_chair", "manager"]}
    check = somchai.post(NEW, {**filled, "action": "check"})
    again: dict[str, list[str]] = {}
    for name, value in check.context["sent"]:
        again.setdefault(name, []).append(value)
    done = somchai.post(NEW, {**again, "action": "open"})
    made = Assignment.objects.get()
    assert done["Location"] == page_of(made)
    assert [line.course for line in made.course_lines.all()] == [course, ledger]
    assert (made.title, made.due_days, made.reminders, made.counts_from) == ("ควบคุมภายใน 2570", 60, [-3, 1], "election")
    assert (float(made.required_hours or 0), made.validity_months, made.renews_each_term) == (4.5, 24, True)
    assert (made.positions, made.kinds, made.created_by) == (["board_chair", "manager"], [], cast.somchai)
    assert list(made.provinces.values_list("pk", flat=True)) == ["18"]


def test_changing_something_shows_everything_as_it_was_without_a_reproach(
    somchai: Client, sent: dict[str, Any]
) -> None:
    page = somchai.post(NEW, {**sent, "title": "", "action": "change"})
    form = page.context["form"]
    assert (page.status_code, form.is_bound, form["due_days"].value(), form["provinces"].value()) == (
        200, False, "60", ["18"],
    )  # fmt: skip
    assert 'role="alert"' not in page.content.decode()


def test_organizations_are_searched_in_the_area_and_those_ticked_stay(
    somchai: Client, sent: dict[str, Any], cooperative: Organization
) -> None:
    make_organization("สหกรณ์ออมทรัพย์ทุ่งรวงทอง จำกัด", kind=Kind.SAVINGS, province="เชียงใหม่")
    women = Organization.objects.get(kind=Kind.WOMENS_GROUP)
    page = somchai.post(NEW, {**sent, "organizations": [women.pk], "q": "การเกษตรทุ่งรวงทอง", "action": "search"})
    form = page.context["form"]
    assert (form.offered, form.ticked) == ([women, cooperative], {women.pk})
    assert Assignment.objects.count() == 0


def test_single_organizations_are_the_audience_when_so_chosen(
    somchai: Client, sent: dict[str, Any], cooperative: Organization
) -> None:
    filled = {**sent, "where": "organizations", "organizations": [cooperative.pk], "includes_groups": "on"}
    somchai.post(NEW, {**filled, "action": "open"})
    made = Assignment.objects.get()
    assert (list(made.organizations.all()), made.provinces.count(), made.includes_groups) == ([cooperative], 0, True)


def test_a_district_inside_a_ticked_province_is_not_kept_twice(somchai: Client, sent: dict[str, Any]) -> None:
    somchai.post(NEW, {**sent, "districts": ["1804"], "action": "open"})
    assert Assignment.objects.get().districts.count() == 0


WRONG: list[tuple[str, Any, str]] = [
    ("title", "", "title"), ("title", "x" * 151, "title"), ("title", "a\x00b", "title"),
    ("course_1", "", "course_1"), ("course_1", "9" * 30, "course_1"), ("course_2", "x", "course_2"),
    ("provinces", [], "where"), ("provinces", ["50"], "provinces"), ("provinces", ["9" * 30], "provinces"),
    ("districts", ["5001"], "districts"), ("districts", ["\x00"], "districts"),
    ("where", "organizations", "where"), ("where", "x", "where"),
    ("organizations", ["9" * 30], "organizations"), ("organizations", ["x"], "organizations"),
    ("positions", ["emperor"], "positions"), ("kinds", ["x"], "kinds"),
    ("starts_on", "31/2/2570", "starts_on"), ("due_days", "0", "due_days"), ("due_days", "1001", "due_days"),
    ("due_days", "9" * 30, "due_days"), ("reminders", ["5"], "reminders"), ("reminders", ["x"], "reminders"),
    ("required_hours", "0", "required_hours"), ("required_hours", "1e9", "required_hours"),
    ("required_hours", "NaN", "required_hours"), ("validity_months", "7", "validity_months"),
]  # fmt: skip


@pytest.mark.parametrize("action", ["check", "open"])
def test_hostile_and_wrong_lines_are_asked_again(somchai: Client, sent: dict[str, Any], action: str) -> None:
    for field, value, wrong in WRONG:
        page = somchai.post(NEW, {**sent, field: value, "action": action})
        assert (page.status_code, field, wrong in page.context["form"].errors) == (422, field, True)
    assert Assignment.objects.count() == 0


def test_a_search_with_hostile_lines_is_answered(somchai: Client, sent: dict[str, Any]) -> None:
    for field, value, _wrong in WRONG:
        searched = {**sent, field: value, "action": "search", "q": "\x00%"}
        assert somchai.post(NEW, searched).status_code == 200


def test_an_officer_of_a_group_is_offered_its_districts_and_nothing_more(
    cast: Cast, krit: Client, sent: dict[str, Any]
) -> None:
    promotion_officer(cast.krit, "สรรพยา", number=8)
    form = krit.get(NEW).context["form"]
    assert [list(form.fields[name].queryset.values_list("pk", flat=True)) for name in ("provinces", "districts")] == [
        [], ["1804"],
    ]  # fmt: skip
    assert krit.post(NEW, {**sent, "action": "open"}).status_code == 422


def test_coordinators_and_learners_are_told_who_assigns(cast: Cast, krit: Client, assigned: Assignment) -> None:
    addresses = [LIST, NEW, page_of(assigned), page_of(assigned, "close/")]
    assert [krit.get(address).status_code for address in addresses] == [403] * 4
    make_duty(cast.krit, Role.COORDINATOR, assigned.organizations.get())
    assert [krit.get(address).status_code for address in addresses] == [403] * 4
    assert krit.post(page_of(assigned, "close/")).status_code == 403
    assert Assignment.objects.get().is_open


def test_an_officer_of_another_province_finds_neither_the_assignment_nor_its_people(
    cast: Cast, krit: Client, assigned: Assignment, cooperative: Organization
) -> None:
    promotion_officer(cast.krit, "แม่ริม", province="เชียงใหม่", number=8)
    rest = ["", "close/", f"organizations/{cooperative.pk}/"]
    assert [krit.get(page_of(assigned, one)).status_code for one in rest] == [404] * 3
    assert list(krit.get(LIST).context["lines"]) == []


def test_an_officer_who_was_transferred_does_not_find_what_they_opened(
    cast: Cast, somchai: Client, assigned: Assignment
) -> None:
    assert somchai.get(page_of(assigned)).status_code == 200
    Duty.objects.update(until=date(2026, 11, 22))
    promotion_officer(cast.somchai, "แม่ริม", province="เชียงใหม่", number=8)
    assert somchai.get(page_of(assigned)).status_code == 404


def test_the_page_counts_by_organization_within_the_area_and_leads_to_the_people(
    cast: Cast, somchai: Client, course: CoursePage, cooperative: Organization, today: Any
) -> None:
    elsewhere = make_organization("สหกรณ์นิคมมโนรมย์ จำกัด", kind=Kind.SETTLEMENT, district=District.objects.get(pk="1802"))
    make_members(elsewhere, 2)
    done, late, *_ = make_members(cooperative, 3)
    made = make_assignment(cast.somchai, [course], Audience(area=Area.of(provinces=["18"])), starts_on=TODAY)
    walk(made, TODAY)
    complete_enrollment(Enrollment.objects.get(user=done), by=cast.somchai)
    Obligation.objects.filter(user=late).update(due_on=date(2026, 11, 22))
    page = somchai.get(page_of(made))
    rows = {row["key"]: (row["to_do"], row["done"], row["overdue"]) for row in page.context["page_obj"]}
    assert rows == {cooperative.pk: (2, 1, 1), elsewhere.pk: (2, 0, 0)}
    assert page.context["totals"] == {"to_do": 4, "done": 1, "overdue": 1}
    people = somchai.get(page_of(made, f"organizations/{cooperative.pk}/"))
    assert {row.user for row in people.context["page_obj"]} == {cast.malee, *others_of(cooperative, cast)}
    group_officer = Client()
    promotion_officer(cast.krit, "สรรพยา", number=8)
    group_officer.force_login(cast.krit)
    theirs = group_officer.get(page_of(made))
    assert [row["key"] for row in theirs.context["page_obj"]] == [cooperative.pk]
    assert theirs.context["totals"] == {"to_do": 2, "done": 1, "overdue": 1}
    assert (theirs.context["may_close"], page.context["may_close"]) == (False, True)
    assert group_officer.get(page_of(made, f"organizations/{elsewhere.pk}/")).status_code == 404


@pytest.mark.parametrize("sees_totals", [Role.CENTER_STAFF, Role.HEAD_OFFICE])
def test_who_sees_totals_elsewhere_is_shown_what_stands_among_their_own_people_only(
    cast: Cast, course: CoursePage, cooperative: Organization, krit: Client, officer: Duty, sees_totals: Role
) -> None:
    elsewhere = make_organization("สหกรณ์นิคมมโนรมย์ จำกัด", kind=Kind.SETTLEMENT, district=District.objects.get(pk="1802"))
    make_members(elsewhere, 2)
    shared, theirs = (
        make_assignment(cast.somchai, [course], audience, starts_on=TODAY)
        for audience in (Audience(area=Area.of(provinces=["18"])), Audience(organizations=[elsewhere]))
    )
    for one in (shared, theirs):
        walk(one, TODAY)
    promotion_officer(cast.krit, "สรรพยา", number=8)
    center = TransferCenter.objects.filter(provinces="18").get() if sees_totals == Role.CENTER_STAFF else None
    make_duty(cast.krit, sees_totals, center)
    assert [(line["assignment"], line["to_do"]) for line in krit.get(LIST).context["lines"]] == [(shared, 1)]
    page = krit.get(page_of(shared))
    assert [(row["key"], row["to_do"]) for row in page.context["page_obj"]] == [(cooperative.pk, 1)]
    assert page.context["totals"] == {"to_do": 1, "done": 0, "overdue": 0}
    rest = ["", "close/", f"organizations/{elsewhere.pk}/"]
    assert [krit.get(page_of(theirs, one)).status_code for one in rest] == [404] * 3
    assert krit.get(page_of(shared, f"organizations/{elsewhere.pk}/")).status_code == 404


@pytest.mark.parametrize("sees_totals", [Role.CENTER_STAFF, Role.HEAD_OFFICE])
def test_who_sees_totals_only_is_told_who_assigns(
    cast: Cast, krit: Client, assigned: Assignment, sees_totals: Role
) -> None:
    center = TransferCenter.objects.filter(provinces="18").get() if sees_totals == Role.CENTER_STAFF else None
    make_duty(cast.krit, sees_totals, center)
    assert [krit.get(address).status_code for address in (LIST, page_of(assigned))] == [403, 403]


def others_of(organization: Organization, cast: Cast) -> set[Any]:
    seats = Obligation.objects.filter(membership__organization=organization).exclude(user=cast.malee)
    return {one.user for one in seats.select_related("user")}


def test_only_the_last_round_of_a_person_is_counted(cast: Cast, somchai: Client, assigned: Assignment) -> None:
    Obligation.objects.update(state="done", done_on=TODAY)
    first = Obligation.objects.get()
    Obligation.objects.create(
        assignment=assigned, user=cast.malee, membership=first.membership, round=2, begun_on=TODAY, due_on=TODAY
    )
    assert somchai.get(page_of(assigned)).context["totals"] == {"to_do": 1, "done": 0, "overdue": 0}


def test_while_the_worker_walks_the_page_shows_how_far_it_is_and_loads_again(
    somchai: Client, assigned: Assignment
) -> None:
    for facts, state, percent in (
        ({"applied_at": None, "audience_count": None}, "waiting", None),
        ({"audience_count": 200, "applied_count": 50}, "running", 25),
        ({"audience_count": 200, "applied_count": 900}, "running", 100),
    ):
        Assignment.objects.update(**facts)
        page = somchai.get(page_of(assigned))
        assert (page.context["job"]["state"], page.context["job"].get("percent")) == (state, percent)
        assert page["Refresh"] == "5"
    Assignment.objects.update(applied_at="2026-11-23T03:00:00Z")
    page = somchai.get(page_of(assigned))
    assert (page.context["job"], page.has_header("Refresh")) == (None, False)


def test_closing_asks_once_more(somchai: Client, assigned: Assignment) -> None:
    address = page_of(assigned, "close/")
    assert (somchai.get(address).status_code, Assignment.objects.get().is_open) == (200, True)
    assert somchai.post(address)["Location"] == page_of(assigned)
    assert not Assignment.objects.get().is_open
    assert somchai.get(page_of(assigned)).context["may_close"] is False


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_and_the_page_cost_the_same_for_one_and_for_thirty(
    cast: Cast, somchai: Client, course: CoursePage, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_members(make_organization(f"กลุ่มเยาวชน {number}", kind=Kind.YOUTH_GROUP), 1)
    audience = Audience(area=Area.of(provinces=["18"]), kinds=[Kind.YOUTH_GROUP])
    made = [make_assignment(cast.somchai, [course], audience, starts_on=TODAY) for _ in range(count)]
    walk(made[0], TODAY)
    somchai.get(LIST)
    # session · person · areas: twice · how many · the list · provinces · districts · organizations · counts
    with django_assert_num_queries(LIST_QUERIES):
        assert len(somchai.get(LIST).context["lines"]) == min(count, 25)
    # session · person · areas: three times · the assignment · its provinces, districts, organizations · its courses
    # · totals · how many · the lines
    with django_assert_num_queries(PAGE_QUERIES):
        assert len(somchai.get(page_of(made[0])).context["page_obj"]) == min(count, 25)


LIST_QUERIES, PAGE_QUERIES = 10, 13


def test_a_learning_path_assigns_its_courses_in_their_order_and_leaves_out_what_is_closed(
    somchai: Client, sent: dict[str, Any], course: CoursePage, ledger: CoursePage
) -> None:
    closed = make_course("closed", enrollment_closes_on=date(2026, 11, 1))
    path = LearningPath.objects.create(title="กรรมการใหม่")
    for place, step in enumerate((ledger, closed, course)):
        LearningPathStep.objects.create(path=path, course=step, sort_order=place)
    assert "กรรมการใหม่" in somchai.get(NEW).content.decode()
    check = somchai.post(NEW, {**sent, "course_1": "", "path": path.pk, "action": "check"})
    somchai.post(NEW, {**dict(check.context["sent"]), "action": "open"})
    made = Assignment.objects.get()
    assert [line.course for line in made.course_lines.all()] == [ledger, course]


def test_without_a_path_and_without_a_course_nothing_is_assigned(somchai: Client, sent: dict[str, Any]) -> None:
    page = somchai.post(NEW, {**sent, "course_1": "", "action": "check"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["course_1"])
