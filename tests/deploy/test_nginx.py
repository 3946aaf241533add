"""What nginx answers by itself and what it hands on, in a real one."""

import pytest

from tests.deploy.conftest import HASHED, Nginx

pytestmark = pytest.mark.system


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
