"""One PDF of many keeps what its sources show, however they are built."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from learning.records.bundling.merged import write_merged

SQUARE = b"1 0 0 rg 10 10 50 50 re f"


def a_name_kept_apart(pdf: Pdf) -> pikepdf.Object:
    """A color space that is named by reference, as ISO 32000-1, 7.3.10 allows for everything."""
    picture = pdf.make_stream(bytes((255, 0, 0)), Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    picture.BitsPerComponent, picture.ColorSpace = 8, pdf.make_indirect(Name.DeviceRGB)
    return page(pdf, b"q 50 0 0 50 10 10 cm /I Do Q", Dictionary(XObject=Dictionary(I=picture)))


def resources_that_name_themselves(pdf: Pdf) -> pikepdf.Object:
    """A drawing with the resources of its page, of which it is one."""
    drawing = pdf.make_stream(SQUARE, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 200])
    drawing.Resources = pdf.make_indirect(Dictionary(XObject=Dictionary(F=drawing)))
    return page(pdf, b"q /F Do Q", drawing.Resources)


def a_page_that_names_itself(pdf: Pdf) -> pikepdf.Object:
    made = page(pdf, SQUARE, Dictionary())
    made.SeparationInfo = Dictionary(Pages=Array([made]), DeviceColorant=String("red"))
    return made


def a_button_and_a_tag(pdf: Pdf) -> pikepdf.Object:
    """Tagged, with a field of a form and a file of its own."""
    made = page(pdf, b"/P <</MCID 0>> BDC " + SQUARE + b" EMC", Dictionary())
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("name"), Subtype=Name.Widget, Rect=[0, 0, 9, 9], P=made))
    made.Annots, pdf.Root.AcroForm = Array([field]), Dictionary(Fields=Array([field]))
    made.StructParents, pdf.Root.StructTreeRoot = 0, pdf.make_indirect(Dictionary(K=Array([made])))
    made.AF = pdf.Root.AF = Array([pdf.make_indirect(Dictionary(Type=Name.Filespec, UF=String("credential.jwt")))])
    return made


def page(pdf: Pdf, content: bytes, resources: pikepdf.Object) -> pikepdf.Object:
    pdf.add_blank_page(page_size=(200, 200))
    made = pdf.pages[-1].obj
    made.Contents, made.Resources = pdf.make_stream(content), resources
    return made


def saved(build: Callable[[Pdf], pikepdf.Object], **how: object) -> bytes:
    file = io.BytesIO()
    with Pdf.new() as pdf:
        build(pdf)
        pdf.save(file, **how)  # type: ignore[arg-type]
    return file.getvalue()


def drawn(data: bytes) -> list[bytes]:
    with pypdfium2.PdfDocument(data) as document:
        return [one.render().to_pil().tobytes() for one in document]


KINDS = (a_name_kept_apart, resources_that_name_themselves, a_page_that_names_itself, a_button_and_a_tag)


@pytest.mark.parametrize("build", KINDS)
def test_every_source_looks_as_before(build: Callable[[Pdf], pikepdf.Object], tmp_path: Path) -> None:
    locked = saved(build, encryption=pikepdf.Encryption(user="", owner="owner"))
    path = tmp_path / "merged.pdf"
    assert write_merged([saved(build), locked, saved(build)], path, title="วุฒิบัตร", remark="สำเนา") == 3
    [before] = drawn(saved(build))
    assert drawn(path.read_bytes()) == [before] * 3
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_fields_tags_and_files_stay_behind(tmp_path: Path) -> None:
    path = tmp_path / "merged.pdf"
    write_merged([saved(a_button_and_a_tag)], path, title="วุฒิบัตร", remark="สำเนา")
    with pikepdf.open(path) as pdf:
        assert sorted(pdf.Root.keys()) == ["/Metadata", "/Pages", "/Type"]
        assert sorted(pdf.pages[0].obj.keys()) == ["/Contents", "/MediaBox", "/Parent", "/Resources", "/Type"]
        assert [one for one in pdf.objects if isinstance(one, Dictionary) and {"/T", "/UF"} & set(one.keys())] == []


def test_a_page_that_names_another_does_not_bring_it_twice(tmp_path: Path) -> None:
    path = tmp_path / "merged.pdf"

    def two(pdf: Pdf) -> pikepdf.Object:
        first, second = page(pdf, SQUARE, Dictionary()), a_page_that_names_itself(pdf)
        second.SeparationInfo.Pages.append(first)
        return second

    write_merged([saved(two)], path, title="วุฒิบัตร", remark="สำเนา")
    with pikepdf.open(path) as pdf:
        pages = [one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/Type") == "/Page"]
        assert len(pages) == 2
        assert [one.objgen for one in pdf.pages[1].SeparationInfo.Pages] == [pages[1].objgen, pages[0].objgen]
