"""The shipped courses: loading twice changes nothing, and their folders are exactly what would be written."""

from pathlib import Path

import pytest
from wagtail.documents import get_document_model
from wagtail.models import Page, Revision

from cms.models import AcademyImage
from courses import packs
from courses.catalog.models import CourseIndexPage, CourseOutline, CoursePage, PreparedLesson
from courses.packs.flows import load_pack
from courses.packs.pages import pack_of
from courses.packs.reading import read_pack
from courses.packs.writing import pack_files, write_pack
from courses.quizzes.models import Question, QuestionVersion, Quiz
from tests.factories.packs import bytes_of

pytestmark = pytest.mark.django_db

LIBRARY = Path(packs.__file__).parent / "library"
COURSES = sorted(folder.name for folder in LIBRARY.iterdir() if folder.is_dir())
MODELS = (Page, Revision, Question, QuestionVersion, Quiz, AcademyImage, get_document_model())
READY = (PreparedLesson, CourseOutline)


def state() -> list[object]:
    return [model.objects.count() for model in MODELS] + [
        list(model.objects.order_by("pk").values()) for model in READY
    ]


def test_three_courses_are_shipped() -> None:
    assert COURSES == ["cooperative-bookkeeping", "cooperative-ideology", "internal-control"]


@pytest.mark.parametrize("name", COURSES)
def test_the_shipped_folder_is_what_would_be_written(name: str) -> None:
    assert pack_files(read_pack(LIBRARY / name)) == bytes_of(LIBRARY / name)


@pytest.mark.parametrize("name", COURSES)
def test_loading_twice_changes_nothing_writing_gives_the_same_bytes_and_an_author_can_save_it(
    name: str, tmp_path: Path, shelf: CourseIndexPage
) -> None:
    assert load_pack(read_pack(LIBRARY / name), shelf)
    before = state()
    assert not load_pack(read_pack(LIBRARY / name), shelf)
    assert state() == before

    course = CoursePage.objects.get(slug=name)
    write_pack(pack_of(course), tmp_path)
    assert bytes_of(tmp_path) == bytes_of(LIBRARY / name)
    assert not load_pack(read_pack(tmp_path), shelf)
    assert state() == before
    write_pack(pack_of(course), tmp_path)
    assert bytes_of(tmp_path) == bytes_of(LIBRARY / name)

    for page in [course, *course.get_children().specific()]:  # as the form of the admin would
        page.full_clean()
        if page != course:
            page.body.stream_block.clean(page.body)
