"""Writing a request: what is filled in well is kept, what is not is asked again at its line, and nothing is lost."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from courses.catalog.models import CoursePage
from learning.duties.choices import Role
from learning.organizations.choices import Kind
from learning.organizations.models import Organization
from learning.places.models import District, TransferCenter
from learning.workshops.forms.request_fields import most_days_of_a_week
from learning.workshops.models import ClosedDay, RequestedPeople, WorkshopRequest
from tests.cast import Cast
from tests.factories.duties import make_duty, office_of, promotion_officer
from tests.factories.organizations import make_organization
from tests.workshops.requests.conftest import Ask, address

pytestmark = pytest.mark.django_db
NEW = "/office/workshops/requests/new/"


@pytest.fixture
def sent(cooperative: Organization) -> dict[str, Any]:
    """Filled in well: two days in December for twenty people."""
    return {
        "center": "14",
        "title": "ตรวจนับเงินสดและควบคุมภายใน",
        "topic": "internal_control",
        "aim": "ให้กรรมการตรวจนับเงินสดเป็น",
        f"count_{cooperative.pk}": "๒๐",
        "day_count": "2",
        "day_length": "full",
        "since_1": "1/12/2569",
        "until_1": "18/12/2569",
        "where": "1804",
        "action": "save",
    }


def save(browser: Client, sent: dict[str, Any], **otherwise: Any) -> Any:
    return browser.post(NEW, {**sent, **otherwise})


def test_what_is_written_is_kept_as_a_draft_and_shown_once_more(
    cast: Cast, somchai: Client, sent: dict[str, Any], cooperative: Organization
) -> None:
    more = {
        "kinds": ["agricultural"],
        "positions": ["board_chair", "manager"],
        "since_2": "4 ม.ค. 2570",
        "until_2": "15 ม.ค. 2570",
        "place_wish": "หอประชุมสหกรณ์",
        "budget_line": "แผนงานพื้นฐาน",
        "budget": "๒๕,๐๐๐ บาท",
        "letter_ref": "ชน 0010/123",
        "letter_on": "20/11/2569",
    }
    done = save(somchai, sent, **more)
    made = WorkshopRequest.objects.get()
    assert done["Location"] == address(made)
    assert (made.state, made.office, made.center_id, made.created_by) == ("draft", office_of(), 14, cast.somchai)
    assert (made.title, made.topic, made.kinds, made.positions) == (
        sent["title"], "internal_control", ["agricultural"], ["board_chair", "manager"],
    )  # fmt: skip
    assert (made.day_count, made.province_id, made.district_id, made.budget) == (2, "18", "1804", Decimal(25000))
    assert (made.letter_ref, made.letter_on) == ("ชน 0010/123", date(2026, 11, 20))
    assert list(made.people.values_list("organization", "count")) == [(cooperative.pk, 20)]
    assert list(made.windows.values_list("since", "until", "rank")) == [
        (date(2026, 12, 1), date(2026, 12, 18), 1), (date(2027, 1, 4), date(2027, 1, 15), 2),
    ]  # fmt: skip
    page = somchai.get(address(made)).content.decode()
    assert [page.count(one) for one in (">25,000.00 baht<", "ชน 0010/123", 'value="submit"')] == [1, 1, 1]


WRONG: list[tuple[str, Any, str]] = [
    ("center", "", "center"), ("center", "99", "center"), ("center", "x", "center"), ("center", "9" * 30, "center"),
    ("title", "", "title"), ("title", "ก" * 151, "title"), ("title", "a\x00b", "title"),
    ("topic", "", "topic"), ("topic", "magic", "topic"), ("course", "9" * 30, "course"), ("course", "x", "course"),
    ("aim", "", "aim"), ("aim", "ก" * 1001, "aim"), ("kinds", ["x"], "kinds"), ("positions", ["emperor"], "positions"),
    ("day_count", "0", "day_count"), ("day_count", "6", "day_count"), ("day_count", "x", "day_count"),
    ("day_length", "night", "day_length"), ("where", "", "where"), ("where", "5001", "where"),
    ("where", "\x00", "where"),
    ("since_1", "", "since_1"), ("since_1", "31/2/2570", "since_1"), ("since_1", "23/11/2569", "since_1"),
    ("until_1", "", "until_1"), ("until_1", "30/11/2569", "until_1"), ("until_1", "3/12/2570", "until_1"),
    ("until_1", "1/12/2572", "until_1"), ("until_1", "1/12/2569", "until_1"), ("since_2", "4/1/2570", "until_2"),
    ("until_2", "4/1/2570", "since_2"), ("budget", "many", "budget"), ("budget", "-1", "budget"),
    ("budget", "NaN", "budget"), ("budget", "1e12", "budget"), ("budget", "9" * 12, "budget"),
    ("budget", "1.234", "budget"),
    ("budget_line", "ก" * 151, "budget_line"), ("letter_ref", "ก" * 101, "letter_ref"),
    ("letter_on", "24/11/2569", "letter_on"), ("place_wish", "ก" * 201, "place_wish"), ("q", "ก" * 101, "q"),
]  # fmt: skip


def test_a_wrong_line_is_asked_again_and_the_others_stay(somchai: Client, sent: dict[str, Any]) -> None:
    for field, value, wrong in WRONG:
        page = save(somchai, sent, **{field: value})
        form = page.context["form"]
        assert (field, value, page.status_code, list(form.errors)) == (field, value, 422, [wrong])
        kept = {name: typed for name, typed in sent.items() if name in form.fields and name != field}
        assert {name: form[name].value() for name in kept} == kept
    assert WorkshopRequest.objects.count() == 0


def test_a_count_is_a_number_of_people(somchai: Client, sent: dict[str, Any], cooperative: Organization) -> None:
    name = f"count_{cooperative.pk}"
    for count in ("", "0", "-3", "x", "2001", "9" * 30, "2.5", "\x00"):
        page = save(somchai, sent, **{name: count})
        assert (count, page.status_code, list(page.context["form"].errors)) == (count, 422, [name] if count else ["q"])


def test_a_count_for_nobody_we_know_writes_nothing(somchai: Client, sent: dict[str, Any]) -> None:
    for name in ("count_", "count_x", "count_-1", f"count_{'9' * 17}", "count_๑"):
        assert save(somchai, sent, **{name: "5"}).status_code in (302, 422)
    assert RequestedPeople.objects.filter(count=5).count() == 0


def test_an_organization_of_another_province_is_not_taken(somchai: Client, sent: dict[str, Any]) -> None:
    far = make_organization("สหกรณ์ออมทรัพย์แม่ริม จำกัด", kind=Kind.SAVINGS, province="เชียงใหม่")
    page = save(somchai, sent, **{f"count_{far.pk}": "5"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["q"])
    assert "แม่ริม จำกัด" not in page.content.decode()


def test_the_topic_of_a_course_is_the_topic_when_none_is_chosen(
    somchai: Client, sent: dict[str, Any], course: CoursePage
) -> None:
    save(somchai, sent, topic="", course=course.pk)
    made = WorkshopRequest.objects.get()
    assert (made.course, made.topic) == (course, course.topic)


def test_a_search_finds_organizations_of_the_area_and_what_was_typed_stays(
    somchai: Client, sent: dict[str, Any], cooperative: Organization
) -> None:
    near = make_organization("สหกรณ์นิคมมโนรมย์ จำกัด", kind=Kind.SETTLEMENT)
    make_organization("สหกรณ์นิคมแม่แตง จำกัด", kind=Kind.SETTLEMENT, province="เชียงใหม่")
    page = save(somchai, sent, action="search", q="นิคม", title="")
    form = page.context["form"]
    assert (page.status_code, form.is_bound, form.offered) == (200, False, [cooperative, near])
    assert (form[f"count_{cooperative.pk}"].value(), form["since_1"].value()) == ("๒๐", "1/12/2569")
    assert 'role="alert"' not in page.content.decode()
    assert WorkshopRequest.objects.count() == 0


def test_a_search_with_hostile_lines_is_answered(somchai: Client, sent: dict[str, Any]) -> None:
    found = [save(somchai, sent, **{field: value, "action": "search"}).status_code for field, value, _wrong in WRONG]
    assert found == [200] * len(WRONG)


def test_a_small_area_is_offered_without_a_search_and_a_large_one_is_not(somchai: Client, sent: dict[str, Any]) -> None:
    assert len(somchai.get(NEW).context["form"].offered) == 3
    assert len(save(somchai, sent, title="").context["form"].offered) == 3
    for number in range(10):
        make_organization(f"สหกรณ์การเกษตรที่ {number} จำกัด")
    assert somchai.get(NEW).context["form"].offered == []


def test_the_centers_of_the_province_come_first_and_the_only_one_is_chosen(somchai: Client) -> None:
    form = somchai.get(NEW).context["form"]
    groups = form.fields["center"].choices
    assert [pk for pk, _name in groups[1][1]] == ["14"]
    assert len(groups[2][1]) == TransferCenter.objects.count() - 1
    assert form["center"].value() == "14"


def test_the_districts_of_the_own_province_come_first(somchai: Client) -> None:
    groups = somchai.get(NEW).context["form"].fields["where"].choices
    assert [code for code, _name in groups[0][1]] == [
        "18", *District.objects.filter(province="18").values_list("pk", flat=True),
    ]  # fmt: skip
    assert len(groups[1][1]) == 76


def test_an_officer_of_two_offices_says_in_whose_name(cast: Cast, somchai: Client, sent: dict[str, Any]) -> None:
    other = office_of("อุทัยธานี")
    make_duty(cast.somchai, Role.MANAGEMENT_OFFICER, other)
    assert list(save(somchai, sent).context["form"].errors) == ["office"]
    assert save(somchai, sent, office=other.pk).status_code == 302
    assert WorkshopRequest.objects.get().office == other


def test_an_officer_of_a_group_is_offered_the_organizations_of_its_districts(cast: Cast) -> None:
    promotion_officer(cast.krit, "มโนรมย์", number=8)
    near = make_organization("สหกรณ์นิคมมโนรมย์ จำกัด", district_id="1802")
    browser = Client()
    browser.force_login(cast.krit)
    assert browser.get(NEW).context["form"].offered == [near]


@pytest.mark.parametrize(
    ("days", "most"),
    [
        ((date(2026, 11, 28), date(2026, 11, 29)), 0),  # a weekend
        ((date(2026, 11, 27), date(2026, 11, 30)), 1),  # Friday to Monday
        ((date(2026, 12, 7), date(2026, 12, 11)), 4),  # Thursday is a holiday
        ((date(2026, 12, 7), date(2026, 12, 18)), 5),
    ],
)
def test_a_workshop_never_crosses_a_weekend(days: tuple[date, date], most: int) -> None:
    assert most_days_of_a_week(*days, holidays={date(2026, 12, 10)}) == most


def test_public_holidays_are_no_days_for_a_workshop(somchai: Client, sent: dict[str, Any]) -> None:
    friday = {"since_1": "4/12/2569", "until_1": "4/12/2569", "day_count": "1"}
    ClosedDay.objects.create(on=date(2026, 12, 4), name="วันหยุดพิเศษ")
    ClosedDay.objects.create(on=date(2026, 12, 3), name="ศูนย์ฯ ปิด", center_id=14)
    assert list(save(somchai, sent, **friday).context["form"].errors) == ["until_1"]
    assert save(somchai, sent, **{**friday, "since_1": "3/12/2569"}).status_code == 302


def test_the_same_days_are_no_second_wish(somchai: Client, sent: dict[str, Any]) -> None:
    page = save(somchai, sent, since_3=sent["since_1"], until_3=sent["until_1"])
    assert list(page.context["form"].errors) == ["since_3"]


def test_a_request_is_changed_where_it_was_written(somchai: Client, ask: Ask, sent: dict[str, Any]) -> None:
    request = ask("draft", day_count=2)
    form = somchai.get(address(request, "edit/")).context["form"]
    people = request.people.get()
    assert (form["title"].value(), form["where"].value(), form[f"count_{people.organization_id}"].value()) == (
        request.title, "18", 20,
    )  # fmt: skip
    assert form["since_1"].value() == date(2026, 12, 1)
    seen = {"seen": request.events.get().pk}
    assert somchai.post(address(request, "edit/"), {**sent, **seen}).status_code == 302
    request.refresh_from_db()
    assert (request.title, request.district_id) == (sent["title"], "1804")


def test_the_center_of_a_returned_request_is_not_offered_again(somchai: Client, ask: Ask) -> None:
    request = ask("returned")
    page = somchai.get(address(request, "edit/"))
    assert ("center" in page.context["form"].fields, str(request.center) in page.content.decode()) == (False, True)


@pytest.mark.parametrize("state", ["submitted", "accepted", "declined", "scheduled", "withdrawn"])
def test_what_cannot_be_changed_leads_to_its_page(state: str, somchai: Client, ask: Ask) -> None:
    request = ask(state)
    assert somchai.get(address(request, "edit/"))["Location"] == address(request)


def test_an_earlier_request_is_written_anew_without_its_days_and_its_letter(somchai: Client, ask: Ask) -> None:
    request = ask("declined", letter_ref="ชน 0010/1")
    form = somchai.get(f"{NEW}?like={request.pk}").context["form"]
    assert (form["title"].value(), form["since_1"].value(), form["letter_ref"].value()) == (request.title, None, None)


@pytest.mark.parametrize("like", ["", "x", "9" * 40, "999", "-1", "\x00"])
def test_an_unknown_earlier_request_leaves_the_form_empty(like: str, somchai: Client) -> None:
    assert somchai.get(NEW, {"like": like}).context["form"]["title"].value() is None
