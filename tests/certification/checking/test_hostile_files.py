"""A file written to make the check stumble: it is answered as any other, and nothing in it is passed over."""

import base64
import io
import json
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from certification.checking import reading
from certification.checking.about_signatures import key_of
from certification.checking.apart import confinement, limits, main
from certification.checking.examining import examine
from certification.checking.reading import Signature, read_apart
from certification.checking.report import Verdict
from tests.certification.checking import papers

pytestmark = pytest.mark.django_db


def with_credential(text: str) -> bytes:
    return papers.with_a_file(papers.with_pages(1), "credential.jwt", text.encode())


def token_of(payload: dict[str, Any]) -> str:
    head, body = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
        for part in ({"alg": "EdDSA", "kid": "did:web:evil.example#1"}, payload)
    )
    return f"{head}.{body}.AAAA"


@pytest.mark.parametrize("name", ["\ud800", "a\x00b", "\u202eevil", "x" * 5000])
def test_a_name_that_is_no_text_is_shown_as_far_as_it_is_one(name: str, client: Client) -> None:
    issuer = {"id": "did:web:evil.example", "name": f"Academy {name}"}
    content = with_credential(token_of({"id": "https://evil.example/v/1", "issuer": issuer}))
    sent = SimpleUploadedFile("x.pdf", content, "application/pdf")
    page = client.post("/v/", {"file": sent})
    told = client.post("/v/", content, content_type="application/pdf", headers={"accept": "application/json"})
    sentences = "".join(finding["sentence"] for finding in told.json()["findings"])
    assert (page.status_code, told.status_code) == (200, 200)
    assert "evil.example" in sentences
    assert [sign for sign in "\ud800\x00\u202e" if sign in sentences + page.content.decode()] == []


@pytest.mark.parametrize("depth", [50, 330, 970, 3000, 20_000])
def test_a_deeply_nested_credential_is_answered(depth: int) -> None:
    nested = json.dumps({"issuer": {"id": "@", "name": "@"}, "id": "@"}).replace('"@"', "[" * depth + "]" * depth)
    head = base64.urlsafe_b64encode(b'{"alg":"EdDSA"}').decode().rstrip("=")
    token = f"{head}.{base64.urlsafe_b64encode(nested.encode()).decode().rstrip('=')}.AAAA"
    assert examine(with_credential(token), now=timezone.now()).verdict in set(Verdict)


def test_a_certificate_of_a_version_that_nobody_knows_is_a_strangers() -> None:
    signature = Signature("S", True, True, True, "none", True, 1, 1, "x", "", papers.strange_certificate(), "", None)
    assert key_of(signature) is None


def test_a_script_behind_more_dictionaries_than_are_read_is_not_called_harmless() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.First = pdf.make_indirect(
            pikepdf.Array([pikepdf.Array([pikepdf.Dictionary()] * 400) for _ in range(limits.MAX_PARTS // 400)])
        )
        pdf.Root.Then = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))
        out = io.BytesIO()
        pdf.save(out)
    report = examine(out.getvalue(), now=timezone.now())
    assert (report.holds("harmless"), report.holds("readable")) == (None, False)


def test_a_program_behind_more_files_than_are_read_is_not_called_harmless() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for number in range(limits.MAX_FILES):
            pdf.attachments[f"{number:03}.txt"] = b"x"
        pdf.attachments["zzz.exe"] = b"x"
        out = io.BytesIO()
        pdf.save(out)
    report = examine(out.getvalue(), now=timezone.now())
    assert (report.holds("harmless"), report.holds("readable")) == (None, False)


def test_a_machine_without_room_for_another_process_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(reading.subprocess, "Popen", refuse)
    assert read_apart(papers.with_pages(1)).problem == "too-demanding"


def test_what_is_read_apart_gives_way_to_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    monkeypatch.setattr(confinement.os, "nice", given.append)
    monkeypatch.setattr(confinement.resource, "setrlimit", lambda *_limits: None)
    confinement.bound()
    assert given == [confinement.GIVES_WAY]


def test_facts_without_end_are_not_handed_on(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(main, "confinement", SimpleNamespace(bound=lambda: None, shut=lambda: None))
    monkeypatch.setattr(main.sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    monkeypatch.setattr(main, "read_paper", lambda *_given: {"problem": "", "links": ["x" * limits.MAX_ANSWER]})
    main.main()
    assert json.loads(capsys.readouterr().out) == {"problem": "too-demanding"}


def test_files_that_come_all_at_once_leave_room_for_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0)
    inside: list[str] = []

    def run(*args: Any, **kwargs: Any) -> None:
        inside.append(read_apart(b"%PDF-1.7").problem)  # another comes while this one is read
        raise BlockingIOError

    monkeypatch.setattr(reading.subprocess, "Popen", run)
    assert (read_apart(b"%PDF-1.7").problem, inside) == ("too-demanding", ["busy", "too-demanding"])
    report = examine(papers.with_pages(1), now=timezone.now())
    assert report.verdict == Verdict.CANNOT_SAY


def test_a_file_that_was_not_looked_at_is_neither_true_nor_false(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certification.checking.examining.read_apart", lambda _content: reading.Paper(problem="busy"))
    report = examine(papers.with_pages(1), now=timezone.now())
    assert (report.holds("readable"), report.reasons, report.verdict) == (None, [], Verdict.CANNOT_SAY)
