"""Signatures in a PDF: PAdES baseline B-B, or B-T with a time stamp."""

from certification.keys import KeyUnavailable
from certification.models import SigningKey

__all__ = ["TimestampUnavailable", "sign_pdf", "size_when_signed"]


class TimestampUnavailable(KeyUnavailable):
    """CERTIFICATE_TSA_URL is set and gave no time stamp. What was to be signed waits: never a weaker signature."""


def sign_pdf(data: bytes, *, first: SigningKey, second: SigningKey | None = None) -> bytes:
    """Sign a PDF: the first signer certifies it, so that only a further signature may follow; the second approves it.

    Both signatures are appended: the result begins with `data`, byte for byte.
    Raises KeyUnavailable (and TimestampUnavailable, which is one); ValueError for bytes that are no PDF.
    """
    from certification.signing.pades import sign  # pyHanko takes half a second to load: only who signs pays

    return sign(data, first=first, second=second)


def size_when_signed(data: bytes, *, first: SigningKey, second: SigningKey | None = None) -> int:
    """Bytes that `sign_pdf` would make of a PDF. No private key is asked; a time stamp's length is, once in a process.

    Raises as `sign_pdf` does, but for an authority that gives no time stamp: then a usual length is counted.
    """
    from certification.signing.pades import trial_size

    return trial_size(data, first=first, second=second)
