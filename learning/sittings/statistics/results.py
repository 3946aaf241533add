"""The statistics of a quiz as its authors see them."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from math import floor

from django.utils import timezone

from courses.quizzes.choices import Format
from courses.quizzes.kinds import kind_of
from courses.quizzes.markup import plain_text
from courses.quizzes.models import QuestionVersion, Quiz
from courses.quizzes.statistics.advice import Advice, advice_on
from courses.quizzes.statistics.gain import ClassGain, class_gain
from courses.quizzes.statistics.groups import ChoiceUse, groups, uses_of_choices
from courses.quizzes.statistics.items import ItemStatistics, TestStatistics, groups_of, item_statistics, quiz_statistics
from courses.quizzes.statistics.marks import Marks
from learning.sittings.choices import SittingState
from learning.sittings.models import Sitting
from learning.sittings.statistics.reading import answers_at, has_choices

BANDS = 10
LEVELS = ("grave", "mild", "calm")


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question: its figures, how its choices were used, what to do about it."""

    question_id: int
    number: int
    content: str
    kind: str
    category: str
    item: ItemStatistics
    uses: tuple[ChoiceUse, ...]
    advice: tuple[Advice, ...]

    @property
    def level(self) -> str:
        """Of the gravest advice."""
        return min((one.level for one in self.advice), key=LEVELS.index, default="calm")

    @property
    def kind_name(self) -> str:
        return str(kind_of(self.kind).name)


@dataclass(frozen=True, slots=True)
class QuizResults:
    """A quiz: its test as a whole, its questions in the order of the bank, and how many sittings had which percent.

    `bands` counts sittings from 0, 10, … 90 percent on. `repeated` compares the first with the best attempt of
    those who sat more than once; None of nobody.
    """

    quiz_id: int
    first_only: bool
    counted_at: datetime
    test: TestStatistics
    passed_count: int
    bands: tuple[int, ...]
    questions: tuple[QuestionResult, ...]
    repeated: ClassGain | None

    @property
    def passed_share(self) -> float | None:
        return self.passed_count / self.test.sitting_count if self.test.sitting_count else None

    @property
    def to_look_at(self) -> list[QuestionResult]:
        """What needs an author, the gravest first."""
        found = [one for one in self.questions if one.level != "calm"]
        return sorted(found, key=lambda one: LEVELS.index(one.level))


def statistics_of(quiz: Quiz, *, first_only: bool = True) -> QuizResults:
    """Count a quiz; four queries, and some seconds when there are 10,000 sittings."""
    answers = answers_at(quiz, first_only=first_only)
    shares = answers.marks.shares()
    everybody = groups(shares)
    items = item_statistics(answers.marks)
    questions = []
    in_order = sorted(answers.versions.values(), key=lambda version: version.question.uid)
    for number, version in enumerate(in_order, 1):
        column = answers.marks.columns[version.question_id]
        kind = kind_of(version.kind)
        uses: list[ChoiceUse] = []
        if has_choices(kind):
            choices = [(key, _said(text, version), is_right) for key, text, is_right in kind.choices_of(version.body)]
            found = groups_of(column, shares, everybody)
            if choices:
                uses = uses_of_choices(column, shares, found, choices=choices, chosen=answers.chosen)
        questions.append(_question(number, version, items, uses))
    return QuizResults(
        quiz_id=quiz.pk,
        first_only=first_only,
        counted_at=timezone.now(),
        test=quiz_statistics(answers.marks),
        passed_count=answers.passed_count,
        bands=_bands(answers.marks),
        questions=tuple(questions),
        repeated=first_and_best(quiz),
    )


def _question(
    number: int, version: QuestionVersion, items: dict[Hashable, ItemStatistics], uses: list[ChoiceUse]
) -> QuestionResult:
    item = items[version.question_id]
    return QuestionResult(
        question_id=version.question_id,
        number=number,
        content=_said(version.content, version),
        kind=version.kind,
        category=str(version.question.category),
        item=item,
        uses=tuple(uses),
        advice=tuple(advice_on(item, uses)),
    )


def _said(text: str, version: QuestionVersion) -> str:
    return plain_text(text) if version.format == Format.HTML else text


def _bands(marks: Marks) -> tuple[int, ...]:
    counts = [0] * BANDS
    for share in marks.shares():
        counts[max(0, min(BANDS - 1, floor(share * BANDS)))] += 1
    return tuple(counts)


def first_and_best(quiz: Quiz) -> ClassGain | None:
    """What those who sat more than once gained from their first to their best attempt; one query."""
    rows = Sitting.objects.filter(quiz=quiz, state=SittingState.GRADED, percent__isnull=False)
    percents: dict[int, list[int]] = {}
    for user, percent in rows.order_by("opened_at", "pk").values_list("user", "percent"):
        percents.setdefault(user, []).append(percent)
    return class_gain((float(sat[0]), float(max(sat))) for sat in percents.values() if len(sat) > 1)
