"""A refusal becomes a page a person can use, or JSON for a script, with its own status."""

import json
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from courses.catalog.models import CoursePage
from learning.kernel.refusals import Refused
from learning.refusals import RefusalMiddleware
from tests.cast import Cast
from tests.factories.learning import enroll_malee

REFUSAL = Refused("แบบทดสอบปิดแล้ว", status=HTTPStatus.CONFLICT, way_on="/courses/", way_on_label="ดูหลักสูตร")


def answer_to(exception: Exception, **headers: Any) -> HttpResponse | None:
    request = RequestFactory().get("/sittings/", headers=headers)
    request.user = AnonymousUser()
    return RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, exception)


@pytest.mark.django_db
def test_a_person_gets_the_sentence_the_status_and_a_way_on() -> None:
    page = answer_to(REFUSAL, accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert page is not None
    assert (page.status_code, page["Content-Type"]) == (409, "text/html; charset=utf-8")
    text = page.content.decode()
    assert "แบบทดสอบปิดแล้ว" in text
    assert 'href="/courses/"' in text
    assert "ดูหลักสูตร" in text


@pytest.mark.django_db
def test_a_refusal_without_a_way_on_leads_to_the_first_page() -> None:
    page = answer_to(Refused("แบบทดสอบปิดแล้ว"))
    assert page is not None
    assert page.status_code == 409
    assert "แบบทดสอบปิดแล้ว" in page.content.decode()


def test_a_script_gets_json_with_the_same_status() -> None:
    reply = answer_to(Refused("ไม่พบคำถามนี้", status=HTTPStatus.NOT_FOUND), accept="application/json")
    assert reply is not None
    assert (reply.status_code, reply["Content-Type"]) == (404, "application/json")
    assert json.loads(reply.content) == {"refused": "ไม่พบคำถามนี้"}


def test_what_is_no_refusal_is_left_to_django() -> None:
    assert answer_to(ValueError("a fault of the program")) is None


def test_a_request_that_is_no_exception_goes_through() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("as ever")

    assert RefusalMiddleware(view)(RequestFactory().get("/")).content == b"as ever"


def test_a_refused_flow_reaches_the_person_through_the_whole_site(
    client: Client, cast: Cast, course: CoursePage
) -> None:
    """A lesson with a test cannot be finished by hand: the flow refuses, the site answers 409."""
    enroll_malee(cast, course)
    client.force_login(cast.malee)
    page = client.post("/courses/control/final-test/done/")
    assert (page.status_code, page.templates[0].name) == (409, "refused.html")
    assert page.context["refusal"].way_on == "/courses/control/final-test/"
    reply = client.post("/courses/control/final-test/done/", headers={"accept": "application/json"})
    assert (reply.status_code, reply.json()) == (409, {"refused": page.context["refusal"].sentence})
