"""A short answer counts however it is typed, and goes to H5P as one gap."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from courses.quizzes.kinds import Mark, h5p_scores, kind_of

KIND = kind_of("short_answer")
BODY = KIND.clean_body({"answers": ["น้ำมัน", " ก/ข:ค*  ", "น้ำมัน"], "accept_spelling_errors": True})


def test_answers_are_kept_once_in_their_order() -> None:
    assert BODY == {"answers": ["น้ำมัน", "ก/ข:ค*"], "case_sensitive": False, "accept_spelling_errors": True}


@pytest.mark.parametrize(
    ("answer", "points"),
    [("น้ำมัน", 1), ("น้\u0e4d\u0e32มัน", 1), ("น้ำมั", 1), ("ก/ข:ค*", 1), ("น้ำ", 0), ("", 0), (None, 0)],
)
def test_an_answer_counts_however_it_is_typed(answer: Any, points: int) -> None:
    assert KIND.grade(BODY, answer) == Mark(points, 1)


def test_the_way_an_answer_misses_is_said() -> None:
    strict = {**BODY, "answers": ["Cash"], "case_sensitive": True, "accept_spelling_errors": False}
    with override("en"):
        reasons = [KIND.review(strict, {}, answer)["reason"] for answer in ("cash", "Cahs", "ทุน", "Cash", None)]
    assert reasons == ["Capital and small letters differ here.", "Nearly: look at the spelling.", "", "", ""]


@pytest.mark.parametrize("answers", [[], [" "], "ก", None, ["ก" * 201], [str(number) for number in range(61)]])
def test_without_a_right_answer_it_is_refused(answers: Any) -> None:
    with pytest.raises(ValidationError):
        KIND.clean_body({"answers": answers})


def test_it_goes_to_h5p_as_one_gap_whose_signs_are_escaped() -> None:
    content = KIND.to_h5p("<p>ถาม</p>", BODY)
    assert content is not None
    assert content.params["questions"] == ["<p>*น้ำมัน/ก&#47;ข&#58;ค&#42;*</p>"]
    for answer in BODY["answers"]:
        assert h5p_scores()["H5P.Blanks"](content.params, KIND.to_state(BODY, answer)) == (1, 1)


def test_the_page_shows_nothing_but_what_was_typed() -> None:
    assert KIND.shown(BODY, {}, None) == {"given": ""}
    assert KIND.shown(BODY, {}, "ก") == {"given": "ก"}
