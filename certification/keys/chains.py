"""Chains of X.509 certificates: the signer's first, each issued by the next, the root last."""

from datetime import datetime
from functools import lru_cache
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from django.utils import timezone

from certification.keys import KeyUnavailable
from certification.keys.public import jwk_of, kid_of


@lru_cache(maxsize=64)
def read_chain(pem: str) -> tuple[x509.Certificate, ...]:
    """The certificates of a chain in PEM; KeyUnavailable when it is empty or cannot be read."""
    try:
        return tuple(x509.load_pem_x509_certificates(pem.encode()))
    except ValueError as error:
        raise KeyUnavailable("The chain holds no certificate in PEM that can be read.") from error


def check_chain(pem: str, *, kid: str, now: datetime | None = None) -> None:
    """KeyUnavailable unless the chain is about this key, holds together from signer to root, and is in its time."""
    chain = read_chain(pem)
    signer, root = chain[0], chain[-1]
    try:
        belongs = kid_of(jwk_of(signer.public_key())) == kid
    except ValueError:
        belongs = False
    if not belongs:
        raise KeyUnavailable(
            f"The first certificate of the chain, “{name_in(signer)}”, is about another key. "
            "Put the certificate of this key first and its root last."
        )
    for lower, upper in [*pairwise(chain), (root, root)]:
        if not _issued_by(lower, upper):
            raise KeyUnavailable(
                f"The chain does not end in a root: “{name_in(lower)}” did not issue itself."
                if lower is upper
                else f"The chain does not hold together: “{name_in(upper)}” did not issue “{name_in(lower)}”."
            )
    for authority in chain[1:]:
        if not _is_authority(authority):
            raise KeyUnavailable(f"“{name_in(authority)}” is no certificate of an authority and may issue nothing.")
    if not _may_sign(signer):
        raise KeyUnavailable(f"The certificate “{name_in(signer)}” does not allow signatures (its key usage).")
    check_days(chain, now=now)


def check_days(chain: tuple[x509.Certificate, ...], *, now: datetime | None = None) -> None:
    """KeyUnavailable when a certificate of the chain is not in its time."""
    now = now or timezone.now()
    for one in chain:
        if one.not_valid_before_utc > now:
            raise KeyUnavailable(f"The certificate “{name_in(one)}” is not valid before {one.not_valid_before_utc}.")
        if one.not_valid_after_utc < now:
            raise KeyUnavailable(
                f"The certificate “{name_in(one)}” expired at {one.not_valid_after_utc}. Renew it, then rotate the key."
            )


def last_moment(pem: str) -> datetime | None:
    """When a chain expires, its first certificate to do so; None without a chain."""
    return min(one.not_valid_after_utc for one in read_chain(pem)) if pem else None


def name_in(certificate: x509.Certificate) -> str:
    """The common name of a certificate, or its whole subject."""
    names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def _issued_by(lower: x509.Certificate, upper: x509.Certificate) -> bool:
    try:
        lower.verify_directly_issued_by(upper)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True  # without the extension every use is allowed (RFC 5280, 4.2.1.3)
    return usage.digital_signature or usage.content_commitment
