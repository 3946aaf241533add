"""A package becomes questions and a quiz: all of it or nothing, once, and nothing of it is lost."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from cms.models import AcademyImage
from courses.h5p import importing
from courses.h5p.choices import PackageState
from courses.h5p.flows import resume_abandoned, upload_package
from courses.h5p.importing import read_package
from courses.h5p.models import H5PPackage, ImportedQuestion, KeptContent, package_files
from courses.quizzes.models import Question, Quiz
from tests.courses.h5p.conftest import told
from tests.factories.h5p import library, multi_choice, package, png, question_set, sub, true_false

pytestmark = pytest.mark.django_db
ReadIn = Callable[..., H5PPackage]


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Question, Quiz, ImportedQuestion, KeptContent, AcademyImage))


def with_picture(path: str = "images/a.png") -> dict[str, Any]:
    params = {"file": {"path": path, "mime": "image/png"}, "alt": "สมุดเงินสด"}
    return {**multi_choice(), "media": {"type": {"library": library("H5P.Image"), "params": params}}}


# --- what becomes of it ----------------------------------------------------------------------------
def test_a_question_set_becomes_a_quiz_with_its_settings(read_in: ReadIn) -> None:
    end = {"overallFeedback": [{"from": 0, "to": 59, "feedback": "ลองใหม่"}, {"from": 60, "to": 100, "feedback": "ผ่าน"}]}
    content = question_set(
        sub("H5P.MultiChoice", multi_choice()),
        sub("H5P.TrueFalse", true_false(), number=2),
        poolSize=1,
        disableBackwardsNavigation=True,
        introPage={"introduction": "<p>ก่อนเริ่ม</p>"},
        endGame=end,
    )
    found = read_in(package(content, main="H5P.QuestionSet"), category="บัญชี")
    quiz = found.quiz
    assert found.state == PackageState.READ
    assert (quiz.title, quiz.grading, quiz.pass_mark, quiz.max_questions) == ("บัญชีสหกรณ์เบื้องต้น", "h5p", 60, 1)
    assert (quiz.random_order, quiz.shuffle_choices, quiz.layout, quiz.navigation) == (True, True, "one", "sequential")
    assert (quiz.description, quiz.success_text, quiz.fail_text) == ("ก่อนเริ่ม", "ผ่าน", "ลองใหม่")
    questions = quiz.questions.order_by("uid")
    assert [(one.kind, one.format, str(one.category)) for one in questions] == [
        ("single_choice", "html", "บัญชี"),
        ("true_false", "html", "บัญชี"),
    ]
    assert [one.path for one in found.imported.all()] == ["questions/0", "questions/1"]
    assert questions[0].body["h5p"]["params"] == multi_choice()
    assert questions[0].body["h5p"]["subContentId"] == "00000000-0000-4000-8000-000000000001"


def test_a_question_alone_becomes_a_quiz_of_one(read_in: ReadIn) -> None:
    found = read_in(package(true_false("false"), main="H5P.TrueFalse"))
    assert [one.body["correct"] for one in found.quiz.questions.all()] == [False]
    assert [one.path for one in found.imported.all()] == [""]


CONTAINERS = {
    "H5P.Column": lambda one: {"content": [{"content": one, "useSeparator": "auto"}]},
    "H5P.InteractiveBook": lambda one: {
        "chapters": [
            {"chapter": sub("H5P.Column", {"content": [{"content": one}]})},
            sub("H5P.Column", {"content": []}),
        ]
    },
    "H5P.CoursePresentation": lambda one: {"presentation": {"slides": [{"elements": [{"x": 1, "action": one}]}]}},
    "H5P.InteractiveVideo": lambda one: {
        "interactiveVideo": {
            "video": {"files": [{"path": "https://example.org/v.mp4", "mime": "video/mp4"}]},
            "assets": {"interactions": [{"duration": {"from": 1, "to": 2}, "action": one}]},
            "summary": {"task": sub("H5P.AdvancedText", {"text": "จบ"})},
        }
    },
    "H5P.BranchingScenario": lambda one: {"branchingScenario": {"content": [{"type": one}]}},
}


@pytest.mark.parametrize("name", sorted(CONTAINERS))
def test_questions_are_found_wherever_they_lie(name: str, read_in: ReadIn) -> None:
    content = CONTAINERS[name](sub("H5P.MultiChoice", multi_choice()))
    found = read_in(package(content, main=name))
    assert (found.state, found.question_count) == ("read", 1)
    assert found.content == content


def test_a_content_that_calls_itself_a_library_is_read_at_its_place(read_in: ReadIn) -> None:
    content = {"library": library("H5P.Column"), "params": question_set(sub("H5P.TrueFalse", true_false()))}
    found = read_in(package(content, main="H5P.Column"))
    assert [one.path for one in found.imported.all()] == ["params/questions/0"]


def test_a_question_at_a_place_with_an_endless_name_is_kept(read_in: ReadIn) -> None:
    content = {"x" * 600: sub("H5P.TrueFalse", true_false()), "content": [sub("H5P.TrueFalse", true_false())]}
    found = read_in(package(content, main="H5P.Column"))
    assert [one.path for one in found.imported.all()] == ["content/0"]
    assert [(one.path, one.params) for one in found.kept.all()] == [("x" * 500, true_false())]


def test_what_has_no_kind_is_kept_whole_with_the_reason(read_in: ReadIn) -> None:
    game = {"cards": [{"a": 1}], "deep": {"b": [None, 2.5]}}
    content = question_set(sub("H5P.MultiChoice", multi_choice()), sub("H5P.Memory", game, title="จับคู่ภาพ"))
    kept = read_in(package(content, main="H5P.QuestionSet")).kept.get()
    assert (kept.path, kept.library, kept.title, kept.params) == ("questions/1", "H5P.Memory 1.0", "จับคู่ภาพ", game)
    assert kept.reason != ""


@pytest.mark.parametrize("params", [{}, {"answers": "x"}, {"answers": [None]}, {"question": 5, "answers": [[]]}])
def test_a_broken_question_is_kept_and_the_others_come_in(params: dict[str, Any], read_in: ReadIn) -> None:
    content = question_set(sub("H5P.MultiChoice", params), sub("H5P.TrueFalse", true_false(), number=2))
    found = read_in(package(content, main="H5P.QuestionSet"))
    assert (found.state, found.question_count, found.kept.get().params) == ("read", 1, params)


def test_a_package_without_any_question_is_kept(read_in: ReadIn) -> None:
    found = read_in(package({"cards": []}, main="H5P.Memory"))
    assert (found.state, found.quiz, found.kept.get().path) == ("read", None, "")


# --- pictures -------------------------------------------------------------------------------------
def test_the_picture_above_a_question_is_shown_with_it(read_in: ReadIn) -> None:
    found = read_in(package(with_picture(), files={"content/images/a.png": png(3, 2)}))
    image = found.quiz.questions.get().figure
    assert (image.width, image.height, image.description) == (3, 2, "สมุดเงินสด")
    assert found.report["questions"][0]["remarks"] == []


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n broken", None])
def test_a_picture_that_cannot_be_shown_is_told(content: bytes | None, read_in: ReadIn) -> None:
    found = read_in(package(with_picture(), files={"content/images/a.png": content} if content else None))
    assert found.quiz.questions.get().figure is None
    assert any("images/a.png" in remark for remark in found.report["questions"][0]["remarks"])


def test_a_film_stays_in_the_package_and_is_told(read_in: ReadIn) -> None:
    film = {"sources": [{"path": "videos/v.mp4", "mime": "video/mp4"}]}
    content = {**multi_choice(), "media": {"type": {"library": "H5P.Video 1.6", "params": film}}}
    found = read_in(package(content, files={"content/videos/v.mp4": b"\0\0\0\x18ftypmp42"}))
    assert any("videos/v.mp4" in remark for remark in found.report["questions"][0]["remarks"])


# --- harm -----------------------------------------------------------------------------------------
def test_a_script_in_a_parameter_is_nowhere_afterwards(read_in: ReadIn) -> None:
    evil = '<p>ใคร<script>alert("มาลี")</script><img src=x onerror=alert(1)></p>'
    content = multi_choice(evil)
    content["answers"][0]["text"] = '<div onclick="steal()">ผู้ตรวจนับ</div>'
    content["l10n"] = {"link": " JavaScript:alert(1)", "fine": "a < b"}
    found = read_in(package(content))
    question = found.quiz.questions.get()
    everything = f"{found.content}{question.content}{question.body}{found.quiz.h5p}"
    assert [word for word in ("script", "onerror", "onclick", "Script") if word in everything] == []
    assert found.content["l10n"]["fine"] == "a < b"
    assert sorted(found.report["cleaned"]) == ["answers/0/text", "l10n/link", "question"]


def test_harmless_html_is_kept_letter_by_letter(read_in: ReadIn) -> None:
    text = (
        '<p style="text-align:center;"><strong>ตัวหนา</strong><br />&nbsp;5 < 6 &amp; <em>เอียง</em></p>'
        '<a href="https://example.org/?a=1&amp;b=2" target="_blank">อ่าน</a>'
        '<span style="color:rgb(1, 2, 3);">สี</span><h2>หัว</h2>'
    )
    found = read_in(package(multi_choice(text)))
    assert (found.content, found.report["cleaned"]) == (multi_choice(text), [])


@pytest.mark.parametrize(
    "text",
    [
        '<p style="background:url(javascript:x)">a</p>',
        '<a href="javascript:alert(1)">a</a>',
        '<a href="java&#115;cript:alert(1)">a</a>',
        '<p class="x" onmouseover="y">a</p>',
        "<style>*{}</style>a",
        "<p title='a'>a</p><iframe src=x></iframe>",
        "<scr<script>ipt>a",
        "<!--<script>-->a",
        '<p class="a" / onclick=x>a</p>',
        "<svg onload=x>a",
    ],
)
def test_no_disguise_of_a_script_is_taken_for_harmless(text: str, read_in: ReadIn) -> None:
    said = read_in(package(multi_choice(text + "ข้อความ"))).content["question"]
    words = ("javascript", "&#115;", "onmouseover", "onclick", "onload", "<style", "<iframe", "<script", "<svg", "<!--")
    assert [word for word in words if word in said] == []
    assert "ข้อความ" in said or said == ""


# --- all or nothing, and once ------------------------------------------------------------------------
def test_nothing_is_left_when_the_last_step_fails(read_in: ReadIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(importing, "make_quiz", fails)
    found = read_in(package(with_picture(), files={"content/images/a.png": png(seed=9)}))
    assert (found.state, found.refusal_code, counts()) == ("refused", "unreadable", (0, 0, 0, 0, 0))
    assert list(Path(str(AcademyImage._meta.get_field("file").storage.location)).rglob("h5p-*")) == []


def test_the_file_of_a_refused_package_is_not_kept(read_in: ReadIn) -> None:
    found = read_in(package(b"\xef\xbb\xbf{}"))
    assert (found.state, found.refusal_code, str(found.file), counts()) == (
        "refused",
        "unable-to-parse-package",
        "",
        (0, 0, 0, 0, 0),
    )
    assert not package_files().exists(f"{found.created_at:%Y/%m}/{found.uid}.h5p")


def test_the_same_file_changes_nothing_and_a_refused_one_may_be_tried_again(read_in: ReadIn) -> None:
    first = read_in(package())
    assert (read_in(package()).pk, counts()[:3]) == (first.pk, (1, 1, 1))
    refused = [read_in(b"no zip").pk for _time in range(2)]
    assert refused[0] != refused[1]


def test_a_quiz_that_was_deleted_since_is_made_again_of_its_questions(read_in: ReadIn) -> None:
    first = read_in(package())
    before = first.quiz.h5p
    first.quiz.delete()
    again = read_in(package())
    assert (again.pk, again.quiz.h5p, Question.objects.count()) == (first.pk, before, 1)


def test_a_package_is_read_by_one_worker_only(read_in: ReadIn) -> None:
    assert [read_package(read_in(package()).pk) for _time in range(2)] == [False, False]


def test_a_package_whose_worker_is_gone_is_read_by_another_and_ended_after_three(
    time_machine: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from django.core.files.base import ContentFile

    time_machine.move_to("2026-11-23T09:00:00+07:00", tick=False)
    found, _new = upload_package(ContentFile(package(), name="a.h5p"), name="a.h5p", by=None, read_here=True)
    H5PPackage.objects.filter(pk=found.pk).update(state=PackageState.READING, attempts=1)
    assert resume_abandoned() == 0
    time_machine.move_to("2026-11-23T09:12:00+07:00", tick=False)
    assert resume_abandoned() == 1
    found.refresh_from_db()
    assert (found.state, found.attempts) == ("read", 2)
    H5PPackage.objects.filter(pk=found.pk).update(state=PackageState.READING, attempts=3)
    time_machine.move_to("2026-11-23T10:00:00+07:00", tick=False)
    resume_abandoned()
    found.refresh_from_db()
    assert (found.state, found.refusal_code) == ("refused", "reading-stopped")


# --- the command -----------------------------------------------------------------------------------
def test_the_command_tells_what_it_did(tmp_path: Path) -> None:
    path = tmp_path / "course.h5p"
    path.write_bytes(package())
    first = told("h5p_import", path, category="บัญชี")
    again = told("h5p_import", path)
    question = Question.objects.get()
    assert (first["state"], first["is_new"], first["quiz"]) == ("read", True, Quiz.objects.get().uid)
    assert [(one["uid"], one["kind"]) for one in first["questions"]] == [(question.uid, "single_choice")]
    assert (again["is_new"], again["package"], counts()[0]) == (False, first["package"], 1)


def test_the_command_ends_with_the_code_and_the_sentence(tmp_path: Path) -> None:
    path = tmp_path / "bad.h5p"
    path.write_bytes(package(title="ก" * 100))
    with translation.override("en"), pytest.raises(CommandError) as error:
        call_command("h5p_import", path)
    assert str(error.value) == (
        "h5p.json: The title is longer than 255 bytes (about 85 Thai letters). Shorten it, and export again."
        " [invalid-h5p-json-file]"
    )
    with pytest.raises(CommandError, match="No such file"):
        call_command("h5p_import", tmp_path / "gone.h5p")
    assert counts() == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(("name", "code"), [("gone.h5p", "file-not-readable"), ("bad.h5p", "unable-to-unzip")])
def test_a_program_is_told_in_json_why_nothing_was_read(name: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "bad.h5p").write_bytes(b"no zip")
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("h5p_import", tmp_path / name, json=True, stdout=out)
    told_of = json.loads(out.getvalue())
    assert (ended.value.code, told_of["state"], told_of["code"]) == (1, "refused", code)
