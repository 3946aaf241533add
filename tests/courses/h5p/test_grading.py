"""`h5p_grade`: a line in, a line out, whatever stands in it; a whole is the sum of its parts."""

import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from courses.h5p.management.commands import h5p_grade
from courses.h5p.scoring import NotScored, score
from tests.factories.h5p import library, multi_choice, question_set, sub, true_false

RIGHT, WRONG = {"answer": True}, {"answer": False}


def trues(count: int) -> list[dict[str, Any]]:
    return [sub("H5P.TrueFalse", true_false(), number=number) for number in range(count)]


def grade(*lines: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[list[dict[str, Any]], bool]:
    """What is printed, and whether the command ended with an error."""
    said = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    monkeypatch.setattr(h5p_grade.sys, "stdin", SimpleNamespace(buffer=io.BytesIO(said)))
    out = io.StringIO()
    try:
        call_command("h5p_grade", json=True, stdout=out)
    except CommandError as error:
        return [json.loads(line) for line in out.getvalue().splitlines()], error.returncode == 1
    return [json.loads(line) for line in out.getvalue().splitlines()], False


def test_the_recorded_cases_are_scored_line_by_line(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (root / "tests/data/h5p_scores_dev.jsonl").read_bytes().splitlines()
    told, failed = grade(*lines, monkeypatch=monkeypatch)
    wanted = [(json.loads(line)["score"], json.loads(line)["max"]) for line in lines]
    got = [(one["score"], one["max"]) for one in told]
    # Summary's own fault on resuming is not copied (tests/courses/quizzes/test_h5p_scores.py names it).
    differs = [number for number, pair in enumerate(zip(got, wanted, strict=True)) if pair[0] != pair[1]]
    assert (failed, len(got), [json.loads(lines[number])["library"] for number in differs]) == (
        False,
        535,
        ["H5P.Summary 1.10"],
    )


def test_whole_numbers_are_printed_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    line = {"library": "H5P.TrueFalse 1.8", "params": true_false(), "state": RIGHT}
    said = json.dumps(grade(line, monkeypatch=monkeypatch)[0])
    assert said == '[{"score": 1, "max": 1}]'


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b"5",
        b"\xff\xfe",
        b'{"library": 5}',
        b'{"params": {}}',
        b'{"library": "H5P.Nothing 1.0", "params": {}, "state": null}',
        b'{"library": "H5P.TrueFalse 1.8", "params": [], "state": null}',
        b'{"library": "H5P.TrueFalse 1.8", "params": ' + b"[" * 1000 + b"]" * 1000 + b"}",
    ],
)
def test_a_line_that_cannot_be_scored_is_an_error_and_the_others_are_scored(
    line: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = {"library": "H5P.TrueFalse 1.8", "params": true_false(), "state": RIGHT}
    told, failed = grade(good, line, b"", good, monkeypatch=monkeypatch)
    assert [sorted(one) for one in told] == [["max", "score"], ["error"], ["max", "score"]]
    assert failed


def test_a_line_that_is_far_too_long_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(h5p_grade, "LARGEST_JSON", 200)
    good = {"library": "H5P.TrueFalse 1.8", "params": true_false(), "state": RIGHT}
    monkeypatch.setattr(h5p_grade, "LARGEST_JSON", len(json.dumps(good)) + 5)
    told, failed = grade(b"x" * 5000, good, monkeypatch=monkeypatch)
    assert ([sorted(one) for one in told], failed) == ([["error"], ["max", "score"]], True)


def test_it_answers_each_line_at_once_and_ends_with_1(root: Path) -> None:
    """As a program: a line is answered before the next one is written."""
    command = [sys.executable, str(root / "manage.py"), "h5p_grade", "--json"]
    line = json.dumps({"library": "H5P.TrueFalse", "params": true_false(), "state": WRONG})
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root
    ) as asked:
        assert asked.stdin is not None
        assert asked.stdout is not None
        answers = []
        for said in (line, "no json", line):
            asked.stdin.write(said + "\n")
            asked.stdin.flush()
            answers.append(json.loads(asked.stdout.readline()))
        _out, errors = asked.communicate()
    assert [answers[0], sorted(answers[1]), answers[2], asked.returncode] == [
        {"score": 0, "max": 1}, ["error"], {"score": 0, "max": 1}, 1,
    ]  # fmt: skip
    assert "Traceback" not in errors


def test_a_text_of_tags_without_end_is_an_error_and_takes_no_time() -> None:
    with pytest.raises(NotScored):
        score("H5P.MarkTheWords 1.11", {"textField": "<p>*คำ* " + '<p style="' * 100_000}, [0])


def test_a_keyword_that_begins_like_a_section_of_xml_is_scored() -> None:
    keywords = [{"keyword": word, "options": {"points": 1}} for word in ("<![a คำ", "<p>สด")]
    assert score("H5P.Essay 1.5", {"keywords": keywords}, {"inputField": "เงิน สด"}) == (1, 2)


def test_a_place_to_jump_in_a_film_has_no_points() -> None:
    parts = [{"library": "H5P.IVHotspot 1.2", "params": {}}, sub("H5P.TrueFalse", true_false())]
    film = {"interactiveVideo": {"assets": {"interactions": [{"action": part} for part in parts]}}}
    assert score("H5P.InteractiveVideo 1.27", film, {"answers": [None, RIGHT]}) == (1, 1)


# --- sums of parts ---------------------------------------------------------------------------------
def test_a_set_of_questions_is_the_sum_in_the_order_of_asking() -> None:
    params = question_set(*trues(2), sub("H5P.MultiChoice", multi_choice()))
    name = library("H5P.QuestionSet")
    assert score(name, params, None) == (0, 3)
    assert score(name, params, {"answers": [RIGHT, WRONG, {"answers": [0]}]}) == (2, 3)
    assert score(name, params, {"answers": [{"answers": [0]}, RIGHT, WRONG], "order": [2, 0, 1]}) == (2, 3)


def test_a_pool_counts_what_was_drawn() -> None:
    params = question_set(*trues(4), poolSize=2)
    name = library("H5P.QuestionSet")
    assert score(name, params, None) == (0, 2)
    assert score(name, params, {"answers": [RIGHT, RIGHT], "poolOrder": [3, 1], "order": [1, 0]}) == (2, 2)


def test_columns_rows_and_books_sum_up_their_parts() -> None:
    column = {"content": [{"content": sub("H5P.AdvancedText", {"text": "อ่าน"})}, {"content": trues(1)[0]}, {}]}
    assert score(library("H5P.Column"), column, {"instances": [None, RIGHT]}) == (1, 1)
    row = {"columns": [{"content": sub("H5P.RowColumn", column)}]}
    assert score("H5P.Row 1.0", row, {"instances": [{"instances": [None, RIGHT]}]}) == (1, 1)
    book = {"chapters": [{"chapter": sub("H5P.Column", column)}, sub("H5P.Column", column)]}
    state = {"chapters": [{"state": {"instances": [None, RIGHT]}}, {"state": None}]}
    assert score(library("H5P.InteractiveBook"), book, state) == (1, 2)


def test_slides_and_films_sum_up_their_parts_without_the_summary() -> None:
    slides = {
        "presentation": {
            "slides": [{"elements": [{"action": trues(1)[0]}]}, {"elements": [{}, {"action": trues(1)[0]}]}]
        }
    }
    assert score(library("H5P.CoursePresentation"), slides, {"answers": [[RIGHT], [None, RIGHT]]}) == (2, 2)
    film = {
        "interactiveVideo": {
            "assets": {"interactions": [{"action": one} for one in trues(2)]},
            "summary": {"task": sub("H5P.Summary", {"summaries": [{"summary": ["ก", "ข"]}]})},
        }
    }
    assert score(library("H5P.InteractiveVideo"), film, {"answers": [RIGHT, WRONG]}) == (1, 2)


def test_a_part_that_nobody_can_count_is_said() -> None:
    with pytest.raises(NotScored, match=r"H5P\.Memory is not known"):
        score(library("H5P.QuestionSet"), question_set(sub("H5P.Memory", {})), None)
