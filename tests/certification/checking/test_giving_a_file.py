"""Anyone may give a file at /v/: it is looked at, told about in Thai, and forgotten."""

import io
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import Storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import gettext

from certification.checking import limiting
from certification.checking.about_file import sentence_too_large
from certification.models import Certificate
from certification.views import checking
from tests.certification.checking import papers
from tests.certification.checking.conftest import File

pytestmark = pytest.mark.django_db


def given(client: Client, content: bytes, **options: Any) -> Any:
    return client.post("/v/", {"file": SimpleUploadedFile("x.pdf", content, "application/pdf")}, **options)


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_a_true_file_gets_one_verdict_and_every_finding(real_keys: File, client: Client) -> None:
    made = real_keys()
    response = given(client, made.content)
    shown = page(response)
    assert response.status_code == 200
    assert shown.article["data-verdict"] == "true"
    assert shown.h1.get_text() == gettext("True: this file was issued by the academy, is unchanged, and counts today")
    codes = [line["data-code"] for line in shown.select(".findings li")]
    assert (codes[0], codes[-1], len(codes) == len(set(codes))) == ("size", "standing", True)
    assert shown.select_one(f'a[href="/v/{made.certificate.code}"]') is not None


def test_a_changed_file_says_at_the_top_what_is_wrong_and_what_to_do(real_keys: File, client: Client) -> None:
    shown = page(given(client, papers.with_a_script_added(real_keys().content)))
    header = shown.article.header.get_text()
    assert shown.article["data-verdict"] == "not-true"
    assert gettext("The PDF has a program in it (JavaScript). No certificate of ours has one.") in header
    assert gettext("Do not open the file. Delete it, and ask the holder for the original.") in header


def test_a_strangers_file_cannot_be_judged(client: Client) -> None:
    shown = page(given(client, papers.with_pages(1)))
    assert (shown.article["data-verdict"], shown.h1.get_text()) == (
        "cannot-say",
        gettext("We cannot say whether this file is true"),
    )


def test_the_answer_is_neither_listed_nor_kept(client: Client) -> None:
    response = given(client, papers.with_pages(1))
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert set(response["Cache-Control"].split(", ")) >= {"private", "no-store"}


def test_nothing_that_is_given_is_kept(
    client: Client, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")  # whoever writes there breaks
    saved: list[str] = []
    monkeypatch.setattr(Storage, "save", lambda self, name, content, **more: saved.append(name))
    large = papers.with_a_file(papers.with_pages(1), "noise.bin", _noise(4_000_000))
    assert given(client, large).status_code == 200
    assert (saved, Certificate.objects.count()) == ([], 0)


def _noise(count: int) -> bytes:
    import random

    return random.Random(7).randbytes(count)


class Unread(io.BytesIO):
    """A body that nobody may read."""

    def read(self, *args: Any) -> bytes:
        raise AssertionError("The body was read.")


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_two_hundred_megabytes_are_refused_before_they_are_read(client: Client, accept: str) -> None:
    response = client.generic(
        "POST",
        "/v/",
        headers={"accept": accept},
        content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": Unread(), "CONTENT_LENGTH": "200000000"},
    )
    assert (response.status_code, response["Connection"]) == (413, "close")
    sentence = response.json()["sentence"] if accept == "application/json" else page(response).get_text()
    assert sentence_too_large() in sentence


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_no_file_is_no_check(client: Client, accept: str) -> None:
    for body in ({}, {"file": "text"}):
        assert client.post("/v/", body, headers={"accept": accept}).status_code == 422
    empty = client.post("/v/", {"file": SimpleUploadedFile("x.pdf", b"")}, headers={"accept": accept})
    assert empty.status_code == 422


@pytest.mark.parametrize("length", ["", "x", "-1", "0"])
def test_a_length_that_is_none_is_an_empty_body(client: Client, length: str) -> None:
    response = client.generic("POST", "/v/", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=length)
    assert response.status_code in (400, 422)


def test_a_page_needs_the_token_and_a_program_does_not(real_keys: File) -> None:
    strict = Client(enforce_csrf_checks=True)
    content = papers.with_pages(1)
    assert given(strict, content).status_code == 403
    assert given(strict, content, headers={"accept": "application/json"}).status_code == 200
    strict.get("/v/")
    token = strict.cookies["csrftoken"].value
    sent = {"file": SimpleUploadedFile("x.pdf", content), "csrfmiddlewaretoken": token}
    assert strict.post("/v/", sent).status_code == 200


def test_a_program_gets_the_findings_by_their_codes(real_keys: File, client: Client) -> None:
    made = real_keys()
    form = given(client, made.content, headers={"accept": "application/json"})
    body = client.post("/v/", made.content, content_type="application/pdf", headers={"accept": "application/json"})
    assert form.json() == body.json()
    answer = form.json()
    assert (answer["verdict"], answer["certificate"]) == ("true", made.certificate.code)
    assert (answer["sha256"], answer["verify_url"]) == (made.certificate.sha256, made.certificate.verify_url)
    assert set(answer) == {"verdict", "sha256", "certificate", "verify_url", "findings", "sentence"}
    assert {frozenset(finding) for finding in answer["findings"]} == {
        frozenset({"code", "holds", "sentence", "advice"})
    }


@pytest.mark.parametrize("body", [b"x", b"--x\r\n", b"--x\r\nContent-Disposition: form-data; name=file\r\n\r\n"])
def test_a_broken_form_is_no_file(client: Client, body: bytes) -> None:
    for accept in ("application/json", "text/html"):
        answer = client.generic(
            "POST", "/v/", body, content_type="multipart/form-data; boundary=x", headers={"accept": accept}
        )
        assert answer.status_code in (400, 422)


def test_a_class_of_forty_may_check_and_a_machine_may_not_go_on_for_ever(client: Client) -> None:
    for _ in range(2 * 40):
        assert client.post("/v/").status_code == 422
    answers = [client.post("/v/") for _ in range(limiting.FILES.count)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) == 2 * 40
    assert 1 <= int(refused[0]["Retry-After"]) <= limiting.FILES.seconds
    assert page(refused[0]).html["lang"] == "th"
    machine = client.post("/v/", headers={"accept": "application/json"})
    assert (machine.status_code, machine.json()["error"]) == (429, "too-many")
    assert checking.UNREADABLE == 422
