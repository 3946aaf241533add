"""A sheet checked on a phone with the site gone: the picture of a real certificate, a forged one, a revoked one."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserType, Page, expect

from certification.choices import KeyPurpose, KeyState
from certification.flows import Achievement, issue_certificate, revoke
from certification.keys.choosing import active_key
from certification.making import make_file
from certification.models import Certificate, CertificateDesign, SigningKey
from certification.offline import sheet_proof
from certification.offline.writing import facts_of
from learning.workshops.tickets.signing import sign
from tests.browser.door import READ
from tests.browser.own_server import OwnServer
from tests.browser.test_camera import film
from tests.browser.visitor import WINDOWS, Visitor
from tests.cast import Cast
from tests.certification.offline.texts import bytes_in, signed, written

Visit = Callable[..., Visitor]
DOTS = 150  # to the inch: an office printer and a cheap camera
COURSE = "การควบคุมภายในสำหรับคณะกรรมการสหกรณ์การเกษตร"
BEFORE_A_CAMERA = 15_000  # milliseconds until a picture has come and was read, on a busy machine


@pytest.fixture
def live_server(transactional_db: None) -> Iterator[OwnServer]:
    """Instead of the thread that other browser tests share: this one can be killed."""
    server = OwnServer()
    server.start()
    yield server
    server.kill()


@pytest.fixture
def certificate(cast: Cast) -> Certificate:
    achievement = Achievement(
        holder=cast.malee,
        holder_name="นางมาลี ใจดี",
        holder_role="กรรมการ สหกรณ์การเกษตรทุ่งรวงทอง จำกัด",
        course_title=COURSE,
        hours=Decimal("12.5"),
        completed_on=date(2026, 11, 20),
    )
    return issue_certificate(CertificateDesign.objects.get(slug="standard"), achievement, by=cast.somchai)


@pytest.fixture
def text(certificate: Certificate) -> str:
    return sheet_proof(certificate, key=offline_key())


@pytest.fixture
def picture(certificate: Certificate, tmp_path: Path) -> Path:
    """The sheet as it is printed, photographed from above."""
    document = pypdfium2.PdfDocument(make_file(certificate).content)
    document[0].render(scale=DOTS / 72).to_pil().save(tmp_path / "sheet.png")
    return tmp_path / "sheet.png"


def offline_key() -> SigningKey:
    key = active_key(KeyPurpose.OFFLINE)
    assert key is not None
    return key


class Checker:
    """The page as a stranger sees it. Words are read from the page itself, so a test holds in any language."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page: Page = visitor.page
        self.page.goto(f"{visitor.address}/v/offline/")

    def word(self, name: str) -> str:
        return str(self.page.evaluate(READ, name)).strip()

    def is_ready(self) -> None:
        expect(self.page.locator("[data-state-word]")).to_have_text(self.word("state_ready"))

    def paste(self, text: str) -> None:
        self.page.fill("[data-text]", text)
        self.visitor.press("[data-paste] button")

    def says(self, code: str, tone: str) -> None:
        """The large answer: its words and the shape of its seal; the keyboard goes on from there."""
        said = self.page.locator(".offline-said")
        expect(said).to_have_attribute("data-code", code)
        expect(said).to_have_attribute("data-tone", tone)
        expect(said.locator("[data-head]")).to_have_text(self.word(f"{code}_head"))
        expect(said.locator("[data-head]")).to_be_focused()
        expect(said.locator("[data-seal] svg.seal path.edge")).to_be_visible()

    def facts(self) -> dict[str, str]:
        return {
            name: self.page.locator(f".offline-said dd[data-{name}]").inner_text()
            for name in ("name", "course", "hours", "completed", "code")
        }


def shown(certificate: Certificate) -> dict[str, str]:
    code = certificate.code
    return {
        "name": "นางมาลี ใจดี",
        "course": COURSE,
        "hours": "12.5",
        "completed": "20 พฤศจิกายน 2569",
        "code": f"{code[:4]}-{code[4:8]}-{code[8:]}",
    }


def forged(text: str) -> str:
    """Another name of the same length under the old signature."""
    data = bytes_in(text)
    changed = data.replace("มาลี".encode("cp874"), "มานี".encode("cp874"))
    assert changed != data
    return written(changed)


def test_a_sheet_is_checked_with_the_site_gone_and_a_revocation_is_seen_when_it_is_back(
    visit: Visit, live_server: OwnServer, certificate: Certificate, text: str, picture: Path, cast: Cast
) -> None:
    checker = Checker(visit("phone"))
    visitor, page = checker.visitor, checker.page
    checker.is_ready()
    visitor.look()
    live_server.kill()
    visitor.context.set_offline(True)
    page.reload()
    checker.is_ready()
    page.set_input_files("[data-picture]", picture)
    checker.says("genuine", "good")
    assert checker.facts() == shown(certificate)
    visitor.look()
    checker.paste(forged(text))
    checker.says("changed", "no")
    expect(page.locator("[data-facts]")).to_be_hidden()
    visitor.look()
    checker.paste(signed(facts_of(certificate), "stranger"))
    checker.says("stranger", "no")
    for other, code in (
        ("", "not_empty"),
        (certificate.verify_url, "not_address"),
        (certificate.code, "not_code"),
        (sign(7, 4213), "not_ticket"),
        (text[:-20], "not_cut"),
        ("BEGIN:VCARD", "not_other"),
    ):
        checker.paste(other)
        checker.says(code, "note")
    visitor.press("[data-refresh]")
    expect(page.locator("[data-told]")).to_have_text(checker.word("not_refreshed"))
    checker.paste(text)
    checker.says("genuine", "good")
    revoke(certificate, reason="ออกให้ผิดคน", by=cast.somchai)
    live_server.start()
    visitor.context.set_offline(False)
    checker.says("ended", "no")  # by itself, once the line is back
    assert checker.facts() == shown(certificate)
    visitor.look()
    visitor.context.set_offline(True)
    page.reload()
    checker.paste(text)
    checker.says("ended", "no")


def test_the_browser_takes_the_page_for_an_app_and_it_opens_by_its_icon_with_the_site_gone(
    visit: Visit, live_server: OwnServer, text: str
) -> None:
    checker = Checker(visit("phone"))
    visitor, page = checker.visitor, checker.page
    checker.is_ready()
    devtools = visitor.context.new_cdp_session(page)
    found = devtools.send("Page.getAppManifest")
    assert (urlsplit(found["url"]).path, found["errors"]) == ("/v/offline/app.webmanifest", [])
    refused = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in refused] == ["in-incognito"]  # a test's window is a private one
    manifest = json.loads(found["data"])
    live_server.kill()
    visitor.context.set_offline(True)
    page.goto("about:blank")
    page.goto(f"{visitor.address}{manifest['start_url']}")
    checker.is_ready()
    checker.paste(text)
    checker.says("genuine", "good")


def test_the_offer_of_the_browser_waits_for_a_finger_and_the_hint_goes_when_it_is_taken(visit: Visit) -> None:
    """Headless browsers make no offer of their own: one is made up, with what the page may ask of it."""
    checker = Checker(visit("phone"))
    page = checker.page
    checker.is_ready()
    hint, now = page.locator("[data-install]"), page.locator("[data-install-now] button")
    hint.locator("summary").click()
    expect(hint.locator("dd")).to_have_count(2)
    expect(now).to_be_hidden()
    checker.visitor.look()
    is_held_back = page.evaluate(
        """() => {
            const offer = new Event("beforeinstallprompt", { cancelable: true });
            offer.prompt = () => (document.body.dataset.asked = Number(document.body.dataset.asked ?? 0) + 1);
            return !dispatchEvent(offer);
        }"""
    )
    assert (is_held_back, page.evaluate("document.body.dataset.asked ?? null")) == (True, None)
    checker.visitor.look()
    checker.visitor.press("[data-install-now] button")
    expect(now).to_be_hidden()
    expect(hint.locator("summary")).to_be_focused()
    assert page.evaluate("document.body.dataset.asked") == "1"
    page.evaluate("dispatchEvent(new Event('appinstalled'))")
    expect(hint).to_be_hidden()


def test_a_revoked_key_is_told_and_nothing_of_what_it_signed_is_shown(
    visit: Visit, certificate: Certificate, text: str
) -> None:
    checker = Checker(visit("desktop"))
    checker.paste(text)
    checker.says("genuine", "good")
    SigningKey.objects.filter(purpose=KeyPurpose.OFFLINE).update(state=KeyState.REVOKED, revoked_at=timezone.now())
    checker.visitor.press("[data-refresh]")
    checker.says("key_revoked", "no")
    expect(checker.page.locator("[data-facts]")).to_be_hidden()
    assert certificate.holder_name not in checker.page.locator("main").inner_text()
    checker.visitor.look()


def test_an_old_list_no_longer_speaks_about_revocation(visit: Visit, text: str) -> None:
    visitor = visit("phone")
    checker = Checker(visitor)
    checker.is_ready()
    visitor.context.set_offline(True)
    visitor.page.clock.set_fixed_time(timezone.now() + timedelta(days=31))
    visitor.page.reload()
    expect(visitor.page.locator("[data-state-word]")).to_have_text(checker.word("state_old"))
    checker.paste(text)
    checker.says("old_list", "note")
    visitor.look()


def test_it_works_by_keyboard_alone_and_the_answer_takes_the_focus(visit: Visit, text: str) -> None:
    checker = Checker(visit("desktop"))
    checker.is_ready()
    page = checker.page
    page.focus("[data-refresh]")
    stops = []
    for _stop in range(4):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("Object.keys(document.activeElement.dataset)[0] ?? 'check'"))
    assert stops == ["camera", "picture", "text", "check"]
    page.focus("[data-text]")
    page.keyboard.insert_text(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    checker.says("genuine", "good")


def test_a_picture_without_the_qr_and_a_file_that_is_no_picture_each_have_their_sentence(
    visit: Visit, tmp_path: Path
) -> None:
    checker = Checker(visit("phone"))
    note = checker.page.locator("[data-way-note]")
    (tmp_path / "list.png").write_text("ไม่ใช่ภาพ")
    checker.page.set_input_files("[data-picture]", tmp_path / "list.png")
    expect(note).to_have_text(checker.word("no_picture"))
    pypdfium2.PdfDocument.new().new_page(300, 300).render().to_pil().save(tmp_path / "blank.png")
    checker.page.set_input_files("[data-picture]", tmp_path / "blank.png")
    expect(note).to_have_text(checker.word("no_square"))
    checker.visitor.press("[data-camera]")
    expect(note).to_have_text(checker.word("camera_missing"))
    checker.visitor.look()


def test_a_browser_that_cannot_check_signatures_says_so_and_names_a_way_on(visit: Visit, text: str) -> None:
    visitor = visit("phone")
    visitor.page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    checker = Checker(visitor)
    checker.paste(text)
    checker.says("cannot_check", "note")
    expect(visitor.page.locator("[data-way] a")).to_have_attribute("href", "/v/")
    visitor.look()


def test_without_keys_nothing_is_decided(visit: Visit, text: str) -> None:
    visitor = visit("phone")
    visitor.page.route("**/keys.json", lambda route: route.abort())
    checker = Checker(visitor)
    expect(visitor.page.locator("[data-state-word]")).to_have_text(checker.word("state_empty"))
    checker.paste(text)
    checker.says("no_keys", "note")


def test_without_a_script_there_is_a_sentence_and_a_way_on(visit: Visit) -> None:
    stranger = visit("phone", java_script_enabled=False)
    stranger.go("/v/offline/")
    expect(stranger.page.locator("#offline-check")).to_be_hidden()
    stranger.follow("noscript a", "/v/")


@pytest.fixture
def camera(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], text: str, tmp_path: Path
) -> Iterator[Browser]:
    """A browser whose camera looks at the second QR."""
    more = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    more.append(f"--use-file-for-fake-video-capture={film(text, tmp_path / 'square.y4m')}")
    browser = browser_type.launch(**{**browser_type_launch_args, "args": [*browser_type_launch_args["args"], *more]})
    yield browser
    browser.close()


def test_the_camera_reads_it_with_the_network_off(
    camera: Browser, site: str, certificate: Certificate, live_server: OwnServer
) -> None:
    context = camera.new_context(**WINDOWS["phone"], locale="th-TH", timezone_id="Asia/Bangkok")
    visitor = Visitor(context, site, has_touch=True, has_script=True)
    checker = Checker(visitor)
    checker.is_ready()
    live_server.kill()
    context.set_offline(True)
    visitor.press("[data-camera]")
    expect(visitor.page.locator(".offline-said")).to_have_attribute("data-code", "genuine", timeout=BEFORE_A_CAMERA)
    assert checker.facts() == shown(certificate)
    expect(visitor.page.locator("video")).to_be_hidden()
    assert visitor.faults == []
