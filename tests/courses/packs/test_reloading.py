"""Loading a changed pack changes exactly what was changed, also while people learn from the course."""

from pathlib import Path

import pytest

from cms.models import AcademyImage
from courses.catalog.models import CourseIndexPage, CoursePage, LessonPage
from courses.packs.flows import Changes, load_pack
from courses.packs.pages import pack_of
from courses.packs.reading import read_pack
from courses.packs.writing import write_pack
from courses.quizzes.models import Question, Quiz
from learning.enrollments.models import Enrollment
from learning.progress.models import LessonCompletion
from learning.sittings.models import Sitting
from tests.cast import Cast
from tests.factories.learning import enroll_malee, read_everything, sit_test
from tests.factories.packs import BANK, COURSE, LESSON, SVG, TEST, lesson, write_pack_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(tmp_path: Path, shelf: CourseIndexPage) -> CourseIndexPage:
    """The catalog with the small pack loaded from tmp_path."""
    load_pack(read_pack(write_pack_files(tmp_path)), shelf)
    return shelf


def reload(index: CourseIndexPage, folder: Path, changes: dict[str, str | bytes | None]) -> Changes:
    return load_pack(read_pack(write_pack_files(folder, changes)), index)


def live_lessons() -> list[str]:
    return list(LessonPage.objects.live().order_by("path").values_list("slug", flat=True))


def test_a_changed_lesson_is_published_anew_and_the_others_stay(tmp_path: Path, index: CourseIndexPage) -> None:
    other = LessonPage.objects.get(slug="final-test")
    changes = reload(index, tmp_path, {"lessons/01-count.md": lesson("นับเดือนละสองครั้ง")})
    assert changes == Changes(changed=["lesson count"])
    assert LessonPage.objects.get(slug="count").body[0].value.source == "<p>นับเดือนละสองครั้ง</p>"
    assert LessonPage.objects.get(slug="final-test").latest_revision_id == other.latest_revision_id


def test_a_changed_course_file_leaves_its_lessons_alone(tmp_path: Path, index: CourseIndexPage) -> None:
    before = list(LessonPage.objects.values_list("latest_revision_id", flat=True))
    changes = reload(index, tmp_path, {"course.toml": COURSE.replace("1.5", "2.5")})
    assert changes == Changes(changed=["course cash-count"])
    assert list(LessonPage.objects.values_list("latest_revision_id", flat=True)) == before
    assert CoursePage.objects.get().hours == 2.5


def test_a_lesson_removed_from_a_pack_is_unpublished_and_comes_back_as_the_same_page(
    tmp_path: Path, index: CourseIndexPage
) -> None:
    page = LessonPage.objects.get(slug="count")
    assert reload(index, tmp_path, {"lessons/01-count.md": None}) == Changes(removed=["lesson count"])
    assert (LessonPage.objects.get(pk=page.pk).live, live_lessons()) == (False, ["final-test"])
    changes = reload(index, tmp_path, {"lessons/01-count.md": LESSON})
    assert changes == Changes(changed=["lesson count"])
    assert LessonPage.objects.get(slug="count").pk == page.pk
    assert live_lessons() == ["count", "final-test"]


def test_the_order_of_lessons_follows_the_pack(tmp_path: Path, index: CourseIndexPage) -> None:
    changes = reload(
        index,
        tmp_path,
        {
            "lessons/01-count.md": None,
            "lessons/02-final-test.md": None,
            "lessons/01-final-test.md": TEST,
            "lessons/02-book.md": lesson("สมุดเงินสด"),
            "lessons/03-count.md": LESSON,
        },
    )
    assert changes == Changes(created=["lesson book"], changed=["order of lessons"])
    assert live_lessons() == ["final-test", "book", "count"]
    assert not load_pack(read_pack(tmp_path), index)


def test_a_question_removed_from_a_pack_leaves_the_quiz_and_stays_in_the_bank(
    tmp_path: Path, index: CourseIndexPage
) -> None:
    shorter = BANK[: BANK.rindex("[[question]]")]
    assert reload(index, tmp_path, {"quiz.toml": shorter}) == Changes(removed=["question count-2"])
    assert [question.uid for question in Quiz.objects.get().questions.all()] == ["cash-count--count-1"]
    assert Question.objects.filter(uid="cash-count--count-2").exists()


def test_a_changed_question_keeps_its_row_and_its_old_version(tmp_path: Path, index: CourseIndexPage) -> None:
    question = Question.objects.get(uid="cash-count--count-1")
    changes = reload(index, tmp_path, {"quiz.toml": BANK.replace("ทุกสิ้นวัน", "ทุกเย็น")})
    assert changes == Changes(changed=["question count-1"])
    after = Question.objects.get(pk=question.pk)
    assert (after.version, after.body["choices"][0]["text"]) == (2, "ทุกเย็น")
    assert after.versions.get(number=1).body["choices"][0]["text"] == "ทุกสิ้นวัน"


def test_a_changed_quiz_keeps_its_row(tmp_path: Path, index: CourseIndexPage) -> None:
    quiz = Quiz.objects.get()
    changes = reload(index, tmp_path, {"quiz.toml": BANK.replace('key = "final"', 'key = "final"\npass_mark = 80')})
    assert changes == Changes(changed=["quiz final"])
    assert (Quiz.objects.get().pk, Quiz.objects.get().pass_mark) == (quiz.pk, 80)


def test_other_bytes_of_a_picture_take_its_place_in_the_same_row(tmp_path: Path, index: CourseIndexPage) -> None:
    image = AcademyImage.objects.get()
    changes = reload(index, tmp_path, {"images/box.svg": SVG.replace("M2 8h36v20H2z", "M1 1h9v9H1z")})
    assert sorted(changes.changed) == ["course cash-count", "images/box.svg", "lesson count"]
    after = AcademyImage.objects.get()
    assert after.pk == image.pk
    with after.file.open("rb") as opened:
        assert b"M1 1h9v9H1z" in opened.read()
    assert not load_pack(read_pack(tmp_path), index)


def test_an_unpublished_course_is_published_by_loading_its_pack(tmp_path: Path, index: CourseIndexPage) -> None:
    CoursePage.objects.get().unpublish()
    assert load_pack(read_pack(tmp_path), index).changed[0] == "course cash-count"
    assert CoursePage.objects.get().live


def test_loading_renews_what_is_kept_ready(tmp_path: Path, index: CourseIndexPage) -> None:
    reload(index, tmp_path, {"lessons/03-book.md": lesson("สมุดเงินสด")})
    prepared = CoursePage.objects.get().prepared_lessons.order_by("lesson__path")
    assert [row.path for row in prepared] == ["cash-count/count", "cash-count/final-test", "cash-count/book"]
    assert CoursePage.objects.get().outline.lesson_count == 3


def test_a_course_in_use_is_reloaded_without_touching_what_people_did(
    tmp_path: Path, cast: Cast, index: CourseIndexPage
) -> None:
    course = CoursePage.objects.get()
    enrollment = enroll_malee(cast, course)
    read_everything(enrollment, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    kept = [list(model.objects.order_by("pk").values()) for model in (Enrollment, LessonCompletion, Sitting)]
    assert [len(rows) for rows in kept] == [1, 2, 1]
    pinned = list(Sitting.objects.get().responses.values_list("question_id", flat=True))
    reload(
        index,
        tmp_path,
        {
            "lessons/01-count.md": None,
            "lessons/03-book.md": lesson("สมุดเงินสด"),
            "quiz.toml": BANK.replace("ใบยืมเงิน", "ใบยืมเงินทดรอง"),
            "course.toml": COURSE.replace("การตรวจนับเงินสด", "ตรวจนับเงินสด"),
        },
    )
    assert [list(model.objects.order_by("pk").values()) for model in (Enrollment, LessonCompletion, Sitting)] == kept
    assert list(Sitting.objects.get().responses.values_list("question_id", flat=True)) == pinned
    assert live_lessons() == ["final-test", "book"]


def test_writing_again_removes_what_no_longer_belongs(tmp_path: Path, index: CourseIndexPage) -> None:
    LessonPage.objects.get(slug="final-test").unpublish()
    write_pack(pack_of(CoursePage.objects.get()), tmp_path)
    names = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert names == ["course.toml", "images/box.svg", "lessons/01-count.md"]
    assert not load_pack(read_pack(tmp_path), index)
