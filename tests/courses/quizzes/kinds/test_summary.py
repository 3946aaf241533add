"""Summaries: a point for each panel."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.kinds import H5PContent, kind_of
from courses.quizzes.kinds.summary.h5p import score
from tests.courses.quizzes.kinds import properties
from tests.factories.kinds import SAMPLES

KIND = kind_of("summary")
BODY = SAMPLES["summary"][1]
PARAMS: dict[str, Any] = {
    "intro": "<p>สรุป</p>",
    "summaries": [
        {"summary": ["<p>ถูก</p>", "<p>ผิด</p>"], "tip": "<p>ใบ้</p>", "subContentId": "one"},
        {"subContentId": "nothing"},
        {"summary": ["ถูก", "ผิด", "ผิดอีก"], "tip": "", "subContentId": "three"},
    ],
    "overallFeedback": [{"from": 0, "to": 100, "feedback": "ดี"}],
}


def test_a_point_for_each_panel() -> None:
    properties.marks_are("summary", full=2, partial=1)


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        ({"progress": 2, "answers": [None, None]}, (2, 2)),
        ({"progress": 2, "answers": [[1]]}, (1, 2)),
        ({"progress": 2, "answers": [None, [3, 4]]}, (1, 2)),
        ({"progress": 1, "answers": []}, (1, 2)),
        ({"progress": "1", "answers": []}, (1, 2)),
        ({"progress": 0, "answers": [[1]]}, (0, 2)),
        ({"progress": None, "answers": []}, (0, 2)),
        ({"progress": 2}, (0, 2)),
        ({"answers": []}, (0, 2)),
        # A number of another panel is no mistake of this one; nor is a number written as text.
        ({"progress": 2, "answers": [[4], ["3"]]}, (2, 2)),
        (None, (0, 2)),
        ([], (0, 2)),
    ],
)
def test_each_panel_is_graded_by_what_was_tried_in_it(state: Any, wanted: Any) -> None:
    assert score(PARAMS, state) == wanted


def test_a_panel_left_out_earns_nothing_in_h5p_either() -> None:
    for answer, points in (({"p2": "t1"}, 1), ({"p1": "t1"}, 1), (None, 0)):
        assert score(KIND.to_h5p("", BODY).params, KIND.to_state(BODY, answer)) == (points, 2)


def test_nothing_is_lost_on_the_way_in_out_and_in_again() -> None:
    read = KIND.from_h5p(H5PContent("H5P.Summary 1.10", PARAMS))
    assert (read.content, len(read.remarks)) == ("<p>สรุป</p>", 1)
    assert [panel["tip"] for panel in read.body["panels"]] == ["ใบ้", ""]
    body = KIND.clean_body({**read.body, "h5p": {"library": "H5P.Summary 1.10", "params": PARAMS}})
    written = KIND.to_h5p(read.content, body).params
    assert written == {**PARAMS, "summaries": [PARAMS["summaries"][0], PARAMS["summaries"][2]]}


def test_a_statement_may_begin_with_a_question_mark() -> None:
    panels = [{"statements": [{"text": "?ก"}, {"text": "\\ข"}], "tip": "? ใบ้"}]
    body = KIND.clean_body({"panels": panels})
    assert KIND.written(body)["panel_lines"] == "\\?ก\n\\\\ข\n? ? ใบ้"
    assert KIND.clean_body(KIND.body_from(KIND.written(body), body)) == body


def test_the_right_one_stands_first_by_chance_only() -> None:
    presentations = [KIND.present(BODY, properties.Random(seed), shuffle=False) for seed in range(20)]
    for place, part in enumerate(BODY["panels"]):
        firsts = {KIND.shown(BODY, one, None)["parts"][place]["choices"][0]["text"] for one in presentations}
        assert firsts == {item["text"] for item in part["statements"]}


def test_the_page_holds_no_id_and_no_order() -> None:
    properties.the_page_holds_no_order_and_no_id("summary", '"t1"', '"p1"')


@given(st.lists(st.text(max_size=8), max_size=4), properties.NONSENSE)
def test_nothing_sent_breaks_it(values: list[str], answer: Any) -> None:
    properties.no_answer_is_too_odd("summary", values, answer)
