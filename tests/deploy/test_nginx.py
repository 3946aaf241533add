"""nginx with the site's own file, on ports of its own, before a site that only repeats what it was told."""

import contextlib
import os
import re
import socket
import socketserver
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.deploy.test_files import nginx_folder, program
from tests.servers import free_port

pytestmark = pytest.mark.system
HASHED = "academy.0123456789ab.css"


class Repeater(BaseHTTPRequestHandler):
    """Answers with the headers it got, one connection a request."""

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = "".join(f"{name}: {value}\n" for name, value in self.headers.items()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def address_string(self) -> str:
        return "unix"

    def log_message(self, *_: object) -> None:
        """Quiet."""


class Site(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@dataclass
class Nginx:
    folder: Path
    port: int

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and raw bytes; underscores in header names stand for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(f"https://localhost:{self.port}{path}", data=body, headers=named)
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        try:
            with urllib.request.urlopen(request, context=trusting, timeout=10) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read()

    @contextlib.contextmanager
    def site(self) -> Iterator[None]:
        """The repeating site, up for a while."""
        with Site(str(self.folder / "web.sock"), Repeater) as server:
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            try:
                yield
            finally:
                server.shutdown()
                (self.folder / "web.sock").unlink()


@pytest.fixture(scope="module")
def nginx(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    whole, site = nginx_folder(root, folder), folder / "academy.conf"
    text = site.read_text()
    text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.M)
    text = text.replace("listen 1880", f"listen 127.0.0.1:{free_port()}")
    text = text.replace("listen 18443", f"listen 127.0.0.1:{port}")
    text = text.replace("/run/academy", str(folder)).replace("/var/lib/academy", str(folder))
    site.write_text(text.replace("/srv/academy/deploy/nginx", str(root / "deploy/nginx")))
    owner = "user root;\n" if os.geteuid() == 0 else ""
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole.write_text(
        owner + whole.read_text().replace("access_log off;", f"access_log off; types {{ text/css css; }} {temporary}")
    )
    (folder / "static").mkdir()
    for name in (HASHED, "plain.css"):
        (folder / "static" / name).write_text("body{}")
    (folder / "static" / f"{HASHED}.br").write_text("as brotli")
    (folder / "static" / f"{HASHED}.gz").write_text("as gzip")
    (folder / "media" / "documents").mkdir(parents=True)
    (folder / "media" / "documents" / "minutes.pdf").write_text("private")
    (folder / "media" / "picture.svg").write_text("<svg/>")
    command = [program("nginx", "nginx"), "-c", str(whole), "-p", str(folder), "-g", "daemon off;"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 10
        while time.monotonic() < until and process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        assert process.poll() is None, (folder / "log").read_text()
        yield Nginx(folder, port)
    finally:
        process.terminate()
        process.wait(10)


@pytest.mark.parametrize(
    ("accepted", "encoding", "body"),
    [("gzip, deflate, br", "br", b"as brotli"), ("gzip", "gzip", b"as gzip"), ("identity", None, b"body{}")],
)
def test_a_style_sheet_comes_packed_as_the_browser_reads_it(
    nginx: Nginx, accepted: str, encoding: str | None, body: bytes
) -> None:
    status, headers, content = nginx.ask(f"/static/{HASHED}", Accept_Encoding=accepted)
    assert (status, headers.get("Content-Encoding"), content) == (200, encoding, body)
    assert headers["Content-Type"].split(";")[0] == "text/css"
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_style_sheet_without_a_packed_file_comes_plain(nginx: Nginx) -> None:
    status, headers, content = nginx.ask("/static/plain.css", Accept_Encoding="br")
    assert (status, headers.get("Content-Encoding"), content) == (200, None, b"body{}")
    assert headers["Cache-Control"] == "public, max-age=3600"


def test_a_packed_file_cannot_be_asked_for_by_its_own_name(nginx: Nginx) -> None:
    assert nginx.ask(f"/static/{HASHED}.br")[0] == 404


def test_what_a_client_claims_about_itself_is_overwritten(nginx: Nginx) -> None:
    with nginx.site():
        status, _, content = nginx.ask("/", X_Forwarded_Proto="gopher", X_Forwarded_For="10.0.0.1")
    told = dict(line.split(": ", 1) for line in content.decode().splitlines())
    assert (status, told["X-Forwarded-Proto"], told["X-Forwarded-For"]) == (200, "https", "127.0.0.1")
    assert told["Host"] == "localhost"


def test_metrics_and_documents_are_closed(nginx: Nginx) -> None:
    with nginx.site():
        assert [nginx.ask(path)[0] for path in ("/metrics", "/media/documents/minutes.pdf")] == [404, 404]


def test_an_uploaded_picture_cannot_run_a_script(nginx: Nginx) -> None:
    status, headers, _ = nginx.ask("/media/picture.svg")
    assert (status, headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def test_a_site_that_is_starting_is_explained_in_thai(nginx: Nginx) -> None:
    status, headers, content = nginx.ask("/")
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (502, "10", "no-store")
    assert "ระบบกำลังเริ่มทำงาน" in content.decode()


def test_thirteen_megabytes_are_refused_in_thai(nginx: Nginx) -> None:
    with nginx.site():
        status, _, content = nginx.ask("/", body=b"x" * (13 * 1024 * 1024))
    assert (status, "ใหญ่เกินไป" in content.decode()) == (413, True)


def test_a_class_may_sign_in_at_once_and_a_flood_may_not(nginx: Nginx) -> None:
    with nginx.site():
        answers = [nginx.ask("/account/login/", body=b"login=malee")[0] for _ in range(80)]
        reading = [nginx.ask("/account/login/")[0] for _ in range(20)]
    assert (answers[:60], answers[-1], set(reading)) == ([200] * 60, 429, {200})


def test_codes_of_certificates_cannot_be_tried_by_the_thousand(nginx: Nginx) -> None:
    others = ["/status/1", "/r/7K4M2X9QPT3W", "/w/x", "/.well-known/did.json"]
    with nginx.site():
        answers = [nginx.ask("/v/7K4M2X9QPT3W")[0] for _ in range(200)]
        refused = [path for path in others if 429 in [nginx.ask(path)[0] for _ in range(5)]]
        other_page = nginx.ask("/courses/")[0]
    assert (answers[:100], answers[-1], refused, other_page) == ([200] * 100, 429, others, 200)
