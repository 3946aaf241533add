"""Figures that others have published: Moodle's own expected values, a worked KR-20, spreadsheets, Hake."""

import pytest

from courses.quizzes.statistics.gain import GainLevel, class_gain, level_of, normalised_gain
from courses.quizzes.statistics.items import item_statistics, quiz_statistics
from courses.quizzes.statistics.marks import marks_of
from courses.quizzes.statistics.moments import kurtosis, skewness

# Moodle 4.1, mod/quiz/report/statistics/tests/fixtures: results00.csv (25 sittings, 7 questions) and qstats00.csv.
THIRD = 0.3333333
RESULTS = [
    (1, 1, 1, 1, 1, 0, 1),
    (1, 1, 1, 1, 0.5, 1, 0),
    (1, 1, 1, 1, 0.5, 0, 1),
    (0, 0, 1, 1, 1, 0, 0),
    (1, 0, 1, 0, 0, 1, 0.5),
    (1, 1, 1, 1, 0.5, 0, 0.5),
    (0, 1, 1, 1, 0.5, 1, 0.5),
    (1, 1, 1, 0, 0.5, 1, 0.5),
    (1, 0, 1, 1, 1, 1, 1),
    (0, 1, 1, 0, 0.5, 1, 0.5),
    (0.8, 0, 1, 1, 0.5, 1, 0.5),
    (1, 1, 1, 0, 0.5, 1, 1),
    (1, 0, 1, 1, 0.5, 1, 0.5),
    (1, 0, 1, 1, 1, 0, 0.5),
    (0, 0, 1, 1, 0, 1, 1),
    (1, 0, 1, 0, 0.5, 1, 1),
    (0.8, 0, 1, 1, 0.5, 0, 1),
    (1, 0, 1, 1, 0, 1, 0.5),
    (1, 0, 1, 1, 0.5, 0, 0.5),
    (0, 1, 1, 0, 0.5, 1, 0),
    (1, 1, THIRD, 1, 0.5, 0, 0.5),
    (1, 1, 1, 0, 0.5, 0, 0.5),
    (1, 1, 1, 1, 0, 1, 0.5),
    (0, 0, 1, 0, 0.5, 1, 1),
    (0, 0, 1, 1, 1, 1, 1),
]
# facility, standard deviation, effective weight %, discrimination index %, discriminative efficiency %
EXPECTED = [
    (0.704, 0.4513682901, 21.2922742344, -7.0650767526, -9.4550536967),
    (0.48, 0.5099019514, 18.8979800309, -28.8982125772, -36.7834118938),
    (0.973333332, 0.13333334, 4.443012573, -9.1230674268, -21.6545012165),
    (0.68, 0.4760952286, 18.9347251357, -22.6306444113, -31.4411395613),
    (0.52, 0.3055050463, 11.1450138688, -17.6997047674, -21.1794802584),
    (0.64, 0.4898979486, 9.8081339177, -45.3785178421, -56.9365974439),
    (0.62, 0.331662479, 15.4788602394, -5.6543166602, -6.5043742058),
]


def test_questions_have_the_figures_that_moodle_expects() -> None:
    found = item_statistics(marks_of(RESULTS))
    told = [
        (
            one.facility,
            one.deviation,
            100 * (one.weight or 0),
            100 * (one.discrimination or 0),
            100 * (one.efficiency or 0),
        )
        for one in found.values()
    ]
    assert told == [pytest.approx(row, abs=1e-6) for row in EXPECTED]


def test_the_test_has_the_figures_that_moodle_expects() -> None:
    found = quiz_statistics(marks_of(RESULTS))
    assert (found.sitting_count, found.question_count, found.median) == (25, 7, 4.5)
    assert found.mean == pytest.approx(4.617333332, abs=1e-9)
    assert found.deviation == pytest.approx(0.8117265554, abs=1e-9)
    assert found.skewness == pytest.approx(-0.0925025020, abs=1e-9)
    assert found.kurtosis == pytest.approx(-0.7073968557, abs=1e-9)
    assert found.alpha == pytest.approx(-0.872230935542, abs=1e-9)
    assert found.error_ratio == pytest.approx(1.368294900795, abs=1e-9)
    assert found.standard_error == pytest.approx(1.1106813066, abs=1e-9)


# East Carolina University, StatHelp, "The Kuder-Richardson 20": ten students, ten questions; printed there are
# p of every question, the sum of p·q (2.18) and the variance of the totals (5.84).
KR20 = [
    "1111110110",
    "1011011101",
    "1111011001",
    "0010001000",
    "0000010010",
    "1110111111",
    "1101110111",
    "1111111101",
    "0101111101",
    "1101101110",
]


def test_alpha_of_right_or_wrong_answers_is_kr_20() -> None:
    marks = marks_of([[int(mark) for mark in row] for row in KR20])
    shares = [one.facility for one in item_statistics(marks).values()]
    assert shares == [pytest.approx(p) for p in (0.7, 0.7, 0.6, 0.7, 0.6, 0.8, 0.7, 0.7, 0.5, 0.6)]
    assert quiz_statistics(marks).alpha == pytest.approx(10 / 9 * (1 - 2.18 / 5.84))


def test_skewness_and_kurtosis_are_those_of_spreadsheets() -> None:
    """The examples in Microsoft's descriptions of SKEW and KURT."""
    values = [3, 4, 5, 2, 3, 4, 5, 6, 4, 7]
    assert (skewness(values), kurtosis(values)) == (pytest.approx(0.359543071), pytest.approx(-0.151799637))


def test_hakes_gain_is_what_was_learnt_of_what_was_not_known() -> None:
    """Hake (1998): a class that goes from 40 to 58 percent gains 18 of 60 possible: 0.3, the border of medium."""
    assert normalised_gain(40, 58) == pytest.approx(0.3)
    assert normalised_gain(0, 100) == 1
    assert normalised_gain(50, 25) == -0.5
    assert normalised_gain(100, 100) is None


def test_levels_are_low_below_three_tenths_and_high_above_seven() -> None:
    told = [level_of(gain) for gain in (None, -0.5, 0.29, 0.3, 0.7, 0.71)]
    assert told == [None, GainLevel.LOW, GainLevel.LOW, GainLevel.MEDIUM, GainLevel.MEDIUM, GainLevel.HIGH]


def test_the_gain_of_a_class_comes_from_its_means_and_not_from_the_mean_of_gains() -> None:
    found = class_gain([(50, 75), (80, 90), (20, 60), (100, 100)])
    assert found is not None
    assert (found.people, found.before, found.after, found.points) == (4, 62.5, 81.25, 18.75)
    assert found.gain == pytest.approx(0.5)
    assert (found.mean_gain, found.undefined_count) == (pytest.approx(0.5), 1)
    assert found.effect_size == pytest.approx(18.75 / ((1225 + 306.25) / 2) ** 0.5)


def test_of_nobody_there_is_no_gain_and_of_one_person_no_effect_size() -> None:
    one = class_gain([(40, 70)])
    assert class_gain([]) is None
    assert one is not None
    assert (one.gain, one.mean_gain, one.effect_size) == (pytest.approx(0.5), pytest.approx(0.5), None)


def test_when_everybody_knew_everything_before_the_gain_is_undefined() -> None:
    full = class_gain([(100, 100), (100, 90)])
    assert full is not None
    assert (full.gain, full.mean_gain, full.level, full.undefined_count) == (None, None, None, 2)
