"""Signatures in a PDF: whole, trusted, one behind the other, and broken by every change."""

import asyncio
import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel

from certification.choices import KeyPurpose
from certification.keys import KeyUnavailable, authority
from certification.keys.choosing import active_key
from certification.models import SigningKey
from certification.signing import sign_pdf
from tests.certification.keys.given import OVER, Authority, p256, put
from tests.certification.signing.reading import paper, pdfsig, qpdf_check, statuses, trusted_roots, verdicts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_dir")]
GOOD = (True, True, True)
BROKEN = "Digest Mismatch."


@pytest.fixture
def first(keys_dir: Path) -> SigningKey:
    key = active_key(KeyPurpose.DOCUMENT)
    assert key is not None
    return key


@pytest.fixture
def second(keys_dir: Path) -> SigningKey:
    authority.take_in(KeyPurpose.APPROVAL, name="นายสมชาย รักสหกรณ์")
    key = active_key(KeyPurpose.APPROVAL)
    assert key is not None
    return key


def roots() -> list[Any]:
    return trusted_roots(KeyPurpose.DOCUMENT, KeyPurpose.APPROVAL)


def field(data: bytes, index: int) -> Any:
    """The signature dictionary of the signature with this number."""
    return PdfFileReader(io.BytesIO(data)).embedded_regular_signatures[index].sig_object


def with_another_page(data: bytes) -> bytes:
    """A page added behind the signature, as an editor does that appends to the file."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    pages = writer.root["/Pages"]
    pages["/Kids"].append(pages["/Kids"].raw_get(0))
    pages["/Count"] = NumberObject(2)
    writer.update_container(pages["/Kids"])
    writer.update_container(pages)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_signature_is_whole_and_trusted_and_covers_the_file(first: SigningKey) -> None:
    [status] = statuses(sign_pdf(paper(), first=first), roots())
    assert status.bottom_line
    assert status.summary() == "INTACT:TRUSTED,UNTOUCHED"
    assert status.coverage.name == "ENTIRE_FILE"


def test_signing_only_appends(first: SigningKey, second: SigningKey) -> None:
    once, twice = sign_pdf(paper(), first=first), sign_pdf(paper(), first=first, second=second)
    assert once.startswith(paper())
    assert twice.startswith(paper())
    assert len(once) - len(paper()) < 9_500


def test_the_fields_say_who_signed_and_why_in_thai(first: SigningKey, second: SigningKey) -> None:
    data = sign_pdf(paper(), first=first, second=second)
    said = [(field(data, n)["/Name"], field(data, n)["/Location"]) for n in (0, 1)]
    assert said == [("สหกรณ์อะคาเดมี", "สหกรณ์อะคาเดมี"), ("นายสมชาย รักสหกรณ์", "สหกรณ์อะคาเดมี")]
    assert {field(data, n)["/SubFilter"] for n in (0, 1)} == {"/ETSI.CAdES.detached"}
    assert all(field(data, n)["/Reason"] and field(data, n)["/M"].startswith("D:20") for n in (0, 1))


def test_the_field_is_not_seen_on_the_sheet(first: SigningKey) -> None:
    with pikepdf.open(io.BytesIO(sign_pdf(paper(), first=first))) as pdf:
        [widget] = pdf.pages[0].Annots
        assert [float(side) for side in widget.Rect] == [0, 0, 0, 0]
        assert int(widget.F) == 132  # printed and locked, as PDF/A asks
        assert "/AP" not in widget


def test_the_first_signature_certifies_and_leaves_room_only_for_signatures(first: SigningKey) -> None:
    data = sign_pdf(paper(), first=first)
    reader = PdfFileReader(io.BytesIO(data))
    [signature] = reader.embedded_regular_signatures
    assert signature.docmdp_level is not None
    assert signature.docmdp_level.name == "FILL_FORMS"
    assert "/DocMDP" in reader.root["/Perms"]


def test_two_signers_are_both_good_and_the_second_stands_behind_the_first(
    first: SigningKey, second: SigningKey
) -> None:
    data = sign_pdf(paper(), first=first, second=second)
    assert verdicts(data, roots()) == [GOOD, GOOD]
    one, two = statuses(data, roots())
    assert (one.coverage.name, one.modification_level) == ("ENTIRE_REVISION", ModificationLevel.FORM_FILLING)
    assert (two.coverage.name, two.modification_level) == ("ENTIRE_FILE", ModificationLevel.NONE)


def test_the_marks_of_pdf_a_live_through_both_signatures(first: SigningKey, second: SigningKey) -> None:
    def marks(data: bytes) -> tuple[Any, ...]:
        with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_metadata() as meta:
            return (
                meta.get("pdfaid:part"),
                meta.get("pdfaid:conformance"),
                meta.get("dc:title"),
                str(pdf.Root.OutputIntents[0].S),
                "/StructTreeRoot" in pdf.Root,
                str(pdf.Root.Lang),
            )

    assert marks(paper()) == ("3", "A", "วุฒิบัตร", "/GTS_PDFA1", True, "th")
    assert marks(sign_pdf(paper(), first=first, second=second)) == marks(paper())


def test_one_byte_changed_anywhere_in_what_is_signed_breaks_the_signature(first: SigningKey) -> None:
    data = sign_pdf(paper(), first=first)
    for place in (20, len(paper()) // 4, len(paper()) // 2):
        changed = bytearray(data)
        changed[place] ^= 1
        assert verdicts(bytes(changed), roots()) == [(False, False, False)], place


def test_a_page_added_afterwards_is_found(first: SigningKey, second: SigningKey) -> None:
    for data in (sign_pdf(paper(), first=first), sign_pdf(paper(), first=first, second=second)):
        changed = with_another_page(data)
        with pikepdf.open(io.BytesIO(changed)) as pdf:
            assert len(pdf.pages) == 2
        found = verdicts(changed, roots())
        assert [(whole, line) for whole, _trusted, line in found] == [(True, False)] * len(found)


def test_a_signature_of_a_stranger_is_whole_but_not_trusted(first: SigningKey, keys_dir: Path) -> None:
    data = sign_pdf(paper(), first=first)
    stranger = Authority.named("คนอื่น")
    from tests.certification.signing.reading import root_in

    assert verdicts(data, [root_in(stranger.root())]) == [(True, False, False)]


def test_a_key_without_certificates_signs_no_pdf(keys_dir: Path) -> None:
    key = active_key(KeyPurpose.OFFLINE)
    assert key is not None
    with pytest.raises(KeyUnavailable, match="has no certificates"):
        sign_pdf(paper(), first=key)


def test_a_key_whose_certificate_has_expired_signs_nothing(first: SigningKey, keys_dir: Path) -> None:
    key, old = p256(), Authority.named("กรม")
    first.location, first.chain = put(keys_dir, "old.pem", key), old.chain_for(key, days=OVER)
    with pytest.raises(KeyUnavailable, match="expired at 2025-01-01"):
        sign_pdf(paper(), first=first)


def test_a_second_signer_that_cannot_sign_leaves_no_half_signed_file(
    first: SigningKey, second: SigningKey, keys_dir: Path
) -> None:
    (keys_dir / second.location).unlink()
    with pytest.raises(KeyUnavailable, match=r"test-approval\.pem is not there"):
        sign_pdf(paper(), first=first, second=second)


@pytest.mark.parametrize("data", [b"", b"no pdf at all", b"%PDF-1.7\n%%EOF\n"])
def test_bytes_that_are_no_pdf_are_refused(first: SigningKey, data: bytes) -> None:
    with pytest.raises(ValueError, match="The PDF cannot be signed"):
        sign_pdf(data, first=first)


def test_signing_works_in_a_thread_that_has_a_loop_already(first: SigningKey) -> None:
    async def within() -> bytes:
        return sign_pdf(paper(), first=first)

    assert verdicts(asyncio.run(within()), roots()) == [GOOD]


def test_an_error_rises_out_of_the_thread_that_signs(first: SigningKey, keys_dir: Path) -> None:
    (keys_dir / first.location).unlink()

    async def within() -> bytes:
        return sign_pdf(paper(), first=first)

    with pytest.raises(KeyUnavailable, match="is not there"):
        asyncio.run(within())


@pytest.mark.system
def test_poppler_finds_both_signatures_valid_and_qpdf_finds_the_file_clean(
    first: SigningKey, second: SigningKey, tmp_path: Path
) -> None:
    path = tmp_path / "two.pdf"
    path.write_bytes(sign_pdf(paper(), first=first, second=second))
    assert pdfsig(path) == (["Signature is Valid."] * 2, ["ETSI.CAdES.detached"] * 2)
    assert qpdf_check(path) == (0, "")


@pytest.mark.system
def test_poppler_finds_one_byte_that_was_changed(first: SigningKey, tmp_path: Path) -> None:
    data = bytearray(sign_pdf(paper(), first=first))
    data[20] ^= 1
    path = tmp_path / "changed.pdf"
    path.write_bytes(data)
    assert pdfsig(path)[0] == [BROKEN]
