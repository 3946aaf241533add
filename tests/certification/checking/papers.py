"""Ways in which a file goes wrong on its way, or is made to."""

import base64
import io
from datetime import UTC, datetime
from typing import Any

import pikepdf
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import StreamObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore


def with_one_byte_changed(content: bytes) -> bytes:
    """A byte of the picture of the page: every program still opens it."""
    place = content.index(b"stream\n") + 200
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def with_a_page_added(content: bytes) -> bytes:
    """As an incremental update: the signed bytes are still there, whole."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    stream = writer.add_object(StreamObject(stream_data=b"q Q"))
    writer.insert_page(PageObject(contents=stream, media_box=(0, 0, 842, 595)))
    return _written(writer)


def with_a_script_added(content: bytes) -> bytes:
    """JavaScript at opening, added after signing."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    action = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.pdf_string("app.alert(1)")}
    writer.root["/OpenAction"] = generic.DictionaryObject(action)
    writer.update_root()
    return _written(writer)


def with_a_comment_added(content: bytes) -> bytes:
    """Bytes after the end, as some mail programs leave them."""
    return content + b"\n% seen\n"


def encrypted(content: bytes, *, password: str) -> bytes:
    return _saved(content, encryption=pikepdf.Encryption(user=password, owner="owner"))


def saved_again(content: bytes) -> bytes:
    """By another program, which writes the file anew."""
    return _saved(content)


def with_actions(content: bytes, *kinds: str) -> bytes:
    """Actions of these kinds hidden in an array in a dictionary of the page."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        actions = [pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}")) for kind in kinds]
        pdf.pages[0].obj["/AA"] = pikepdf.Dictionary(O=pikepdf.Dictionary(Next=pikepdf.Array(actions)))
        return _bytes(pdf)


def with_a_file(content: bytes, name: str, data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.attachments[name] = data
        return _bytes(pdf)


def without_credential(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        del pdf.attachments["credential.jwt"]
        return _bytes(pdf)


def with_pages(count: int) -> bytes:
    with pikepdf.new() as pdf:
        for _ in range(count):
            pdf.add_blank_page()
        return _bytes(pdf)


def with_objects(count: int) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Many = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(N=n)) for n in range(count)])
        return _bytes(pdf)


def bomb(megabytes: int) -> bytes:
    """A credential that is small in the file and large in memory."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["credential.jwt"] = bytes(megabytes * 1_000_000)
        return _bytes(pdf, compress_streams=True)


def _saved(content: bytes, **options: Any) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return _bytes(pdf, **options)


def _bytes(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def strange_certificate() -> str:
    """A certificate in base64 whose version is one that X.509 never had."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "stranger")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = builder.not_valid_before(datetime(2026, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2036, 1, 1, tzinfo=UTC))
    der = made.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
    return base64.b64encode(der.replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x07", 1)).decode()


def signed_by_a_stranger(content: bytes, kind: str) -> bytes:
    """By a key of another kind than ours, with a certificate that has names in Thai, one of them of a host."""
    key: Any = (
        ed25519.Ed25519PrivateKey.generate() if kind == "ed25519" else rsa.generate_private_key(65537, key_size=2048)
    )
    mail = x509.NameAttribute(x509.NameOID.EMAIL_ADDRESS, "m@xn--o3cw4h.example")
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "มาลี"), mail])
    host = x509.SubjectAlternativeName([x509.DNSName("xn--o3cw4h.example"), x509.RFC822Name("m@xn--o3cw4h.example")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number()).add_extension(
        host, False
    )
    made = builder.not_valid_before(datetime(2026, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2036, 1, 1, tzinfo=UTC))
    digest = None if kind == "ed25519" else hashes.SHA256()
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(made.sign(key, digest).public_bytes(Encoding.DER)),
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
        prefer_pss=kind == "pss",
    )
    how = PdfSignatureMetadata(field_name="Stranger", md_algorithm="sha256" if digest else "sha512")
    signed: io.BytesIO = sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), how, signer=signer)
    return signed.getvalue()
