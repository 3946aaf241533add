"""The holder's name in English: beneath the Thai one, whole, and only where a sheet has English lines."""

import pypdfium2
import pytest

from certification.designing.examples import LONGEST
from certification.rendering import engine, sheet
from certification.rendering.fitting import MM_PER_POINT
from learning.people.english import LONGEST as MOST
from tests.certification.rendering.sheets import READERS, facts

BOTH = {"languages": "th-en", "heading_en": "Certificate", "opening_en": "This is to certify that"}


def lines(**changes: object) -> list[str]:
    return [line.strip() for line in READERS["pdfium"](engine.render_pdf(facts(**{**BOTH, **changes})))]


@pytest.mark.parametrize("layout", ["landscape", "portrait"])
def test_it_stands_right_beneath_the_thai_name(layout: str) -> None:
    found = lines(layout=layout, name_en="Malee O'Jaidee-Na Nan")
    place = found.index("นางมาลี ใจดี")
    assert found[place : place + 3] == ["นางมาลี ใจดี", "Malee O'Jaidee-Na Nan", facts().organization]


def test_who_has_none_has_no_line_and_not_even_an_empty_one() -> None:
    found = lines()
    place = found.index("นางมาลี ใจดี")
    assert found[place + 1] == facts().organization
    assert engine.render_pdf(facts(**BOTH)) == engine.render_pdf(facts(**BOTH, name_en=""))


def test_a_sheet_in_thai_is_byte_for_byte_the_same_with_and_without_one() -> None:
    assert engine.render_pdf(facts(name_en="Malee Jaidee")) == engine.render_pdf(facts())


@pytest.mark.parametrize("layout", ["landscape", "portrait"])
@pytest.mark.parametrize("name", [LONGEST.name_en, "W" * MOST, "Malee " * 16 + "Jaid"], ids=["met", "widest", "words"])
def test_the_longest_is_printed_whole_inside_the_frame(layout: str, name: str) -> None:
    given = facts(**BOTH, layout=layout, name=LONGEST.name, name_en=name, course_title=LONGEST.course)
    _scale, blocks = sheet.upper_part(given)
    block = next(block for block in blocks if block.name == "name_en")
    assert (block.fits, block.lines * block.width <= 2 * sheet.paper_of(given).line) == (True, True)
    with pypdfium2.PdfDocument(engine.render_pdf(given)) as document:
        page = document[0]
        text = page.get_textpage()
        written = "".join(text.get_text_range().split())
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
        width = page.get_width()
    assert written.count(name.replace(" ", "")) == 1
    assert min(box[0] for box in boxes) > 12 / 25.4 * 72
    assert max(box[2] for box in boxes) < width - 12 / 25.4 * 72


def test_it_is_smaller_than_the_thai_name_and_larger_than_the_other_english_lines() -> None:
    blocks = {block.name: block for block in sheet.upper_part(facts(**BOTH, name_en="Malee Jaidee"))[1]}
    assert blocks["name"].size > blocks["name_en"].size > blocks["opening_en"].size
    assert blocks["name_en"].height == pytest.approx(blocks["name_en"].size * MM_PER_POINT * 1.25)
