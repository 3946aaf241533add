"""Files into the bank and out of it: nothing twice, all or nothing, what goes out comes back as the same question."""

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from PIL import Image

from cms.models import AcademyImage
from courses.quizzes import saving
from courses.quizzes.export.files import written_file
from courses.quizzes.export.questions import drafts_of
from courses.quizzes.models import BankImport, Category, Question, SubCategory
from courses.quizzes.reading.files import read_questions
from tests.cast import Cast
from tests.factories.quizzes import make_question

pytestmark = pytest.mark.django_db

GIFT = "$CATEGORY: การเงิน/เงินสด\n\n// [id:q1] [tag:นับ]\nใครนับ {=คนอื่น ~ผู้ถือเงิน}\n\nไม่ครบ {=ก"


@pytest.fixture
def wipa(client: Client, cast: Cast) -> Client:
    client.force_login(cast.wipa)
    return client


@pytest.fixture
def category() -> Category:
    return Category.objects.create(category="นำเข้า")


def command(path: Path, *options: str) -> Any:
    out = io.StringIO()
    call_command("question_import", path, "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def gift(tmp_path: Path, text: str = GIFT) -> Path:
    path = tmp_path / "bank.gift"
    path.write_text(text, encoding="utf-8")
    return path


# --- the command ---------------------------------------------------------------------------------
def test_a_file_is_read_into_the_bank_with_its_categories_tags_and_faults(tmp_path: Path) -> None:
    report = command(gift(tmp_path))
    assert (report["written"], [fault["line"] for fault in report["faults"]]) == (1, [6])
    question = Question.objects.get()
    assert (question.uid, question.category.category, question.sub_category.sub_category) == ("q1", "การเงิน", "เงินสด")
    assert list(question.tags.names()) == ["นับ"]


def test_a_second_time_writes_nothing_and_names_the_twin(tmp_path: Path) -> None:
    command(gift(tmp_path))
    report = command(gift(tmp_path))
    assert (report["written"], report["twins"]) == (0, [{"line": 4, "uid": "q1"}])
    assert Question.objects.count() == 1
    assert command(gift(tmp_path), "--keep-twins")["written"] == 1
    assert Question.objects.count() == 2


def test_a_dry_run_writes_nothing_at_all(tmp_path: Path) -> None:
    report = command(gift(tmp_path), "--dry-run")
    assert (report["written"], report["dry_run"]) == (1, True)
    assert (Question.objects.count(), Category.objects.count(), SubCategory.objects.count()) == (0, 0, 0)


def test_a_file_that_cannot_be_read_ends_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "bank.xml"
    path.write_text("<!DOCTYPE quiz [<!ENTITY a 'b'>]><quiz/>")
    with pytest.raises(CommandError, match=r"^Nothing was read\. "):
        call_command("question_import", path)
    with pytest.raises(SystemExit) as ended:
        call_command("question_import", path, "--json", stdout=io.StringIO())
    assert ended.value.code == 1
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("question_import", tmp_path / "none.gift")


def test_a_failure_in_the_middle_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def broken(question: Question, *args: Any, **kwargs: Any) -> None:
        calls.append(question)
        if len(calls) == 2:
            raise RuntimeError("the disk is full")
        original(question, *args, **kwargs)

    original = Question.save
    monkeypatch.setattr(Question, "save", broken)
    with pytest.raises(RuntimeError):
        command(gift(tmp_path, "ก {T}\n\nข {T}\n\nค {T}"))
    assert Question.objects.count() == 0


# --- pictures ------------------------------------------------------------------------------------
def moodle_with(content: bytes) -> str:
    coded = base64.b64encode(content).decode()
    file = f'<file name="cash.png" encoding="base64">{coded}</file>'
    asked = f'<questiontext format="html"><text>โจทย์</text>{file}</questiontext>'
    right = '<answer fraction="100"><text>true</text></answer>'
    return f'<quiz><question type="truefalse">{asked}{right}</question></quiz>'


def test_a_picture_inside_a_file_becomes_one_image_of_the_site(category: Category) -> None:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(file, "PNG")
    drafts = read_questions(moodle_with(file.getvalue()).encode(), "moodle").drafts
    for _time in (1, 2):
        saving.write_drafts(drafts, category=category, keep_twins=True, by=None)
    assert AcademyImage.objects.count() == 1
    image = AcademyImage.objects.get()
    assert (image.title, {question.figure for question in Question.objects.all()}) == ("cash", {image})


# --- in the admin --------------------------------------------------------------------------------
def upload(client: Client, category: Category, content: bytes, name: str = "bank.gift") -> BankImport:
    data = {"file": SimpleUploadedFile(name, content), "format": "", "category": category.pk}
    response = client.post(reverse("quiz_imports:imports"), data)
    assert response.status_code == 302, response.context["form"].errors
    return BankImport.objects.latest("pk")


def test_what_was_read_is_looked_at_before_it_is_saved(wipa: Client, category: Category) -> None:
    make_question(content="ใครนับ", body={"choices": [{"text": "คนอื่น", "correct": True}, {"text": "ผู้ถือเงิน"}]})
    batch = upload(wipa, category, (GIFT + "\n}\n\nใหม่ {T}").encode())
    address = reverse("quiz_imports:import", args=[batch.pk])
    page = wipa.get(address)
    assert [(draft.content, is_twin, uid) for draft, is_twin, uid in page.context["rows"]] == [
        ("ใครนับ", True, "question-1"),
        ("ไม่ครบ", False, ""),
        ("ใหม่", False, ""),
    ]
    assert Question.objects.count() == 1
    assert batch.file.name == ""
    for _click in (1, 2):
        assert wipa.post(address, {"do": "save"}).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.written_count, Question.objects.count()) == ("saved", 2, 3)


def test_an_import_can_be_left_and_a_saved_one_stays(wipa: Client, category: Category) -> None:
    batch = upload(wipa, category, "ก {T}".encode())
    wipa.post(reverse("quiz_imports:import", args=[batch.pk]), {"do": "discard"})
    assert not BankImport.objects.exists()
    batch = upload(wipa, category, "ก {T}".encode())
    wipa.post(reverse("quiz_imports:import", args=[batch.pk]), {"do": "save"})
    wipa.post(reverse("quiz_imports:import", args=[batch.pk]), {"do": "discard"})
    assert BankImport.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"), [("bank.gift", b""), ("bank.docx", b"x"), ("bank.xml", b"<quiz><question>")]
)
def test_a_file_that_is_none_is_refused_with_a_sentence(
    wipa: Client, category: Category, name: str, content: bytes
) -> None:
    data = {"file": SimpleUploadedFile(name, content), "format": "", "category": category.pk}
    response = wipa.post(reverse("quiz_imports:imports"), data)
    if response.status_code == 302:
        batch = BankImport.objects.get()
        assert (batch.state, len(batch.faults)) == ("refused", 1)
        assert wipa.get(response.url).status_code == 200
    else:
        assert list(response.context["form"].errors) == ["file"]
    assert not Question.objects.exists()


def test_a_large_file_is_read_and_saved_by_a_worker(
    wipa: Client, category: Category, django_capture_on_commit_callbacks: Any
) -> None:
    text = "\n\n".join(f"ข้อ {number} {'ยาว' * 1500} {{T}}" for number in range(60))
    with django_capture_on_commit_callbacks() as waiting:
        batch = upload(wipa, category, text.encode())
    assert (batch.state, len(waiting)) == ("waiting", 1)
    assert wipa.get(reverse("quiz_imports:import", args=[batch.pk])).context["is_working"]
    waiting[0]()
    with django_capture_on_commit_callbacks() as waiting:
        wipa.post(reverse("quiz_imports:import", args=[batch.pk]), {"do": "save"})
    assert (Question.objects.count(), len(waiting)) == (0, 1)
    waiting[0]()
    assert Question.objects.count() == 60


def test_somebody_elses_import_and_a_learner_are_turned_away(
    wipa: Client, category: Category, client: Client, cast: Cast
) -> None:
    batch = upload(wipa, category, "ก {T}".encode())
    BankImport.objects.update(created_by=cast.somchai)
    assert wipa.get(reverse("quiz_imports:import", args=[batch.pk])).status_code == 404
    client.force_login(cast.malee)
    for name in ("imports", "template", "questions"):
        assert client.get(reverse(f"quiz_imports:{name}")).status_code == 302


def test_the_template_and_the_bank_are_downloaded(wipa: Client) -> None:
    question = make_question()
    assert wipa.get(reverse("quiz_imports:template"))["Content-Disposition"] == 'attachment; filename="questions.xlsx"'
    address = reverse("quiz_imports:questions")
    for format in ("gift", "moodle", "sheet"):
        answer = wipa.get(address, {"format": format, "category": question.category_id})
        assert len(read_questions(answer.content, format).drafts) == 1
    assert wipa.get(address, {"format": "pdf"}).status_code == 404
    assert wipa.get(address, {"format": "gift", "category": "x"}).status_code == 404


# --- out and back --------------------------------------------------------------------------------
BODIES: dict[str, dict[str, Any]] = {
    "single_choice": {"choices": [{"text": "=ก~", "correct": True, "feedback": "ใช่ {1}"}, {"text": "ข\\n"}]},
    "multiple_choice": {
        "choices": [
            {"text": "ก", "correct": True},
            {"text": "ข", "correct": True},
            {"text": "ค", "correct": True},
            {"text": "ง"},
        ]
    },
    "true_false": {"correct": False},
    "short_answer": {"answers": ["สมุด: รายวัน", "50%"], "case_sensitive": False, "accept_spelling_errors": False},
    "number": {"value": "1250.5", "tolerance": "0.5", "unit": "", "units": [], "unit_required": False},
    "matching": {
        "pairs": [{"id": "p1", "left": "ก", "right": "1"}, {"id": "p2", "left": "ข", "right": "2"}],
        "extra": [{"id": "x3", "text": "3"}],
    },
    "essay": {"points": 1},
}


@pytest.mark.parametrize("format", ["gift", "moodle", "sheet"])
@pytest.mark.parametrize("kind", sorted(BODIES))
def test_what_goes_out_comes_back_as_the_same_question(kind: str, format: str) -> None:
    category = Category.objects.create(category="เงิน/สด: ก")
    question = Question.objects.create(
        uid="q-1",
        kind=kind,
        category=category,
        sub_category=SubCategory.objects.create(category=category, sub_category="ย่อย"),
        content="ถาม {อะไร} = #1\nบรรทัดสอง",
        explanation="เพราะ ~ว่า",
        body=BODIES[kind],
    )
    question.tags.add("นับ")
    written = written_file(Question.objects.all(), format)
    assert written.left_out == []
    reading = read_questions(written.content, format)
    assert reading.faults == []
    before, after = drafts_of([question])[0], reading.drafts[0]
    assert after.fingerprint == before.fingerprint
    same = ("kind", "content", "format", "category", "explanation", "tags", "uid")
    assert {name: getattr(after, name) for name in same} == {name: getattr(before, name) for name in same}


def test_a_kind_that_a_format_cannot_say_is_named(tmp_path: Path) -> None:
    make_question(1)
    body = {"parts": ["ก ", {"id": "g1", "answers": ["ข"], "tip": ""}], "case_sensitive": False}
    make_question(2, kind="blanks", body=body)
    out = io.StringIO()
    call_command("question_export", tmp_path / "bank.gift", "--format", "gift", stdout=out)
    assert out.getvalue().splitlines()[0] == "question-2: this format has no word for its kind"
    with pytest.raises(CommandError, match="no category"):
        call_command("question_export", tmp_path / "bank.gift", "--format", "gift", "--category", "none")
