"""Texts of second QRs: keys of our own and of a stranger, and facts that one of them signs."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from certification.choices import KeyPurpose, KeyState
from certification.keys.public import jwk_of, kid_of
from certification.models import SigningKey
from certification.offline.kinds import END, PREFIX
from certification.offline.layout import Facts, pack
from certification.offline.reading import mark_of
from cms import base45

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ECDSA = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
FACTS = Facts(
    code="7K3MQ9TX4B24",
    number="ศส.14-000123/2570",
    holder_name="นางมาลี ใจดี",
    course_title="การควบคุมภายในสำหรับสหกรณ์",
    hours=Decimal("12.5"),
    completed_on=date(2026, 11, 20),
    issued_on=date(2026, 11, 23),
    valid_until=date(2029, 11, 22),
    place=(3, 77_123),
)


def private_of(name: str) -> ec.EllipticCurvePrivateKey:
    """The same key for the same name."""
    return ec.derive_private_key(int.from_bytes(sha256(name.encode()).digest()) % (ORDER - 1) + 1, ec.SECP256R1())


def key_of(name: str, state: str = KeyState.ACTIVE) -> SigningKey:
    jwk = jwk_of(private_of(name).public_key())
    return SigningKey(
        kid=kid_of(jwk), purpose=KeyPurpose.OFFLINE, state=state, name="สหกรณ์อะคาเดมี", location=name, public_jwk=jwk
    )


def signed(facts: Facts, name: str = "ours", *, mark: bytes | None = None) -> str:
    """The text of a second QR, signed by the key of that name; `mark` may say another."""
    body = pack(facts, mark or mark_of(key_of(name)))
    r, s = decode_dss_signature(private_of(name).sign(body, ECDSA))
    return written(body + r.to_bytes(32) + s.to_bytes(32))


def written(data: bytes) -> str:
    return f"{PREFIX}{base45.encode(data)}{END}"


def bytes_in(text: str) -> bytes:
    return base45.decode(text[len(PREFIX) : -len(END)])
