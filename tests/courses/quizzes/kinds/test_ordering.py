"""Putting in order: what follows what."""

from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.kinds import Mark, h5p_scores, kind_of
from tests.courses.quizzes.kinds import properties
from tests.factories.kinds import SAMPLES

KIND = kind_of("ordering")
BODY = SAMPLES["ordering"][1]


def test_a_step_earns_its_point_when_it_follows_the_right_one() -> None:
    properties.marks_are("ordering", full=4, partial=2)
    assert KIND.grade(BODY, ["i4", "i3", "i2", "i1"]) == Mark(0, 4)
    assert KIND.grade(BODY, ["i1", "i2", "", "i4"]) == Mark(2, 4)
    assert KIND.grade(BODY, ["i1", "i2", "i1", "i2"]) == Mark(2, 4)


def test_a_list_nobody_touched_is_no_answer() -> None:
    presentation = KIND.present(BODY, Random(1))
    assert KIND.clean_answer(BODY, presentation, ["", "", "", ""]) is None
    assert KIND.clean_answer(BODY, presentation, []) is None
    assert KIND.values(BODY, presentation, None) == ["", "", "", ""]


def test_two_steps_of_one_text_are_refused() -> None:
    with pytest.raises(ValidationError):
        KIND.clean_body({"items": [{"text": "รับเงิน"}, {"text": "รับเงิน"}]})
    with pytest.raises(ValidationError):
        KIND.clean_body({"items": [{"text": "รับเงิน"}]})


def test_an_edited_step_keeps_its_id() -> None:
    edited = KIND.body_from({"item_lines": "รับเงินจากสมาชิก\nออกใบเสร็จ\nบันทึกสมุดเงินสด\nนำเงินฝากธนาคาร\nเก็บสำเนา"}, BODY)
    assert [item["id"] for item in KIND.clean_body(edited)["items"]] == ["i1", "i2", "i3", "i4", "i5"]
    moved = KIND.body_from({"item_lines": "นำเงินฝากธนาคาร\nรับเงินจากสมาชิก"}, BODY)
    assert [item["id"] for item in KIND.clean_body(moved)["items"]] == ["i4", "i1"]


def test_it_is_shuffled_though_the_quiz_does_not_shuffle() -> None:
    orders = {tuple(KIND.present(BODY, Random(seed), shuffle=False)["order"]) for seed in range(20)}
    assert len(orders) > 5


def test_h5p_scores_the_places() -> None:
    written = KIND.to_h5p("<p>เรียง</p>", BODY)
    assert written.params["textField"].split("\n")[0] == "1. *รับเงินจากสมาชิก*"
    score = h5p_scores()["H5P.DragText"]
    assert score(written.params, KIND.to_state(BODY, ["i1", "i3", "i2", "i4"])) == (2, 4)


def test_signs_of_drag_text_stay_letters() -> None:
    body = KIND.clean_body({"items": [{"text": "เวลา 10:30 *น.*"}, {"text": "1/2 < 3 & 4"}]})
    written = KIND.to_h5p("", body)
    assert written.params["textField"] == "1. *เวลา 10&#58;30 &#42;น.&#42;*\n2. *1/2 &lt; 3 &amp; 4*"
    assert h5p_scores()["H5P.DragText"](written.params, KIND.to_state(body, ["i1", "i2"])) == (2, 2)


def test_the_page_holds_no_id_and_no_order() -> None:
    properties.the_page_holds_no_order_and_no_id("ordering", '"i1"', '"i2"')


@given(st.lists(st.text(max_size=8), max_size=5), properties.NONSENSE)
def test_nothing_sent_breaks_it(values: list[str], answer: Any) -> None:
    properties.no_answer_is_too_odd("ordering", values, answer)
