"""What programs nobody here wrote say about a signed PDF: pyHanko's validator, poppler, qpdf."""

import io
import os
import re
import subprocess
from functools import cache
from pathlib import Path

from asn1crypto import x509
from asn1crypto.pem import unarmor
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from certification.choices import KeyPurpose
from certification.keys.choosing import trusted_keys
from certification.rendering.engine import write_pdf
from tests.deploy.test_files import program

PAPER = "<html lang='th'><head><title>วุฒิบัตร</title></head><body><p>นางมาลี ใจดี</p></body></html>"


@cache
def paper() -> bytes:
    """A PDF/A-3a of one line, not signed."""
    return write_pdf(PAPER)


def root_in(chain: str) -> x509.Certificate:
    return x509.Certificate.load(list(unarmor(chain.encode(), multiple=True))[-1][2])


def trusted_roots(*purposes: KeyPurpose) -> list[x509.Certificate]:
    """The roots of every key that is still trusted."""
    return [root_in(key.chain) for purpose in purposes for key in trusted_keys(purpose)]


def statuses(data: bytes, roots: list[x509.Certificate]) -> list[PdfSignatureStatus]:
    """pyHanko's verdict on each signature, without the network."""
    reader = PdfFileReader(io.BytesIO(data))
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    return [
        validate_pdf_signature(one, context, ts_validation_context=context)
        for one in reader.embedded_regular_signatures
    ]


def verdicts(data: bytes, roots: list[x509.Certificate]) -> list[tuple[bool, bool, bool]]:
    """Of each signature: bytes whole, signer trusted, and the bottom line (nothing forbidden was added)."""
    return [(one.intact and one.valid, one.trusted, one.bottom_line) for one in statuses(data, roots)]


def pdfsig(path: Path) -> tuple[list[str], list[str]]:
    """What poppler says of each signature, and which kind it is."""
    env = {"PATH": os.environ["PATH"], "HOME": str(path.parent), "LC_ALL": "C"}
    command = [program("pdfsig", "poppler-utils"), path.name]
    done = subprocess.run(command, cwd=path.parent, env=env, capture_output=True, text=True, check=False)
    return (
        re.findall(r"Signature Validation: (.+)", done.stdout),
        re.findall(r"Signature Type: (.+)", done.stdout),
    )


def qpdf_check(path: Path) -> tuple[int, str]:
    """qpdf's exit status (0: nothing to complain of) and what it warned of."""
    done = subprocess.run([program("qpdf", "qpdf"), "--check", str(path)], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr
