"""What figures mean for whoever wrote a question, in plain words. Pure.

The borders of p and r are those that Thai teachers are taught (p from .20 to .80, r from .20), r after Ebel (1979),
Essentials of Educational Measurement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from courses.quizzes.statistics.groups import ChoiceUse
from courses.quizzes.statistics.items import ItemStatistics

FEWEST = 30  # answers below which nothing is said of a question
TOO_HARD, TOO_EASY = 0.20, 0.80
WEAKEST = 0.20  # r
LEFT_OUT = 0.20  # share that gave no answer
TEMPTS = 0.10  # share of the best that chose a wrong answer


class Finding(StrEnum):
    TOO_FEW = "too_few"
    AGAINST = "against"
    TEMPTING = "tempting"
    TOO_EASY = "too_easy"
    TOO_HARD = "too_hard"
    WEAK = "weak"
    NEVER_CHOSEN = "never_chosen"
    LEFT_OUT = "left_out"
    GOOD = "good"


# What should be looked at first.
GRAVE = frozenset({Finding.AGAINST, Finding.TEMPTING})
CALM = frozenset({Finding.TOO_FEW, Finding.GOOD})


@dataclass(frozen=True, slots=True)
class Advice:
    """One finding; `choice` is the text of the choice it is about."""

    finding: Finding
    choice: str = ""

    @property
    def level(self) -> str:
        """grave, mild or calm."""
        return "grave" if self.finding in GRAVE else "calm" if self.finding in CALM else "mild"

    @property
    def words(self) -> str:
        match self.finding:
            case Finding.TOO_FEW:
                return _("Too few people have answered to judge this question. Look again after %(count)d answers.") % {
                    "count": FEWEST
                }
            case Finding.AGAINST:
                return _("Those who do well in the test do worse here than the others: check the key and the words.")
            case Finding.TEMPTING:
                return _(
                    "The wrong choice “%(choice)s” is chosen by the best learners: look at it. It may be right as well."
                ) % {"choice": self.choice}
            case Finding.TOO_EASY:
                return _("It is very easy: nearly everybody has it right.")
            case Finding.TOO_HARD:
                return _("It is very hard: hardly anybody has it right. Is it taught in the lesson?")
            case Finding.WEAK:
                return _("It hardly tells those who know from those who do not.")
            case Finding.NEVER_CHOSEN:
                return _("Nobody chooses “%(choice)s”: a distractor that distracts nobody. Write a likelier one.") % {
                    "choice": self.choice
                }
            case Finding.LEFT_OUT:
                return _("Many leave it out: the words may be unclear, or the time too short.")
        return _("It works well.")


def advice_on(item: ItemStatistics, uses: Sequence[ChoiceUse] = ()) -> list[Advice]:
    """What to do about a question, the gravest first."""
    if item.asked_count < FEWEST:
        return [Advice(Finding.TOO_FEW)]
    found: list[Advice] = []
    is_against = (item.discrimination is not None and item.discrimination < 0) or (item.r is not None and item.r < 0)
    if is_against:
        found.append(Advice(Finding.AGAINST))
    wrong = [use for use in uses if use.is_answer and not use.is_right]
    found += [Advice(Finding.TEMPTING, use.text) for use in wrong if _tempts(use)]
    if item.facility is not None and item.facility > TOO_EASY:
        found.append(Advice(Finding.TOO_EASY))
    elif item.facility is not None and item.facility < TOO_HARD:
        found.append(Advice(Finding.TOO_HARD))
    if not is_against and item.r is not None and item.r < WEAKEST:
        found.append(Advice(Finding.WEAK))
    found += [Advice(Finding.NEVER_CHOSEN, use.text) for use in wrong if use.count == 0]
    if any(not use.is_answer and use.share >= LEFT_OUT for use in uses):
        found.append(Advice(Finding.LEFT_OUT))
    return found or [Advice(Finding.GOOD)]


def _tempts(use: ChoiceUse) -> bool:
    return use.upper is not None and use.lower is not None and use.upper >= TEMPTS and use.upper > use.lower
