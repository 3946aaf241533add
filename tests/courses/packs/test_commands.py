"""What the two commands say, and with which exit code."""

import io
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from courses.catalog.models import CourseIndexPage
from tests.factories.packs import LESSON, bytes_of, lesson, write_pack_files

pytestmark = pytest.mark.django_db


def said(name: str, *arguments: object) -> str:
    out = io.StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


def test_loading_names_what_was_made_and_the_second_time_that_nothing_was(
    tmp_path: Path, shelf: CourseIndexPage
) -> None:
    write_pack_files(tmp_path)
    assert said("load_course_pack", tmp_path).splitlines() == [
        "created: question count-1",
        "created: question count-2",
        "created: quiz final",
        "created: images/box.svg",
        "created: course cash-count",
        "created: lesson count",
        "created: lesson final-test",
        "7 created, 0 changed, 0 removed",
    ]
    assert said("load_course_pack", tmp_path) == "Nothing changed.\n"
    write_pack_files(tmp_path, {"lessons/01-count.md": lesson("ใหม่")})
    assert said("load_course_pack", tmp_path).splitlines() == [
        "changed: lesson count",
        "0 created, 1 changed, 0 removed",
    ]


def test_a_fault_ends_with_an_error_and_says_that_nothing_was_loaded(tmp_path: Path, shelf: CourseIndexPage) -> None:
    write_pack_files(tmp_path, {"lessons/01-count.md": LESSON.replace("นับ**", "นับ")})
    with pytest.raises(CommandError) as refused:
        call_command("load_course_pack", tmp_path)
    assert str(refused.value) == (
        "Nothing was loaded. lessons/01-count.md:6: A ** opens here and never closes. Close it, or write \\**."
    )
    assert refused.value.returncode == 1


def test_without_a_catalog_the_command_says_what_to_run_first(tmp_path: Path, db: None) -> None:
    with pytest.raises(CommandError, match=r"The site has no course catalog yet. Run: manage.py setup"):
        call_command("load_course_pack", write_pack_files(tmp_path))


def test_writing_says_where_and_reads_back(tmp_path: Path, shelf: CourseIndexPage) -> None:
    call_command("load_course_pack", write_pack_files(tmp_path / "first"), stdout=io.StringIO())
    folder = tmp_path / "new" / "second"
    assert said("write_course_pack", "cash-count", folder) == f"Written: {folder}\n"
    assert said("load_course_pack", folder) == "Nothing changed.\n"
    first = bytes_of(folder)
    said("write_course_pack", "cash-count", folder)
    assert bytes_of(folder) == first


def test_writing_an_unknown_course_names_the_known_ones(tmp_path: Path, shelf: CourseIndexPage) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("write_course_pack", "cash", tmp_path / "out")
    assert str(refused.value) == "There is no course “cash”. The courses are: none."
    call_command("load_course_pack", write_pack_files(tmp_path / "first"), stdout=io.StringIO())
    with pytest.raises(CommandError, match="The courses are: cash-count"):
        call_command("write_course_pack", "cash", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_writing_touches_no_folder_of_other_things(tmp_path: Path, shelf: CourseIndexPage) -> None:
    call_command("load_course_pack", write_pack_files(tmp_path / "first"), stdout=io.StringIO())
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("ก")
    with pytest.raises(CommandError, match="holds other things than a course pack"):
        call_command("write_course_pack", "cash-count", tmp_path / "mine")
    assert os.listdir(tmp_path / "mine") == ["letter.txt"]
    with pytest.raises(CommandError, match=r"is a file\. Give a folder"):
        call_command("write_course_pack", "cash-count", tmp_path / "mine" / "letter.txt")
