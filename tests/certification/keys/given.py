"""A folder of keys of a test's own, and an authority that is not the site's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat

from certification.keys import opening

LONG = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 1, 1, tzinfo=UTC))
OVER = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC))
TO_COME = (datetime(2040, 1, 1, tzinfo=UTC), datetime(2049, 1, 1, tzinfo=UTC))


@pytest.fixture
def keys_dir(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """An empty folder of keys; what the process has opened is forgotten before and after."""
    opening.forget()
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    settings.CERTIFICATE_KEYS_DIR = folder
    yield folder
    opening.forget()


def p256() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def pem(key: Any, password: bytes = b"") -> bytes:
    how = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how)


def put(folder: Path, name: str, key: Any, *, mode: int = 0o600, password: bytes = b"") -> str:
    """A key in a file, as an administrator puts it there; gives the location."""
    path = folder / name
    path.write_bytes(pem(key, password))
    path.chmod(mode)
    return name


def certificate(
    name: str,
    key: Any,
    issuer: str,
    issuer_key: Any,
    *,
    ca: bool | None = False,
    days: tuple[datetime, datetime] = LONG,
    usage: dict[str, bool] | None = None,
) -> str:
    """A certificate in PEM about a private or a public key; `ca` None leaves the basic constraints out."""

    def named(common: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common)])

    public = key.public_key() if hasattr(key, "public_key") else key
    builder = (
        x509.CertificateBuilder(subject_name=named(name), issuer_name=named(issuer), public_key=public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(days[0])
        .not_valid_after(days[1])
    )
    if ca is not None:
        builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    if usage is not None:
        names = (
            "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign"
            " crl_sign encipher_only decipher_only"
        )
        builder = builder.add_extension(
            x509.KeyUsage(**{**dict.fromkeys(names.split(), False), **usage}), critical=True
        )
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()


@dataclass
class Authority:
    """A root and what it issues, as a ministry or a company would."""

    name: str
    key: Any

    @classmethod
    def named(cls, name: str) -> "Authority":
        return cls(name, p256())

    def root(self) -> str:
        usage = {"key_cert_sign": True, "crl_sign": True}
        return certificate(self.name, self.key, self.name, self.key, ca=True, usage=usage)

    def chain_for(self, key: Any, name: str = "นางสาววิภา ใฝ่เรียน", **how: Any) -> str:
        usage = how.pop("usage", {"digital_signature": True, "content_commitment": True})
        return certificate(name, key, self.name, self.key, usage=usage, **how) + self.root()


__all__ = ["Authority", "certificate", "ed25519", "keys_dir", "p256", "pem", "put", "rsa"]
