"""Whatever stands in a file, a reader gives drafts and faults, or says Unreadable; nothing else is raised."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.quizzes.choices import FileFormat
from courses.quizzes.kinds import kind_of
from courses.quizzes.models import Question
from courses.quizzes.reading.drafts import Unreadable, from_json, to_json
from courses.quizzes.reading.files import format_of, read_questions

PIECES = st.sampled_from(
    [
        *["{", "}", "=", "~", "#", "->", "%50%", "%-100%", "####", "::", "\\", "\n", "\n\n", "//", "$CATEGORY: "],
        *["[html]", "A. ", "B) ", "ก. ", "ANSWER: ", "เฉลย: ", "T", "1..", ":", "<b>", "&amp;", "\0", "\ud800"],
        *["คำถาม,เฉลย\n", '"', ",", "<quiz>", "</quiz>", '<question type="multichoice">', "</question>", "<text>"],
        *["</text>", "<![CDATA[", "]]>", '<answer fraction="100">', "</answer>", "{1:SA:=ก}", "[[1]]", "<dragbox>"],
        *["ไทย", "1e9", "999999999999999999999"],
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))
MODEST = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(content: bytes, format: str) -> None:
    try:
        reading = read_questions(content, format)
    except Unreadable:
        return
    for draft in reading.drafts:
        assert kind_of(draft.kind).clean_body(draft.body) == draft.body
        assert from_json(to_json(draft)) == draft
        assert "\0" not in draft.content
    assert [fault for fault in [*reading.faults, *reading.skipped] if not fault.sentence] == []


@pytest.mark.parametrize("format", FileFormat.values)
def test_texts_of_pieces(format: str) -> None:
    @MODEST
    @given(TEXTS)
    def tried(text: str) -> None:
        read(text.encode("utf-8", "surrogatepass"), format)

    tried()


@pytest.mark.parametrize("format", FileFormat.values)
def test_bytes(format: str) -> None:
    @MODEST
    @given(st.one_of(st.binary(max_size=200), st.binary(max_size=100).map(lambda rest: b"PK\x03\x04" + rest)))
    def tried(content: bytes) -> None:
        read(content, format)

    tried()


def test_moodle_questions_of_pieces() -> None:
    kinds = st.sampled_from(
        [
            "multichoice",
            "truefalse",
            "shortanswer",
            "numerical",
            "matching",
            "essay",
            "cloze",
            "ddwtos",
            "ordering",
            "?",
        ]
    )

    @MODEST
    @given(kinds, st.lists(PIECES, max_size=8).map("".join), st.lists(PIECES, max_size=8).map("".join))
    def tried(kind: str, text: str, answer: str) -> None:
        said = f"<text><![CDATA[{answer}]]></text>"
        inner = "".join(f"<{name}>{said}</{name}>" for name in ("answer", "dragbox", "subquestion"))
        asked = f"<questiontext><text><![CDATA[{text}]]></text></questiontext>"
        whole = f'<quiz><question type="{kind}">{asked}{inner}</question></quiz>'
        read(whole.encode("utf-8", "ignore"), FileFormat.MOODLE)

    tried()


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.gift", b"", "gift"),
        ("a.TXT", "ก?\nA. 1\nB. 2\nANSWER: A".encode(), "aiken"),
        ("a.txt", "ก {T}".encode(), "gift"),
        ("a.xml", b"", "moodle"),
        ("a.xlsx", b"", "sheet"),
        ("a.csv", b"", "sheet"),
    ],
)
def test_the_format_is_told_by_the_name(name: str, content: bytes, format: str) -> None:
    assert format_of(name, content) == format


@pytest.mark.parametrize("name", ["a.docx", "a", "a.exe", ""])
def test_other_endings_are_refused(name: str) -> None:
    with pytest.raises(Unreadable):
        format_of(name, b"x")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp874"])
def test_letters_of_other_programs_are_read(encoding: str) -> None:
    assert [draft.content for draft in read_questions("นับเงินสด {T}".encode(encoding), "gift").drafts] == ["นับเงินสด"]


@pytest.mark.parametrize(
    ("content", "format"),
    [
        ("ก {\n\n" * 2_000, "gift"),
        ("ก?\nA. 1\n" * 2_000, "aiken"),
        ("คำถาม,เฉลย\n" + "ก,=1\n" * 2_000, "sheet"),
        ("<quiz>" + '<question type="x"/>' * 2_000 + "</quiz>", "moodle"),
        ("ก {T}\n\n" * 5_001, "gift"),
    ],
)
def test_a_file_of_faults_or_of_far_too_many_questions_is_refused_whole(content: str, format: str) -> None:
    with pytest.raises(Unreadable):
        read_questions(content.encode(), format)


@pytest.mark.parametrize(
    ("content", "format"),
    [
        ('<quiz><question type="cloze"><questiontext><text>' + "{1:SA:" * 100_000, "moodle"),
        ("คำถาม,ชนิด,เฉลย\nก,ตัวเลข," + "1" * 100_000 + "x1\n", "sheet"),
        ("ก {" + "=~" * 200_000 + "}", "gift"),
        ("::" * 200_000 + "{", "gift"),
    ],
)
def test_a_text_made_to_take_long_does_not(content: str, format: str) -> None:
    end = "</text></questiontext></question></quiz>" if format == "moodle" else ""
    begin = time.perf_counter()
    read((content + end).encode(), format)
    assert time.perf_counter() - begin < 5


def test_the_name_of_a_formatted_question_is_its_words() -> None:
    assert str(Question(content="<p>ใคร <b>นับ</b></p>", format="html")) == "ใคร นับ"
