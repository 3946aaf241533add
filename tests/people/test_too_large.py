"""What is too large for a name or for the site is refused in words, never with a fault of ours."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from learning.people.models import User
from tests.cast import Cast

TEN_MEGABYTES = "ม" * 3_500_000  # three bytes a letter
FORM = "application/x-www-form-urlencoded"


def test_a_name_of_ten_megabytes_is_answered_with_413(sign_up: Callable[..., HttpResponse]) -> None:
    response = sign_up(username="malee", first_name=TEN_MEGABYTES)
    assert (response.status_code, response.templates[0].name) == (413, "413.html")
    assert '<html lang="th">' in response.content.decode()
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_it_is_413_for_a_form_of_one_body_and_with_the_check_of_forgery_too(academy: object) -> None:
    client = Client(enforce_csrf_checks=True)
    token = client.get(reverse("account_signup")).cookies["csrftoken"].value
    response = client.post(
        reverse("account_signup"), f"csrfmiddlewaretoken={token}&first_name={'a' * 10_000_000}", content_type=FORM
    )
    assert (response.status_code, response.templates[0].name) == (413, "413.html")


def test_just_below_the_limit_the_form_itself_says_that_a_name_is_shorter(client: Client, cast: Cast) -> None:
    client.force_login(cast.malee)
    long = "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE - 2_000)
    response = client.post(reverse("people:details"), f"first_name={long}", content_type=FORM)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["first_name"]
    assert User.objects.get(pk=cast.malee.pk).first_name == "มาลี"


def test_a_form_of_a_million_fields_is_refused_and_no_fault(client: Client, cast: Cast) -> None:
    client.force_login(cast.malee)
    response = client.post(reverse("people:details"), "a=&" * 5_000, content_type=FORM)
    assert (response.status_code, response.templates[0].name) == (400, "400.html")


def test_a_search_of_ten_thousand_letters_is_cut_and_answered(client: Client, cast: Cast) -> None:
    client.force_login(cast.malee)
    response = client.get(reverse("organizations:find"), {"q": "ก" * 10_000})
    assert (response.status_code, len(response.context["q"])) == (200, 100)
