"""Turn printed facts into the bytes of a PDF/A-3a. Pure: no database, clock or network."""

import atexit
import contextlib
import io
import os
import threading
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from certification.rendering import sheet
from certification.rendering.facts import PrintedFacts
from certification.rendering.packing import pack
from certification.rendering.text_map import write_meanings

SHEET_STYLE = sheet.TEMPLATES / "sheet_landscape.css"
SIGNATURE_DPI = 300
_own = threading.local()
atexit.register(lambda: _own.__dict__.clear())  # before Pango is gone, which its fonts are given back to


class RenderingUnavailable(RuntimeError):
    """WeasyPrint or a library it draws with is missing; certificates and papers wait until it is installed."""


def render_pdf(
    facts: PrintedFacts,
    *,
    attachments: Sequence[Any] = (),
    seal: Callable[[bytes], bytes] | None = None,
) -> bytes:
    """Print a certificate: one page, tagged, its typeface inside; the same facts give the same bytes.

    `attachments` (WeasyPrint's Attachment, with its dates given) are embedded in the file; `seal` is given
    the finished bytes and gives back the ones to keep, for a signature.
    Raises RenderingUnavailable, and ValueError for what cannot be printed (see `sheet.html`).
    """
    data = write_pdf(sheet.html(facts), css=sheet.style(facts), attachments=attachments)
    return seal(data) if seal else data


def write_pdf(html: str, *, css: Path = SHEET_STYLE, attachments: Sequence[Any] = ()) -> bytes:
    """Lay out HTML with one style sheet and give back the PDF, its text readable again.

    The style names Academy Sarabun from `rendering/fonts`: RuntimeError when a letter needs another typeface.
    """
    weasyprint = _weasyprint()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"file", "data"})
    fonts, style = _style(weasyprint, css, fetcher)
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint 70 leaves its color profile open
        return document.write_pdf(
            stylesheets=[style],
            font_config=fonts,
            finisher=_finish,
            attachments=list(attachments),
            pdf_variant="pdf/a-3a",
            dpi=SIGNATURE_DPI,
        )


def _style(weasyprint: ModuleType, css: Path, fetcher: Any) -> tuple[Any, Any]:
    """The fonts and the style sheet, read once by each thread of each process.

    Shared between threads or with a forked worker they would not be safe; read anew for each paper, Pango keeps
    some 0.3 MB every time.
    """
    key = (os.getpid(), css)
    kept = _own.__dict__.setdefault("styles", {})
    if key not in kept:
        fonts = weasyprint.text.fonts.FontConfiguration()
        kept[key] = fonts, weasyprint.CSS(filename=css, font_config=fonts, url_fetcher=fetcher)
    return kept[key]  # type: ignore[no-any-return]


def _finish(document: Any, pdf: Any) -> None:
    """The last changes before the file is written."""
    write_meanings(document, pdf)
    if "AF" in pdf.catalog:  # WeasyPrint 70 lists every attachment twice
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    pack(pdf)


def _weasyprint() -> ModuleType:
    """WeasyPrint, loaded when the first paper is printed: the site starts without it."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints advice for installers
            import weasyprint
    except (ImportError, OSError) as error:
        raise RenderingUnavailable(
            "No PDF can be written: Pango or HarfBuzz is missing. Debian: "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        ) from error
    return weasyprint
