"""When something is not as expected: the right status, a sentence in Thai, and a way on."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils.translation import gettext

from courses.catalog.models import CourseIndexPage
from learning import urls

pytestmark = pytest.mark.django_db

handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


def _raises(error: Exception) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    path("bad/", _raises(BadRequest("cut off"))),
    path("closed/", _raises(PermissionDenied())),
    path("broken/", _raises(ZeroDivisionError("a secret of the program"))),
    path("", include(urls)),
]


@pytest.fixture
def broken(pages: CourseIndexPage, settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def told(response: Any) -> str:
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.html["lang"] == "th"
    assert soup.select("main a[href='/']") != []
    return " ".join(soup.h1.get_text(" ").split())


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/bad/", 400, "We could not read this request"),
        ("/closed/", 403, "This page is not open to you"),
        ("/nowhere/", 404, "We did not find this page"),
        ("/courses/nowhere/", 404, "We did not find this page"),
        ("/broken/", 500, "Something broke on our side"),
    ],
)
def test_each_error_has_its_status_and_its_sentence(broken: Client, address: str, status: int, sentence: str) -> None:
    response = broken.get(address)
    assert response.status_code == status
    assert told(response) == " ".join(gettext(sentence).split())
    assert "a secret of the program" not in response.content.decode()


def test_a_form_that_is_too_large_is_answered_with_413_and_nothing_is_saved(broken: Client) -> None:
    response = broken.post("/account/login/", {"login": "ก" * 10_000_000, "password": "x"})
    assert response.status_code == 413
    assert told(response) == gettext("What you sent is too large")


def test_too_many_fields_are_answered_with_400(broken: Client) -> None:
    response = broken.post("/account/login/", {f"field{number}": "x" for number in range(5000)})
    assert response.status_code == 400


def test_a_form_without_its_token_is_answered_with_403(pages: CourseIndexPage) -> None:
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "malee", "password": "x"})
    assert response.status_code == 403
    assert told(response) == gettext("This form lay open too long")


def test_a_broken_page_is_answered_without_asking_the_database(broken: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = broken.get("/broken/")
    assert response.status_code == 500
    soup = BeautifulSoup(response.content, "html.parser")
    assert [tag["href"] for tag in soup.select("link")] == ["/favicon.ico", "/error.css"]
    assert soup.select("script") == []


def test_an_error_says_the_same_to_somebody_who_is_signed_in(broken: Client) -> None:
    from learning.people.models import User

    broken.force_login(User.objects.create_user("malee", first_name="มาลี", last_name="ใจดี"))
    for address, status in (("/bad/", 400), ("/closed/", 403), ("/nowhere/", 404), ("/broken/", 500)):
        assert broken.get(address).status_code == status
