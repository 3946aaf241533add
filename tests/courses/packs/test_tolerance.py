"""What editors on other systems leave in a file makes no difference to what it says."""

from pathlib import Path

import pytest

from courses.catalog.models import CourseIndexPage, CourseOutline
from courses.packs.errors import PackError
from courses.packs.flows import load_pack
from courses.packs.reading import read_pack
from tests.factories.packs import FILES, write_pack_files

pytestmark = pytest.mark.django_db
TEXTS = {name: content for name, content in FILES.items() if isinstance(content, str) and not name.endswith("svg")}


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_other_line_ends_and_a_byte_order_mark_say_the_same(line_end: str, tmp_path: Path) -> None:
    good = read_pack(write_pack_files(tmp_path / "good"))
    odd = {name: b"\xef\xbb\xbf" + text.replace("\n", line_end).encode() for name, text in TEXTS.items()}
    assert read_pack(write_pack_files(tmp_path / "odd", odd)) == good


def test_lines_are_counted_alike_with_other_line_ends(tmp_path: Path) -> None:
    broken = str(FILES["lessons/01-count.md"]).replace("นับ**", "นับ").replace("\n", "\r\n")
    with pytest.raises(PackError) as told:
        read_pack(write_pack_files(tmp_path, {"lessons/01-count.md": broken}))
    assert (told.value.file, told.value.line) == ("lessons/01-count.md", 6)


def test_files_that_nothing_shows_are_left_aside(tmp_path: Path, shelf: CourseIndexPage) -> None:
    plain = read_pack(write_pack_files(tmp_path / "plain"))
    litter: dict[str, str | bytes | None] = {
        "images/.DS_Store": b"\0",
        "images/old.svg": "no picture",
        "notes.txt": "x",
    }
    littered = read_pack(write_pack_files(tmp_path / "littered", litter))
    assert littered == plain
    load_pack(littered, shelf)
    version = CourseOutline.objects.get().version
    assert not load_pack(littered, shelf)
    assert CourseOutline.objects.get().version == version


def test_loose_writing_is_read_as_its_strict_form(tmp_path: Path) -> None:
    loose = str(FILES["lessons/01-count.md"]) + "\n\n:::note_free\n"
    with pytest.raises(PackError, match="“note_free” is not known here"):
        read_pack(write_pack_files(tmp_path / "loose", {"lessons/01-count.md": loose + ":::\n"}))
    spaced = str(FILES["lessons/01-count.md"]).replace("\n\n", "\n\n\n\n") + "   \n"
    good = read_pack(write_pack_files(tmp_path / "good"))
    assert read_pack(write_pack_files(tmp_path / "spaced", {"lessons/01-count.md": spaced})) == good
