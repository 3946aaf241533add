"""Five hundred Thai words, printed as certificates are, come back from five readers (docs/certificates.md).

The words are of the dictionary of `cms.thai` (PyThaiNLP, CC0): half of them chosen for what is lost most easily (ำ
after a tone, marks on tall letters, two marks on one letter), half of them at even distances.
"""

from pathlib import Path

import pytest

from certification.rendering import engine
from tests.certification.rendering.readers import FIVE, copied
from tests.certification.rendering.sheets import LONG, facts
from tests.certification.rendering.typefaces import as_it_was_before_it_was_derived, style_with, style_with_sarabun

WORDS = (Path(__file__).parents[2] / "data" / "thai_words_500.txt").read_text(encoding="utf-8").split()
PAGE = (
    "<html lang='th'><title>คำ</title><style>"
    "body {{ height: auto; overflow: visible; text-align: left; font-weight: {weight} }} @page {{ margin: 15mm }}"
    "</style>{words}</html>"
)
LEAST = 0.99


@pytest.fixture(scope="module", params=["normal", "bold"])
def weight(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def printed(folder: Path, weight: str, css: Path = engine.SHEET_STYLE) -> Path:
    file = folder / "words.pdf"
    words = "".join(f"<p>{word}</p>" for word in WORDS)
    file.write_bytes(engine.write_pdf(PAGE.format(weight=weight, words=words), css=css))
    return file


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory, weight: str) -> Path:
    return printed(tmp_path_factory.mktemp("ours"), weight)


@pytest.fixture(scope="module")
def underived(tmp_path_factory: pytest.TempPathFactory, weight: str) -> Path:
    folder = tmp_path_factory.mktemp("underived")
    return printed(folder, weight, style_with(folder, as_it_was_before_it_was_derived))


@pytest.fixture(scope="module")
def unmapped(tmp_path_factory: pytest.TempPathFactory, weight: str) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "write_meanings", lambda document, pdf: None)
        return printed(tmp_path_factory.mktemp("unmapped"), weight)


def share(reader: str, file: Path) -> float:
    """The share of the words that come back as lines of their own."""
    lines = set(copied(reader, file))
    return sum(word in lines for word in WORDS) / len(WORDS)


def test_the_words_are_five_hundred_different_ones() -> None:
    assert len(set(WORDS)) == 500


@pytest.mark.parametrize("reader", FIVE)
def test_five_hundred_words_are_copied_exactly(ours: Path, reader: str) -> None:
    assert share(reader, ours) >= LEAST


@pytest.mark.parametrize("reader", FIVE)
def test_in_the_typeface_of_origin_words_are_lost(underived: Path, reader: str) -> None:
    assert share(reader, underived) < LEAST


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory, weight: str) -> Path:
    """Sarabun as its makers give it, with the text map that WeasyPrint writes: ours knows no other typeface."""
    folder = tmp_path_factory.mktemp("stock")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "write_meanings", lambda document, pdf: None)
        return printed(folder, weight, style_with_sarabun(folder))


@pytest.mark.parametrize("reader", FIVE)
def test_in_sarabun_as_its_makers_give_it_words_are_lost(stock: Path, reader: str) -> None:
    assert share(reader, stock) < LEAST


def test_sarabun_itself_is_refused_as_a_typeface_of_certificates(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="its own typeface"):
        printed(tmp_path, "normal", style_with_sarabun(tmp_path))


@pytest.mark.parametrize("reader", FIVE)
def test_without_the_rewritten_text_map_words_are_lost(unmapped: Path, reader: str) -> None:
    assert share(reader, unmapped) < LEAST


@pytest.mark.parametrize("reader", FIVE)
def test_name_number_and_course_of_a_certificate_are_copied_exactly(reader: str, tmp_path: Path) -> None:
    file = tmp_path / "certificate.pdf"
    file.write_bytes(engine.render_pdf(facts(name=LONG["name"], languages="th-en", heading_en="Certificate")))
    lines = copied(reader, file)
    assert [lines.count(text) for text in (LONG["name"], "วบ.-๐๐๐๑๒๓/๒๕๗๐", "“การบัญชีเบื้องต้นสำหรับคณะกรรมการสหกรณ์”")] == [
        1,
        1,
        1,
    ]
