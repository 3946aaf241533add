"""The sheet of a design, and of a version of it, as the PDF prints it: as facts, as a picture on the screen."""

from io import BytesIO
from threading import Lock

import pypdfium2

from certification.designing.examples import example_facts
from certification.facts import pictures_of
from certification.freezing import freeze
from certification.models import CertificateDesign, DesignVersion
from certification.rendering.engine import render_pdf
from certification.rendering.facts import PrintedFacts

DPI = 110
UNNAMED = {"name": "ชื่อผู้ลงนาม", "name_en": "", "position": "ตำแหน่ง", "position_en": "", "picture": ""}
_pdfium = Lock()  # pdfium may be called by one thread at a time


def facts_of_design(design: CertificateDesign, mode: str = "ordinary") -> PrintedFacts:
    """An example sheet of a design as it stands in its form, saved or not.

    A form without a signer yet shows where the first will stand. ValidationError for a picture that cannot be
    printed.
    """
    spec, pictures = freeze(design)
    return example_facts(
        {**spec, "signers": spec["signers"] or [UNNAMED]},
        {name: content for name, (_, content) in pictures.items()},
        pattern=design.number_pattern,
        office=design.office_code,
        valid_months=design.valid_months,
        mode=mode,
    )


def facts_of_version(version: DesignVersion, mode: str = "ordinary") -> PrintedFacts:
    """An example sheet as certificates of this version were printed; the number is made as the design does now."""
    design = version.design
    return example_facts(
        version.spec,
        pictures_of(version),
        pattern=design.number_pattern,
        office=design.office_code,
        valid_months=design.valid_months,
        mode=mode,
    )


def picture_of(facts: PrintedFacts) -> bytes:
    """The printed sheet as PNG: what a reader of PDF shows, not what a browser makes of HTML.

    Raises RenderingUnavailable, and ValueError for what cannot be printed.
    """
    data = render_pdf(facts)
    with _pdfium, pypdfium2.PdfDocument(data) as document:
        picture = document[0].render(scale=DPI / 72).to_pil()
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
