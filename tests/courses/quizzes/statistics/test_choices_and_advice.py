"""Who chose what, and what an author is told about it."""

from collections.abc import Iterable

from django.utils import translation

from courses.quizzes.statistics.advice import FEWEST, Advice, Finding, advice_on
from courses.quizzes.statistics.groups import ChoiceUse, groups, uses_of_choices
from courses.quizzes.statistics.items import ItemStatistics, item_statistics
from courses.quizzes.statistics.marks import Column, Marks

CHOICES = [("a", "ก", True), ("b", "ข", False), ("c", "ค", False)]


def column_of(answers: Iterable[int]) -> Column:
    column = Column()
    for who, answer in enumerate(answers):
        column.sittings.append(who)
        column.scores.append(float(answer == 1))
        column.answers.append(answer)
        column.most += 1
    return column


def test_the_table_counts_all_and_shares_of_the_best_and_the_weakest() -> None:
    # Of eleven people the three best chose a, a, b, the three weakest b, nothing, b.
    answers = [2, 0, 2, 1, 1, 2, 1, 1, 1, 1, 2]
    shares = [float(who) for who in range(11)]
    uses = uses_of_choices(
        column_of(answers), shares, groups(shares), choices=CHOICES, chosen=[(), ("a",), ("b",), ("c",)]
    )
    told = [(use.id, use.is_right, use.count, round(use.upper or 0, 3), round(use.lower or 0, 3)) for use in uses]
    assert told == [
        ("a", True, 6, 0.667, 0.0),
        ("b", False, 4, 0.333, 0.667),
        ("c", False, 0, 0.0, 0.0),
        ("", False, 1, 0.0, 0.333),
    ]
    assert [round(use.share, 3) for use in uses] == [0.545, 0.364, 0.0, 0.091]


def test_several_choices_of_one_answer_are_counted_each() -> None:
    uses = uses_of_choices(column_of([1, 1]), [1.0, 0.0], groups([1.0, 0.0]), choices=CHOICES, chosen=[(), ("a", "b")])
    assert [(use.id, use.count, use.upper, use.lower) for use in uses] == [
        ("a", 2, 1.0, 1.0),
        ("b", 2, 1.0, 1.0),
        ("c", 0, 0.0, 0.0),
        ("", 0, 0.0, 0.0),
    ]


def test_without_best_and_weakest_their_shares_are_undefined() -> None:
    uses = uses_of_choices(column_of([1, 2]), [0.5, 0.5], None, choices=CHOICES, chosen=[(), ("a",), ("b",)])
    assert {(use.upper, use.lower) for use in uses} == {(None, None)}
    assert uses_of_choices(Column(), [], None, choices=CHOICES, chosen=[()]) == []


def item(**figures: float | None) -> ItemStatistics:
    values = {"facility": 0.5, "discrimination": 0.4, "r": 0.4, "p": 0.5, "deviation": 0.5, "efficiency": 0.5}
    return ItemStatistics(**{"asked_count": 100, "max_score": 1.0, "weight": 0.1, **values, **figures})


def use(text: str, *, right: bool = False, count: int = 30, upper: float = 0.0, lower: float = 0.3) -> ChoiceUse:
    return ChoiceUse(text, text, right, count, count / 100, upper, lower)


GOOD = [use("ก", right=True, upper=0.9, lower=0.3), use("ข"), use("ค")]


def findings(one: ItemStatistics, uses: Iterable[ChoiceUse] = GOOD) -> list[str]:
    return [advice.finding for advice in advice_on(one, list(uses))]


def test_a_question_that_works_is_left_alone() -> None:
    assert findings(item()) == [Finding.GOOD]


def test_of_too_few_answers_nothing_else_is_said() -> None:
    assert findings(item(asked_count=FEWEST - 1, facility=0.0, discrimination=-1.0)) == [Finding.TOO_FEW]
    assert findings(item(asked_count=FEWEST)) == [Finding.GOOD]


def test_borders_of_easy_hard_and_weak() -> None:
    told = [findings(item(facility=facility)) for facility in (0.19, 0.2, 0.8, 0.81)]
    assert told == [[Finding.TOO_HARD], [Finding.GOOD], [Finding.GOOD], [Finding.TOO_EASY]]
    assert [findings(item(r=r)) for r in (0.19, 0.2)] == [[Finding.WEAK], [Finding.GOOD]]


def test_when_the_best_do_worse_the_key_is_in_doubt() -> None:
    assert findings(item(discrimination=-0.01)) == [Finding.AGAINST]
    assert findings(item(r=-0.1, discrimination=None)) == [Finding.AGAINST]


def test_a_wrong_choice_that_the_best_choose_is_named() -> None:
    tempting = [GOOD[0], use("ข", upper=0.4, lower=0.1), use("ค")]
    assert advice_on(item(), tempting) == [Advice(Finding.TEMPTING, "ข")]
    assert findings(item(), [GOOD[0], use("ข", upper=0.09, lower=0.0), use("ค")]) == [Finding.GOOD]
    # What the weakest choose more often still is how a distractor should work.
    assert findings(item(), [GOOD[0], use("ข", upper=0.4, lower=0.5), use("ค")]) == [Finding.GOOD]
    with translation.override("en"):
        assert advice_on(item(), tempting)[0].words == (
            "The wrong choice “ข” is chosen by the best learners: look at it. It may be right as well."
        )


def test_a_distractor_nobody_chooses_is_named_and_so_is_silence() -> None:
    silent = ChoiceUse("", "", False, 20, 0.2, 0.0, 0.5)
    uses = [GOOD[0], use("ข", count=0), use("ค"), silent]
    assert [(one.finding, one.choice) for one in advice_on(item(), uses)] == [
        (Finding.NEVER_CHOSEN, "ข"),
        (Finding.LEFT_OUT, ""),
    ]


def test_undefined_figures_give_no_advice() -> None:
    assert findings(item(facility=None, discrimination=None, r=None, p=None)) == [Finding.GOOD]


def test_every_finding_has_words_of_its_own() -> None:
    words = [Advice(finding, "ข").words for finding in Finding]
    assert (len(set(words)), "" in words) == (len(Finding), False)


def test_equal_marks_have_no_figures_that_need_a_spread() -> None:
    marks = Marks(3)
    for sitting in range(3):
        marks.add(sitting, "q", 0.1, 1.0)
        marks.add(sitting, "w", 0.7, 1.0)
    one = item_statistics(marks)["q"]
    assert one.deviation == 0
    assert {one.discrimination, one.efficiency, one.weight, one.p, one.r} == {None}
