"""What every template may know costs no question to the database."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from cms.context import skin
from learning.people.models import User


def request(user: Any) -> Any:
    made = RequestFactory().get("/")
    made.user = user
    return made


@pytest.mark.django_db
def test_the_skin_asks_the_database_nothing(django_assert_num_queries: Any) -> None:
    malee = User.objects.create_user("malee", first_name="มาลี", last_name="ใจดี")
    root = User.objects.create_superuser("root")
    with django_assert_num_queries(0):
        known = [skin(request(user))["is_authoring"] for user in (AnonymousUser(), malee, root)]
    assert known == [False, False, True]


def test_a_request_without_a_person_is_nobodys() -> None:
    assert skin(SimpleNamespace())["is_authoring"] is False  # type: ignore[arg-type]


@pytest.mark.django_db
def test_the_frame_of_a_page_asks_the_database_nothing(django_assert_num_queries: Any) -> None:
    malee = User.objects.create_user("malee", first_name="มาลี", last_name="ใจดี")
    for user in (AnonymousUser(), malee):
        with django_assert_num_queries(0):
            page = render_to_string("base.html", request=request(user))
        assert ("มาลี" in page) is user.is_authenticated
