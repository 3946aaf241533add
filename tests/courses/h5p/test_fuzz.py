"""Whatever bytes and whatever JSON come in: they are read, or refused; nothing else ever comes out."""

import io
import json
from contextlib import suppress
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from courses.h5p.checking import check_package
from courses.h5p.checking.parsing import parse_json
from courses.h5p.cleaning import clean_text, cleaned
from courses.h5p.frames import quiz_fields, source_of
from courses.h5p.management.commands.h5p_grade import graded
from courses.h5p.mapping import map_content
from courses.h5p.refusals import PackageRefused
from courses.h5p.scoring import NotScored, score
from courses.h5p.walking import Node, written
from courses.h5p.walking import read as path_in
from courses.quizzes.kinds import h5p_scores, kind_reading
from tests.factories.h5p import VERSIONS, library, manifest, multi_choice, package, png, question_set, sub, true_false

MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "*a/b:tip*", "<p>ก</p>", "<script>x</script>", "H5P.MultiChoice 1.16", "../x", "true", "\0", "**", "1e9"]
    ),
)
KEYS = st.one_of(
    st.sampled_from(
        [
            "library",
            "params",
            "question",
            "questions",
            "answers",
            "text",
            "correct",
            "behaviour",
            "type",
            "content",
            "path",
            "mime",
            "media",
            "file",
            "taskDescription",
            "textField",
            "distractors",
            "keywords",
            "keyword",
            "options",
            "points",
            "choices",
            "summaries",
            "summary",
            "task",
            "elements",
            "dropZones",
            "title",
            "settings",
            "background",
            "metadata",
            "subContentId",
            "presentation",
            "slides",
            "action",
            "interactiveVideo",
            "poolSize",
        ]
    ),
    st.text(max_size=5),
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 2**70), st.floats(allow_nan=False), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=5)),
    max_leaves=25,
)
SUBS = st.builds(lambda name, params: sub(name, params), st.sampled_from(sorted(VERSIONS)), JSON)


@cache
def seeds() -> list[bytes]:
    content = question_set(sub("H5P.MultiChoice", multi_choice()), sub("H5P.TrueFalse", true_false()))
    return [package(), package(content, main="H5P.QuestionSet", files={"content/images/a.png": png()})]


def taken(content: bytes) -> str:
    """What comes of a package: nothing but a refusal may be raised."""
    try:
        checked = check_package(io.BytesIO(content), "a.h5p")
    except PackageRefused as refusal:
        return refusal.code
    whole, _changed = cleaned(checked.content)
    root = Node(checked.library, whole)
    found = map_content(root)
    quiz_fields(root, str(checked.manifest["title"]), len(found.questions))
    source_of(checked.manifest)
    json.dumps(whole)
    return "taken"


# --- bytes -------------------------------------------------------------------------------------------
@MANY
@given(
    seed=st.integers(0, 1),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
    cut=st.one_of(st.none(), st.floats(0, 1)),
    more=st.binary(max_size=40),
)
def test_changed_bytes_of_a_package_are_read_or_refused(
    seed: int, changes: list[tuple[float, int]], cut: float | None, more: bytes
) -> None:
    content = bytearray(seeds()[seed])
    for place, byte in changes:
        content[int(place * len(content))] = byte
    assert taken(bytes(content[: int(cut * len(content))] if cut is not None else content) + more) != ""


@MANY
@given(changes=st.lists(st.tuples(st.integers(1, 120), st.integers(0, 255)), min_size=1, max_size=6))
def test_changed_lists_of_files_are_read_or_refused(changes: list[tuple[int, int]]) -> None:
    """At the end of the zip, where a reader believes what it is told."""
    content = bytearray(seeds()[1])
    for place, byte in changes:
        content[-place] = byte
    assert taken(bytes(content)) != ""


@MANY
@given(st.binary(max_size=200))
def test_any_bytes_as_json_are_read_or_refused(content: bytes) -> None:
    with suppress(PackageRefused):
        json.dumps(parse_json(content, "a.json")).encode()


# --- trees -------------------------------------------------------------------------------------------
@MANY
@given(JSON)
def test_any_content_is_read_or_refused(content: Any) -> None:
    assert taken(package(json.dumps(content).encode())) != ""


@MANY
@given(st.lists(SUBS, max_size=4))
def test_any_questions_are_read_or_kept(subs: list[Any]) -> None:
    content = question_set(*subs)
    root = Node(library("H5P.QuestionSet"), content)
    found = map_content(root)
    paths = [written(one.path) for one in [*found.questions, *found.kept]]
    assert len(paths) == len(set(paths))
    assert [written(path_in(path, content)) for path in paths] == paths
    whole, _changed = cleaned(content)
    map_content(Node(library("H5P.QuestionSet"), whole))


@MANY
@given(JSON)
def test_any_manifest_is_taken_or_refused(value: Any) -> None:
    fields = value if isinstance(value, dict) else {"authors": value, "title": value}
    assert taken(package(h5p=json.dumps({**manifest(), **fields}).encode())) != ""


@MANY
@given(name=st.sampled_from(sorted(kind_reading())), params=JSON)
def test_any_parameters_of_a_type_are_read_or_kept(name: str, params: Any) -> None:
    found = map_content(Node(library(name), params if isinstance(params, dict) else {}))
    assert len(found.questions) + len(found.kept) == 1


# --- scores ------------------------------------------------------------------------------------------
@MANY
@given(name=st.sampled_from([*sorted(VERSIONS), "H5P.Nothing"]), params=JSON, state=JSON)
def test_any_state_has_points_or_is_not_scored(name: str, params: Any, state: Any) -> None:
    with suppress(NotScored):
        points, most = score(library(name), params, state)
        assert (points == points, most == most) == (True, True)  # no NaN


@MANY
@given(st.one_of(st.binary(max_size=60), JSON.map(lambda value: json.dumps(value).encode())))
def test_any_line_gives_points_or_an_error(line: bytes) -> None:
    assert set(graded(line)) in ({"score", "max"}, {"error"})


def test_every_library_that_is_scored_is_tried() -> None:
    assert set(h5p_scores()) - set(VERSIONS) == set()


# --- texts --------------------------------------------------------------------------------------------
PIECES = st.sampled_from(
    ["<", ">", "</", "/>", "script", "p", " ", '"', "'", "=", "onload", "style", "href", "javascript:", "&#106;", "<p>",
     "</p>", "<b ", 'class="a"', "<!--", "-->", "<svg", "url(", ")", "\n", "\0",
     "<a href=\"", "https://a.b", "ก", "<style>"]
)  # fmt: skip
BAD = ("<script", "<svg", "<style", "<iframe", "<img", "onload", "onerror")


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
@example('<b class="a"onload=1>')
@example('<a href="https://a.b"onload="x">')
@example("<p/onload=x>")
@example('<a href="<p>javascript:">')
@example('<a href="java\nscript:alert(1)">')
def test_no_tag_or_attribute_that_runs_is_left(text: str) -> None:
    """Judged by a reader of HTML of another make: what it finds as tags and attributes is all allowed."""
    from html.parser import HTMLParser

    found: list[str] = []

    class Looking(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            found.append(tag)
            found.extend(name for name, _value in attributes if name.startswith("on"))
            # A browser passes over blanks and control signs; behind another sign it is a path and runs nothing.
            told = ("".join(sign for sign in value if sign > " ") for _name, value in attributes if value)
            found.extend("javascript" for value in told if value.lower().startswith("javascript:"))

    looking = Looking()
    looking.feed(clean_text(text))
    looking.close()
    assert [one for one in found if one in ("script", "svg", "style", "javascript") or one.startswith("on")] == []


def test_cleaning_a_clean_text_changes_nothing() -> None:
    for text in ("<p>ก</p>", '<p style="color:rgb(1,2,3)">ก</p>', "a < b", "<b>x</b><br/>"):
        assert clean_text(clean_text(text)) == clean_text(text) == text


@pytest.mark.parametrize("bad", BAD)
def test_the_guard_of_the_texts_is_found_missing(bad: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard itself: were every text taken for harmless, the words would stay."""
    text = f"<p>{bad}=x></p>" if bad.startswith("on") else f"<p>{bad}>x</p>"
    monkeypatch.setattr("courses.h5p.cleaning.nh3.clean", lambda said, **_options: said)
    assert bad in clean_text(text)
