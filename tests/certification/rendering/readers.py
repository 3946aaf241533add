"""Five programs that copy text out of a PDF, each of another family."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.certification.rendering.sheets import READERS


def _by_poppler(file: Path) -> list[str]:
    return _run("pdftotext", "-enc", "UTF-8", "-nopgbrk", str(file), "-")


def _by_pdfjs(file: Path) -> list[str]:
    return _run("node", str(Path(__file__).parent / "read_pdf.mjs"), str(file))


def _by_mupdf(file: Path) -> list[str]:
    return _run("mutool", "draw", "-q", "-F", "text", "-o", "-", str(file))


def _run(*command: str) -> list[str]:
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return done.stdout.decode("utf-8").splitlines()


# pdfium reads in Chrome and Edge, pdf.js in Firefox, poppler on Linux desktops, MuPDF in readers on phones.
FIVE: dict[str, Callable[[Path], list[str]]] = {
    "pypdf": lambda file: list(READERS["pypdf"](file.read_bytes())),
    "pdfium": lambda file: list(READERS["pdfium"](file.read_bytes())),
    "poppler": _by_poppler,
    "pdf.js": _by_pdfjs,
    "MuPDF": _by_mupdf,
}


def copied(reader: str, file: Path) -> list[str]:
    """The lines that a person copies."""
    return [line.strip() for line in FIVE[reader](file)]
