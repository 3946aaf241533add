"""Anyone who holds the code sees every printed field and the state, and a mistake is told apart from a forgery."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.translation import gettext

from certification.codes import new_code
from certification.facts import printed_facts
from certification.models import Certificate
from cms.thai.dates import format_be
from tests.certification.conftest import Issue

pytestmark = pytest.mark.django_db


def fields(response: Any) -> dict[str, str]:
    soup = BeautifulSoup(response.content, "html.parser")
    return {tag["data-field"]: tag.get_text(" ", strip=True) for tag in soup.select("[data-field]")}


def headline(response: Any) -> str:
    return BeautifulSoup(response.content, "html.parser").h1.get_text(" ", strip=True)


def test_every_printed_field_is_shown(issue: Issue, client: Client) -> None:
    certificate = issue()
    response = client.get(f"/v/{certificate.code}")
    code = certificate.code
    assert response.status_code == 200
    assert fields(response) == {
        "holder_name": "นางมาลี ใจดี",
        "holder_role": "กรรมการ สหกรณ์การเกษตรทุ่งรวงทอง จำกัด",
        "course_title": "การควบคุมภายใน",
        "hours": "3",
        "completed_on": format_be(certificate.completed_on),
        "number": certificate.number,
        "issued_on": format_be(certificate.issued_on),
        "issuer": "สหกรณ์อะคาเดมี",
        "signer": "นางสาววิภา ใฝ่เรียน ผู้อำนวยการศูนย์",
        "code": f"{code[:4]}-{code[4:8]}-{code[8:]}",
        "state": certificate.get_state_display(),
    }
    facts = printed_facts(certificate)
    page = response.content.decode()
    for printed in (facts.name, facts.organization, facts.course_title, facts.issuer, facts.statement):
        assert printed in page
    assert facts.completed_on.year + 543 == 2569


def test_half_hours_and_a_missing_position_are_shown_as_they_are(issue: Issue, client: Client) -> None:
    from decimal import Decimal

    shown = fields(client.get(f"/v/{issue(hours=Decimal('1.5'), holder_role='').code}"))
    assert (shown["hours"], "holder_role" in shown) == ("1.5", False)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("valid", "This certificate is genuine and valid"),
        ("revoked", "This certificate has been revoked"),
        ("replaced", "This certificate has been replaced"),
    ],
)
def test_the_state_is_said_in_words(issue: Issue, client: Client, state: str, sentence: str) -> None:
    certificate = issue()
    Certificate.objects.filter(pk=certificate.pk).update(state=state, ended_at=certificate.created_at, reason="ออกผิดคน")
    response = client.get(f"/v/{certificate.code}")
    assert headline(response) == gettext(sentence)
    assert response.status_code == 200
    assert f'data-state="{state}"' in response.content.decode()
    certificate.refresh_from_db()
    assert fields(response)["state"] == certificate.get_state_display()


def test_the_page_is_neither_listed_nor_kept(issue: Issue, client: Client) -> None:
    for code, status in ((issue().code, 200), (new_code(), 404), ("x", 404)):
        response = client.get(f"/v/{code}")
        assert response.status_code == status
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert set(response["Cache-Control"].split(", ")) >= {"private", "no-store"}


def test_a_code_with_a_typing_error_is_told_from_one_that_was_never_given_out(issue: Issue, client: Client) -> None:
    code = issue().code
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    assert 'data-typing-error="yes"' in client.get(f"/v/{wrong}").content.decode()
    unknown = client.get(f"/v/{new_code()}")
    assert 'data-typing-error="no"' in unknown.content.decode()
    assert headline(unknown) == gettext("No certificate carries this code")
    assert unknown.status_code == 404


def test_a_code_typed_in_another_way_leads_to_its_one_address(issue: Issue, client: Client) -> None:
    certificate = issue()
    Certificate.objects.filter(pk=certificate.pk).update(code="01A3M9QTX4B" + "0")
    from certification.codes import check_character

    body = "01A3M9QTX4B"
    code = body + check_character(body)
    Certificate.objects.filter(pk=certificate.pk).update(code=code)
    for typed in (
        code.lower(),
        f"{code[:4]}-{code[4:8]}-{code[8:]}",
        f"OI{code[2:]}",
        f"ol{code[2:].lower()}",
        f" {code} ",
    ):
        response = client.get(f"/v/{typed}")
        assert (response.status_code, response["Location"]) == (302, f"/v/{code}")
        response = client.get("/v/", {"code": typed})
        assert (response.status_code, response["Location"]) == (302, f"/v/{code}")


@pytest.mark.parametrize(
    "code",
    [
        "x" * 5000,
        "ก" * 500,
        "%00",
        "%00" * 12,
        "../../etc/passwd".replace("/", "%2F"),
        "'; DROP TABLE certificates; --",
        "<script>alert(1)</script>".replace("/", "%2F"),
        "๐" * 12,
        "%0A%0D",
        "\N{LATIN SMALL LETTER SHARP S}" * 6,
        "%FF%FE",
    ],
)
def test_odd_codes_are_not_found_and_break_nothing(code: str, issue: Issue, client: Client) -> None:
    issue()
    response = client.get(f"/v/{code}")
    assert response.status_code == 404
    assert "<script>alert" not in response.content.decode()
    assert client.get("/v/", {"code": code}).status_code == 422


def test_the_form_asks_and_says_what_is_wrong(client: Client) -> None:
    empty = client.get("/v/")
    assert (empty.status_code, empty.context["form"].is_bound) == (200, False)
    wrong = client.get("/v/", {"code": "7K3M9QTX4B2"})
    assert wrong.status_code == 422
    assert wrong.context["form"].errors["code"] == [
        gettext("This code has a typing error. Compare it with the 12 characters under the QR and type it again.")
    ]
    assert client.get("/v/", {"code": ""}).status_code == 422
    assert client.post("/v/", {"code": "x"}).status_code == 405


def test_a_check_costs_one_query_and_the_redirects_are_asked_only_for_what_is_not_found(
    issue: Issue, client: Client, django_assert_num_queries: Any
) -> None:
    code = issue().code
    site_and_redirect = 2
    for asked, count in ((code, 1), (new_code(), 1 + site_and_redirect), ("x", site_and_redirect)):
        with django_assert_num_queries(count):
            client.get(f"/v/{asked}")


def test_the_page_says_nothing_that_is_not_on_the_paper(issue: Issue, client: Client) -> None:
    certificate = issue()
    certificate.holder.phone, certificate.holder.email = "+66812345678", "malee@example.org"
    certificate.holder.save()
    page = client.get(f"/v/{certificate.code}").content.decode()
    assert [word for word in ("malee", "0812345678", "+6681", certificate.sha256 or "sha256") if word in page] == []
    assert re.findall(r"/my/|/certificates/", page) == []
