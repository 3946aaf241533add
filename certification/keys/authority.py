"""The test authority: a root of our own and the keys below it, for trying out. It vouches for nobody."""

from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

from certification.choices import KeyPurpose
from certification.keys.files import PrivateKey, create, place_of, read_chain, read_private
from certification.keys.public import CURVES, WITH_CHAIN, jwk_of, kid_of
from certification.models import SigningKey

# APPROVAL comes only when somebody asks for a second signer.
BY_ITSELF = (KeyPurpose.DOCUMENT, KeyPurpose.BADGE, KeyPurpose.OFFLINE)
ROOT = "test-root.pem"
MARK = "TEST ONLY ทดสอบเท่านั้น"
# Fixed days: a demonstration with its clock turned to another year still signs.
FROM, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC)
NAME_BYTES = 64  # what X.520 leaves for a name; cryptography counts bytes, and a Thai letter has three
DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336


def location_of(purpose: KeyPurpose) -> str:
    return f"test-{purpose}.pem"


def take_in(purpose: KeyPurpose, *, name: str = "") -> None:
    """Make the row of the test authority's key, and the key where it is missing.

    Done by two processes at once it is done once: a file is created by one of them, and the row of a second
    active key of a purpose is turned away by the database.
    """
    location = location_of(purpose)
    name = name or settings.ORGANIZATION_NAME
    if not place_of(location).exists():
        create(location, _new_key(purpose, name))
    jwk = jwk_of(read_private(location).public_key())
    row = SigningKey(
        kid=kid_of(jwk),
        purpose=purpose,
        name=name,
        location=location,
        public_jwk=jwk,
        chain=read_chain(location),
        is_test=True,
    )
    SigningKey.objects.bulk_create([row], ignore_conflicts=True)


def _new_key(purpose: KeyPurpose, name: str) -> bytes:
    """A new private key in PEM, followed by its chain where a signature in a PDF needs one."""
    key: PrivateKey = (
        ed25519.Ed25519PrivateKey.generate()
        if CURVES[purpose] == "Ed25519"
        else ec.generate_private_key(ec.SECP256R1())
    )
    if purpose not in WITH_CHAIN:
        return _pem(key)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    root_key, root = _root()
    signer = _certificate(key, _subject(name), root.subject, root_key, root_key.public_key())
    return _pem(key) + signer + root.public_bytes(Encoding.PEM)


def _root() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """The root of the test authority, made at the first call and kept: a second signer stands below the same."""
    if not place_of(ROOT).exists():
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _subject(settings.ORGANIZATION_NAME, what="CA")
        create(ROOT, _pem(key) + _certificate(key, subject, subject, key, key.public_key(), is_root=True))
    kept = read_private(ROOT)
    assert isinstance(kept, ec.EllipticCurvePrivateKey)
    return kept, x509.load_pem_x509_certificate(read_chain(ROOT).encode())


def _certificate(
    key: ec.EllipticCurvePrivateKey,
    subject: x509.Name,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    issuer_public: ec.EllipticCurvePublicKey,
    *,
    is_root: bool = False,
) -> bytes:
    """One certificate of the chain in PEM, with the extensions of RFC 5280 for a root or for a signer."""
    usage = dict.fromkeys(USAGES, False) | dict.fromkeys(USAGES_OF_ROOT if is_root else USAGES_OF_SIGNER, True)
    builder = (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(UNTIL)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if not is_root:
        builder = builder.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_public), critical=False
        ).add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(Encoding.PEM)


USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
USAGES_OF_ROOT = ("key_cert_sign", "crl_sign")
USAGES_OF_SIGNER = ("digital_signature", "content_commitment")


def _subject(name: str, *, what: str = "signer") -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "TH"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _fitting(settings.ORGANIZATION_NAME)),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, MARK),
            x509.NameAttribute(NameOID.COMMON_NAME, _fitting(f"TEST {what}: {name}")),
        ]
    )


def _fitting(name: str) -> str:
    """As much of a name as fits into a certificate, no letter cut in two."""
    return name.encode()[:NAME_BYTES].decode(errors="ignore").strip()


def _pem(key: PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
