"""The printed sheet: one page, complete, checkable, the same every time."""

import hashlib
import io
import logging
import os
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from certification.rendering import engine
from certification.rendering.facts import Signer
from certification.rendering.sheet import UnprintableText
from tests.certification.rendering.sheets import LONG, LONGEST, READERS, SOMCHAI, facts

MM = 72 / 25.4
SIGNATURES_FROM_TOP, HEIGHT = 154, 210  # millimetres


def reader_of(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


@pytest.fixture(scope="module")
def signature() -> bytes:
    picture = Image.new("RGBA", (1200, 400))
    pen = ImageDraw.Draw(picture)
    pen.arc((80, 60, 700, 340), 20, 330, fill=(20, 30, 120, 255), width=12)
    pen.line((300, 300, 1100, 120), fill=(20, 30, 120, 255), width=12)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


@pytest.fixture(params=["plain", "long", "longest", "signature"])
def data(request: pytest.FixtureRequest, signature: bytes) -> bytes:
    changes: dict[str, Any] = {
        "plain": {"organization": ""},
        "long": LONG,
        "longest": LONGEST,
        "signature": {"signers": (SOMCHAI, Signer("นางสาววิภา แก้วใส", "รองอธิบดี\nปฏิบัติราชการแทน", signature))},
    }[request.param]
    return engine.render_pdf(facts(**changes))


def test_a_certificate_is_one_page_of_at_most_60_kb(data: bytes) -> None:
    assert len(reader_of(data).pages) == 1
    assert len(data) <= 60_000


def test_its_typefaces_are_inside_the_file(data: bytes) -> None:
    fonts = reader_of(data).pages[0]["/Resources"]["/Font"].values()
    families = set()
    for font in fonts:
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert len(descriptor["/FontFile2"].get_data()) > 1000
        families.add(descriptor["/FontName"].split("+")[1])
    assert families == {"Academy-Sarabun", "Academy-Sarabun-Bold"}


def test_nothing_runs_over_the_frame_or_into_the_signatures(data: bytes) -> None:
    with pypdfium2.PdfDocument(data) as document:
        text = document[0].get_textpage()
        place = text.search("ให้ไว้ ณ วันที่").get_next()
        assert place is not None
        assert text.get_charbox(place[0])[1] > (HEIGHT - SIGNATURES_FROM_TOP) * MM
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
    assert min(box[0] for box in boxes) > 12 * MM
    assert max(box[2] for box in boxes) < 285 * MM
    assert min(box[1] for box in boxes) > 12 * MM


def test_a_name_of_sixty_characters_stays_on_one_line() -> None:
    assert len(LONG["name"]) == 60
    for read in READERS.values():
        assert list(read(engine.render_pdf(facts(**LONG))))[3] == LONG["name"]


def test_the_same_facts_give_the_same_bytes_in_every_process(signature: bytes) -> None:
    script = (
        "import hashlib; from certification.rendering.engine import render_pdf;"
        "from tests.certification.rendering.sheets import facts;"
        "print(hashlib.sha256(render_pdf(facts())).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True,
        check=True,
        text=True,
    )
    assert hashlib.sha256(engine.render_pdf(facts())).hexdigest() == other.stdout.strip()
    signed = facts(signers=(Signer("นางสาววิภา แก้วใส", "รองอธิบดี", signature),))
    assert engine.render_pdf(signed) == engine.render_pdf(signed)


def test_other_facts_give_other_bytes() -> None:
    assert engine.render_pdf(facts()) != engine.render_pdf(facts(name="นางมาลี ใจดี๋"))


@pytest.mark.parametrize("scale", [1.5, 3])  # 108 dpi is a poor scan, 216 dpi a good one
def test_the_qr_code_leads_to_the_check(scale: float) -> None:
    with pypdfium2.PdfDocument(engine.render_pdf(facts())) as document:
        picture = document[0].render(scale=scale).to_pil()
    codes = zxingcpp.read_barcodes(picture)
    assert [code.text for code in codes] == ["https://academy.example/v/7K3M9QTX4B2F"]


def test_the_file_declares_pdf_a_3a_in_thai_with_a_title() -> None:
    reader = reader_of(engine.render_pdf(facts()))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("th", True)
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    metadata = root["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    assert reader.metadata is not None
    assert reader.metadata.title == "วุฒิบัตร วบ.-๐๐๐๑๒๓/๒๕๗๐ นางมาลี ใจดี"
    assert reader.metadata["/CreationDate"] == "D:20270105"


def test_every_picture_has_words_for_those_who_cannot_see_it(signature: bytes) -> None:
    signed = facts(signers=(Signer("นางสาววิภา แก้วใส", "รองอธิบดี", signature),))
    found: list[str] = []

    def walk(element: Any) -> None:
        element = element.get_object()
        if isinstance(element, dict):
            if element.get("/S") == "/Figure":
                found.append(element["/Alt"])
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, list) else [kids]:
                walk(kid)

    walk(reader_of(engine.render_pdf(signed)).trailer["/Root"]["/StructTreeRoot"])
    assert found == ["ลายมือชื่อของนางสาววิภา แก้วใส", "คิวอาร์โค้ดสำหรับตรวจสอบวุฒิบัตร"]


def test_printing_gives_no_warning(data: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        engine.render_pdf(facts(**LONGEST))
    assert [record.getMessage() for record in caplog.records] == []


def test_signs_of_markup_are_printed_as_they_are() -> None:
    name = "<b>มาลี</b> & \"ใจดี\" 'ก'"
    assert list(READERS["pypdf"](engine.render_pdf(facts(name=name))))[3] == name


@pytest.mark.parametrize(("hours", "printed"), [("12.0", "๑๒"), ("1.5", "๑.๕"), ("100", "๑๐๐"), ("0.5", "๐.๕")])
def test_hours_are_printed_without_empty_decimals(hours: str, printed: str) -> None:
    line = list(READERS["pypdf"](engine.render_pdf(facts(hours=Decimal(hours)))))[7]
    assert line == f"จำนวน {printed} ชั่วโมง เมื่อวันที่ ๑๔ ธันวาคม พ.ศ. ๒๕๖๙"


def test_a_character_that_would_be_an_empty_box_is_refused() -> None:
    with pytest.raises(UnprintableText) as refusal:
        engine.render_pdf(facts(name="นาย陳"))
    assert str(refusal.value) == "The typeface cannot draw '陳' (U+9673)."


def test_a_signature_that_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a picture that can be read"):
        engine.render_pdf(facts(signers=(Signer("นางสาววิภา แก้วใส", "รองอธิบดี", b"<svg/>"),)))


@pytest.mark.parametrize("count", [0, 4])
def test_a_certificate_is_signed_by_one_to_three_people(count: int) -> None:
    with pytest.raises(ValueError, match="signed by one to three people"):
        facts(signers=(SOMCHAI,) * count)
