"""nginx with the site's own file, on ports of its own, before a site that only repeats what it was told."""

import contextlib
import http.client
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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

import pytest

from tests.deploy.test_files import nginx_folder, program
from tests.servers import free_port

HASHED = "academy.0123456789ab.css"


class Repeater(BaseHTTPRequestHandler):
    """Answers with the headers it got, one connection a request; `seen` has what was asked."""

    seen: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.seen.append(self.path)
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = "".join(f"{name}: {value}\n" for name, value in self.headers.items()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Robots-Tag", "noindex, nofollow")
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
    def browser(self) -> Iterator[http.client.HTTPSConnection]:
        """One connection for many questions."""
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection("localhost", self.port, context=trusting, timeout=30)
        try:
            yield connection
        finally:
            connection.close()

    def ask_for(self, paths: Iterable[str]) -> list[tuple[int, dict[str, str], str]]:
        """One after another as fast as it goes: status, headers and text of each."""
        with self.browser() as browser:
            answers = []
            for path in paths:
                browser.request("GET", path)
                answer = browser.getresponse()
                answers.append((answer.status, dict(answer.headers), answer.read().decode()))
        return answers

    @contextlib.contextmanager
    def site(self) -> Iterator[list[str]]:
        """The repeating site, up for a while; what it is asked."""
        Repeater.seen.clear()
        with Site(str(self.folder / "web.sock"), Repeater) as server:
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            try:
                yield Repeater.seen
            finally:
                server.shutdown()
                (self.folder / "web.sock").unlink()


@pytest.fixture(scope="module")
def nginx(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    with started(root, tmp_path_factory.mktemp("nginx")) as running:
        yield running


@contextlib.contextmanager
def started(root: Path, folder: Path) -> Iterator[Nginx]:
    """One that has counted nobody yet."""
    port = free_port()
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
