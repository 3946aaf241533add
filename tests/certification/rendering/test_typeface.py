"""The derived typeface: what its glyphs are called is what they stand for."""

import pytest
from fontTools import agl
from fontTools.ttLib import TTFont

from certification.rendering.derive_font import CHARACTERS, FAMILY, NARROW_AM, OPEN_AM
from certification.rendering.text_map import BOLD, REGULAR, advances, meanings


@pytest.fixture(params=[REGULAR, BOLD], ids=["regular", "bold"])
def font(request: pytest.FixtureRequest) -> TTFont:
    return TTFont(request.param)


def test_both_weights_number_their_glyphs_alike() -> None:
    assert TTFont(REGULAR).getGlyphOrder() == TTFont(BOLD).getGlyphOrder()


def test_every_glyph_stands_for_the_character_that_it_draws(font: TTFont) -> None:
    characters = font.getBestCmap()
    twins = {0x00A0: 0x0020, 0x00AD: 0x002D, 0x2010: 0x002D, 0x2011: 0x002D, 0x02C9: 0x00AF}
    for code, glyph in characters.items():
        assert meanings()[font.getGlyphID(glyph)] in {chr(code), chr(twins.get(code, code))}


def test_every_glyph_but_the_empty_box_and_two_old_letters_stands_for_one_character(font: TTFont) -> None:
    others = {glyph for glyph in font.getGlyphOrder() if len(agl.toUnicode(glyph)) != 1}
    assert others == {".notdef", "uni0E240E45", "uni0E260E45"}  # ฤๅ and ฦๅ, each one shape


def test_three_glyphs_stand_for_sara_am(font: TTFont) -> None:
    found = [glyph for number, glyph in enumerate(font.getGlyphOrder()) if meanings()[number] == "ำ"]
    assert sorted(found) == sorted(["uni0E33", NARROW_AM, OPEN_AM])


def test_thai_and_latin_letters_can_be_drawn(font: TTFont) -> None:
    assert set(CHARACTERS) - font.getBestCmap().keys() == set()
    assert advances(bold=False)["ก"] == pytest.approx(0.576)


def test_the_name_is_ours_and_the_licence_is_theirs(font: TTFont) -> None:
    names = {record.nameID: str(record) for record in font["name"].names}
    assert names[1] == FAMILY
    assert "The Sarabun Project Authors" in names[0]
    assert "SIL Open Font License" in names[13]
    assert "SIL OPEN FONT LICENSE" in (REGULAR.parent / "OFL.txt").read_text(encoding="utf-8")
