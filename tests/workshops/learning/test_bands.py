"""What a mean of five points says."""

import pytest

from learning.workshops.completion import Lacking, Rule, lacking
from learning.workshops.evaluation_form import POINTS, band_of, summary_of


@pytest.mark.parametrize(
    ("mean", "band"),
    [
        (5.0, 5),
        (4.51, 5),
        (4.505, 5),
        (4.504, 4),
        (4.50, 4),
        (3.51, 4),
        (3.50, 3),
        (2.51, 3),
        (2.50, 2),
        (1.51, 2),
        (1.50, 1),
        (1.0, 1),
    ],
)
def test_each_band_has_its_edges(mean: float, band: int) -> None:
    assert band_of(mean) == band


@pytest.mark.parametrize("mean", [0.99, 5.01, 0])
def test_what_is_no_mean_of_five_points_is_refused(mean: float) -> None:
    with pytest.raises(ValueError, match="five points"):
        band_of(mean)


def test_every_band_has_a_word_and_no_answer_has_none() -> None:
    assert [word for _point, word in POINTS] == [summary_of([point]).word for point, _word in POINTS]
    assert (summary_of([]).word, summary_of([]).band, summary_of([4]).deviation) == ("", None, 0.0)


RULE = Rule(80, needs_post_test=True, needs_evaluation=True)


def test_what_is_lacking_stands_in_the_order_in_which_it_can_be_done() -> None:
    assert lacking(RULE, percent=0, has_passed=False, has_evaluated=False) == list(Lacking)
    assert lacking(RULE, percent=80, has_passed=True, has_evaluated=True) == []
    assert lacking(RULE, percent=80, has_passed=True, has_evaluated=False) == [Lacking.EVALUATION]


def test_who_was_never_there_lacks_attendance_even_where_none_is_asked() -> None:
    rule = Rule(0, needs_post_test=False, needs_evaluation=False)
    assert lacking(rule, percent=0, has_passed=False, has_evaluated=False) == [Lacking.ATTENDANCE]
    assert lacking(rule, percent=10, has_passed=False, has_evaluated=False) == []
