"""Two layouts, three borders, two languages, with everything a sheet can hold: complete, apart, readable by phones."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from certification.designing.checks import check_signer
from certification.designing.examples import LONGEST, PROOF
from certification.pictures import small_copy
from certification.rendering import engine, wording
from certification.rendering.facts import PrintedFacts, Signer
from tests.certification.rendering.sheets import SOMCHAI, facts

COMBINATIONS = list(product(("landscape", "portrait"), ("rice", "lines", "plain"), ("th", "th-en")))
MM = 72 / 25.4
PAPER = {"landscape": (297, 210), "portrait": (210, 297)}
# Millimetres from the top where the signers' part begins.
SIGNERS = {("landscape", "th"): 154, ("landscape", "th-en"): 157, ("portrait", "th"): 190, ("portrait", "th-en"): 190}
WITHOUT_PROOFS = 40_000  # bytes: tests/certification/signing/test_bytes.py signs the fullest


def _jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=85)
    return file.getvalue()


def photographed_signature(slant: int) -> bytes:
    """Blue ink on paper that a phone made gray and grainy."""
    paper = Image.effect_noise((2000, 800), 14).point(lambda value: min(255, value + 90)).convert("RGB")
    pen = ImageDraw.Draw(paper)
    strokes = [(200 + step * 30, 400 + (step * 97 * slant) % 300 - 150) for step in range(50)]
    pen.line(strokes, fill=(30, 40, 130), width=14, joint="curve")
    return _jpeg(paper.filter(ImageFilter.GaussianBlur(2)))


def colored_logo() -> bytes:
    """A round logo with a gradient, on white."""
    ramp = Image.linear_gradient("L").resize((900, 900))
    logo = Image.new("RGB", (900, 900), "white")
    round_part = Image.new("L", (900, 900))
    ImageDraw.Draw(round_part).ellipse((30, 30, 870, 870), fill=255)
    logo.paste(Image.merge("RGB", (ramp, ramp.rotate(180), ramp.rotate(90))), (0, 0), round_part)
    return _jpeg(logo)


def stamped_seal() -> bytes:
    """One red ink on nothing, finely drawn."""
    seal = Image.new("RGBA", (800, 800))
    pen = ImageDraw.Draw(seal)
    for ring in range(8):
        pen.ellipse((20 + 40 * ring, 20 + 40 * ring, 780 - 40 * ring, 780 - 40 * ring), outline=(160, 30, 40), width=8)
    file = io.BytesIO()
    seal.save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="module")
def pictures() -> dict[str, Any]:
    return {
        "logo": small_copy(colored_logo(), "logo")[1],
        "seal": small_copy(stamped_seal(), "seal")[1],
        "signatures": [small_copy(photographed_signature(slant), "signature", of=3)[1] for slant in (3, 5, 7)],
    }


def full(pictures: dict[str, Any], **changes: Any) -> PrintedFacts:
    people = [
        ("นายสมชาย ตั้งใจ", "ผู้อำนวยการศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์ที่ ๑๔", "Somchai Tangjai", "Director of the Center"),
        ("นางสาววิภา ใฝ่เรียน", "รองอธิบดี\nปฏิบัติราชการแทนอธิบดี", "Wipa Fairian", "for the Director-General"),
        ("นายกฤต พากเพียร", "สหกรณ์จังหวัดเชียงราย", "Krit Phakphian", "Provincial Officer"),
    ]
    signers = tuple(
        Signer(name, position, picture, name_en, position_en)
        for (name, position, name_en, position_en), picture in zip(people, pictures["signatures"], strict=True)
    )
    values: dict[str, Any] = {
        "signers": signers,
        "logo": pictures["logo"],
        "seal": pictures["seal"],
        "proof": PROOF,
        "started_on": date(2026, 12, 12),
        "valid_until": date(2029, 1, 4),
        "name_en": "Mrs. Malee Jaidee",
        "heading_en": "Certificate",
        "issuer_en": "Cooperative Promotion Department, Ministry of Agriculture and Cooperatives",
        "opening_en": "This is to certify that",
        "statement_en": "has completed the course",
    }
    return facts(**{**values, **changes})


@pytest.mark.parametrize(("layout", "border", "languages"), COMBINATIONS)
@pytest.mark.parametrize("length", ["ordinary", "longest"])
def test_every_sheet_is_one_page_with_room_for_its_signatures_and_badge(
    pictures: dict[str, Any], layout: str, border: str, languages: str, length: str
) -> None:
    sheet = full(pictures, layout=layout, border=border, languages=languages)
    if length == "longest":
        sheet = replace(
            sheet,
            name=LONGEST.name,
            name_en=LONGEST.name_en,
            organization=LONGEST.role,
            course_title=LONGEST.course,
        )
    data = engine.render_pdf(sheet)
    assert len(data) <= WITHOUT_PROOFS
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == 1
        width, height = PAPER[layout]
        page = document[0]
        assert (round(page.get_width() / MM), round(page.get_height() / MM)) == (width, height)
        text = page.get_textpage()
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
        assert min(box[0] for box in boxes) > 12 * MM
        assert max(box[2] for box in boxes) < (width - 12) * MM
        assert min(box[1] for box in boxes) > 11.5 * MM
        last = "Given on" if languages == "th-en" else "ให้ไว้ ณ วันที่"
        place = text.search(last).get_next()
        assert place is not None
        lowest = min(text.get_charbox(place[0] + letter)[1] for letter in range(5))
        assert lowest > (height - SIGNERS[layout, languages]) * MM
        codes = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert sorted(code.text for code in codes) == sorted([PROOF, "https://academy.example/v/7K3M9QTX4B2F"])


@pytest.mark.parametrize("layout", PAPER)
def test_a_sheet_in_thai_has_no_english_line(pictures: dict[str, Any], layout: str) -> None:
    def lines_of(languages: str) -> str:
        data = engine.render_pdf(full(pictures, layout=layout, languages=languages))
        return pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()

    holder = "Mrs. Malee Jaidee"
    english = ("This is to certify that", holder, "has completed the course", "Wipa Fairian", "until 4 January 2029")
    assert [text in lines_of("th-en") for text in english] == [True] * 5
    assert [text in lines_of("th") for text in english] == [False] * 5


@pytest.mark.parametrize(
    ("started_on", "days", "english"),
    [
        (None, "เมื่อวันที่ ๑๔ ธันวาคม พ.ศ. ๒๕๖๙", "12 hours, on 14 December 2026. Given on 5 January 2027."),
        (date(2026, 12, 14), "เมื่อวันที่ ๑๔ ธันวาคม พ.ศ. ๒๕๖๙", "12 hours, on 14 December 2026. Given on 5 January 2027."),
        (
            date(2026, 12, 12),
            "ระหว่างวันที่ ๑๒ ถึงวันที่ ๑๔ ธันวาคม พ.ศ. ๒๕๖๙",
            "12 hours, from 12 December 2026 to 14 December 2026. Given on 5 January 2027.",
        ),
        (
            date(2025, 12, 12),
            "ระหว่างวันที่ ๑๒ ธันวาคม พ.ศ. ๒๕๖๘ ถึงวันที่ ๑๔ ธันวาคม พ.ศ. ๒๕๖๙",
            "12 hours, from 12 December 2025 to 14 December 2026. Given on 5 January 2027.",
        ),
    ],
)  # fmt: skip
def test_the_days_of_a_training_are_written_as_in_letters(started_on: date | None, days: str, english: str) -> None:
    sheet = facts(started_on=started_on)
    assert wording.completed(sheet) == ("จำนวน ๑๒ ชั่วโมง", days)
    assert wording.completed_en(sheet) == english


def test_one_hour_is_singular_in_english() -> None:
    assert wording.completed_en(facts(hours=Decimal("1.0"))).partition(",")[0] == "1 hour"


def test_only_a_certificate_that_ends_says_until_when() -> None:
    assert (wording.valid_until(facts()), wording.valid_until_en(facts())) == ("", "")
    assert wording.valid_until(facts(valid_until=date(2029, 1, 4))) == "ใช้ได้ถึง ๔ มกราคม พ.ศ. ๒๕๗๒"


def test_what_the_admin_lets_through_fits_beside_two_others() -> None:
    check_signer(SOMCHAI.name, SOMCHAI.position, signers=3)


def test_a_signature_becomes_strokes_on_nothing(pictures: dict[str, Any]) -> None:
    with Image.open(io.BytesIO(pictures["signatures"][0])) as picture:
        alpha = picture.getchannel("A")
        colors = picture.convert("RGB").getcolors()
    assert colors is not None
    assert len(colors) == 1
    red, green, blue = colors[0][1]
    assert blue > red + 40
    assert blue > green + 40
    assert alpha.getpixel((0, 0)) == 0 or alpha.getpixel((alpha.width - 1, 0)) == 0


def test_small_copies_are_small_and_the_same_each_time(pictures: dict[str, Any]) -> None:
    assert small_copy(colored_logo(), "logo")[1] == pictures["logo"]
    sizes = [len(pictures["logo"]), len(pictures["seal"]), *map(len, pictures["signatures"])]
    assert sum(sizes) <= 12_000
