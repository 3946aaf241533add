"""PAdES with pyHanko (ETSI EN 319 142-1): its signer asks `keys.opening`, so files and tokens sign the same way."""

import asyncio
import io
import threading
from collections.abc import Callable, Coroutine
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
from pyhanko.sign.timestamps import TimeStamper
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
# Places for the hexadecimal form of a signature, beyond what it needs by today's reckoning: the stamps of an authority
# vary a little in length (number, fraction of a second, signature). The second is for one that has changed its key.
SLACK, PLENTY = 256, 8_192
A_STAMP = 8_192  # places for one of an authority that does not answer
FIRST, SECOND = "Signature1", "Signature2"
P256_SIGNATURE = encode_dss_signature(2**256 - 1, 2**256 - 1)  # the longest there is, for reserving its place

T = TypeVar("T")


class SparingWriter(IncrementalPdfFileWriter):
    """Appends the signature and nothing else: title and day stay as they were printed, and its own moment is in it."""

    def _update_meta(self) -> None:
        """pyHanko would write the facts and the metadata of the file anew: 3 kB for each signature."""


class KeySigner(Signer):
    """pyHanko's signer over a key of ours, wherever its private half lies."""

    def __init__(self, key: SigningKey, *, is_trial: bool = False) -> None:
        if not key.chain:
            raise KeyUnavailable(f"The key “{key.name}” has no certificates and cannot sign a PDF.")
        check_days(read_chain(key.chain))
        certificates = _as_pyhanko_takes_it(key.chain)
        store = SimpleCertificateStore()
        store.register_multiple(certificates[1:])  # the signer's own is sent by itself
        super().__init__(
            signing_cert=certificates[0],
            cert_registry=store,
            signature_mechanism=SignedDigestAlgorithm({"algorithm": f"{DIGEST}_ecdsa"}),
            embed_roots=False,  # EN 319 142-1: who checks has the root from elsewhere, or it proves nothing
        )
        self.key = key
        self.is_trial = is_trial

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run or self.is_trial:
            return P256_SIGNATURE
        raw = sign_raw(self.key, data)
        return encode_dss_signature(int.from_bytes(raw[:P256_BYTES], "big"), int.from_bytes(raw[P256_BYTES:], "big"))


def sign(data: bytes, *, first: SigningKey, second: SigningKey | None) -> bytes:
    """See `certification.signing.sign_pdf`."""
    return _in_turn(_sign, data, first, second)


def trial_size(data: bytes, *, first: SigningKey, second: SigningKey | None) -> int:
    """See `certification.signing.size_when_signed`."""
    return len(_in_turn(_try, data, first, second))


def _in_turn(step: Callable[..., bytes], data: bytes, first: SigningKey, second: SigningKey | None) -> bytes:
    with translation.override(settings.LANGUAGE_CODE):
        try:
            data = step(data, first, _facts(first, _("Issued and certified by the signer."), FIRST))
            if second is not None:
                data = step(data, second, _facts(second, _("Seen and approved by the second signer."), SECOND))
        except TimestampRequestError as error:
            raise TimestampUnavailable(
                f"The time-stamping authority {settings.CERTIFICATE_TSA_URL} gave no time stamp: {error}"
            ) from error
        except (PdfError, SigningError) as error:
            raise ValueError(f"The PDF cannot be signed: {error}") from error
    return data


def _facts(key: SigningKey, reason: str, field: str) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=field,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=field == FIRST,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        name=key.name,
        reason=reason,
        location=settings.ORGANIZATION_NAME,
    )


def _sign(data: bytes, key: SigningKey, facts: PdfSignatureMetadata) -> bytes:
    stamper, signer = _stamper(), KeySigner(key)
    places = _run(_places(signer, stamper))
    if stamper is None:  # the size is known
        return _run(_signed(data, PdfSigner(facts, signer=signer), places))
    stamped = PdfSigner(facts, signer=signer, timestamper=stamper)
    try:
        return _run(_signed(data, stamped, places + SLACK))
    except SigningError:  # mostly a stamp that has become longer
        return _run(_signed(data, stamped, places + PLENTY))


def _try(data: bytes, key: SigningKey, facts: PdfSignatureMetadata) -> bytes:
    """As long as `_sign` makes it, with a signature that fits nothing."""
    stamper, signer = _stamper(), KeySigner(key, is_trial=True)
    try:
        places = _run(_places(signer, stamper)) + (SLACK if stamper else 0)
    except TimestampRequestError:
        places = _run(_places(signer, None)) + A_STAMP
    return _run(_signed(data, PdfSigner(facts, signer=signer), places))


def _stamper() -> TimeStamper | None:
    return time_stamper(settings.CERTIFICATE_TSA_URL) if settings.CERTIFICATE_TSA_URL else None


async def _signed(data: bytes, signer: PdfSigner, places: int) -> bytes:
    writer = SparingWriter(io.BytesIO(data))
    return (await signer.async_sign_pdf(writer, bytes_reserved=places)).getvalue()


async def _places(signer: KeySigner, stamper: TimeStamper | None) -> int:
    """Hexadecimal digits that a signature takes; nothing is signed for it."""
    trial = await signer.async_sign(bytes(32), DIGEST, use_pades=True, dry_run=True, timestamper=stamper)
    return 2 * len(trial.dump())


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
