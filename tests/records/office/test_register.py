"""Whose certificates an office sees, how they are looked up, and what the page costs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from certification.choices import CertificateState
from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.organizations.models import Organization
from learning.people.models import User
from learning.places.models import PromotionGroup
from learning.records.queries import certificates_visible_to
from learning.records.rules import may_change, may_record_paper, may_see_register
from tests.cast import Cast
from tests.factories.certificates import CHIANG_MAI, ended, recorded, registered

ADDRESS = "/office/certificates/"


def numbers(browser: Client, **asked: Any) -> list[int | str]:
    """The lines of the page: running numbers, or the number of a paper."""
    response = browser.get(ADDRESS, asked)
    assert response.status_code == 200
    return [row.running_number or row.number for row, _standing in response.context["lines"]]


def seen_by(person: Any) -> set[int]:
    return {row.running_number for row in certificates_visible_to(person)}


# --- whose ------------------------------------------------------------------------------
def test_an_office_meets_the_certificates_of_its_province(cast: Cast) -> None:
    registered(1), registered(2, province_code=CHIANG_MAI, district_code="5007")
    assert seen_by(cast.somchai) == {1}


def test_a_center_meets_what_it_has_issued_and_nothing_else(cast: Cast) -> None:
    registered(1, center_number=14), registered(2), registered(3, center_number=15)
    registered(4, center_number=14, province_code=CHIANG_MAI)
    assert seen_by(cast.wipa) == {1, 4}


def test_a_promotion_group_meets_those_of_its_districts(cast: Cast) -> None:
    Duty.objects.filter(user=cast.somchai).delete()
    group = PromotionGroup.objects.get(number=2)
    Duty.objects.create(user=cast.somchai, role=Role.PROMOTION_OFFICER, promotion_group=group, since=date(2026, 1, 1))
    inside = group.districts.first()
    assert inside is not None
    registered(1, district_code=inside.pk), registered(2, district_code="1801"), registered(3, district_code="")
    assert seen_by(cast.somchai) == {1}


def test_a_coordinator_meets_the_organization_and_its_groups_and_changes_nothing(cast: Cast) -> None:
    cooperative = Organization.objects.get(name="สหกรณ์การเกษตรทุ่งรวงทอง จำกัด")
    Duty.objects.create(user=cast.krit, role=Role.COORDINATOR, organization=cooperative, since=date(2026, 1, 1))
    own = registered(1, organization_key=cooperative.pk)
    registered(2, organization_key=77, parent_key=cooperative.pk), registered(3, organization_key=78)
    assert seen_by(cast.krit) == {1, 2}
    assert not may_change(cast.krit, own)
    assert not may_record_paper(cast.krit)


def test_head_office_reads_totals_elsewhere_and_no_names_here(cast: Cast) -> None:
    registered(1)
    Duty.objects.create(user=cast.krit, role=Role.HEAD_OFFICE, since=date(2026, 1, 1))
    assert not may_see_register(cast.krit)
    browser = Client()
    browser.force_login(cast.krit)
    assert browser.get(ADDRESS).status_code == 403


def test_an_administrator_meets_all_without_a_duty(cast: Cast) -> None:
    chief = User.objects.create_superuser(username="chief", password="x" * 12)
    registered(1), registered(2, province_code=CHIANG_MAI)
    browser = Client()
    browser.force_login(chief)
    assert numbers(browser) == [2, 1]
    assert may_change(chief, registered(3))


@pytest.mark.parametrize("who", ["malee", "krit"])
def test_a_learner_is_told_whose_page_this_is(cast: Cast, who: str) -> None:
    registered(1)
    browser = Client()
    browser.force_login(getattr(cast, who))
    response = browser.get(ADDRESS)
    assert response.status_code == 403
    assert "ศส.14-000001" not in response.content.decode()


def test_nobody_without_an_account_sees_anything(cast: Cast) -> None:
    registered(1)
    assert seen_by(AnonymousUser()) == set()


def test_a_duty_that_has_ended_closes_the_register(cast: Cast) -> None:
    registered(1)
    Duty.objects.filter(user=cast.somchai).update(until=timezone.localdate() - timedelta(days=1))
    assert seen_by(cast.somchai) == set()


# --- looked up --------------------------------------------------------------------------
def test_the_newest_number_comes_first_and_the_register_can_be_turned(somchai: Client) -> None:
    registered(2), registered(10), registered(1, issued_on=date(2025, 3, 1))
    assert numbers(somchai) == [10, 2, 1]
    assert numbers(somchai, sort="number") == [1, 2, 10]


@pytest.mark.parametrize(
    "text",
    ["ศส.14-000012/2570", "ศส.๑๔-๐๐๐๐๑๒/๒๕๗๐", "ศส.14-000012", "12", "๑๒", "12/2570", "๑๒/๒๕๗๐", "สมศรี", "สม ทอง"],
)
def test_a_certificate_is_found_by_number_in_either_digits_or_by_name(somchai: Client, text: str) -> None:
    registered(12, holder_name="นางสมศรี ทองดี"), registered(120)
    assert numbers(somchai, q=text) == [12]


def test_a_certificate_is_found_by_its_code_as_somebody_types_it(somchai: Client) -> None:
    wanted = registered(1)
    registered(2)
    code = wanted.code.lower()
    assert numbers(somchai, q=f"{code[:4]}-{code[4:8]} {code[8:]}") == [1]


def test_the_code_of_another_area_is_not_found(somchai: Client) -> None:
    foreign = registered(1, province_code=CHIANG_MAI, district_code="5007")
    assert numbers(somchai, q=foreign.code) == []


def test_states_are_told_apart_and_counted(somchai: Client) -> None:
    today = timezone.localdate()
    registered(1, rendered_at=timezone.now(), sha256="a"), registered(2, **ended())
    registered(3, **ended(CertificateState.REPLACED)), registered(4, valid_until=today - timedelta(days=1))
    registered(5, valid_until=today)
    recorded()
    assert numbers(somchai, state="valid") == [5, 1, "ชน.12/2560"]
    assert numbers(somchai, state="expired") == [4]
    assert numbers(somchai, state="revoked") == [2]
    assert numbers(somchai, state="replaced") == [3]
    assert numbers(somchai, state="waiting") == [5, 4], "who was ended before its file came needs none"
    assert numbers(somchai, origin="recorded") == ["ชน.12/2560"]
    counts = somchai.get(ADDRESS).context["counts"]
    assert counts == {
        "total": 6, "recorded": 1, "valid": 3, "expired": 1, "revoked": 1, "replaced": 1, "waiting": 2,
    }  # fmt: skip


def test_filters_by_year_course_cooperative_and_district_narrow_together(somchai: Client) -> None:
    registered(1, organization_name="สหกรณ์การเกษตรบ้านนา จำกัด"), registered(2, issued_on=date(2025, 5, 1))
    registered(3, district_code="1801"), registered(4, subject="course:7")
    assert numbers(somchai, organization="บ้านนา") == [1]
    assert numbers(somchai, year="2568") == [2]
    assert numbers(somchai, district="1801") == [3]
    assert numbers(somchai, year="2570", district="1804") == [4, 1]


@pytest.mark.parametrize(
    "asked",
    [
        {"year": "2570' OR 1=1"}, {"year": "99999999999999999999"}, {"course": "-1"}, {"province": "50"},
        {"workshop": "1e9"}, {"batch": "999999999"}, {"state": "lost"}, {"page": "9" * 40}, {"sort": "pk;--"},
        {"center": "14"},
    ],
)  # fmt: skip
def test_what_the_filters_do_not_know_they_leave_out(somchai: Client, asked: dict[str, str]) -> None:
    registered(1)
    assert numbers(somchai, **asked) == [1]


@pytest.mark.parametrize("text", ["\x00", "%", "_", "'", "ก" * 5000, "()", "\\", "\u200b"])
def test_any_text_may_be_searched(somchai: Client, text: str) -> None:
    registered(1)
    assert somchai.get(ADDRESS, {"q": text}).status_code == 200


def test_an_empty_register_says_how_it_fills(somchai: Client) -> None:
    page = somchai.get(ADDRESS).content.decode()
    assert _("There are no certificates in your area yet") in page
    assert somchai.get(ADDRESS, {"q": "ไม่มี"}).content.decode().count(_("No certificate fits these filters")) == 1


# --- what it costs ----------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_same_few_questions_for_any_number_of_lines(
    somchai: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(1, count + 1):
        registered(number)
    somchai.get(ADDRESS)
    with django_assert_num_queries(10):
        assert len(numbers(somchai)) == count


def test_the_next_page_goes_on_where_the_first_ends(somchai: Client) -> None:
    for number in range(1, 33):
        registered(number)
    assert numbers(somchai) + numbers(somchai, page=2) == list(range(32, 0, -1))
