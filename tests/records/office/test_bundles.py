"""The files of many certificates in one PDF or ZIP: what is in it, who may fetch it, what becomes of it."""

import csv
import io
import tempfile
import zipfile
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from certification.choices import CertificateState
from certification.models import Certificate
from learning.duties.models import Duty
from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.records.bundling import making
from learning.records.bundling.merged import write_merged
from learning.records.bundling.packed import file_name
from learning.records.choices import PaperState
from learning.records.flows import bundles as flows
from learning.records.models import Bundle
from tests.cast import Cast
from tests.factories.certificates import CHIANG_MAI, LONG_NAME, ended, recorded, registered, sheet_of_paper, with_file

ASK = "/office/certificates/bundles/ask/"


@pytest.fixture
def three(cast: Cast) -> list[Certificate]:
    """Three with files, written down in another order; one of another province, one revoked, one on paper."""
    made = [with_file(registered(number)) for number in (2, 3, 1)]
    with_file(registered(4, province_code=CHIANG_MAI, district_code="5007"))
    with_file(registered(5, **ended()))
    recorded()
    return made


def ask(browser: Client, kind: str, query: str = "", *, run: object = None) -> Bundle:
    response = browser.post(ASK, {"kind": kind, "query": query})
    assert response.status_code == 302
    return Bundle.objects.latest("pk")


def made(bundle: Bundle) -> bytes:
    making.make_bundle(bundle.pk)
    bundle.refresh_from_db()
    assert bundle.state == PaperState.READY, bundle.refusal
    with bundle.file.open("rb") as file:
        return file.read()


def test_one_pdf_holds_the_sheets_in_the_order_of_the_register(somchai: Client, three: list[Certificate]) -> None:
    content = made(ask(somchai, "pdf"))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        words = [page.Contents.read_bytes().decode() for page in pdf.pages]
        assert [word.partition("% ")[2] for word in words] == [f"ศส.14-{n:06d}/2570" for n in (1, 2, 3)]
        assert [page.obj.get("/Annots") for page in pdf.pages] == [None, None, None]
        assert "/AcroForm" not in pdf.Root
        assert str(pdf.docinfo.Subject) == making.remark()


def test_the_zip_keeps_every_byte_and_says_whose_it_is(somchai: Client, three: list[Certificate]) -> None:
    with zipfile.ZipFile(io.BytesIO(made(ask(somchai, "zip")))) as archive:
        names = [name for name in archive.namelist() if name != "index.csv"]
        assert names == [f"000{n} ศส.14-00000{n}-2570 นางมาลี ใจดี {n}.pdf" for n in (1, 2, 3)]
        in_order = sorted(three, key=lambda one: one.running_number or 0)
        for name, certificate in zip(names, in_order, strict=True):
            assert archive.getinfo(name).flag_bits & 0x800
            with certificate.file.open("rb") as file:
                assert archive.read(name) == file.read()
        lines = list(csv.reader(io.StringIO(archive.read("index.csv").decode("utf-8-sig"))))
        assert [line[-1] for line in lines] == ["file", *names]


def test_its_title_names_each_filter(somchai: Client, three: list[Certificate]) -> None:
    title = ask(somchai, "pdf", "year=2570&state=valid").title
    said = [(_("Fiscal year"), "2570"), (_("State"), CertificateState.VALID.label)]
    assert title == " · ".join(f"{label}: {value}" for label, value in said)


def test_ended_ones_are_in_it_only_when_they_are_asked_for(somchai: Client, three: list[Certificate]) -> None:
    with zipfile.ZipFile(io.BytesIO(made(ask(somchai, "zip", "state=revoked")))) as archive:
        assert [name[:4] for name in archive.namelist()] == ["0001", "inde"]
        assert "000005" in archive.namelist()[0]


def test_what_has_no_file_is_counted(somchai: Client, three: list[Certificate]) -> None:
    registered(9)
    bundle = ask(somchai, "zip")
    made(bundle)
    assert (bundle.total, bundle.left_out) == (3, 2)


@pytest.mark.parametrize(
    ("number", "name", "expected"),
    [
        ("ศส.14/7", 'a<b>:"c"|?*\\', "0001 ศส.14-7 a-b-c-.pdf"),
        ("CON", "..", "0001 CON.pdf"),
        ("1", "../../etc/passwd", "0001 1 ..-..-etc-passwd.pdf"),
        ("1", "\u202egnp.exe", "0001 1 -gnp.exe.pdf"),
        ("1", "a" * 250, f"0001 1 {'a' * 108}.pdf"),
        ("1", "ก" * 250, f"0001 1 {'ก' * 81}.pdf"),
    ],
)
def test_names_of_files_are_good_on_every_computer(number: str, name: str, expected: str) -> None:
    assert file_name(1, Certificate(number=number, holder_name=name)) == expected.replace("c-.pdf", "c.pdf")


def test_a_long_thai_name_fits_the_255_bytes_of_a_name_on_linux_and_phones() -> None:
    certificate = Certificate(number="ศส.14-000123/2570", holder_name="นางมาลีวรรณพรรณราย" * 10)
    name = file_name(7, certificate)
    assert name.startswith("0007 ศส.14-000123-2570 นางมาลีวรรณพรรณราย")
    assert name.endswith(".pdf")
    assert 240 <= len(name.encode()) <= 255


def test_only_who_asked_may_fetch_it(somchai: Client, three: list[Certificate], cast: Cast, wipa: Client) -> None:
    bundle = ask(somchai, "pdf")
    made(bundle)
    for rest in ("", "file/"):
        assert wipa.get(f"/office/certificates/bundles/{bundle.pk}/{rest}").status_code == 404
        response = somchai.get(f"/office/certificates/bundles/{bundle.pk}/{rest}")
        assert response.status_code == 200
        assert b"".join(response)  # read to its end, so that its file is closed


def test_a_file_made_for_another_area_is_closed(somchai: Client, three: list[Certificate], cast: Cast) -> None:
    from learning.places.models import ProvincialOffice

    bundle = ask(somchai, "pdf")
    made(bundle)
    other = ProvincialOffice.objects.exclude(province__name="ชัยนาท").first()
    Duty.objects.filter(user=cast.somchai).update(office=other)
    assert somchai.get(f"/office/certificates/bundles/{bundle.pk}/file/").status_code == 404


def test_the_worker_asks_for_the_area_of_its_moment(somchai: Client, three: list[Certificate], cast: Cast) -> None:
    bundle = ask(somchai, "pdf")
    Duty.objects.filter(user=cast.somchai).update(until=timezone.localdate() - timedelta(days=1))
    assert making.make_bundle(bundle.pk) is False
    bundle.refresh_from_db()
    assert (bundle.state, bundle.refusal) == ("failed", _("Your duty for this area has ended, so it was not made."))


def test_asking_twice_gives_the_same(somchai: Client, three: list[Certificate]) -> None:
    assert ask(somchai, "pdf").pk == ask(somchai, "pdf").pk
    assert Bundle.objects.count() == 1


def test_nothing_to_put_in_is_said_at_once(somchai: Client, cast: Cast) -> None:
    recorded()
    assert somchai.post(ASK, {"kind": "pdf"}).status_code == 409
    assert somchai.post(ASK, {"kind": "exe"}).status_code == 422
    assert Bundle.objects.count() == 0


def test_too_many_for_one_are_refused(cast: Cast, three: list[Certificate], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows, "MOST", 2)
    with pytest.raises(Refused) as refused:
        flows.ask_for_bundle({}, kind="pdf", title="ทั้งหมด", by=cast.somchai)
    assert refused.value.status == 413


def test_a_second_worker_does_nothing(somchai: Client, three: list[Certificate]) -> None:
    bundle = ask(somchai, "zip")
    Bundle.objects.filter(pk=bundle.pk).update(seen_at=timezone.now())
    assert making.make_bundle(bundle.pk) is False


def test_a_lost_worker_is_replaced_and_a_hopeless_bundle_ended(
    somchai: Client, three: list[Certificate], monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = ask(somchai, "zip")
    asked: list[int] = []
    monkeypatch.setattr(flows.tasks.make_bundle, "delay", asked.append)
    Bundle.objects.filter(pk=bundle.pk).update(seen_at=timezone.now() - timedelta(minutes=5), attempts=1)
    flows.tend_bundles()
    Bundle.objects.filter(pk=bundle.pk).update(attempts=3)
    flows.tend_bundles()
    bundle.refresh_from_db()
    assert (asked, bundle.state) == ([bundle.pk], PaperState.FAILED)


def test_a_bundle_is_gone_after_a_week_with_its_file(somchai: Client, three: list[Certificate]) -> None:
    bundle = ask(somchai, "zip")
    made(bundle)
    path = Path(bundle.file.path)
    assert path.exists()
    Bundle.objects.filter(pk=bundle.pk).update(created_at=timezone.now() - timedelta(days=8))
    flows.tend_bundles()
    assert (path.exists(), Bundle.objects.count()) == (False, 0)


def test_a_missing_file_ends_it_with_a_sentence(somchai: Client, three: list[Certificate]) -> None:
    bundle = ask(somchai, "zip")
    Path(three[0].file.path).unlink()
    assert making.make_bundle(bundle.pk) is False
    bundle.refresh_from_db()
    assert bundle.state == PaperState.FAILED


def test_long_names_and_a_broken_pdf_do_not_stop_a_zip(somchai: Client, cast: Cast) -> None:
    with_file(registered(1, holder_name=LONG_NAME), b"%PDF- broken")
    with_file(registered(2), sheet_of_paper())
    with zipfile.ZipFile(io.BytesIO(made(ask(somchai, "zip")))) as archive:
        assert len(archive.namelist()) == 3


def test_a_login_that_is_closed_gets_nothing(somchai: Client, three: list[Certificate], cast: Cast) -> None:
    bundle = ask(somchai, "pdf")
    User.objects.filter(pk=cast.somchai.pk).update(is_active=False)
    assert making.make_bundle(bundle.pk) is False


def test_the_longest_filters_are_kept_whole(somchai: Client, three: list[Certificate]) -> None:
    """A filter that were cut would put more into the file than the page showed."""
    asked = {"organization": "ส" * 100, "q": "ม" * 100, "state": "valid", "year": "2570"}
    Certificate.objects.update(organization_name="ส" * 100, holder_name="ม" * 100)
    bundle = ask(somchai, "pdf", urlencode(asked))
    assert dict(parse_qsl(bundle.query)) == asked


def test_memory_does_not_grow_with_the_number_of_sheets() -> None:
    """Each sheet in a process of its own would be 0.3 MB more for qpdf: 300 sheets, 90 MB."""
    from learning.desk.benchmarks import bundles

    with tempfile.TemporaryDirectory() as name:
        sheet = bundles._sheet(1)
        for number in range(300):
            Path(name, f"{number}.pdf").write_bytes(bundles._another(sheet, number))
        few, many = (bundles._merged(Path(name), count) for count in (50, 300))
    assert (few["pages"], many["pages"]) == (50, 300)
    assert many["peak_mb"] - few["peak_mb"] < 30


def test_what_is_the_same_in_many_sheets_is_kept_once(tmp_path: Path) -> None:
    from learning.desk.benchmarks import bundles

    sheet, path = bundles._sheet(1), tmp_path / "whole.pdf"
    assert write_merged([sheet] * 9, path, title="วุฒิบัตร", remark="สำเนา") == 9
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
    assert path.stat().st_size < len(sheet)
