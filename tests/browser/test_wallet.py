"""What a person shows of what was learnt: with a script and without one, on a phone and at a desk."""

from collections.abc import Callable
from datetime import date

import pytest

from learning.records.models import TrainingRecord, WalletShare
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.factories.learned import issued_certificate, recorded_paper, revoked

LONG = "การควบคุมภายในและการตรวจสอบกิจการสำหรับคณะกรรมการดำเนินการสหกรณ์การเกษตรและกลุ่มเกษตรกรในเขตพื้นที่ภาคกลางตอนบน"


@pytest.mark.parametrize("window", ["phone", "desktop"])
def test_malee_shows_shares_and_prints_what_she_has_learned(
    visit: Callable[..., Visitor], cast: Cast, window: str
) -> None:
    good = issued_certificate(cast.malee, LONG)
    issued_certificate(cast.malee, LONG, **revoked())
    recorded_paper(cast.malee, LONG, date(2024, 7, 15), hours="12")
    malee = visit(window, by=cast.malee)
    malee.go("/my/certificates/")
    malee.follow(f"[data-certificate='{good.code}'] h3 a", f"/my/certificates/{good.code}/")
    malee.follow(".certificate-square .btn", f"/my/certificates/{good.code}/show/")
    malee.go("/my/record/")
    malee.send("main form button", "/my/record/")
    malee.go("/my/sharing/")
    malee.send("main form.form-column button", "/my/sharing/")
    assert malee.page.locator("[data-share-link] [data-share]").is_visible()
    share, record = WalletShare.objects.get(), TrainingRecord.objects.get()

    stranger = visit(window)
    stranger.go(f"/w/{share.token}")
    assert stranger.page.locator("main li[data-standing]").count() == 3
    malee.send("[data-share-link] form button", "/my/sharing/")
    stranger.reload()
    assert stranger.page.locator("main h1").count() == 1
    TrainingRecord.objects.update(state="ready", sha256="0" * 64)
    stranger.go(f"/r/{record.code}")
    stranger.go("/r/abc")


def test_without_a_script_the_address_to_share_stands_there_and_the_link_is_made(
    visit: Callable[..., Visitor], cast: Cast
) -> None:
    certificate = issued_certificate(cast.malee)
    malee = visit("phone", by=cast.malee, java_script_enabled=False)
    malee.go(f"/my/certificates/{certificate.code}/")
    assert malee.page.locator("#public-address").input_value() == certificate.verify_url
    assert malee.page.locator("[data-share]").is_hidden()
    malee.go("/my/sharing/")
    malee.send("main form.form-column button", "/my/sharing/")
    token = WalletShare.objects.get().token
    assert malee.page.locator("[data-share-link] input[readonly]").input_value().endswith(f"/w/{token}")


def test_with_nothing_learned_every_page_still_says_what_to_do(visit: Callable[..., Visitor], cast: Cast) -> None:
    krit = visit("phone", by=cast.krit)
    for page in ("/my/certificates/", "/my/record/"):
        krit.go(page)
        assert krit.page.locator(".empty a").count() == 1
    krit.go("/my/sharing/")
