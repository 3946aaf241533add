"""The same sheet in fewer bytes: what is taken out, and that nobody sees it."""

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib.sfnt import SFNTReader, calcChecksum
from PIL import Image, ImageChops, ImageCms

from certification.rendering import engine, packing
from certification.rendering.facts import Signer
from certification.rendering.profile import SRGB
from tests.certification.rendering.sheets import SOMCHAI, facts
from tests.certification.rendering.test_golden_marks import strays

SUM_OF_A_FONT = 0xB1B0AFBA  # OpenType: what the words of a whole file add up to


def png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def striped(mode: str, colors: int) -> Image.Image:
    """A picture with so many colors, 37 points wide: no number of bits ends a row by itself."""
    picture = Image.new(mode, (37, 21))
    for x in range(picture.width):
        for y in range(picture.height):
            shade = (x * y) % colors * 255 // max(1, colors - 1)
            picture.putpixel((x, y), {"L": shade, "RGB": (shade, 90, 255 - shade)}[mode])
    return picture


@contextmanager
def pictures_in(data: bytes) -> Iterator[list[Any]]:
    """The pictures of the only page, as they stand."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield [one for one in pdf.pages[0].Resources.XObject.values() if one.Subtype == "/Image"]


def drawn(data: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(data) as document:
        return document[0].render(scale=2).to_pil().convert("L")


def test_a_packed_sheet_looks_like_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = facts(signers=(SOMCHAI, SOMCHAI), border="rice", languages="th-en", heading_en="Certificate")
    packed = engine.render_pdf(sheet)
    monkeypatch.setattr(engine, "pack", lambda pdf: None)
    plain = engine.render_pdf(sheet)
    assert len(packed) < len(plain) - 4_000
    assert strays(drawn(packed), drawn(plain)) <= 3  # of two million points


@pytest.mark.parametrize(("mode", "colors"), [("L", 2), ("L", 4), ("L", 6), ("L", 200), ("RGB", 2), ("RGB", 30)])
def test_every_point_of_a_picture_stays_as_it_was(mode: str, colors: int) -> None:
    picture = striped(mode, colors)
    with pictures_in(engine.render_pdf(facts(logo=png(picture)))) as found:
        [same] = [pikepdf.PdfImage(one).as_pil_image().convert("RGB") for one in found if one.Width == picture.width]
    assert ImageChops.difference(same, picture.convert("RGB")).getbbox() is None


def test_a_signature_keeps_its_strokes_and_what_shines_through() -> None:
    ink = Image.new("RGBA", (37, 21), (30, 40, 130, 255))
    ink.putalpha(striped("L", 6))
    data = engine.render_pdf(facts(signers=(Signer(SOMCHAI.name, SOMCHAI.position, png(ink)),)))
    with pictures_in(data) as found:
        [strokes] = [one for one in found if one.Width == 37]
        alpha = pikepdf.PdfImage(strokes.SMask).as_pil_image()
        assert strokes.SMask.BitsPerComponent == 4
    assert ImageChops.difference(alpha.convert("L"), ink.getchannel("A")).getbbox() is None


def test_no_picture_asks_to_be_smoothed() -> None:
    """PDF/A (ISO 19005-3, 6.2.8) forbids it."""
    ink = Image.new("RGBA", (37, 21), (30, 40, 130, 90))
    signer = Signer(SOMCHAI.name, SOMCHAI.position, png(ink))
    with pictures_in(engine.render_pdf(facts(signers=(signer,)))) as found:
        masks = [one.SMask for one in found if "/SMask" in one]
        assert (len(found), len(masks)) == (2, 1)
        assert [one for one in (*found, *masks) if "/Interpolate" in one] == []


def test_a_font_holds_what_a_pdf_needs_and_its_sum_is_right() -> None:
    with pikepdf.open(io.BytesIO(engine.render_pdf(facts()))) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            content = font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
            kept = SFNTReader(io.BytesIO(content), checkChecksums=2)
            assert set(kept.keys()) == {"glyf", "head", "hhea", "hmtx", "loca", "maxp"}
            assert calcChecksum(content) == SUM_OF_A_FONT


def test_the_color_profile_is_srgb_and_small() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(SRGB))
    assert len(zlib.compress(SRGB)) < 400
    ramp = Image.merge(
        "RGB", [Image.linear_gradient("L"), Image.linear_gradient("L").rotate(90), Image.new("L", (256, 256), 77)]
    )
    turned = ImageCms.profileToProfile(ramp, profile, ImageCms.createProfile("sRGB"))
    assert turned is not None
    assert max(high for _low, high in ImageChops.difference(ramp, turned).getextrema()) <= 1


def test_the_profile_is_the_one_in_the_file() -> None:
    with pikepdf.open(io.BytesIO(engine.render_pdf(facts()))) as pdf:
        assert pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes() == SRGB


@pytest.mark.parametrize(
    ("line", "short"),
    [
        (b"1 0 0 -1 355.538651 138.389365 Tm", b"1 0 0 -1 355.54 138.39 Tm"),
        (b"1122.519685 0.004 l", b"1122.52 0.004 l"),
        (b"-0.000001 2.5 m", b"0 2.5 m"),
        (b"0.264583 0 0 0.264583 0 0 cm", b"0.264583 0 0 0.264583 0 0 cm"),
        (b"0.984314 0.980392 0.964706 rg", b"0.984314 0.980392 0.964706 rg"),
        (b"[<00f7>0<011f>-3<01be>10.2470482<0001>] TJ", b"[<00f7011f>-3<01be>10.247<0001>] TJ"),
    ],
)
def test_only_places_and_letters_are_shortened(line: bytes, short: bytes) -> None:
    assert packing._shortened(line) == short
