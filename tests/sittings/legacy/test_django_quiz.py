"""The data of django-quiz-app: read with all its oddities, written once, past sittings with the marks they had."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.quizzes.django_quiz.dump import NotThisDump, read_dump
from courses.quizzes.models import Question, Quiz
from learning.sittings.legacy.people import BrokenMap, read_people
from learning.sittings.models import Response, Sitting
from learning.sittings.queries import CategoryScore, responses_of, scores_by_category
from tests.cast import Cast

DUMP = Path(__file__).parents[2] / "data" / "django_quiz_app_dump.json"
Rows = list[dict[str, Any]]
Run = Callable[..., dict[str, Any]]


@pytest.fixture
def rows() -> Rows:
    return json.loads(DUMP.read_text(encoding="utf-8"))


def fields(rows: Rows, model: str, pk: int = 1) -> dict[str, Any]:
    return next(row["fields"] for row in rows if row["model"] == model and row["pk"] == pk)


@pytest.fixture
def run(tmp_path: Path, cast: Cast) -> Run:
    def run(rows: Rows, *options: str, people: str = '{"1": "malee"}') -> dict[str, Any]:
        (tmp_path / "dump.json").write_text(json.dumps(rows))
        (tmp_path / "people").write_text(people)
        out = io.StringIO()
        listed = ["--users", str(tmp_path / "people")] if people else []
        call_command("import_django_quiz", str(tmp_path / "dump.json"), *listed, *options, "--json", stdout=out)
        return json.loads(out.getvalue())

    return run


database = pytest.mark.django_db


@database
def test_the_genuine_dump_is_written_whole(run: Run, rows: Rows, cast: Cast) -> None:
    report = run(rows)
    assert (report["questions"], report["quizzes"]) == ({"new": 3, "known": 0}, {"new": 1, "known": 0})
    assert report["sittings"] == {"new": 1, "known": 0, "unmapped": 0, "unfinished": 0}
    assert report["faults"] == []
    quiz = Quiz.objects.get()
    assert (quiz.uid, quiz.title, quiz.pass_mark, quiz.max_questions, quiz.attempts_allowed, quiz.draft) == (
        "django-quiz-1",
        "แบบทดสอบหลังเรียน",
        60,
        3,
        0,
        False,
    )
    assert (quiz.random_order, quiz.shuffle_choices, quiz.layout, quiz.navigation) == (True, True, "one", "sequential")
    kinds = dict(Question.objects.values_list("uid", "kind"))
    assert kinds == {
        "django-quiz-question-1": "single_choice",
        "django-quiz-question-2": "true_false",
        "django-quiz-question-3": "essay",
    }
    first = Question.objects.get(uid="django-quiz-question-1")
    assert (first.category.category, first.sub_category.sub_category) == ("คณิตศาสตร์", "เศษส่วน")


@database
def test_a_past_sitting_keeps_its_marks_answers_and_moments(run: Run, rows: Rows, cast: Cast) -> None:
    run(rows)
    sitting = Sitting.objects.get()
    assert (sitting.user, sitting.occasion, sitting.number, sitting.state) == (
        cast.malee,
        "django-quiz-1",
        1,
        "graded",
    )
    assert (sitting.score, sitting.max_score, sitting.percent, sitting.passed) == (1, 3, 33, False)
    assert sitting.opened_at == datetime(2026, 11, 23, 0, 34, 9, 893000, tzinfo=UTC)
    responses = list(Response.objects.order_by("position").values_list("question__question__uid", "answer", "score"))
    assert responses == [
        ("django-quiz-question-2", "false", 0),
        ("django-quiz-question-1", ["a1"], 1),
        ("django-quiz-question-3", "xx", 0),
    ]
    assert scores_by_category(responses_of(sitting)) == [CategoryScore("คณิตศาสตร์", 1, 3)]


@database
def test_a_second_time_changes_nothing_and_a_dry_run_neither(run: Run, rows: Rows) -> None:
    assert run(rows, "--dry-run")["questions"]["new"] == 3
    assert (Question.objects.count(), Quiz.objects.count(), Sitting.objects.count()) == (0, 0, 0)
    run(rows)
    edited = Question.objects.get(uid="django-quiz-question-2")
    edited.content = "แก้แล้ว"
    edited.save()
    report = run(rows)
    assert (report["questions"], report["quizzes"]) == ({"new": 0, "known": 3}, {"new": 0, "known": 1})
    assert report["sittings"] == {"new": 0, "known": 1, "unmapped": 0, "unfinished": 0}
    edited.refresh_from_db()
    assert (edited.content, edited.version) == ("แก้แล้ว", 2)
    assert Sitting.objects.count() == 1


@database
def test_the_order_of_the_rows_does_not_count(run: Run, rows: Rows) -> None:
    assert run(rows[::-1])["sittings"]["new"] == 1


@database
def test_nobody_is_guessed_and_whoever_is_not_listed_is_counted(run: Run, rows: Rows) -> None:
    report = run(rows, people="")
    assert (report["sittings"]["unmapped"], report["unmapped_users"]) == (1, {"1": 1})
    assert Sitting.objects.count() == 0
    assert run(rows, people='{"1": "nobody"}')["unmapped_users"] == {"1": 1}
    assert run(rows, people="old,new\n1,malee\n")["sittings"]["new"] == 1


@database
def test_a_natural_key_and_a_dumped_username_name_the_same_person(run: Run, rows: Rows, cast: Cast) -> None:
    second = json.loads(json.dumps(next(row for row in rows if row["model"] == "quiz.sitting")))
    second["pk"], second["fields"]["user"], second["fields"]["start"] = 2, ["old-malee"], "2026-11-24T00:00:00Z"
    rows += [second, {"model": "auth.user", "pk": 1, "fields": {"username": "old-malee"}}]
    report = run(rows, people="old-malee,malee")
    assert (report["sittings"]["new"], report["unmapped_users"]) == (2, {})
    assert list(Sitting.objects.order_by("number").values_list("user", "number")) == [
        (cast.malee.pk, 1),
        (cast.malee.pk, 2),
    ]


@database
def test_settings_of_a_quiz_find_their_place(run: Run, rows: Rows) -> None:
    fields(rows, "quiz.quiz").update(
        single_attempt=True, exam_paper=True, answers_at_end=True, draft=True, pass_mark=0, max_questions=None
    )
    fields(rows, "multichoice.mcquestion")["answer_order"] = "content"
    report = run(rows)
    quiz = Quiz.objects.get()
    assert (quiz.attempts_allowed, quiz.draft, quiz.pass_mark, quiz.max_questions) == (1, True, 1, None)
    assert quiz.shuffle_choices is False
    texts = [choice["text"] for choice in Question.objects.get(kind="single_choice").body["choices"]]
    assert texts == ["2/6", "3/4"]
    assert report["remarks"] == ["quiz.quiz 1: its pass mark was 0, here it is 1."]
    assert Sitting.objects.get().passed is True  # 33 % of a pass mark of 0, as the app said


@database
def test_what_is_missing_is_named_and_the_rest_is_kept(run: Run, rows: Rows) -> None:
    sitting = fields(rows, "quiz.sitting")
    sitting.update(question_order="2,1,3,99,", user_answers='{"1": "77", "2": "True"}', incorrect_questions="3,,2,,99,")
    fields(rows, "quiz.question")["figure"] = "uploads/2014/01/01/cash.png"
    rows.append({"model": "quiz.question", "pk": 4, "fields": {"category": None, "content": "ไร้ชนิด", "quiz": [1]}})
    report = run(rows)
    assert report["faults"] == [
        "quiz.question 4 was left out: it is neither multiple choice, true or false nor an essay."
    ]
    assert report["remarks"] == [
        "quiz.question 1: its picture uploads/2014/01/01/cash.png is not in the dump.",
        "quiz.quiz 1: answers are shown at the end, not after each question.",
        "quiz.sitting 1: the answer to question 1 is no longer among its choices.",
        "quiz.sitting 1: question 99 is not in the dump; its point still counts.",
    ]
    stored = Sitting.objects.get()
    assert (stored.score, stored.max_score, stored.responses.count()) == (1, 4, 3)


@database
def test_broken_answers_keep_their_marks_and_a_wrong_sum_is_told(run: Run, rows: Rows) -> None:
    fields(rows, "quiz.sitting").update(user_answers="{broken", current_score=3)
    report = run(rows)
    assert report["faults"] == ["quiz.sitting 1: its answers cannot be read; its marks are kept."]
    assert "quiz.sitting 1: it says 3 points, its marks make 1." in report["remarks"]
    assert list(Response.objects.order_by("position").values_list("answer", "score")) == [
        (None, 0),
        (None, 1),
        (None, 0),
    ]


@database
def test_unfinished_sittings_and_those_without_a_moment_are_listed(run: Run, rows: Rows) -> None:
    fields(rows, "quiz.sitting")["complete"] = False
    report = run(rows)
    assert (report["sittings"]["unfinished"], report["unfinished_sittings"]) == (1, ["1"])
    fields(rows, "quiz.sitting").update(complete=True, start="someday")
    assert len(run(rows)["faults"]) == 1
    assert Sitting.objects.count() == 0


@database
def test_a_moment_at_the_end_of_the_calendar_is_none(run: Run, rows: Rows) -> None:
    fields(rows, "quiz.sitting")["end"] = "9999-12-31T23:59:59-12:00"
    assert run(rows)["sittings"]["new"] == 1
    sitting = Sitting.objects.get()
    assert sitting.submitted_at == sitting.opened_at


def test_yes_and_no_may_be_words_and_a_row_that_comes_twice_counts_once(rows: Rows) -> None:
    before = read_dump(json.dumps(rows).encode())
    for row in rows:
        row["fields"] = {key: str(one) if isinstance(one, bool) else one for key, one in row["fields"].items()}
    assert read_dump(json.dumps(rows + rows).encode()).questions == before.questions


def test_a_row_that_is_none_is_named() -> None:
    dump = read_dump(b'[5, {"model": "quiz.category", "pk": 1, "fields": {"category": "x"}}, {"model": "quiz.quiz"}]')
    assert dump.faults == [f"Row {place} was left out: it has no model or no fields." for place in (1, 3)]


@database
def test_progress_is_compared_with_the_sittings(run: Run, rows: Rows) -> None:
    assert run(rows)["progress"] == ["Progress of 1 in “คณิตศาสตร์” says 1 of 2; the sittings make 1 of 3."]
    fields(rows, "quiz.progress")["score"] = "คณิตศาสตร์,1,3,ภาษา, ไทย,2,2,"
    assert run(rows)["progress"] == ["Progress of 1: the category “ภาษา, ไทย” is not known."]


# --- what is no such dump ------------------------------------------------------------------------
MCQ = [
    {"model": "quiz.subject", "pk": 1, "fields": {"name": "x"}},
    {"model": "quiz.quiz", "pk": 1, "fields": {"name": "x", "subject": 1}},
]


def text(rows: Any) -> bytes:
    return json.dumps(rows).encode()


@pytest.mark.parametrize(
    "dump", [MCQ, MCQ[1:], [{"model": "quiz.question", "pk": 1, "fields": {"text": "x", "quiz": 1}}]]
)
def test_the_schema_of_django_mcq_is_told_apart(dump: Rows) -> None:
    with pytest.raises(NotThisDump, match="django-mcq, not of django-quiz-app"):
        read_dump(text(dump))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[{", "no whole JSON: line 1, column 3"),
        (b"", "no whole JSON"),
        (b'{"model": 1}', "should be a list of rows"),
        (b"[]", "holds nothing of django-quiz-app"),
        (b'[{"model": "auth.user", "pk": 1, "fields": {}}, 7, null]', "holds nothing of django-quiz-app"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
        (b"\xff\xff\xff", "letters of this file"),
    ],
)
def test_what_is_no_dump_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(NotThisDump, match=sentence):
        read_dump(content)


@database
def test_the_command_ends_with_code_1_and_writes_nothing(run: Run, cast: Cast) -> None:
    with pytest.raises(SystemExit) as ended:
        run(MCQ)
    assert ended.value.code == 1
    assert Quiz.objects.count() == 0


@database
def test_without_json_the_refusal_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "dump.json").write_bytes(text(MCQ))
    with pytest.raises(CommandError, match="django-mcq"):
        call_command("import_django_quiz", str(tmp_path / "dump.json"))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_django_quiz", str(tmp_path / "none.json"))


def test_a_program_is_told_in_json_that_there_is_no_file(tmp_path: Path) -> None:
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_django_quiz", str(tmp_path / "none.json"), json=True, stdout=out)
    assert (ended.value.code, [*json.loads(out.getvalue())]) == (1, ["error"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_letters_of_the_dump_may_have_a_mark(encoding: str) -> None:
    assert len(read_dump(DUMP.read_text(encoding="utf-8").encode(encoding)).questions) == 3


@pytest.mark.parametrize("content", [b"{", b"[1]", b"\xff", b'{"1": ["a"]}', b"one column\n"])
def test_a_broken_list_of_people_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenMap):
        read_people(content)


VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.just("1,,2,"), st.just("{}")
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=5,
)
MODELS = st.sampled_from(
    [row["model"] for row in json.loads(DUMP.read_text(encoding="utf-8"))] + ["quiz.x", "auth.user"]
)
NAMES = st.sampled_from(
    [
        *["title", "content", "category", "sub_category", "quiz", "user", "score", "question", "correct"],
        *["max_questions", "question_order", "incorrect_questions", "user_answers", "start", "end", "complete"],
        *["pass_mark", "answer_order"],
    ]
)
ROW = st.fixed_dictionaries({"model": MODELS, "pk": VALUES, "fields": st.dictionaries(NAMES, VALUES, max_size=8)})


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(ROW, VALUES), max_size=8))
def test_nonsense_is_read_or_refused_and_nothing_else(rows: Rows) -> None:
    try:
        dump = read_dump(text(rows))
    except NotThisDump:
        return
    assert [fault for fault in dump.faults if not fault] == []
