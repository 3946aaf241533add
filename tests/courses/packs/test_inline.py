"""Marked-up lines: whatever is written reads back as itself, in Thai, which writes no spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.packs.inline import Unbalanced, escape_plain, escape_text, html_from_line, read_plain
from courses.packs.lesson_text import text_from_blocks
from courses.packs.prose import html_from_lines, text_from_html

SIGNS = st.text(alphabet=st.sampled_from("กขน้ำเงิน ab1.*\\[]()#-:|!+<>&\"'ne"), max_size=30)


def link(address: str) -> str:
    return f'href="{address}"'


def read(text: str) -> str:
    return html_from_lines(text.split("\n"), file="lesson", first=1)


@pytest.mark.parametrize(
    ("line", "html"),
    [
        ("นับ**เงินสด**ทุกวัน", "นับ<b>เงินสด</b>ทุกวัน"),
        ("นับ*เงินสด*ทุกวัน", "นับ<i>เงินสด</i>ทุกวัน"),
        ("***ก***", "<b><i>ก</i></b>"),
        ("**ก *ข***", "<b>ก <i>ข</i></b>"),
        ("*ก*\\e**ข**", "<i>ก</i><b>ข</b>"),
        ("2 \\* 3 \\[ก\\] \\\\", "2 * 3 [ก] \\"),
        ("ก\\nข", "ก<br/>ข"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("[บท**หนึ่ง**](/courses/a/b/)", '<a href="/courses/a/b/">บท<b>หนึ่ง</b></a>'),
        ("[\\]](/x/)", '<a href="/x/">]</a>'),
        ("[ก] (ข)", "[ก] (ข)"),
        ("ท้าย\\", "ท้าย\\"),
    ],
)
def test_a_line_is_read(line: str, html: str) -> None:
    assert html_from_line(line, link) == html


@pytest.mark.parametrize("line", ["**", "*", "**ก", "ก*", "**ก*ข**ค*", "[**ก](/x/)**", "*ก**"])
def test_marks_that_do_not_close_are_refused(line: str) -> None:
    with pytest.raises(Unbalanced):
        html_from_line(line, link)


@given(text=SIGNS)
def test_any_text_reads_back_as_itself(text: str) -> None:
    said = " ".join(text.split())
    html = read(escape_text(said) if not said.startswith(("#", "-", ":", "!", "+")) else "\\" + escape_text(said))
    assert text_from_html(html) in {escape_text(said), "\\" + escape_text(said)}
    assert read(text_from_html(html)) == html


@given(text=st.text(max_size=60).filter(lambda text: "\x00" not in text))
def test_a_field_on_one_line_reads_back_as_itself(text: str) -> None:
    written = escape_plain(text, also='"|*]')
    assert "\n" not in written
    assert read_plain(written) == text.replace("\r\n", "\n").replace("\r", "\n")


PIECES = st.tuples(
    st.text("กขค น้ำ*\\[x", min_size=1, max_size=6), st.sampled_from(["", "b", "i", "bi", "ib", "a", "ab"])
)


def rich(pieces: list[tuple[str, str]]) -> str:
    """A paragraph as an author makes it in the editor."""
    out = ""
    for text, styles in pieces:
        inside = text.replace("&", "&amp;").replace("<", "&lt;")
        for style in reversed(styles):
            inside = f'<a href="https://example.org/">{inside}</a>' if style == "a" else f"<{style}>{inside}</{style}>"
        out += inside
    return f"<p>{out}</p>"


@given(pieces=st.lists(PIECES, min_size=1, max_size=6))
def test_bold_italics_and_links_side_by_side_read_back(pieces: list[tuple[str, str]]) -> None:
    text = text_from_html(rich(pieces))
    html = read(text)
    assert text_from_html(html) == text
    assert plain(html) == plain(rich(pieces))


def plain(html: str) -> str:
    """Text and marks without blanks, which a line does not keep at its ends."""
    return html.replace(" ", "").replace("<p></p>", "")


@given(lines=st.lists(SIGNS, max_size=8))
def test_what_can_be_read_is_written_the_same_forever(lines: list[str]) -> None:
    from courses.packs.errors import PackError
    from courses.packs.lessons import blocks_from_text

    try:
        blocks = blocks_from_text("\n".join(lines), file="lesson")
    except PackError:
        return
    text = text_from_blocks(blocks)
    assert text_from_blocks(blocks_from_text(text, file="lesson")) == text
