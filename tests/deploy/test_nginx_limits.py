"""How often and how much one address may ask of the public pages of certificates, in a real nginx."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.conftest import Nginx, started
from tests.deploy.test_files import program

pytestmark = pytest.mark.system
MEGABYTE = 1024 * 1024
CODE = "/v/7K4M2X9QPT3W"
# What a phone asks for that opens the page of a certificate and the one that works without a network.
OFFLINE = ["/v/offline/", "/v/offline/keys.json"]
VISIT = ["/v/", CODE, f"{CODE}.json", "/v/", *OFFLINE, "/v/offline/app.webmanifest", "/v/offline/sw.js", *OFFLINE]
LISTS = ["/status/1", "/.well-known/did.json", "/.well-known/jwks.json", "/.well-known/certificates.pem"]


@pytest.fixture
def nginx(root: Path, tmp_path: Path) -> Iterator[Nginx]:
    with started(root, tmp_path) as running:
        yield running


def test_a_class_behind_one_address_gets_through_and_a_machine_that_goes_on_waits(nginx: Nginx) -> None:
    """Forty people within a minute; here all at once, which is harder."""
    with nginx.site() as seen:
        of_the_class = [status for status, _, _ in nginx.ask_for(VISIT * 40)]
        refused = [answer for answer in nginx.ask_for([CODE] * 300) if answer[0] == 429]
        arrived = len(seen)
        of_programs = [status for status, _, _ in nginx.ask_for(LISTS * 40)]
        elsewhere = {path: [one[0] for one in nginx.ask_for([path] * 20)].count(429) > 0 for path in ("/r/X", "/w/X")}
        [(on_another_page, _, _)] = nginx.ask_for(["/courses/"])
    assert of_the_class == [200] * 400
    assert len(refused) > 200
    assert arrived == 700 - len(refused)
    assert (of_programs, elsewhere, on_another_page) == ([200] * 160, {"/r/X": True, "/w/X": True}, 200)
    _, headers, text = refused[0]
    assert (headers["Retry-After"], headers["Cache-Control"]) == ("60", "no-store")
    assert (headers["Content-Type"], headers["X-Robots-Tag"]) == ("text/html; charset=utf-8", "noindex, nofollow")
    assert "มีการขอเปิดหน้านี้บ่อยเกินไป" in text
    assert "nginx" not in text


def test_lists_cannot_be_asked_for_without_end(nginx: Nginx) -> None:
    with nginx.site():
        assert [status for status, _, _ in nginx.ask_for(["/status/1"] * 700)].count(429) > 50


@pytest.mark.parametrize("length", [{"Content-Length": str(200 * MEGABYTE)}, {"Transfer-Encoding": "chunked"}])
def test_two_hundred_megabytes_are_refused_in_thai_and_the_site_sees_none_of_them(
    nginx: Nginx, length: dict[str, str]
) -> None:
    def flood() -> Iterator[bytes]:
        for _ in range(200):
            yield bytes(MEGABYTE)

    with nginx.site() as seen, nginx.browser() as browser:
        browser.request("POST", "/v/", flood(), length, encode_chunked="Transfer-Encoding" in length)
        answer = browser.getresponse()
        text = answer.read().decode()
        assert seen == []
    assert (answer.status, answer.headers["Retry-After"]) == (413, None)
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "ใหญ่เกินกว่าจะเป็นวุฒิบัตรของเรา" in text


@pytest.mark.parametrize(("path", "sentence"), [("/v/", "ใหญ่เกินกว่าจะเป็นวุฒิบัตรของเรา"), ("/", "ข้อความที่ส่งมาใหญ่เกินไป")])
def test_a_browser_which_speaks_http_2_is_refused_in_thai_too(nginx: Nginx, path: str, sentence: str) -> None:
    """There nginx looks at the size again when it takes the page of its refusal."""
    command = [program("curl", "curl"), "--silent", "--insecure", "--http2", "--data-binary", "@-"]
    command += ["--write-out", "%{http_version} %{http_code}", f"https://localhost:{nginx.port}{path}"]
    with nginx.site() as seen:
        told = subprocess.run(command, input=bytes(200 * MEGABYTE), capture_output=True, check=True).stdout.decode()
        assert seen == []
    assert told.endswith("2 413")
    assert sentence in told


def test_what_the_site_itself_may_look_at_reaches_it(nginx: Nginx) -> None:
    """It says more about a file of five or six megabytes than nginx can."""
    with nginx.site() as seen:
        statuses = [nginx.ask("/v/", body=bytes(size * MEGABYTE))[0] for size in (5, 6, 7)]
    assert (statuses, seen) == ([200, 200, 413], ["/v/"] * 2)


def test_what_the_site_says_to_search_engines_stays(nginx: Nginx) -> None:
    with nginx.site():
        answers = nginx.ask_for(["/v/", CODE, "/r/X", "/w/X", "/status/1"])
    assert [headers["X-Robots-Tag"] for _, headers, _ in answers] == ["noindex, nofollow"] * 5
