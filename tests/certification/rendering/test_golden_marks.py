"""Sixty words with stacked marks look as they did when somebody looked at them: compared pixel by pixel.

The pictures are in tests/data/golden_marks, one a word, black on white. After a wanted change of the typeface take
them again, and look at every one before it is committed:

    GOLDEN_MARKS=take pytest tests/certification/rendering/test_golden_marks.py

Tolerance: a dark point may lie one point off. A point is 10/1000 em here (36 points at 200 dpi): drawing programs
round edges differently by less than that, and the eye takes a mark for moved from about 40/1000 em on.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageFilter

from certification.rendering import engine
from tests.certification.rendering.typefaces import style_with, with_tones_moved, without_marks_on_marks

GOLDEN = Path(__file__).parents[2] / "data" / "golden_marks"
WORDS = [
    "ปี่", "ฝั้น", "ญี่ปุ่น", "น้ำ", "ป้ำ", "ผู้ใหญ่", "ก่ำ", "ค้ำ", "ปั้น", "ปั๊ม", "ฟื้น", "ฝั่ง", "ปู่", "ป๋วย", "เปี่ยม",
    "เพื่อน", "เชี่ยว", "ชื่อ", "มั่น", "ตั้ง", "สิ้น", "ที่", "นี้", "คู่", "รู้", "ผู้", "ฐิติ", "ญาณ", "กตัญญู", "กฎุมพี",
    "ปฏิญญู", "ดิ์", "สิทธิ์", "พันธุ์", "ศักดิ์", "กษัตริย์", "วุฒิ", "ณัฏฐ์", "ทฤษฎี", "อัฏฐ์", "เป็น", "เห็น", "เก็บ", "เล็ก", "ตุ๊กตา",
    "โต๊ะ", "เก๊ะ", "จ๋า", "เดี๋ยว", "ปิ๊ง", "ฟ้า", "ไฟ", "ใฝ่", "โป๊ะ", "ฬ่อ", "ซึ้ง", "หนึ่ง", "ครึ่ง", "กลิ่น", "ป่ำ",
]  # fmt: skip
PAGE = (
    "<html lang='th'><title>คำ</title><style>@page {{ size: 80mm 1500mm; margin: 0 }} body {{ height: auto; "
    "font-size: 36pt; color: #000; text-align: left; background: #fff }} "
    "p {{ margin: 0; padding-left: 5mm; height: 25mm; line-height: 25mm }}</style>{words}</html>"
)
DPI, ROW_MM = 200, 25
DARK, PALE = 110, 190  # of 255: a point that must be met, a point that may meet it


def drawn(css: Path = engine.SHEET_STYLE) -> list[Image.Image]:
    """Each word as pdfium draws it, in gray."""
    data = engine.write_pdf(PAGE.format(words="".join(f"<p>{word}</p>" for word in WORDS)), css=css)
    with pypdfium2.PdfDocument(data) as document:
        page = document[0].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    row = ROW_MM / 25.4 * DPI
    return [page.crop((0, round(place * row), page.width, round((place + 1) * row))) for place in range(len(WORDS))]


def strays(one: Image.Image, other: Image.Image) -> int:
    """Dark points of either picture that have no darkish point of the other within one point."""
    return _unmet(one, other) + _unmet(other, one)


def _unmet(one: Image.Image, other: Image.Image) -> int:
    dark = one.point(lambda value: 255 if value < DARK else 0)
    near = other.point(lambda value: 255 if value < PALE else 0).filter(ImageFilter.MaxFilter(3))
    return ImageChops.subtract(dark, near).histogram()[255]


def golden(place: int) -> Image.Image:
    with Image.open(GOLDEN / f"{place + 1:02}.png") as picture:
        return picture.convert("L")


def different(pictures: list[Image.Image]) -> list[str]:
    """The words that do not look as in their golden picture."""
    return [word for place, word in enumerate(WORDS) if strays(pictures[place], golden(place))]


@pytest.fixture(scope="module")
def ours() -> list[Image.Image]:
    pictures = drawn()
    if os.environ.get("GOLDEN_MARKS") == "take":
        GOLDEN.mkdir(exist_ok=True)
        for place, picture in enumerate(pictures):
            bilevel = picture.point(lambda value: 255 if value >= 150 else 0).convert("1")
            bilevel.save(GOLDEN / f"{place + 1:02}.png", optimize=True)
    return pictures


def test_there_are_sixty_words_and_a_picture_of_each(ours: list[Image.Image]) -> None:
    assert len(set(WORDS)) == len(WORDS) == 60
    assert sorted(file.name for file in GOLDEN.iterdir()) == [f"{number:02}.png" for number in range(1, 61)]


def test_every_mark_stands_where_it_stood(ours: list[Image.Image]) -> None:
    assert different(ours) == []


def test_every_golden_picture_is_of_another_word(ours: list[Image.Image]) -> None:
    assert [strays(ours[place], golden((place + 1) % 60)) > 100 for place in range(60)] == [True] * 60


@pytest.mark.parametrize(("change", "least"), [(with_tones_moved, 30), (without_marks_on_marks, 15)])
def test_marks_that_stand_elsewhere_are_seen(change: Callable[[TTFont], None], least: int, tmp_path: Path) -> None:
    found = different(drawn(style_with(tmp_path, change)))
    assert len(found) >= least
    assert "น้ำ" in found or "ปี่" in found
