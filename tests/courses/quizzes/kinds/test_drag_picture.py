"""Pieces on a picture: points for right places, less for wrong ones."""

from copy import deepcopy
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.kinds import H5PContent, Mark, kind_of
from courses.quizzes.kinds.drag_picture.h5p import score
from tests.courses.quizzes.kinds import properties
from tests.factories.kinds import SAMPLES

KIND = kind_of("drag_picture")
BODY = SAMPLES["drag_picture"][1]


def element(zones: list[str], **fields: Any) -> dict[str, Any]:
    content = {"library": "H5P.AdvancedText 1.1", "params": {"text": "<p>ชิ้น</p>"}, "subContentId": "x"}
    return {"x": 1, "y": 1, "width": 5, "height": 2.5, "dropZones": zones, "type": content, "multiple": False, **fields}


def zone(right: list[str], **fields: Any) -> dict[str, Any]:
    return {"x": 40, "y": 1, "width": 5, "height": 2.5, "correctElements": right, "label": "<div>โต๊ะ</div>", **fields}


def content(elements: list[Any], zones: list[Any], **behaviour: Any) -> dict[str, Any]:
    task = {"elements": elements, "dropZones": zones}
    return {"question": {"settings": {"size": {"width": 620, "height": 310}}, "task": task}, "behaviour": behaviour}


def placed(*zones: Any) -> list[Any]:
    return [{"x": 1, "y": 1, "dz": place} for place in zones]


TWO = ([element(["0", "1"]), element(["0", "1"], multiple=True)], [zone(["0", "1"]), zone(["1"])])


def test_points_for_right_places_less_wrong_ones() -> None:
    properties.marks_are("drag_picture", full=4, partial=1)
    assert KIND.grade({**BODY, "apply_penalties": False}, [["e1", "z1"], ["e4", "z1"]]) == Mark(1, 4)
    assert KIND.grade({**BODY, "single_point": True}, [["e1", "z1"]]) == Mark(0, 1)
    full = SAMPLES["drag_picture"][2]
    assert KIND.grade({**BODY, "single_point": True}, full) == Mark(1, 1)
    assert KIND.grade({**BODY, "single_point": True, "apply_penalties": False}, [*full, ["e4", "z1"]]) == Mark(0, 1)


@pytest.mark.parametrize(
    ("answers", "behaviour", "wanted"),
    [
        ([placed(0), placed(0, 1)], {}, (3, 3)),
        ([placed(1), placed(0)], {}, (0, 3)),
        ([placed(1), placed(0)], {"applyPenalties": False}, (1, 3)),
        ([placed(1), placed(0)], {"applyPenalties": None}, (1, 3)),
        ([placed(0), placed(0, 1)], {"singlePoint": True}, (1, 1)),
        ([placed(0)], {"singlePoint": True, "applyPenalties": False}, (0, 1)),
        # A zone is named by a number; as a text it is another zone. Without one the piece lies nowhere.
        ([placed("0")], {}, (0, 3)),
        ([[{"x": 1, "y": 1}]], {}, (0, 3)),
        ([None, placed(None), placed(0)], {}, (0, 3)),
        ({"0": placed(0)}, {}, (1, 3)),
    ],
)
def test_the_library_scores_placings(answers: Any, behaviour: dict[str, Any], wanted: Any) -> None:
    assert score(content(*TWO, **behaviour), {"answers": answers}) == wanted


def test_right_elements_may_be_named_by_numbers() -> None:
    assert score(content([element([0])], [zone([0])]), {"answers": [placed(0)]}) == (1, 1)


def test_where_nothing_belongs_anywhere_leaving_all_is_right() -> None:
    nothing = content([element(["0"])], [zone([])])
    assert score(nothing, {"answers": []}) == (1, 1)
    assert score(nothing, None) == (1, 1)
    assert score(nothing, {"answers": [placed(0)]}) == (0, 1)


def test_what_cannot_be_moved_is_not_placed() -> None:
    assert score(content([element([]), element(["0"])], [zone(["1"])]), {"answers": [placed(0), placed(0)]}) == (1, 1)


PICTURE = {"library": "H5P.Image 1.1", "params": {"alt": "ตราสหกรณ์", "file": {"path": "images/a.png"}}}
PARAMS = content(
    [element([]), element(["0", "1"]), element(["0"], type=PICTURE), element(["1"])],
    [zone(["1"], single=True, width=9.6875, height=4.84375), zone(["3"], showLabel=False, label="")],
    applyPenalties=False,
    showTitle=True,
)
PARAMS["question"]["settings"] |= {"questionTitle": "วางให้ถูก", "background": {"path": "images/office.png"}}


def test_it_is_read_in_percent_with_remarks_for_what_is_not_shown() -> None:
    read = KIND.from_h5p(H5PContent("H5P.DragQuestion 1.14", PARAMS))
    assert read.content == "<p>วางให้ถูก</p>"
    assert {key: read.body["zones"][0][key] for key in ("x", "y", "width", "height")} == {
        "x": 40,
        "y": 1,
        "width": 25,
        "height": 25,
    }
    assert [(piece["id"], piece["zones"]) for piece in read.body["pieces"]] == [
        ("e2", ["z1"]),
        ("e3", []),
        ("e4", ["z2"]),
    ]
    assert read.body["pieces"][1]["text"] == "ตราสหกรณ์"
    assert (len(read.remarks), read.body["apply_penalties"]) == (2, False)


def imported() -> tuple[dict[str, Any], str]:
    read = KIND.from_h5p(H5PContent("H5P.DragQuestion 1.14", PARAMS))
    return KIND.clean_body({**read.body, "h5p": {"library": "H5P.DragQuestion 1.14", "params": PARAMS}}), read.content


def test_nothing_is_lost_on_the_way_in_out_and_in_again() -> None:
    body, asked = imported()
    written = KIND.to_h5p(asked, body).params
    assert written == {**PARAMS, "behaviour": {**PARAMS["behaviour"], "singlePoint": False}}


def test_edits_are_exported_and_places_hold() -> None:
    body, asked = imported()
    body["pieces"][0]["text"] = "ใบเสร็จ"
    body["pieces"][0]["zones"] = ["z2"]
    del body["pieces"][1]
    body["pieces"].append({"id": "e9", "text": "ใหม่", "zones": ["z1"], "multiple": True})
    before = deepcopy(PARAMS)
    written = KIND.to_h5p(asked, KIND.clean_body(body))
    task = written.params["question"]["task"]
    assert [part["correctElements"] for part in task["dropZones"]] == [["3"], ["1", "2"]]
    assert [part["type"]["params"]["text"] for part in task["elements"]][1:] == [
        "<p>ใบเสร็จ</p>",
        "<p>ชิ้น</p>",
        "<p>ใหม่</p>",
    ]
    assert task["elements"][3]["dropZones"] == ["0", "1"]
    full = [["e2", "z2"], ["e4", "z2"], ["e9", "z1"]]
    assert score(written.params, KIND.to_state(body, full)) == (3, 3)
    assert before == PARAMS


@pytest.mark.parametrize(
    "change",
    [
        {"zones": []},
        {"pieces": []},
        {"zones": [{"label": "ก", "x": 1, "y": 1, "width": 0, "height": 5}]},
        {"zones": [{"label": "ก", "x": "ซ้าย", "y": 1, "width": 5, "height": 5}]},
        {"zones": [{"label": "ก", "x": 1, "y": 101, "width": 5, "height": 5}]},
        {"pieces": [{"text": "ก", "zones": ["z9"]}]},
        {"pieces": [{"text": "ก", "zones": []}]},
    ],
)
def test_a_picture_that_cannot_be_answered_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        KIND.clean_body({**deepcopy(BODY), **change})


def test_a_piece_with_one_place_cannot_lie_on_two() -> None:
    presentation = KIND.present(BODY, properties.Random(1))
    tokens = presentation["tokens"]
    twice = [f"{tokens['e1']}-{tokens['z1']}", f"{tokens['e1']}-{tokens['z2']}"]
    with pytest.raises(ValueError, match="second place"):
        KIND.clean_answer(BODY, presentation, twice)
    many = [value.replace(tokens["e1"], tokens["e3"]) for value in twice]
    assert KIND.clean_answer(BODY, presentation, many) == [["e3", "z1"], ["e3", "z2"]]


def test_pieces_do_not_lie_in_the_order_of_their_zones() -> None:
    orders = {tuple(KIND.present(BODY, properties.Random(seed), shuffle=False)["order"]) for seed in range(20)}
    assert len(orders) > 5


def test_the_page_holds_no_id_and_no_order() -> None:
    properties.the_page_holds_no_order_and_no_id("drag_picture", '"e1"', '"z1"')


@given(st.lists(st.text(max_size=8) | st.just("-"), max_size=5), properties.NONSENSE)
def test_nothing_sent_breaks_it(values: list[str], answer: Any) -> None:
    properties.no_answer_is_too_odd("drag_picture", values, answer)
