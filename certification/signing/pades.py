"""PAdES with pyHanko (ETSI EN 319 142-1): its signer asks `keys.opening`, so files and tokens sign the same way."""

import asyncio
import io
import threading
from collections.abc import Coroutine
from functools import lru_cache
from typing import Any, TypeVar

from asn1crypto import x509
from asn1crypto.algos import SignedDigestAlgorithm
from asn1crypto.pem import unarmor
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certification.keys import KeyUnavailable
from certification.keys.chains import check_days, read_chain
from certification.keys.opening import sign_raw
from certification.keys.public import P256_BYTES
from certification.models import SigningKey
from certification.signing import TimestampUnavailable
from certification.signing.stamping import time_stamper

DIGEST = "sha256"
FIRST, SECOND = "Signature1", "Signature2"
P256_SIGNATURE = encode_dss_signature(2**256 - 1, 2**256 - 1)  # the longest there is, for reserving its place

T = TypeVar("T")


class KeySigner(Signer):
    """pyHanko's signer over a key of ours, wherever its private half lies."""

    def __init__(self, key: SigningKey) -> None:
        if not key.chain:
            raise KeyUnavailable(f"The key “{key.name}” has no certificates and cannot sign a PDF.")
        check_days(read_chain(key.chain))
        certificates = _as_pyhanko_takes_it(key.chain)
        store = SimpleCertificateStore()
        store.register_multiple(certificates)
        super().__init__(
            signing_cert=certificates[0],
            cert_registry=store,
            signature_mechanism=SignedDigestAlgorithm({"algorithm": f"{DIGEST}_ecdsa"}),
        )
        self.key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return P256_SIGNATURE
        raw = sign_raw(self.key, data)
        return encode_dss_signature(int.from_bytes(raw[:P256_BYTES], "big"), int.from_bytes(raw[P256_BYTES:], "big"))


def sign(data: bytes, *, first: SigningKey, second: SigningKey | None) -> bytes:
    """See `certification.signing.sign_pdf`."""
    with translation.override(settings.LANGUAGE_CODE):
        data = _sign(data, first, field=FIRST, reason=_("Issued and certified by the signer."), certify=True)
        if second is not None:
            data = _sign(data, second, field=SECOND, reason=_("Seen and approved by the second signer."), certify=False)
    return data


def _sign(data: bytes, key: SigningKey, *, field: str, reason: str, certify: bool) -> bytes:
    stamper = time_stamper(settings.CERTIFICATE_TSA_URL) if settings.CERTIFICATE_TSA_URL else None
    meta = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        name=key.name,
        reason=reason,
        location=settings.ORGANIZATION_NAME,
        # Without a stamp the size is known; the stamps of an authority vary a little.
        tight_size_estimates=stamper is None,
    )
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        signer = PdfSigner(meta, signer=KeySigner(key), timestamper=stamper)
        return _run(signer.async_sign_pdf(writer)).getvalue()
    except TimestampRequestError as error:
        raise TimestampUnavailable(
            f"The time-stamping authority {settings.CERTIFICATE_TSA_URL} gave no time stamp: {error}"
        ) from error
    except (PdfError, SigningError) as error:
        raise ValueError(f"The PDF cannot be signed: {error}") from error


@lru_cache(maxsize=32)
def _as_pyhanko_takes_it(pem: str) -> tuple[x509.Certificate, ...]:
    return tuple(x509.Certificate.load(der) for _kind, _headers, der in unarmor(pem.encode(), multiple=True))


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run pyHanko's coroutine to its end, in a thread of its own where this one has a loop already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    came: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            came.append(asyncio.run(work))
        except BaseException as error:  # handed on to the thread that waits
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return came[0]
