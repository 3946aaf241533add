"""The masks of the year: what is taken is gone, what is given back is as it was."""

from learning.workshops.proposing.timeline import Timeline, bits
from tests.workshops.proposing.scenes import DAYS, MALEE, NEAR, ask, scene, whole


def test_bits_are_read_from_the_smallest() -> None:
    assert list(bits(0b1010010)) == [1, 4, 6]
    assert list(bits(0)) == []


def test_a_week_with_a_holiday_has_fewer_beginnings() -> None:
    timeline = Timeline(scene())
    assert [list(bits(mask)) for mask in timeline.in_one_week] == [
        list(range(14)),
        list(range(14)),
        [0, 1, 2, 4, 5, 6, 7, 9, 10, 11, 12],
        [0, 1, 4, 5, 6, 9, 10, 11],
        [0, 4, 5, 9, 10],
        [4, 9],
    ]


def test_what_is_given_back_is_as_it_was() -> None:
    morning = {(DAYS[0], "am")}
    wish = ask(halves="pm")
    timeline = Timeline(scene(wish, busy={MALEE: morning, NEAR: morning}))
    before = {resource: dict(halves) for resource, halves in timeline.free.items()}
    timeline.take(wish, 0, NEAR, (MALEE,))
    assert (timeline.free[NEAR]["pm"] & 1, timeline.free[MALEE]["pm"] & 1, timeline.load[MALEE]) == (0, 0, 1)
    timeline.give_back(wish, 0, NEAR, (MALEE,))
    assert (timeline.free, timeline.load[MALEE]) == (before, 0)


def test_a_beginning_needs_every_half_day_asked_for() -> None:
    timeline = Timeline(scene(busy={NEAR: {(DAYS[5], "am")}, MALEE: whole(DAYS[6])}))
    assert list(bits(timeline.starts(NEAR, ask(days=3)))) == [0, 1, 6, 9, 10, 11]
    assert list(bits(timeline.starts(NEAR, ask(days=3, halves="pm")))) == [0, 1, 4, 5, 6, 9, 10, 11]
    assert list(bits(timeline.starts(MALEE, ask(days=5)))) == [9]


def test_a_day_in_two_windows_counts_for_the_first() -> None:
    wish = ask(windows=((DAYS[0], DAYS[2]), (DAYS[1], DAYS[3])))
    periods = Timeline(scene(wish)).periods(wish)
    assert [(points, list(bits(starts))) for points, starts in periods] == [(0, [0, 1, 2]), (40, [3])]
