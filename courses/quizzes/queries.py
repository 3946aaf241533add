"""Reads of the question bank."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from random import Random, SystemRandom

from django.db.models import BooleanField, Count, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from rapidfuzz import fuzz, process
from taggit.models import TaggedItem

from cms.thai.words import normalise
from courses.quizzes.markup import plain_text
from courses.quizzes.models import Category, Question, QuestionVersion, Quiz, QuizDraw

ALIKE_FROM = 85  # percent of likeness from which two questions are shown beside each other
MOST_COMPARED = 1_500  # questions of one category that are compared with one another
MOST_PAIRS = 200


# --- the bank ------------------------------------------------------------------------------------
def in_use() -> QuerySet[Question]:
    """Questions that may be drawn."""
    return Question.objects.filter(retired_at__isnull=True)


def listed_questions() -> QuerySet[Question]:
    """The bank with what authors choose by: category, statistics, in how many quizzes."""
    quizzes = Quiz.questions.through.objects.filter(question=OuterRef("pk")).order_by().values("question")
    count = quizzes.annotate(count=Count("pk")).values("count")
    return Question.objects.select_related("category", "statistics").annotate(quiz_count=Coalesce(Subquery(count), 0))


def twins_of(question: Question) -> QuerySet[Question]:
    """Other questions that say the same, whatever their spelling."""
    if not question.fingerprint:
        return Question.objects.none()
    return Question.objects.filter(fingerprint=question.fingerprint).exclude(pk=question.pk).order_by("uid")


def twice_in_the_bank() -> QuerySet[Question]:
    """Questions of which there is another that says the same, the same ones side by side."""
    twice = Question.objects.exclude(fingerprint="").order_by().values("fingerprint").annotate(count=Count("pk"))
    same = twice.filter(count__gt=1).values("fingerprint")
    return Question.objects.filter(fingerprint__in=same).order_by("fingerprint", "uid")


@dataclass(frozen=True)
class Alike:
    """Two questions that say nearly the same; `percent` of likeness."""

    first: Question
    second: Question
    percent: int


def alike_in(category: Category) -> list[Alike]:
    """Pairs of a category that nearly say the same but are not twins, most alike first; at most 200 of them.

    Only the newest 1,500 questions in use are compared, so that a large bank answers in a second.
    """
    questions = list(
        in_use().filter(category=category).only("uid", "content", "kind", "fingerprint").order_by("-pk")[:MOST_COMPARED]
    )
    words = [normalise(plain_text(question.content)).casefold() for question in questions]
    found = []
    for place, text in enumerate(words[:-1]):
        rest = words[place + 1 :]
        for _words, percent, there in process.extract(
            text, rest, scorer=fuzz.ratio, score_cutoff=ALIKE_FROM, limit=MOST_PAIRS
        ):
            other = questions[place + 1 + there]
            if other.fingerprint != questions[place].fingerprint:
                found.append(Alike(questions[place], other, round(percent)))
    return sorted(found, key=lambda pair: -pair.percent)[:MOST_PAIRS]


# --- drawing -------------------------------------------------------------------------------------
def draw(quiz: Quiz, random: Random) -> list[QuestionVersion]:
    """The questions of one attempt, each in its newest version. Three queries at most.

    First the fixed list, then what each rule adds: never the same question twice, never one out of use, and
    where there are too few, as many as there are. Random order and the cut to `max_questions` follow the quiz;
    without random order the bank's own order stands, and the drawn ones follow the fixed ones.
    """
    identifiers = _fixed_and_drawn(quiz, random)
    if quiz.random_order:
        random.shuffle(identifiers)
    if quiz.max_questions:
        identifiers = identifiers[: quiz.max_questions]
    if not identifiers:
        return []
    newest = QuestionVersion.objects.filter(question__in=identifiers, number=F("question__version"))
    versions = {version.question_id: version for version in newest}
    return [versions[identifier] for identifier in identifiers if identifier in versions]


def question_count(quiz: Quiz) -> int:
    """How many questions an attempt has: the fixed list and what the rules find, cut to `max_questions`."""
    count = len(_fixed_and_drawn(quiz, SystemRandom()))  # every draw finds as many
    return min(count, quiz.max_questions or count)


@dataclass(frozen=True)
class RuleFill:
    """How many questions a rule asks for, and how many in use fit it that the fixed list does not hold."""

    rule: QuizDraw
    wanted: int
    found: int

    @property
    def is_short(self) -> bool:
        return self.found < self.wanted


def rule_fills(quiz: Quiz) -> list[RuleFill]:
    """What each rule of a quiz finds in the bank today."""
    rules = list(QuizDraw.objects.filter(quiz=quiz).select_related("category", "sub_category"))
    rows = [row for row in _candidates(quiz, rules) if not row.is_fixed]
    return [RuleFill(rule, rule.count, sum(place in row.rules for row in rows)) for place, rule in enumerate(rules)]


def _fixed_and_drawn(quiz: Quiz, random: Random) -> list[int]:
    """The fixed questions, then those that the rules drew, in the bank's order. Two queries, identifiers only."""
    rules = list(QuizDraw.objects.filter(quiz=quiz))
    rows = _candidates(quiz, rules)
    chosen = [row.pk for row in rows if row.is_fixed]
    fitting = [[row.pk for row in rows if place in row.rules and not row.is_fixed] for place in range(len(rules))]
    for drawn in _shared_out([rule.count for rule in rules], fitting, random):
        chosen += [row.pk for row in rows if row.pk in drawn]
    return chosen


def _shared_out(counts: list[int], fitting: list[list[int]], random: Random) -> list[set[int]]:
    """For each rule its questions, none twice, and of all rules together as many as can be had.

    Rules take what is free; one that finds nothing free takes a question from another that can have a further one.
    """
    order = [random.sample(ones, len(ones)) for ones in fitting]
    owner: dict[int, int] = {}

    def give(rule: int, asked: set[int]) -> bool:
        asked.add(rule)
        free = next((one for one in order[rule] if one not in owner), None)
        if free is not None:
            owner[free] = rule
            return True
        for one in order[rule]:
            if owner[one] not in asked and give(owner[one], asked):
                owner[one] = rule
                return True
        return False

    for rule, count in enumerate(counts):
        for _slot in range(count):
            if not give(rule, set()):
                break
    return [{one for one, whose in owner.items() if whose == rule} for rule in range(len(counts))]


@dataclass(frozen=True)
class _Candidate:
    pk: int
    is_fixed: bool
    rules: frozenset[int]


def _candidates(quiz: Quiz, rules: list[QuizDraw]) -> list[_Candidate]:
    """Every question in use that the list or a rule may give, in the bank's order, with the rules that it fits."""
    fixed = Q(pk__in=Quiz.questions.through.objects.filter(quiz=quiz).values("question"))
    tests = [_fits(rule) for rule in rules]
    rows = (
        in_use()
        .filter(reduce(or_, tests, fixed))
        .order_by("uid")
        .values_list("pk", _truth(fixed), *(_truth(test) for test in tests))
    )
    return [_Candidate(pk, fixed, frozenset(n for n, fits in enumerate(rest) if fits)) for pk, fixed, *rest in rows]


def _truth(test: Q) -> ExpressionWrapper:
    return ExpressionWrapper(test, output_field=BooleanField())


def _fits(rule: QuizDraw) -> Q:
    test = Q(category=rule.category_id)
    if rule.sub_category_id:
        test &= Q(sub_category=rule.sub_category_id)
    if rule.difficulty:
        test &= Q(difficulty=rule.difficulty)
    if rule.tag:
        tagged = TaggedItem.objects.filter(
            content_type__app_label="quizzes", content_type__model="question", tag__name__iexact=rule.tag.strip()
        )
        test &= Q(pk__in=tagged.values("object_id"))
    return test
