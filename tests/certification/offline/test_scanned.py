"""The second QR as it stands on a sheet: read by another program from pictures of poor printers."""

from collections.abc import Callable

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from certification.making import make_file
from certification.models import Certificate
from certification.offline import is_proof, read_proof
from certification.offline.writing import facts_of
from tests.certification.conftest import Issue

pytestmark = pytest.mark.django_db
POINTS = 72  # to the inch, as a PDF counts
LONGEST = {"holder_name": "นาง" + "กี่" * 40, "course_title": "การบริหารจัดการ" * 17}
Look = Callable[[Image.Image], Image.Image]


def pictures(content: bytes, dots: int) -> Image.Image:
    document = pypdfium2.PdfDocument(content)
    return document[0].render(scale=dots / POINTS, grayscale=True).to_pil()


def texts_in(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def proof_in(picture: Image.Image) -> str:
    (text,) = [text for text in texts_in(picture) if is_proof(text)]
    return text


def sheet(certificate: Certificate) -> bytes:
    return make_file(certificate).content


@pytest.mark.parametrize("dots", [150, 216])
@pytest.mark.parametrize("changed", [{}, LONGEST], ids=["short", "longest"])
def test_both_codes_are_read_from_a_sheet_that_was_scanned(issue: Issue, dots: int, changed: dict[str, str]) -> None:
    certificate = issue(**changed)
    picture = pictures(sheet(certificate), dots)
    assert sorted(map(is_proof, texts_in(picture))) == [False, True]
    assert certificate.verify_url in texts_in(picture)
    said = read_proof(proof_in(picture)).facts
    if changed:
        assert said.shortened == {"course_title"}
        assert (certificate.holder_name, certificate.course_title[:5]) == (said.holder_name, said.course_title[:5])
    else:
        assert said == facts_of(certificate)


@pytest.mark.parametrize(
    "look",
    [
        lambda picture: picture.rotate(7, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC),
        lambda picture: picture.filter(ImageFilter.GaussianBlur(1)),
        lambda picture: picture.point(lambda value: 60 + value // 2),
    ],
    ids=["askew", "not sharp", "gray"],
)
def test_it_is_read_from_a_picture_taken_by_hand(issue: Issue, look: Look) -> None:
    certificate = issue()
    assert read_proof(proof_in(look(pictures(sheet(certificate), 216)))).facts.code == certificate.code
