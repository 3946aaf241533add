"""People change their own name and phone; nobody takes another's, and old papers keep the old name."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from certification.models import Certificate
from courses.catalog.models import CoursePage
from learning.people.models import User
from tests.cast import Cast
from tests.factories.learning import enroll_malee, read_everything, sit_test

DETAILS = {"title": "นางสาว", "first_name": "มาลี", "last_name": "ใจงาม", "phone": "081-234-5678"}


@pytest.fixture
def malee(client: Client, cast: Cast) -> Client:
    client.force_login(cast.malee)
    return client


def test_the_form_shows_what_is_known_with_the_phone_as_it_is_written_in_thailand(malee: Client) -> None:
    form = malee.get(reverse("people:details")).context["form"]
    assert {name: form[name].value() for name in form.fields} == {
        "title": "นาง",
        "first_name": "มาลี",
        "last_name": "ใจดี",
        "name_en": "",
        "phone": "081-234-5678",
        "gender": "",
        "birth_year": None,
    }


def test_a_new_title_and_family_name_are_kept(malee: Client, cast: Cast) -> None:
    response = malee.post(reverse("people:details"), DETAILS)
    assert (response.status_code, response["Location"]) == (302, reverse("people:details"))
    person = User.objects.get(pk=cast.malee.pk)
    assert (person.full_name, person.phone, person.phone_verified) == ("นางสาวมาลี ใจงาม", "+66812345678", True)


def test_a_new_phone_number_is_not_yet_confirmed(malee: Client, cast: Cast) -> None:
    malee.post(reverse("people:details"), {**DETAILS, "phone": "๐๘๙-๙๙๙-๙๙๙๙"})
    person = User.objects.get(pk=cast.malee.pk)
    assert (person.phone, person.phone_verified) == ("+66899999999", False)


def test_the_phone_of_another_account_is_refused_and_nothing_is_changed(malee: Client, cast: Cast) -> None:
    response = malee.post(reverse("people:details"), {**DETAILS, "phone": "084-567-8901"})
    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {"phone": [gettext("Another account uses this phone number.")]}
    person = User.objects.get(pk=cast.malee.pk)
    assert (person.full_name, person.phone) == ("นางมาลี ใจดี", "+66812345678")
    assert response.context["form"]["last_name"].value() == "ใจงาม", "what was typed is not lost"


def test_two_people_may_both_have_no_phone(malee: Client, cast: Cast) -> None:
    User.objects.filter(pk=cast.krit.pk).update(phone=None)
    assert malee.post(reverse("people:details"), {**DETAILS, "phone": ""}).status_code == 302
    assert User.objects.filter(phone=None).count() == 2


@pytest.mark.parametrize("typed", ["2510", "๒๕๑๐", " 2510 ", "1967"])
def test_gender_and_birth_year_are_kept_in_either_era_and_shown_in_the_buddhist_one(
    malee: Client, cast: Cast, typed: str
) -> None:
    malee.post(reverse("people:details"), {**DETAILS, "gender": "female", "birth_year": typed})
    person = User.objects.get(pk=cast.malee.pk)
    assert (person.gender, person.birth_year) == ("female", 1967)
    assert malee.get(reverse("people:details")).context["form"]["birth_year"].value() == 2510
    malee.post(reverse("people:details"), DETAILS)
    assert User.objects.get(pk=cast.malee.pk, gender="", birth_year=None)


@pytest.mark.parametrize("typed", ["10", "2600", "2420", "1850", "3000", "ปีมะแม", "2510.5", "9" * 400])
def test_a_birth_year_that_cannot_be_is_refused_and_stays_in_its_line(malee: Client, cast: Cast, typed: str) -> None:
    response = malee.post(reverse("people:details"), {**DETAILS, "birth_year": typed})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["birth_year"])
    assert f'value="{typed}"' in response.content.decode()
    assert User.objects.get(pk=cast.malee.pk).last_name == "ใจดี"


def test_an_issued_certificate_keeps_the_name_it_was_printed_with(
    malee: Client, cast: Cast, course: CoursePage
) -> None:
    enrollment = enroll_malee(cast, course)
    read_everything(enrollment, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    malee.post(reverse("people:details"), DETAILS)
    assert Certificate.objects.get().holder_name == "นางมาลี ใจดี"


def test_without_an_account_the_page_leads_to_the_sign_in_page(cast: Cast) -> None:
    response = Client().get(reverse("people:details"))
    assert response["Location"] == f"{reverse('account_login')}?next={reverse('people:details')}"
