"""Every address in a badge answers: the badge itself, its certificate, what it stands for, its status list."""

import json
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext
from PIL import Image, ImageChops, ImageStat
from weasyprint import HTML

from certification.badge import read_credential
from certification.badge.picture import PICTURE
from certification.checking.limiting import WRONG_CODES
from certification.choices import Origin
from certification.codes import new_code
from certification.flows import revoke
from certification.flows.badges import keep_with_proof
from certification.models import Certificate
from learning.people.models import User
from tests.certification.badge.conftest import Badge
from tests.certification.conftest import Issue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_dir")]


def addresses(value: Any) -> set[str]:
    """Every address of our site that stands in a badge."""
    if isinstance(value, dict):
        return set().union(*map(addresses, value.values())) if value else set()
    if isinstance(value, list):
        return set().union(*map(addresses, value)) if value else set()
    return {value} if isinstance(value, str) and value.startswith("http://127.0.0.1:8000") else set()


def test_no_address_in_a_badge_is_dead(badge: Badge, client: Client) -> None:
    found = addresses(badge.payload)
    achievement = badge.payload["credentialSubject"]["achievement"]["id"]
    certificate = badge.certificate
    entry = f"http://127.0.0.1:8000/status/1#{certificate.status_index}"
    assert found == {
        "http://127.0.0.1:8000",
        certificate.verify_url,
        f"{certificate.verify_url}/badge.json",
        achievement,
        f"{achievement}image.png",
        "http://127.0.0.1:8000/status/1",
        entry,
    }
    paths = sorted(urlsplit(one).path for one in found if urlsplit(one).path)
    assert [client.get(path).status_code for path in paths] == [200] * len(paths)


def test_whoever_has_the_code_gets_both_forms(badge: Badge, client: Client) -> None:
    code = badge.certificate.code
    token, document = client.get(f"/v/{code}/badge.jwt"), client.get(f"/v/{code}/badge.json")
    assert (token.content.decode(), token["Content-Type"]) == (badge.token, "application/vc+jwt")
    assert (json.loads(document.content), document["Content-Type"]) == (badge.document, "application/vc")
    for response, kind in ((token, "jwt"), (document, "json")):
        assert response["Content-Disposition"] == f'attachment; filename="badge-{code}.{kind}"'
        assert (response["X-Robots-Tag"], response["Access-Control-Allow-Origin"]) == ("noindex, nofollow", "*")
        assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_the_document_is_signed_when_it_is_asked_for_first_and_kept(badge: Badge, client: Client) -> None:
    certificate = badge.certificate
    Certificate.objects.filter(pk=certificate.pk).update(credential_json="")
    first = client.get(f"/v/{certificate.code}/badge.json").content
    kept = Certificate.objects.get().credential_json
    assert (first.decode(), client.get(f"/v/{certificate.code}/badge.json").content) == (kept, first)
    stale = Certificate(pk=certificate.pk, credential=badge.token)
    assert keep_with_proof(stale) == kept == stale.credential_json


def test_a_revoked_certificate_still_shows_its_badge_which_the_list_marks(
    badge: Badge, client: Client, malee: User
) -> None:
    revoke(badge.certificate, reason="ออกให้ผิดคน", by=malee)
    assert client.get(f"/v/{badge.certificate.code}/badge.jwt").content.decode() == badge.token


def test_a_badge_that_is_still_being_made_comes_later(issue: Issue, client: Client) -> None:
    code = issue().code
    for kind in ("json", "jwt"):
        response = client.get(f"/v/{code}/badge.{kind}")
        assert (response.status_code, response["Retry-After"], response.json()["error"]) == (503, "60", "not-ready")


def test_a_certificate_that_ended_before_its_badge_was_made_gets_none(
    issue: Issue, malee: User, client: Client
) -> None:
    certificate = issue()
    revoke(certificate, reason="ออกให้ผิดคน", by=malee)
    for kind in ("json", "jwt"):
        response = client.get(f"/v/{certificate.code}/badge.{kind}")
        assert (response.status_code, response.json()["error"]) == (404, "not-found")


def test_paper_and_codes_never_given_out_have_none(issue: Issue, client: Client) -> None:
    certificate = issue()
    Certificate.objects.filter(pk=certificate.pk).update(origin=Origin.RECORDED, credential="")
    for code in (certificate.code, new_code(), "x", "ก" * 12, certificate.code.lower()):
        for kind in ("json", "jwt"):
            response = client.get(f"/v/{code}/badge.{kind}")
            assert (response.status_code, response.json()["error"]) == (404, "not-found")


def test_codes_cannot_be_guessed_through_badges(client: Client) -> None:
    statuses = [client.get(f"/v/{new_code()}/badge.jwt").status_code for _ in range(WRONG_CODES.count + 1)]
    assert (set(statuses[:-1]), statuses[-1]) == ({404}, 429)


def test_without_a_key_the_document_comes_later(badge: Badge, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    Certificate.objects.update(credential_json="")
    monkeypatch.setattr("certification.flows.badges.active_key", lambda _purpose: None)
    assert client.get(f"/v/{badge.certificate.code}/badge.json").status_code == 503


def test_what_a_badge_stands_for_is_told_to_people_and_to_programs(badge: Badge, client: Client) -> None:
    achievement = badge.payload["credentialSubject"]["achievement"]
    path = urlsplit(achievement["id"]).path
    page = client.get(path)
    assert (page.status_code, page["Content-Type"]) == (200, "text/html; charset=utf-8")
    for words in (achievement["name"], achievement["description"], gettext("What had to be done")):
        assert words in page.content.decode()
    assert "มาลี" not in page.content.decode()
    answer = client.get(path, headers={"Accept": "application/json"})
    assert answer.json() == {
        "@context": "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        **achievement,
    }
    assert ("Accept" in page["Vary"], "Accept" in answer["Vary"]) == (True, True)


def test_the_picture_of_a_badge_is_a_png_that_any_site_may_show_and_keep(badge: Badge, client: Client) -> None:
    path = urlsplit(badge.payload["credentialSubject"]["achievement"]["image"]["id"]).path
    response = client.get(path)
    assert (response["Content-Type"], response["Access-Control-Allow-Origin"]) == ("image/png", "*")
    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=86400"}
    with Image.open(BytesIO(response.content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (512, 512))
    assert client.get(path, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_the_picture_of_programs_is_the_drawing_of_our_pages() -> None:
    """One is drawn from the other; whoever changes the SVG draws the PNG anew."""
    drawing = finders.find("certification/badge.svg")
    assert drawing is not None
    style = "@page { size: 512px; margin: 0 } body { margin: 0 } img { display: block; width: 512px }"
    page = f'<style>{style}</style><img src="file://{drawing}">'
    sheet = pypdfium2.PdfDocument(HTML(string=page).write_pdf())[0].render(scale=96 / 72).to_pil().convert("RGB")
    paper = Image.new("RGBA", sheet.size, "white")
    paper.alpha_composite(Image.open(BytesIO(PICTURE)).convert("RGBA"))
    apart = ImageStat.Stat(ImageChops.difference(paper.convert("RGB"), sheet)).mean
    assert max(apart) < 4  # of 255: edges are softened otherwise; another picture is more than 20 apart


@pytest.mark.parametrize("key", ["x", "a" * 26, "A" * 26, "0" * 300])
def test_an_achievement_that_nobody_was_given_is_not_found(key: str, badge: Badge, client: Client) -> None:
    assert client.get(f"/v/achievements/{key}/").status_code == 404
    assert client.get(f"/v/achievements/{key}/image.png").status_code == 404


def test_the_badge_that_is_served_is_read_as_good(badge: Badge, client: Client) -> None:
    for kind in ("json", "jwt"):
        text = client.get(f"/v/{badge.certificate.code}/badge.{kind}").content.decode()
        assert read_credential(text, now=timezone.now()).is_good
