"""Codes: made by who answers for an organization, used by who holds the slip."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from courses.catalog.models import CoursePage
from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.enrollments.flows import close_code, open_code, use_code
from learning.enrollments.models import Enrollment, EnrollmentCode
from learning.kernel.codes import WRONG_TRIES, spaced
from learning.kernel.refusals import Refused
from learning.organizations.choices import Position
from learning.organizations.models import Membership, Organization
from tests.cast import Cast
from tests.factories.duties import make_duty
from tests.factories.learning import enroll_malee
from tests.factories.organizations import make_organization
from tests.factories.people import make_members

pytestmark = pytest.mark.django_db
GO = "/go/"


@pytest.fixture
def code(cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization) -> EnrollmentCode:
    """Good for a month, for two people."""
    until = timezone.localdate() + timedelta(days=30)
    return open_code(cooperative, course=course, until=until, most=2, by=cast.somchai)


def codes_of(organization: Organization) -> str:
    return f"/office/organizations/{organization.pk}/codes/"


# --- making ---------------------------------------------------------------------------------------
def test_a_code_is_made_listed_printed_and_closed(
    cast: Cast, somchai: Client, course: CoursePage, cooperative: Organization, settings: Any
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://academy.example.org"
    sent = {"course": course.pk, "until": "30/9/2570", "most": "40"}
    assert somchai.post(codes_of(cooperative), sent)["Location"] == codes_of(cooperative)
    made = EnrollmentCode.objects.get()
    assert (made.until, made.most, made.created_by, len(made.code)) == (date(2027, 9, 30), 40, cast.somchai, 8)
    slips = somchai.get(f"/office/codes/{made.pk}/slips/")
    text = slips.content.decode()
    assert (text.count('<article class="slip"'), text.count("<svg viewBox"), text.count(spaced(made.code))) == (
        8,
        8,
        10,
    )
    assert (text.count("academy.example.org/go/"), "30 กันยายน 2570" in text) == (8, True)
    assert "style=" not in text[text.index("slips") :]
    somchai.post(f"/office/codes/{made.pk}/close/")
    made.refresh_from_db()
    assert made.closed_at is not None
    lines = somchai.get(codes_of(cooperative)).context["lines"]
    assert [bool(line["why_not"]) for line in lines] == [True]


WRONG = [
    ("course", ""), ("course", "x"), ("until", ""), ("until", "1/1/2560"), ("until", "31/2/2570"),
    ("most", "0"), ("most", "1001"), ("most", "-3"), ("most", "9" * 30), ("most", "สิบ"),
]  # fmt: skip


def test_a_wrong_line_is_asked_again_and_nothing_is_lost(
    somchai: Client, course: CoursePage, cooperative: Organization
) -> None:
    for field, value in WRONG:
        sent = {"course": course.pk, "until": "30/9/2570", "most": "40", field: value}
        page = somchai.post(codes_of(cooperative), sent)
        assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
        assert field == "most" or 'value="40"' in page.content.decode()
    assert EnrollmentCode.objects.count() == 0


def test_the_flow_refuses_what_a_form_would_not_send(
    cast: Cast, officer: Duty, course: CoursePage, cooperative: Organization
) -> None:
    today = timezone.localdate()
    for until, most in ((today - timedelta(days=1), 5), (today, 0), (today, 1001)):
        with pytest.raises(Refused) as refused:
            open_code(cooperative, course=course, until=until, most=most, by=cast.somchai)
        assert refused.value.status == 422
    for by in (cast.malee, cast.krit):
        with pytest.raises(Refused) as refused:
            open_code(cooperative, course=course, until=today, by=by)
        assert refused.value.status == 403


def test_a_coordinator_makes_codes_and_an_outsider_neither_sees_nor_closes_them(
    cast: Cast, krit: Client, code: EnrollmentCode, cooperative: Organization
) -> None:
    addresses = [codes_of(cooperative), f"/office/codes/{code.pk}/slips/"]
    assert [krit.get(address).status_code for address in addresses] == [403, 403]
    with pytest.raises(Refused) as refused:
        close_code(code, by=cast.krit)
    assert refused.value.status == 403
    duty = make_duty(cast.krit, Role.COORDINATOR, Organization.objects.get(province__name="เชียงใหม่"))
    assert [krit.get(address).status_code for address in addresses] == [404, 404]
    assert krit.post(f"/office/codes/{code.pk}/close/").status_code == 404
    Duty.objects.filter(pk=duty.pk).update(organization=cooperative)
    assert [krit.get(address).status_code for address in addresses] == [200, 200]
    assert krit.post(f"/office/codes/{code.pk}/close/").status_code == 302
    assert ModelLogEntry.objects.get(action="enrollments.close_code").user == cast.krit


# --- using ----------------------------------------------------------------------------------------
def test_a_stranger_reads_what_the_code_is_for_and_is_led_to_an_account_and_back(
    client: Client, code: EnrollmentCode
) -> None:
    page = client.get(f"{GO}{code.code}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert [str(word) in text for word in (code.course, code.organization)] == [True, True]
    back = f"next=/go/{code.code}/"
    assert [f'href="/account/{door}/?{back}"' in text for door in ("login", "signup")] == [True, True]
    assert client.post(f"{GO}{code.code}/").status_code == 200
    assert (Enrollment.objects.count(), EnrollmentCode.objects.get().used_count) == (0, 0)


def test_a_member_enrolls_with_the_position_held_there(
    cast: Cast, malee: Client, code: EnrollmentCode, cooperative: Organization
) -> None:
    page = malee.get(f"{GO}{code.code}/")
    assert (page.context["seat"], Enrollment.objects.count()) == (Position.BOARD_MEMBER.label, 0)
    assert malee.post(f"{GO}{code.code}/")["Location"] == "/my/courses/control/continue/"
    row = Enrollment.objects.get()
    assert (row.user, row.organization, row.position, row.enrolled_by) == (
        cast.malee, cooperative, "board_member", cast.malee,
    )  # fmt: skip
    assert EnrollmentCode.objects.get().used_count == 1


def test_who_is_no_member_yet_becomes_one(cast: Cast, krit: Client, code: EnrollmentCode) -> None:
    krit.post(f"{GO}{code.code}/")
    seat = Membership.objects.get(user=cast.krit, organization=code.organization)
    assert (seat.position, seat.since, Enrollment.objects.get().organization) == (
        "member", timezone.localdate(), code.organization,
    )  # fmt: skip
    code.organization.refresh_from_db()
    assert not code.organization.is_counted


def test_who_learns_already_keeps_that_enrollment_and_the_code_is_not_used_up(
    cast: Cast, malee: Client, code: EnrollmentCode, course: CoursePage
) -> None:
    women = Membership.objects.get(user=cast.malee, organization__kind="womens_group")
    from learning.enrollments.flows import enroll

    mine = enroll(course, membership=women, by=cast.malee)
    assert malee.get(f"{GO}{code.code}/").context["enrollment"] == mine
    malee.post(f"{GO}{code.code}/")
    assert (Enrollment.objects.get(), EnrollmentCode.objects.get().used_count) == (mine, 0)
    EnrollmentCode.objects.update(until=date(2026, 1, 1))  # even when the code has passed
    assert malee.get(f"{GO}{code.code}/").status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"closed_at": "2026-01-01T00:00:00Z"}, {"until": date(2026, 1, 1)}, {"used_count": 2},
    ],
    ids=["closed", "past", "used up"],
)  # fmt: skip
def test_a_code_that_does_not_work_any_more_says_why(
    cast: Cast, krit: Client, client: Client, code: EnrollmentCode, change: dict[str, Any]
) -> None:
    EnrollmentCode.objects.update(**change)
    found = [krit.get(f"{GO}{code.code}/"), krit.post(f"{GO}{code.code}/"), client.get(f"{GO}{code.code}/")]
    assert [page.status_code for page in found] == [410] * 3
    sentences = {page.context["refusal"].sentence for page in found}
    assert len(sentences) == 1
    assert (Enrollment.objects.count(), Membership.objects.filter(user=cast.krit).count()) == (0, 1)


def test_a_code_of_an_organization_that_ended_says_so(krit: Client, code: EnrollmentCode) -> None:
    Organization.objects.filter(pk=code.organization_id).update(state="dissolved", ended_on=date(2026, 1, 1))
    assert krit.get(f"{GO}{code.code}/").status_code == 410
    assert krit.post(f"{GO}{code.code}/").status_code == 410


def test_a_code_of_a_course_closed_for_enrollment_enrolls_nobody(krit: Client, code: EnrollmentCode) -> None:
    CoursePage.objects.filter(pk=code.course_id).update(enrollment_closes_on=date(2026, 1, 1))
    assert krit.post(f"{GO}{code.code}/").status_code == 409
    assert (Enrollment.objects.count(), EnrollmentCode.objects.get().used_count) == (0, 0)


def test_the_limit_holds(cast: Cast, code: EnrollmentCode) -> None:
    people = make_members(make_organization("กลุ่มเกษตรกรทดลอง", kind="farmers_group"), 3)
    for person in people[:2]:
        use_code(code, by=person)
    with pytest.raises(Refused) as refused:
        use_code(code, by=people[2])
    assert refused.value.status == 410
    use_code(code, by=people[0])  # who has it already is not refused
    assert (Enrollment.objects.count(), EnrollmentCode.objects.get().used_count) == (2, 2)


# --- typing and guessing ---------------------------------------------------------------------------
def test_a_code_is_typed_forgivingly(client: Client, code: EnrollmentCode) -> None:
    written = spaced(code.code).lower().replace(" ", " - ")
    assert client.post(GO, {"code": written})["Location"] == f"/go/{code.code}/"
    assert client.get(f"/go/{written.replace(' ', '')}/").status_code == 200
    for nothing in ("", "   ", "---", "\x00", "กขค"):
        assert client.post(GO, {"code": nothing}).status_code == 422


def test_an_unknown_code_is_not_found_with_a_way_back(client: Client, cast: Cast) -> None:
    page = client.get("/go/22223333/")
    assert (page.status_code, 'href="/go/"' in page.content.decode()) == (404, True)
    assert client.get(f"/go/{'x' * 5000}/").status_code == 404
    assert client.get("/go/%00%00/").status_code == 404


def test_after_twenty_wrong_codes_from_one_address_even_the_right_one_is_refused(
    client: Client, code: EnrollmentCode
) -> None:
    found = [client.get(f"/go/2222333{number % 8 + 2}/").status_code for number in range(WRONG_TRIES)]
    assert found == [404] * WRONG_TRIES
    assert client.get("/go/22223333/").status_code == 429
    assert client.get(f"/go/{code.code}/").status_code == 429
    assert client.get(f"/go/{code.code}/", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_right_codes_are_never_counted_as_tries(client: Client, code: EnrollmentCode) -> None:
    assert {client.get(f"/go/{code.code}/").status_code for _ in range(WRONG_TRIES + 5)} == {200}


def test_a_code_leaves_other_enrollments_of_malee_alone(cast: Cast, malee: Client, code: EnrollmentCode) -> None:
    other = enroll_malee(cast, code.course)
    malee.post(f"{GO}{code.code}/")
    assert list(Enrollment.objects.all()) == [other]
