"""The wallet: one's own certificates in every state, one of them, and the code to hold up at a door."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certification.choices import KeyPurpose, KeyState
from certification.codes import grouped
from certification.models import Certificate, SigningKey
from learning.records.holdings import SOON, standing_of, wallet_of
from tests.cast import Cast
from tests.factories.learned import issued_certificate, recorded_paper, revoked

pytestmark = pytest.mark.django_db
WALLET = "/my/certificates/"
READY = {"rendered_at": timezone.now(), "sha256": "0" * 64, "file": "x.pdf"}


def cards(page: Any) -> list[tuple[str, str]]:
    """Code and standing of each card, from the top."""
    return [(card["certificate"].code, card["standing"]) for group in page.context["years"] for card in group["cards"]]


def address(name: str, certificate: Certificate) -> str:
    return reverse(f"records:{name}", args=[certificate.code])


def test_the_wallet_shows_every_certificate_by_year_the_newest_first(malee: Client, cast: Cast) -> None:
    old = recorded_paper(cast.malee, "เลขานุการ", date(2024, 12, 31), hours="6")
    new = issued_certificate(cast.malee, **READY)
    page = malee.get(WALLET)
    assert cards(page) == [(new.code, "valid"), (old.code, "recorded")]
    assert [group["year"] for group in page.context["years"]] == [timezone.localdate().year + 543, 2567]


def test_a_wallet_with_nothing_in_it_says_how_something_comes_into_it(client: Client, cast: Cast) -> None:
    client.force_login(cast.krit)
    text = client.get(WALLET).content.decode()
    assert ('class="empty"' in text, 'href="/courses/"' in text, reverse("records:sharing") in text) == (
        True,
        True,
        False,
    )


STANDINGS: dict[str, Callable[[date], dict[str, Any]]] = {
    "valid": lambda today: READY,
    "making": lambda today: {"rendered_at": None, "sha256": "", "file": ""},
    "soon": lambda today: {**READY, "valid_until": today + SOON},
    "expired": lambda today: {**READY, "valid_until": today - timedelta(days=1)},
    "revoked": lambda today: {**READY, **revoked()},
    "replaced": lambda today: {**READY, **revoked(state="replaced")},
}


@pytest.mark.parametrize("standing", sorted(STANDINGS))
def test_every_standing_has_a_word_and_a_page(malee: Client, cast: Cast, standing: str) -> None:
    certificate = issued_certificate(cast.malee, **STANDINGS[standing](timezone.localdate()))
    assert cards(malee.get(WALLET)) == [(certificate.code, standing)]
    page = malee.get(address("certificate", certificate))
    assert (page.status_code, page.context["standing"]) == (200, standing)
    assert f'data-standing="{standing}"' in malee.get(address("show", certificate)).content.decode()


def test_a_day_before_it_is_soon_a_certificate_is_simply_valid(cast: Cast) -> None:
    later = timezone.localdate() + SOON + timedelta(days=1)
    assert standing_of(issued_certificate(cast.malee, **READY, valid_until=later)) == "valid"


def test_a_certificate_whose_key_was_revoked_is_told_apart(cast: Cast) -> None:
    key = SigningKey.objects.create(
        kid="k" * 43,
        purpose=KeyPurpose.DOCUMENT,
        state=KeyState.REVOKED,
        revoked_at=timezone.now(),
        name="กุญแจ",
        location="gone.pem",
        public_jwk={},
    )
    assert standing_of(issued_certificate(cast.malee, **READY, document_key=key)) == "key-revoked"


def test_the_reason_of_a_revocation_is_told_to_its_holder_and_the_file_stays_his(malee: Client, cast: Cast) -> None:
    certificate = issued_certificate(cast.malee, **READY, **revoked())
    for page in (WALLET, address("certificate", certificate)):
        text = malee.get(page).content.decode()
        assert ("ออกผิดคน" in text, reverse("certification:download", args=[certificate.code]) in text) == (True, True)


def test_a_replaced_certificate_leads_to_the_one_that_counts(malee: Client, cast: Cast) -> None:
    old = issued_certificate(cast.malee, **READY, **revoked(state="replaced"))
    new = issued_certificate(cast.malee, **READY, replaces=old)
    for page in (WALLET, address("certificate", old)):
        assert f'href="{address("certificate", new)}"' in malee.get(page).content.decode()


@pytest.mark.parametrize("days", [-1, 20])
def test_one_that_was_renewed_leads_to_the_newer_one(malee: Client, cast: Cast, days: int) -> None:
    old = issued_certificate(cast.malee, **READY, valid_until=timezone.localdate() + timedelta(days=days))
    assert malee.get(address("certificate", old)).context["renewal"] is None
    new = issued_certificate(cast.malee, **READY, renews=old)
    page = malee.get(address("certificate", old))
    assert page.context["renewal"] == new
    assert f'href="{address("certificate", new)}"' in page.content.decode()


def test_what_is_recorded_from_paper_has_no_file_no_badge_and_no_profile(malee: Client, cast: Cast) -> None:
    paper = recorded_paper(cast.malee, "เลขานุการ", date(2024, 7, 15), hours="6")
    page = malee.get(address("certificate", paper))
    text = page.content.decode()
    assert page.context["linkedin"] == ""
    assert [reverse(f"certification:{name}", args=[paper.code]) in text for name in ("download", "badge_json")] == [
        False,
        False,
    ]


def test_a_badge_is_offered_in_both_forms_once_it_is_made(malee: Client, cast: Cast) -> None:
    certificate = issued_certificate(cast.malee, **READY, credential="")
    badges = [reverse(f"certification:{name}", args=[certificate.code]) for name in ("badge_json", "badge_token")]
    text = malee.get(address("certificate", certificate)).content.decode()
    assert [f'href="{one}"' in text for one in badges] == [False, False]
    Certificate.objects.update(credential="a.b.c")
    text = malee.get(address("certificate", certificate)).content.decode()
    assert [f'href="{one}"' in text for one in badges] == [True, True]


def test_a_profile_elsewhere_gets_the_facts_and_nothing_of_who_asks(malee: Client, cast: Cast) -> None:
    certificate = issued_certificate(
        cast.malee, "บัญชี & การเงิน", **READY, issued_on=date(2026, 11, 23), valid_until=date(2029, 11, 23)
    )
    page = malee.get(address("certificate", certificate))
    parts = urlsplit(page.context["linkedin"])
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "www.linkedin.com", "/profile/add")
    assert parse_qs(parts.query) == {
        "startTask": ["CERTIFICATION_NAME"],
        "name": ["บัญชี & การเงิน"],
        "organizationName": [certificate.issuer],
        "issueYear": ["2026"],
        "issueMonth": ["11"],
        "expirationYear": ["2029"],
        "expirationMonth": ["11"],
        "certUrl": [certificate.verify_url],
        "certId": [certificate.number],
    }
    assert 'rel="noopener noreferrer external"' in page.content.decode()


@pytest.mark.parametrize("facts", [revoked(), revoked(state="replaced")])
def test_what_no_longer_counts_is_not_offered_to_a_profile(malee: Client, cast: Cast, facts: dict[str, Any]) -> None:
    certificate = issued_certificate(cast.malee, **READY, **facts)
    assert malee.get(address("certificate", certificate)).context["linkedin"] == ""


def test_the_code_to_hold_up_stands_alone_on_its_screen(malee: Client, cast: Cast) -> None:
    certificate = issued_certificate(cast.malee, **READY)
    text = malee.get(address("show", certificate)).content.decode()
    assert (grouped(certificate.code) in text, "<svg" in text, "site-head" in text, "site-foot" in text) == (
        True,
        True,
        False,
        False,
    )


def test_the_public_address_can_be_selected_without_a_script(malee: Client, cast: Cast) -> None:
    certificate = issued_certificate(cast.malee, **READY)
    text = malee.get(address("certificate", certificate)).content.decode()
    assert f'readonly value="{certificate.verify_url}"' in text
    assert f'type="button" hidden data-share="{certificate.verify_url}"' in text


@pytest.mark.parametrize("name", ["certificate", "show"])
@pytest.mark.parametrize("code", ["ABC", "0" * 40, "ZZZZZZZZZZZZ", "%00"])
def test_a_code_that_is_none_leads_nowhere(malee: Client, name: str, code: str) -> None:
    ending = "" if name == "certificate" else "show/"
    assert malee.get(f"{WALLET}{code}/{ending}").status_code == 404


@pytest.mark.parametrize("name", ["certificate", "show"])
def test_a_stranger_does_not_find_it(client: Client, cast: Cast, name: str) -> None:
    certificate = issued_certificate(cast.malee, **READY)
    client.force_login(cast.krit)
    assert client.get(address(name, certificate)).status_code == 404
    assert certificate.code not in client.get(WALLET).content.decode()
    assert Client().get(address(name, certificate)).status_code == 302


def test_no_cache_between_keeps_a_page_of_the_wallet(malee: Client, cast: Cast) -> None:
    certificate = issued_certificate(cast.malee, **READY)
    for page in (WALLET, address("certificate", certificate), address("show", certificate)):
        assert malee.get(page)["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("count", [1, 30])
def test_the_wallet_costs_three_queries(malee: Client, cast: Cast, django_assert_num_queries: Any, count: int) -> None:
    for number in range(count):
        recorded_paper(cast.malee, f"เรื่องที่ {number}", date(2026, 1, 1) + timedelta(days=number), hours="1")
    with django_assert_num_queries(3):  # session · person · certificates with what replaced them and their keys
        page = malee.get(WALLET)
    assert page.context["count"] == count == wallet_of(cast.malee).count()


def test_the_desk_shows_the_three_newest_and_the_way_to_all(malee: Client, cast: Cast) -> None:
    codes = [issued_certificate(cast.malee, f"เรื่องที่ {number}").code for number in range(4)]
    page = malee.get("/my/")
    assert [one.code for one in page.context["certificates"]] == codes[:0:-1]
    assert f'href="{WALLET}" data-action="wallet"' in page.content.decode()
