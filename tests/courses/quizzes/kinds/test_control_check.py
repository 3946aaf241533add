"""In a drawn process the weak steps are marked and the way to mend them is chosen."""

from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from courses.quizzes.kinds import kind_of
from tests.courses.quizzes.kinds.properties import marks_are, sample

KIND = kind_of("control_check")


def body(**changes: Any) -> dict[str, Any]:
    return KIND.clean_body({**sample("control_check")[1], **changes})


def score(*steps: str, fix: str = "") -> float:
    return KIND.grade(body(), {"steps": list(steps), "fix": fix}).score


def test_weak_steps_and_the_right_fix_are_worth_a_point_each() -> None:
    marks_are("control_check", full=3, partial=1)
    assert (score("s4"), score("s4", "s5"), score(fix="f2"), score(fix="f1")) == (1, 2, 1, 0)


def test_a_sound_step_that_is_marked_takes_a_point_and_never_more_than_there_is() -> None:
    assert (score("s1", "s4"), score("s1", "s4", "s5"), score("s1", "s2", "s3", fix="f2")) == (0, 1, 1)


def test_steps_keep_the_order_of_the_process_and_fixes_are_shuffled() -> None:
    orders = set()
    for seed in range(8):
        shown = KIND.shown(body(), KIND.present(body(), Random(seed)), None)
        assert [step["text"] for step in shown["steps"]] == [step["text"] for step in body()["steps"]]
        assert [step["lane"] for step in shown["steps"]] == [1, 3, 2, 2, 2]
        orders.add(tuple(fix["text"] for fix in shown["fixes"]))
    assert len(orders) == 2


def test_the_review_says_of_each_step_whether_it_is_weak_and_why() -> None:
    presentation = KIND.present(body(), Random(1), shuffle=False)
    review = KIND.review(body(), presentation, {"steps": ["s3", "s4"], "fix": "f1"})
    seen = [(step["is_weak"], step["is_marked"]) for step in review["steps"]]
    assert seen == [(False, False), (False, False), (False, True), (True, True), (True, False)]
    assert review["reasons"] == ["ถือเงินแล้วแก้ยอดได้", "ตรวจงานของตัวเอง"]
    assert [(one["chosen"], one["correct"], one["feedback"]) for one in review["choices"]] == [
        (True, False, "คนเดิมยังทำสองอย่าง"),
        (False, True, "แยกคนละมือ"),
    ]


def test_two_fixes_and_things_that_were_not_shown_are_refused() -> None:
    presentation = KIND.present(body(), Random(1))
    tokens = presentation["tokens"]
    for values in ([tokens["f1"], tokens["f2"]], ["s4"], ["w1"]):
        with pytest.raises(ValueError, match=r"neither steps|not one of the choices"):
            KIND.clean_answer(body(), presentation, values)


def test_ids_that_are_not_written_are_given_and_ids_that_are_written_are_kept() -> None:
    steps = [{**step, "id": f"own{number}"} for number, step in enumerate(body()["steps"])]
    own = body(
        steps=steps,
        weaknesses=[{"id": "gap", "steps": ["own3"], "reason": "ถือและลง"}],
        fixes=[{"id": "good", "text": "แยก", "weakness": "gap"}, {"text": "เฉย"}],
    )
    assert [step["id"] for step in own["steps"]] == ["own0", "own1", "own2", "own3", "own4"]
    assert [fix["id"] for fix in own["fixes"]] == ["good", "f1"]


def test_an_author_who_adds_a_step_in_lines_keeps_the_ids_above_it() -> None:
    before = body()
    written = KIND.written(before)
    written["control_steps"] += "\nผู้จัดการ | เก็บใบถอนเข้าแฟ้ม | แฟ้ม"
    after = KIND.clean_body(KIND.body_from(written, before))
    assert after["steps"][:-1] == before["steps"]
    assert after["steps"][-1] == {"id": "s6", "actor": "ผู้จัดการ", "text": "เก็บใบถอนเข้าแฟ้ม", "document": "แฟ้ม"}
    assert (after["weaknesses"], after["fixes"]) == (before["weaknesses"], before["fixes"])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"actors": ["คนเดียว"]}, "Name between 2 and 5 people who take part, each once."),
        ({"actors": ["ก", "ข"]}, "does a step and is not among the people."),
        ({"steps": []}, "Give between 3 and 12 steps"),
        ({"weaknesses": []}, "Say which steps are weak, and why."),
        ({"weaknesses": [{"steps": ["s9"], "reason": "x"}]}, "Say which steps are weak, and why."),
        ({"weaknesses": [{"steps": ["s1", "s2", "s3", "s4", "s5"], "reason": "x"}]}, "Every step is weak."),
        ({"fixes": [{"text": "ก"}, {"text": "ข"}]}, "Exactly one of the ways to mend it is right."),
        ({"fixes": [{"text": "ก", "weakness": "w1"}, {"text": "ข", "weakness": "w2"}]}, "Exactly one of the ways"),
        ({"fixes": [{"text": "ก", "weakness": "w1"}, {"text": "ก", "weakness": "w1"}]}, "Two of them say the same."),
    ],
)
def test_a_process_that_cannot_be_asked_is_refused(changes: dict[str, Any], sentence: str) -> None:
    with override("en"), pytest.raises(ValidationError, match=sentence):
        body(**changes)
