"""A small time-stamping authority on this machine, over real HTTP (RFC 3161)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp, x509
from cryptography import x509 as pyca
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

REPLY = "application/timestamp-reply"


@cache
def authority() -> tuple[x509.Certificate, keys.PrivateKeyInfo]:
    """A certificate for time stamps, which issued itself. RSA: pyHanko's own little authority knows no other."""
    key = rsa.generate_private_key(65537, 2048)
    name = pyca.Name([pyca.NameAttribute(pyca.NameOID.COMMON_NAME, "นาฬิกาทดสอบ")])
    issued = (
        pyca.CertificateBuilder(subject_name=name, issuer_name=name, public_key=key.public_key())
        .serial_number(pyca.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2049, 1, 1, tzinfo=UTC))
        .add_extension(pyca.ExtendedKeyUsage([pyca.ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return (
        x509.Certificate.load(issued.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(private),
    )


class Clock:
    """What the authority answers with: a stamp, until a test says otherwise."""

    def __init__(self) -> None:
        self.stamper = DummyTimeStamper(*authority())
        self.asked = 0
        self.status, self.kind = 200, REPLY
        self.body: bytes | None = None
        self.about_something_else = False
        self.silent = threading.Event()

    def answer(self, request: bytes) -> bytes:
        self.asked += 1
        if self.body is not None:
            return self.body
        asked = tsp.TimeStampReq.load(request)
        if self.about_something_else:
            asked["message_imprint"]["hashed_message"] = b"\1" * 32
        return self.stamper.request_tsa_response(asked).dump()


@contextmanager
def clock_on_this_machine() -> Iterator[tuple[str, Clock]]:
    """The address of the authority, and what it does."""
    clock = Clock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = clock.answer(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/silent":
                clock.silent.wait(30)
            self.send_response(clock.status)
            self.send_header("Content-Type", clock.kind)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that went away is what some tests are about."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", clock
        finally:
            clock.silent.set()
            server.shutdown()
            thread.join()
