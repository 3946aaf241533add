"""A ZIP of signed files, byte for byte, under names that every program can unpack, with a list. Pure."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from certification.models import Certificate
from learning.records.exporting import csv_lines

LONGEST = 110  # Windows allows 260 signs for the whole way to a file
MOST_BYTES = 255 - len("00000 .pdf")  # Linux and phones allow 255 for a name, and a Thai sign takes three
# Not allowed in names on Windows, or invisible; a name is also put into commands and addresses.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+')


def file_name(place: int, certificate: Certificate) -> str:
    """0007 ศส.14-000123-2570 นางมาลี ใจดี.pdf: in the order of the register; the place makes each name its own."""
    said = _NOT_IN_NAMES.sub("-", f"{certificate.number} {certificate.holder_name}")
    short = " ".join(said.split())[:LONGEST].encode()[:MOST_BYTES].decode(errors="ignore")
    return f"{place:04d} {short.rstrip('. -')}.pdf"


def write_packed(files: Iterable[tuple[Certificate, bytes]], target: Path, *, today: date) -> int:
    """Write the files as they were stored, and index.csv; gives how many. Names that are not ASCII are marked UTF-8."""
    kept: list[Certificate] = []
    names: list[str] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for certificate, content in files:
            kept.append(certificate)
            names.append(file_name(len(kept), certificate))
            archive.writestr(names[-1], content)
        lines = list(csv_lines(kept, today=today))
        named = [_with(line, name) for line, name in zip(lines, ["file", *names], strict=True)]
        archive.writestr("index.csv", "".join(named).encode(), compress_type=zipfile.ZIP_DEFLATED)
    return len(kept)


def _with(line: str, name: str) -> str:
    """The line of the register with the name of the file behind it."""
    last = io.StringIO(newline="")
    csv.writer(last).writerow([name])
    return f"{line.rstrip()},{last.getvalue()}"
