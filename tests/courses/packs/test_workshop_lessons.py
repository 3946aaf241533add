"""A lesson that is completed by a workshop is one line in the head of its file."""

from pathlib import Path

import pytest

from courses.catalog.models import CourseIndexPage, CoursePage, LessonPage
from courses.packs.errors import PackError
from courses.packs.flows import Changes, load_pack
from courses.packs.pages import pack_of
from courses.packs.reading import read_pack
from courses.packs.writing import pack_files, write_pack
from tests.factories.packs import LESSON, TEST, bytes_of, write_pack_files

pytestmark = pytest.mark.django_db
ONE, TWO = "lessons/01-count.md", "lessons/02-final-test.md"
MARK = "needs_workshop = true\n"


def marked(text: str, line: str = MARK) -> str:
    return text.replace("minutes =", f"{line}minutes =", 1)


def test_it_is_read_loaded_written_and_read_again_byte_for_byte(tmp_path: Path, shelf: CourseIndexPage) -> None:
    load_pack(read_pack(write_pack_files(tmp_path / "first", {ONE: marked(LESSON)})), shelf)
    lessons = LessonPage.objects.order_by("path")
    assert list(lessons.values_list("needs_workshop", flat=True)) == [True, False]
    write_pack(pack_of(CoursePage.objects.get()), tmp_path / "second")
    written = bytes_of(tmp_path / "second")
    assert [written[name].count(MARK.encode()) for name in (ONE, TWO)] == [1, 0]
    assert pack_files(read_pack(tmp_path / "second")) == written
    assert not load_pack(read_pack(tmp_path / "second"), shelf)


def test_setting_the_mark_and_taking_it_away_changes_that_lesson_alone(tmp_path: Path, shelf: CourseIndexPage) -> None:
    load_pack(read_pack(write_pack_files(tmp_path)), shelf)
    for text, is_marked in ((marked(LESSON), True), (marked(LESSON, "needs_workshop = false\n"), False)):
        changes = load_pack(read_pack(write_pack_files(tmp_path, {ONE: text})), shelf)
        assert changes == Changes(changed=["lesson count"])
        assert LessonPage.objects.get(slug="count").needs_workshop is is_marked


@pytest.mark.parametrize(
    ("name", "text", "place", "sentence"),
    [
        (TWO, marked(TEST), f"{TWO}:3", "A lesson holds a quiz or is completed by a workshop, not both. Remove one."),
        (ONE, marked(LESSON, "needs_workshop = 1\n"), f"{ONE}:3", "“needs_workshop” should be bool; it is 1."),
    ],
)
def test_a_fault_names_its_file_its_line_and_what_to_do(
    tmp_path: Path, shelf: CourseIndexPage, name: str, text: str, place: str, sentence: str
) -> None:
    with pytest.raises(PackError) as fault:
        read_pack(write_pack_files(tmp_path, {name: text}))
    assert str(fault.value).endswith(f"{place}: {sentence}")
