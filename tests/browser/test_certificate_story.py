"""From the completion to a stranger's check on a phone; then the certificate is revoked, and every face says so."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import timezone

from certification.models import Certificate
from certification.status import read_list
from courses.catalog.models import CoursePage
from tests.browser.test_board_members_story import check_sheet, download, read_lessons, sit_test
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.factories.learning import enroll_malee

Visit = Callable[..., Visitor]


def asked_as_json(stranger: Visitor, address: str) -> dict[str, Any]:
    answer = stranger.page.request.get(f"{stranger.address}{address}")
    assert answer.ok
    return json.loads(answer.body())


def bit_in_the_list(stranger: Visitor, certificate: Certificate) -> bool:
    """What a program finds that fetches the public status list, which tells nobody whom it asks about."""
    assert certificate.status_list is not None
    assert certificate.status_index is not None
    answer = stranger.page.request.get(f"{stranger.address}/status/{certificate.status_list.number}")
    read = read_list(answer.text(), now=timezone.now())
    assert read.is_good
    return read.is_set(certificate.status_index)


def give_file(stranger: Visitor, file: Path) -> dict[str, str]:
    """Hand the PDF in at the public page; gives the verdict and, by code, whether each finding holds."""
    stranger.go("/v/")
    stranger.page.set_input_files("[name=file]", file)
    stranger.send(".file-form button", "/v/")
    shown = stranger.page.locator("[data-code]").all()
    found = {str(one.get_attribute("data-code")): str(one.get_attribute("class")) for one in shown}
    return {"verdict": str(stranger.page.locator("[data-verdict]").get_attribute("data-verdict")), **found}


def test_a_stranger_checks_on_a_phone_and_again_after_it_was_revoked(
    visit: Visit, cast: Cast, course: CoursePage, tmp_path: Path
) -> None:
    enroll_malee(cast, course)
    malee = visit("phone", by=cast.malee)
    malee.go("/courses/control/lesson-1/")
    read_lessons(malee, "control/final-test")
    sit_test(malee)
    certificate = Certificate.objects.get()
    content = download(malee)
    malee.go("/my/certificates/")
    malee.follow(f"main a[href='/my/certificates/{certificate.code}/']", f"/my/certificates/{certificate.code}/")

    stranger = visit("phone")
    address = check_sheet(content, certificate)
    stranger.page.goto(address)
    stranger.look()
    assert stranger.page.locator(".proven").get_attribute("data-state") == "valid"
    file, changed = tmp_path / "certificate.pdf", tmp_path / "changed.pdf"
    file.write_bytes(content)
    place = content.index(b"/ByteRange") - 2000
    changed.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    assert give_file(stranger, file)["verdict"] == "true"
    assert give_file(stranger, changed)["verdict"] == "not-true"
    before = asked_as_json(stranger, f"/v/{certificate.code}.json")
    assert (before["standing"], bit_in_the_list(stranger, certificate)) == ("valid", False)

    somchai = visit("phone", by=cast.somchai)
    somchai.go(f"/office/certificates/{certificate.pk}/")
    somchai.follow("[data-action=revoke]", f"/office/certificates/{certificate.pk}/revoke/")
    somchai.page.fill("[name=reason]", "ออกให้ผิดคน")
    somchai.send("[data-action=look]", f"/office/certificates/{certificate.pk}/revoke/")
    somchai.follow("[data-action=revoke]", f"/office/certificates/{certificate.pk}/")

    stranger.page.goto(address)
    stranger.look()
    assert stranger.page.locator(".proven").get_attribute("data-state") == "revoked"
    assert stranger.page.locator("[data-field=reason]").inner_text() == "ออกให้ผิดคน"
    assert asked_as_json(stranger, f"/v/{certificate.code}.json")["standing"] == "revoked"
    assert bit_in_the_list(stranger, certificate)
    assert give_file(stranger, file)["verdict"] == "not-true"
    malee.go(f"/my/certificates/{certificate.code}/")
    assert "ออกให้ผิดคน" in malee.page.locator("main").inner_text()
