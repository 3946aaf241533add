"""A quiz as a package: as H5P's validator wants it, and nothing lost on the way in, out and in again."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from cms.models import AcademyImage
from courses.h5p.models import H5PPackage
from courses.h5p.titles import short_title
from courses.h5p.writing import NothingToWrite, write_package
from courses.quizzes.kinds import h5p_scores, kind_of
from courses.quizzes.models import Category, Question, Quiz
from tests.courses.h5p.conftest import parts_of, told, written
from tests.courses.h5p.validator import faults_of
from tests.factories.h5p import library, multi_choice, package, png, question_set, sub, true_false
from tests.factories.kinds import SAMPLES
from tests.factories.quizzes import make_quiz

pytestmark = pytest.mark.django_db
ReadIn = Callable[..., H5PPackage]


def quiz_of(*codes: str) -> Quiz:
    """A quiz of ours with one question of each of these kinds."""
    category, _created = Category.objects.get_or_create(category="บัญชี")
    quiz = Quiz.objects.create(uid="ours", title="แบบทดสอบของเรา", pass_mark=80, description="อ่านก่อน")
    quiz.questions.set(
        Question.objects.create(
            uid=f"ours-{number}", kind=code, category=category, content=f"<p>ข้อ {code}</p>", format="html",
            body=SAMPLES[code][1],
        )
        for number, code in enumerate(codes)
    )  # fmt: skip
    return quiz


BIG = question_set(
    sub("H5P.MultiChoice", {**multi_choice(), "somethingNew": {"deep": [1, None, 2.5, "x"]}}, number=1),
    sub("H5P.TrueFalse", true_false(), number=2),
    sub(
        "H5P.Blanks",
        {
            "text": "<p>เติม</p>",
            "questions": ["<p>เงิน *สด/1&#47;2:คำใบ้* นะ **</p>"],
            "behaviour": {"caseSensitive": False},
        },
        number=3,
    ),
    sub(
        "H5P.DragText",
        {"taskDescription": "<p>ลาก</p>", "textField": "*เดบิต* และ *เครดิต:ขวา*", "distractors": "*ลบ*"},
        number=4,
    ),
    sub("H5P.MarkTheWords", {"taskDescription": "<p>เลือก</p>", "textField": "<p>เงิน *สด* ขาด *มือ*</p>"}, number=5),
    sub(
        "H5P.Essay",
        {"taskDescription": "<p>เขียน</p>", "keywords": [{"keyword": "*คุม*", "options": {"points": 2}}]},
        number=6,
    ),
    sub("H5P.Unknown", {"kept": True}, number=7),
    endGame={"message": "ได้ @score", "overallFeedback": [{"from": 0, "to": 100, "feedback": "ดี"}]},
    texts={"finishButton": "ส่ง"},
    override={"checkButton": False},
)
WHOLES = {
    "set": ("H5P.QuestionSet", BIG),
    "single": ("H5P.MultiChoice", multi_choice()),
    "column": (
        "H5P.Column",
        {"content": [
            {"content": sub("H5P.AdvancedText", {"text": "<p>อ่าน</p>"}), "useSeparator": "auto"},
            {"content": sub("H5P.SingleChoiceSet", {"choices": [
                {"question": "ข้อ", "answers": ["ถูก", "ผิด"], "subContentId": "a"}]}, number=2)},
            {"content": sub("H5P.Summary", {"intro": "สรุป", "summaries": [
                {"summary": ["<p>ถูก</p>", "<p>ผิด</p>"], "tip": "", "subContentId": "b"}]}, number=3)},
        ]},
    ),
    "video": (
        "H5P.InteractiveVideo",
        {"interactiveVideo": {
            "video": {"files": [{"path": "videos/v.mp4", "mime": "video/mp4"}]},
            "assets": {"interactions": [{"duration": {"from": 1}, "action": sub("H5P.TrueFalse", true_false())}]},
        }},
    ),
}  # fmt: skip


# --- in, out, in ------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", sorted(WHOLES))
def test_what_is_read_and_written_is_the_same(name: str, read_in: ReadIn) -> None:
    main, content = WHOLES[name]
    files = {"content/videos/v.mp4": b"\0\0\0\x18ftypmp42film", "content/images/a.png": png()}
    first = read_in(
        package(content, main=main, files=files, extraTitle="ก", authors=[{"name": "วิภา", "role": "Author"}])
    )
    out = written(first.quiz)
    manifest, again, media = parts_of(out)
    assert again == content
    assert media == files
    assert {**manifest, "preloadedDependencies": []} == {**first.manifest, "preloadedDependencies": []}
    assert faults_of(out) == []
    second = read_in(out)
    assert parts_of(written(second.quiz))[1] == content
    assert [one.path for one in second.imported.all()] == [one.path for one in first.imported.all()]
    assert [(one.path, one.params) for one in second.kept.all()] == [(one.path, one.params) for one in first.kept.all()]
    for mine, other in zip(first.quiz.questions.order_by("pk"), second.quiz.questions.order_by("pk"), strict=True):
        assert (mine.kind, mine.content, mine.body) == (other.kind, other.content, other.body)


def test_every_type_of_the_set_came_in(read_in: ReadIn) -> None:
    """Otherwise the test above would be content with content that was only kept."""
    found = read_in(package(BIG, main="H5P.QuestionSet"))
    assert (found.question_count, found.kept_count) == (6, 1)


def test_a_change_goes_into_its_place_and_nothing_else_moves(read_in: ReadIn) -> None:
    quiz = read_in(package(BIG, main="H5P.QuestionSet")).quiz
    question = quiz.questions.get(kind="true_false")
    question.body = {**question.body, "correct": False}
    question.save()
    expected = {**BIG, "questions": list(BIG["questions"])}
    expected["questions"][1] = {**BIG["questions"][1], "params": {**true_false(), "correct": "false"}}
    assert parts_of(written(quiz))[1] == expected


def test_settings_of_the_quiz_go_out_only_when_they_changed(read_in: ReadIn) -> None:
    quiz = read_in(package(BIG, main="H5P.QuestionSet")).quiz
    quiz.pass_mark, quiz.random_order, quiz.title = 75, False, "ชื่อใหม่"
    quiz.save()
    manifest, content, _files = parts_of(written(quiz))
    assert content == {**BIG, "passPercentage": 75, "randomQuestions": False}
    assert manifest["title"] == "ชื่อใหม่"


def test_a_question_taken_out_is_gone_and_one_added_stands_behind(read_in: ReadIn) -> None:
    quiz = read_in(package(BIG, main="H5P.QuestionSet")).quiz
    kept = list(quiz.questions.exclude(kind="blanks"))
    new = Question.objects.create(
        uid="new", kind="true_false", category=quiz.category, content="ใหม่", body={"correct": True}
    )
    quiz.questions.set([*kept, new])
    content = parts_of(written(quiz))[1]
    titles = [one["metadata"]["title"] for one in content["questions"]]
    assert [one["library"].split(" ")[0] for one in content["questions"]] == [
        "H5P.MultiChoice", "H5P.TrueFalse", "H5P.DragText", "H5P.MarkTheWords", "H5P.Essay", "H5P.Unknown",
        "H5P.TrueFalse",
    ]  # fmt: skip
    assert titles[-1] == "ใหม่"
    assert faults_of(written(quiz)) == []


def test_the_picture_of_a_question_comes_back_where_it_was(read_in: ReadIn) -> None:
    params = {"file": {"path": "images/a.png", "mime": "image/png"}, "alt": "สมุด"}
    content = {**multi_choice(), "media": {"type": {"library": library("H5P.Image"), "params": params}}}
    files = {"content/images/a.png": png(seed=3)}
    found = read_in(package(content, files=files))
    assert parts_of(written(found.quiz))[1:] == (content, files)
    question = found.quiz.questions.get()
    question.figure = picture(seed=4)
    question.save()
    manifest, changed, media = parts_of(written(found.quiz))
    path = changed["media"]["type"]["params"]["file"]["path"]
    assert (media[f"content/{path}"], path != "images/a.png") == (png(5, 5, seed=4), True)
    assert {"machineName": "H5P.Image", "majorVersion": 1, "minorVersion": 1} in manifest["preloadedDependencies"]


def picture(seed: int) -> AcademyImage:
    content = png(5, 5, seed)
    image = AcademyImage(title="ภาพ", description="สมุดรายวัน")
    image.file = ContentFile(content, name="a.png")
    image.file_size = len(content)
    image._set_file_hash()
    image.save()
    return image


# --- ours --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_each_kind_goes_out_with_the_highest_score_that_we_count(code: str) -> None:
    quiz = quiz_of(code)
    question = quiz.questions.get()
    made = kind_of(code).to_h5p(question.content, question.body)
    if made is None:
        with pytest.raises(NothingToWrite):
            write_package(quiz, io.BytesIO())
        return
    out = written(quiz)
    _manifest, content, _files = parts_of(out)
    inside = content["questions"][0] if "questions" in content else content["content"][0]["content"]
    name = inside["library"].split(" ")[0]
    assert faults_of(out) == []
    assert h5p_scores()[name](inside["params"], None)[1] == kind_of(code).max_score(question.body)


def test_a_quiz_of_ours_is_a_question_set_with_its_settings() -> None:
    manifest, content, _files = parts_of(written(quiz_of("true_false", "single_choice")))
    assert (manifest["mainLibrary"], manifest["title"], manifest["language"]) == (
        "H5P.QuestionSet",
        "แบบทดสอบของเรา",
        "th",
    )
    assert (content["passPercentage"], content["introPage"]["introduction"]) == (80, "<p>อ่านก่อน</p>")
    assert sorted(one["machineName"] for one in manifest["preloadedDependencies"]) == [
        "FontAwesome", "H5P.FontIcons", "H5P.JoubelUI", "H5P.MultiChoice", "H5P.Question", "H5P.QuestionSet",
        "H5P.Transition", "H5P.TrueFalse", "H5P.Video",
    ]  # fmt: skip


def test_a_quiz_with_a_kind_that_no_set_takes_is_a_column() -> None:
    manifest, content, _files = parts_of(written(quiz_of("true_false", "summary")))
    assert manifest["mainLibrary"] == "H5P.Column"
    assert [one["content"]["library"] for one in content["content"]] == ["H5P.TrueFalse 1.8", "H5P.Summary 1.10"]


def test_the_same_quiz_is_the_same_file_and_has_no_folders_in_it() -> None:
    quiz = quiz_of("true_false", "single_choice")
    out = written(quiz)
    assert written(quiz) == out
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        assert archive.namelist() == ["h5p.json", "content/content.json"]


def test_a_question_out_of_use_is_named_and_not_written() -> None:
    quiz = quiz_of("true_false", "single_choice")
    Question.objects.filter(kind="true_false").update(retired_at="2026-11-01T00:00:00Z")
    told_of = write_package(quiz, io.BytesIO())
    assert (told_of.question_count, [one.uid for one in told_of.left_out]) == (1, ["ours-0"])


def test_the_command_writes_the_file_and_tells(tmp_path: Path) -> None:
    make_quiz("final", questions=2)
    out = tmp_path / "final.h5p"
    said = told("h5p_export", "final", out)
    assert (said["library"], said["questions"], said["left_out"]) == ("H5P.QuestionSet 1.21", 2, [])
    assert faults_of(out.read_bytes()) == []
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["final.h5p"]


def test_the_command_says_what_is_not_there(tmp_path: Path) -> None:
    make_quiz("empty", questions=0)
    for arguments in (["gone", tmp_path / "a.h5p"], ["empty", tmp_path / "a.h5p"], ["empty", tmp_path / "a.zip"]):
        with pytest.raises(CommandError):
            call_command("h5p_export", *arguments)
        out = io.StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("h5p_export", *arguments, json=True, stdout=out)
        assert (ended.value.code, [*json.loads(out.getvalue())]) == (1, ["error"])
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


# --- titles -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("title", "length"),
    [("ก" * 85, 85), ("ก" * 86, 85), ("a" * 300, 255), ("กี่" * 40, 84), ("น้ำ" * 40, 84), ("เก" * 50, 84), ("", 3)],
)
def test_a_title_is_cut_where_a_letter_ends(title: str, length: int) -> None:
    short = short_title(title)
    assert len(short) == length
    assert len(short.encode()) <= 255
    assert short[-1] not in "เแโใไ"


def test_a_title_is_one_line_of_words() -> None:
    assert short_title("<p>เงิน <b>สด</b></p>\n<p>ขาด</p>") == "เงิน สด ขาด"


def test_content_that_names_two_versions_of_a_library_needs_both(read_in: ReadIn) -> None:
    old = {**sub("H5P.TrueFalse", true_false(), number=1), "library": "H5P.TrueFalse 1.6"}
    both = [old, sub("H5P.TrueFalse", true_false("false"), number=2)]
    needs = [
        {"machineName": "H5P.QuestionSet", "majorVersion": 1, "minorVersion": 21},
        {"machineName": "H5P.TrueFalse", "majorVersion": "1", "minorVersion": "6"},
        {"machineName": "H5P.TrueFalse", "majorVersion": "1", "minorVersion": "8"},
    ]
    first = read_in(package(question_set(*both), main="H5P.QuestionSet", preloadedDependencies=needs))
    manifest, _content, _files = parts_of(written(first.quiz))
    assert manifest["preloadedDependencies"][:3] == needs
    assert faults_of(written(first.quiz)) == []


@pytest.mark.parametrize("title", ["<script>1</script>", "<img src=x>" + "&" * 200, "x<br onload=y>"])
def test_a_title_that_was_cleaned_is_still_a_title(title: str, read_in: ReadIn) -> None:
    first = read_in(package(multi_choice(), title=title))
    assert faults_of(written(first.quiz)) == []
    assert read_in(written(first.quiz)).state == "read"
