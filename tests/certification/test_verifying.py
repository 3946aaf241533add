"""Anyone who holds the code sees every printed field and the state, and a mistake is told apart from a forgery."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext

from certification.checking.shown import shown_certificate
from certification.codes import new_code
from certification.facts import printed_facts
from certification.models import Certificate, SigningKey
from certification.views import printed
from cms.thai.dates import format_be
from learning.people.models import User
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
        "state": gettext("Valid"),
    }
    facts = printed_facts(certificate)
    page = response.content.decode()
    for word in (facts.name, facts.organization, facts.course_title, facts.issuer, facts.statement):
        assert word in page
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
    assert fields(response)["state"] == gettext(state.title())
    assert fields(response).get("reason", "") == ("" if state == "valid" else "ออกผิดคน")


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
    assert client.post("/v/", {"code": "x"}).status_code == 422
    assert client.put("/v/").status_code == 405


def test_a_check_costs_one_query_and_the_redirects_are_asked_only_for_what_is_not_found(
    issue: Issue, client: Client, django_assert_num_queries: Any
) -> None:
    code = issue().code
    site_and_redirect, other_papers = 2, 1
    for asked, count in (
        (code, 1),
        (f"{code}.json", 1),
        (new_code(), 1 + other_papers + site_and_redirect),
        (f"{new_code()}.json", 1 + site_and_redirect),
        ("x", site_and_redirect),
    ):
        with django_assert_num_queries(count):
            client.get(f"/v/{asked}")


def test_somebody_signed_in_costs_two_queries_more_and_sees_his_name(
    issue: Issue, malee: User, client: Client, django_assert_num_queries: Any
) -> None:
    code = issue().code
    client.force_login(malee)
    session_and_person = 2
    with django_assert_num_queries(1 + session_and_person):
        response = client.get(f"/v/{code}")
    assert malee.get_short_name() in BeautifulSoup(response.content, "html.parser").header.get_text()
    assert fields(response)["holder_name"] == "นางมาลี ใจดี"


def page_without_token(response: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def test_the_page_filled_in_is_the_page_that_the_template_prints(issue: Issue, client: Client, rf: Any) -> None:
    """Also where the words of a sheet look like markup, and when the shape was printed for somebody else."""
    for name in ("นายกฤต แดนไกล", 'นาย "กฤต" <b>&amp; {{ code }} \x02'):
        certificate = issue(holder_name=name, started_on=date(2026, 11, 20), holder_role="ก" * 300)
        shown = shown_certificate(certificate.code)
        assert shown is not None
        filled = page_without_token(client.get(f"/v/{certificate.code}"))
        request = rf.get(f"/v/{certificate.code}")
        request.user = AnonymousUser()
        words = printed._words(shown)
        plain = render_to_string(printed.TEMPLATE, printed._context(shown, words), request=request)
        assert filled == re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", plain)
        assert BeautifulSoup(filled, "html.parser").select("dd b") == []


def test_every_line_that_a_sheet_may_have_is_shown(issue: Issue, client: Client) -> None:
    certificate = issue(started_on=date(2026, 11, 20))
    signers = [{"name": f"นาย{n}", "position": "ผู้อำนวยการ\nสำนักงาน"} for n in ("หนึ่ง", "สอง", "สาม")]
    until = timezone.localdate() + timedelta(days=1)
    Certificate.objects.filter(pk=certificate.pk).update(valid_until=until, signers=signers)
    shown = fields(client.get(f"/v/{certificate.code}"))
    assert shown["started_on"] == "20 พฤศจิกายน 2569"
    assert shown["valid_until"] == format_be(until)
    assert shown["signer"] == " ".join(f"นาย{n} ผู้อำนวยการ สำนักงาน" for n in ("หนึ่ง", "สอง", "สาม"))


def test_a_certificate_is_valid_on_its_last_day_and_expired_after_it(issue: Issue, client: Client) -> None:
    certificate = issue()
    today = timezone.localdate()
    for until, standing, sentence in (
        (today, "valid", "This certificate is genuine and valid"),
        (today - timedelta(days=1), "expired", "This certificate is genuine but has expired"),
    ):
        Certificate.objects.update(valid_until=until)
        response = client.get(f"/v/{certificate.code}")
        assert (headline(response), f'data-state="{standing}"' in response.content.decode()) == (
            gettext(sentence),
            True,
        )


def test_what_was_recorded_from_paper_was_not_issued(issue: Issue, client: Client) -> None:
    certificate = issue()
    Certificate.objects.update(origin="recorded", design=None, version=None, running_number=None)
    response = client.get(f"/v/{certificate.code}")
    assert headline(response) == gettext("This certificate was recorded from paper")
    assert client.get(f"/v/{certificate.code}.json").json()["counts"] is False
    Certificate.objects.update(state="revoked", ended_at=timezone.now(), reason="ปลอม")
    page = client.get(f"/v/{certificate.code}").content.decode()
    assert (headline(response) in page, 'data-note="recorded"' in page) == (False, True)


def test_a_replaced_certificate_leads_to_the_one_that_counts(issue: Issue, client: Client) -> None:
    old, new = issue(), issue()
    Certificate.objects.filter(pk=old.pk).update(state="replaced", ended_at=timezone.now(), reason="สะกดผิด")
    Certificate.objects.filter(pk=new.pk).update(replaces=old)
    page = BeautifulSoup(client.get(f"/v/{old.code}").content, "html.parser")
    assert page.select_one("[data-field=replaced_by]")["href"] == f"/v/{new.code}"
    assert client.get(f"/v/{old.code}.json").json()["replaced_by"] == new.code


def test_a_certificate_of_a_revoked_key_does_not_count(issue: Issue, client: Client) -> None:
    certificate = issue()
    key = SigningKey.objects.create(
        kid="k", purpose="document", state="revoked", name="x", public_jwk={}, revoked_at=timezone.now()
    )
    Certificate.objects.update(document_key=key)
    response = client.get(f"/v/{certificate.code}")
    assert headline(response) == gettext("The key that signed this certificate has been revoked")
    answer = client.get(f"/v/{certificate.code}.json").json()
    assert (answer["standing"], answer["counts"]) == ("key-revoked", False)


def test_a_certificate_of_a_test_authority_says_so(issue: Issue, client: Client) -> None:
    certificate = issue()
    key = SigningKey.objects.create(kid="k", purpose="document", state="active", name="x", public_jwk={}, is_test=True)
    assert 'data-note="trial"' not in client.get(f"/v/{certificate.code}").content.decode()
    Certificate.objects.update(document_key=key)
    assert 'data-note="trial"' in client.get(f"/v/{certificate.code}").content.decode()


def test_machines_get_every_field_by_its_name(issue: Issue, client: Client) -> None:
    certificate = issue(started_on=date(2026, 11, 20))
    Certificate.objects.update(sha256="ab" * 32, byte_count=61_000, rendered_at=timezone.now())
    response = client.get(f"/v/{certificate.code}.json")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response.json() == {
        "code": certificate.code,
        "number": certificate.number,
        "origin": "issued",
        "standing": "valid",
        "counts": True,
        "holder_name": "นางมาลี ใจดี",
        "holder_name_en": "",
        "holder_role": "กรรมการ สหกรณ์การเกษตรทุ่งรวงทอง จำกัด",
        "statement": certificate.statement,
        "course_title": "การควบคุมภายใน",
        "hours": "3.0",
        "started_on": "2026-11-20",
        "completed_on": "2026-11-23",
        "issued_on": certificate.issued_on.isoformat(),
        "valid_until": None,
        "issuer": "สหกรณ์อะคาเดมี",
        "signers": [{"name": "นางสาววิภา ใฝ่เรียน", "position": "ผู้อำนวยการศูนย์"}],
        "ended_on": None,
        "reason": "",
        "replaced_by": None,
        "sha256": "ab" * 32,
        "byte_count": 61_000,
        "is_from_test_authority": False,
        "verify_url": certificate.verify_url,
    }


def test_who_asks_for_json_by_name_gets_it_at_the_same_address(issue: Issue, client: Client) -> None:
    certificate = issue()
    address = f"/v/{certificate.code}"
    asked = client.get(address, headers={"accept": "application/json"})
    browser = client.get(address, headers={"accept": "text/html,application/json;q=0.9,*/*;q=0.8"})
    assert asked.json() == client.get(f"{address}.json").json()
    assert "Accept" in asked["Vary"]
    assert "Accept" in browser["Vary"]
    assert browser["Content-Type"] == "text/html; charset=utf-8"
    assert "Access-Control-Allow-Origin" not in browser


@pytest.mark.parametrize(("code", "error"), [("7K3M9QTX4B2", "typing-error"), (None, "not-found")])
def test_machines_are_told_a_typing_error_from_a_code_never_given_out(
    issue: Issue, client: Client, code: str | None, error: str
) -> None:
    issue()
    response = client.get(f"/v/{code or new_code()}.json")
    assert (response.status_code, response.json()["error"]) == (404, error)


def test_the_page_says_nothing_that_is_not_on_the_paper(issue: Issue, client: Client) -> None:
    certificate = issue()
    certificate.holder.phone, certificate.holder.email = "+66812345678", "malee@example.org"
    certificate.holder.save()
    page = client.get(f"/v/{certificate.code}").content.decode()
    assert [word for word in ("malee", "0812345678", "+6681", certificate.sha256 or "sha256") if word in page] == []
    assert re.findall(r"/my/|/certificates/", page) == []
