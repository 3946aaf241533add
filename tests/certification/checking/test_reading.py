"""Whatever a file is, reading it ends soon, in little memory, with an answer."""

import asyncio
import io
import time

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certification.checking import reading
from certification.checking.apart.limits import MAX_OBJECTS, MAX_PAGES
from certification.checking.apart.main import read_paper
from certification.checking.reading import paper_of, read_apart
from tests.certification.checking import papers

PROBLEMS = {"", "damaged", "too-big", "too-demanding"}


def small_pdf() -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["credential.jwt"] = b"a.b.c"
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


SMALL = small_pdf()


def problem_of(content: bytes) -> str:
    """As it is read, without a process of its own for each of hundreds."""
    with asyncio.Runner() as runner:
        return paper_of(read_paper(content, runner)).problem


@given(content=st.binary(max_size=3000))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_answered(content: bytes) -> None:
    for head in (b"", b"%PDF-1.7\n"):
        assert problem_of(head + content) in PROBLEMS


@given(
    places=st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), max_size=12),
    end=st.integers(0, len(SMALL)),
)
@settings(max_examples=150, deadline=None)
def test_flipped_bytes_and_cut_files_are_answered(places: list[tuple[int, int]], end: int) -> None:
    content = bytearray(SMALL)
    for place, value in places:
        content[place] = value
    assert problem_of(bytes(content)) in PROBLEMS
    assert problem_of(bytes(content[:end])) in PROBLEMS


def test_a_file_with_too_many_pages_or_parts_is_not_read() -> None:
    assert read_apart(papers.with_pages(MAX_PAGES)).problem == ""
    assert read_apart(papers.with_pages(MAX_PAGES + 1)).problem == "too-big"
    assert read_apart(papers.with_objects(MAX_OBJECTS + 1)).problem == "too-big"


def test_a_file_that_swells_in_memory_is_let_go() -> None:
    content = papers.bomb(2000)
    assert len(content) < 5_000_000
    paper = read_apart(content)
    assert (paper.credential, paper.problem in PROBLEMS) == ("", True)


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """It had no turn: one that works is ended by its own bound of processor time. So the file is not blamed."""
    monkeypatch.setattr(reading, "WALL_SECONDS", 0.5)
    monkeypatch.setattr(reading, "_START", "import time; time.sleep(60)")
    begun = time.monotonic()
    assert read_apart(SMALL).problem == "busy"
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("program", ["import os; os.abort()", "print('no json')", "raise SystemExit(3)"])
def test_a_reader_that_dies_is_an_answer(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(reading, "_START", program)
    assert read_apart(SMALL).problem == "too-demanding"


def test_the_reader_has_no_secrets_and_does_not_load_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "leaks")
    tell = "import json, os, sys; sys.path.insert(0, sys.argv[1]); import certification.checking.apart.main; "
    tell += "from certification.checking.apart import signatures, structure; "
    tell += "loaded = [name for name in sys.modules if 'django' in name]; "
    tell += "print(json.dumps({'problem': os.environ.get('SECRET_KEY', ''), 'files': loaded}))"
    monkeypatch.setattr(reading, "_START", tell)
    paper = read_apart(SMALL)
    assert (paper.problem, paper.files) == ("", [])


def test_deep_nesting_is_an_answer() -> None:
    deep = (
        b"%PDF-1.7\n1 0 obj\n"
        + b"[" * 200_000
        + b"]" * 200_000
        + b"\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
    )
    assert read_apart(deep).problem in PROBLEMS


def test_a_file_hung_on_an_annotation_is_seen() -> None:
    with pikepdf.open(io.BytesIO(SMALL)) as pdf:
        stream = pdf.make_stream(b"MZ\x90")
        spec = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="notes.txt", EF=pikepdf.Dictionary(F=stream))
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, FS=spec, Rect=[0, 0, 9, 9]
        )
        pdf.pages[0].Annots = pikepdf.Array([note])
        out = io.BytesIO()
        pdf.save(out)
    assert read_apart(out.getvalue()).programs == ["notes.txt"]
