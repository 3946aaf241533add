"""The camera of the door: a ticket held before it is read, by a browser that cannot read squares itself."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import segno
import time_machine
from django.test import Client
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, BrowserType, expect

from learning.workshops.models import Seat
from learning.workshops.tickets.signing import sign
from tests.browser.door import Door, outcomes
from tests.browser.visitor import WINDOWS, Visitor
from tests.cast import Cast
from tests.factories.workshops import make_seat, make_workshop

MORNING = datetime(2026, 12, 14, 1, 55, tzinfo=UTC)  # 08:55 in Bangkok
FRAMES = 20
BEFORE_A_CAMERA = 10_000  # milliseconds until a picture has come and was read, on a busy machine


@pytest.fixture
def seat(cast: Cast) -> Iterator[Seat]:
    with time_machine.travel(MORNING, tick=True):
        yield make_seat(make_workshop(cast.wipa, date(2026, 12, 14)), cast.board_seat)


def film(text: str, path: Path) -> Path:
    """A film of a square as a hand holds it: askew, not quite sharp, on a gray table (YUV4MPEG2, 4:2:0)."""
    rows = [bytes(30 + 190 * (not dark) for dark in row) for row in segno.make_qr(text, error="m").matrix_iter(5, 4)]
    paper = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))
    table = Image.new("L", (640, 480), 120)
    tilted = paper.rotate(11, expand=True, fillcolor=120, resample=Image.Resampling.BICUBIC)
    table.paste(tilted, (170, 90))
    table = table.filter(ImageFilter.GaussianBlur(0.8))
    frame = b"FRAME\n" + table.tobytes() + bytes([128]) * (320 * 240 * 2)
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420\n" + frame * FRAMES)
    return path


@pytest.fixture
def camera(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], seat: Seat, tmp_path: Path
) -> Iterator[Browser]:
    """A browser whose camera looks at the ticket of the seat."""
    looks_at = film(sign(seat.workshop_id, seat.pk), tmp_path / "ticket.y4m")
    more = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    more.append(f"--use-file-for-fake-video-capture={looks_at}")
    options = {**browser_type_launch_args, "args": [*browser_type_launch_args["args"], *more]}
    browser = browser_type.launch(**options)
    yield browser
    browser.close()


def test_a_ticket_held_before_the_camera_is_read(
    camera: Browser, site: str, seat: Seat, cast: Cast, settings: Any
) -> None:
    context = camera.new_context(**WINDOWS["phone"], locale="th-TH", timezone_id="Asia/Bangkok")
    client = Client()
    client.force_login(cast.wipa)
    session = client.session.session_key
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    visitor = Visitor(context, site, has_touch=True, has_script=True)
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    door = Door(visitor, f"/office/workshops/{seat.workshop_id}/check-in/")
    assert door.page.evaluate("typeof BarcodeDetector") == "undefined"
    visitor.press("[data-camera]")
    expect(door.answer).to_have_attribute("data-tone", "good", timeout=BEFORE_A_CAMERA)
    expect(door.answer.locator("[data-who]")).to_have_text(str(seat.user))
    expect(door.page.locator("video")).to_be_visible()
    visitor.look()
    door.is_sent()
    assert outcomes() == [(seat.pk, "in", "counted")]
    visitor.press("[data-camera]")
    expect(door.page.locator("video")).to_be_hidden()
    assert any(address.endswith("/vendor/decode.js") for address in asked)
    assert visitor.faults == []


def test_without_a_camera_the_page_says_so_and_names_the_other_ways(visit: Any, seat: Seat, cast: Cast) -> None:
    door = Door(visit("desktop", by=cast.wipa), f"/office/workshops/{seat.workshop_id}/check-in/")
    door.visitor.press("[data-camera]")
    expect(door.page.locator("[data-camera-note]")).to_have_text(door.word("camera_missing"))
    expect(door.page.locator("[data-view]")).to_be_hidden()
    door.visitor.look()


def test_a_browser_that_reads_squares_itself_is_let_do_it(visit: Any, seat: Seat, cast: Cast) -> None:
    visitor = visit("phone", by=cast.wipa)
    visitor.page.add_init_script(f"const TICKET = {sign(seat.workshop_id, seat.pk)!r};{OWN_READER}")
    asked: list[str] = []
    visitor.context.on("request", lambda request: asked.append(request.url))
    door = Door(visitor, f"/office/workshops/{seat.workshop_id}/check-in/")
    visitor.press("[data-camera]")
    expect(door.answer.locator("[data-who]")).to_have_text(str(seat.user), timeout=BEFORE_A_CAMERA)
    door.is_sent()
    assert [address for address in asked if "/vendor/" in address] == []


# A phone with a camera and a detector of its own, which sees the ticket in every picture.
OWN_READER = """
  const canvas = document.createElement("canvas");
  canvas.getContext("2d").fillRect(0, 0, 300, 150);
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(10);
  setInterval(() => canvas.getContext("2d").fillRect(0, 0, 300, 150), 50);
  globalThis.BarcodeDetector = class {
    static getSupportedFormats = async () => ["qr_code"];
    detect = async () => [{ rawValue: TICKET }];
  };
"""
