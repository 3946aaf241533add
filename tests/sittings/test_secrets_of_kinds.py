"""No byte before grading tells the key of any kind: no words of it, no order, no token.

A new kind fails here until its secrets are named.
"""

from collections import Counter
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from random import Random
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from courses.catalog.models import LessonPage
from courses.quizzes.kinds import kind_of, kinds
from courses.quizzes.models import Quiz
from learning.enrollments.models import Enrollment
from learning.sittings.models import Sitting
from tests.factories.kinds import SAMPLES
from tests.factories.sittings import sample_question, sample_values

Begin, Save = Callable[..., Sitting], Callable[..., Any]
CODES = sorted(kinds())
# Words of each sample's key, feedback and reasons that its question does not say itself.
SECRETS: dict[str, list[str]] = {
    "single_choice": ["เงินสดต้องตรงกับบัญชีทุกวัน", "นานเกินไป"],
    "multiple_choice": ["เป็นทุน"],
    "true_false": [],
    "blanks": ["ทรัพย์สิน", "10:30", "a*b"],
    "drag_text": ["ดูด้าน: ซ้าย"],
    "mark_words": [],
    "short_answer": ["ผู้สอบบัญชี", "A/B:C*"],
    "number": ["1,250.5", "1250.5"],
    "single_choice_set": [],
    "summary": [],
    "ordering": [],
    "matching": [],
    "drag_picture": [],
    "essay": ["ทุจริต", "ยักยอก", "หากคนเดียวทั้งรับเงิน"],
    "journal_entry": ["21,200", "21200", "20000", "20,000"],
    "trial_balance": ["14,500", "14500", "13650", "13,650", "5,350"],
    "cash_count": ["5,221.50", "5221.50", "5221.5"],
    "control_check": ["ถือเงินแล้วแก้ยอดได้", "ตรวจงานของตัวเอง", "คนเดิมยังทำสองอย่าง", "แยกคนละมือ"],
}
EVERYWHERE = ["คำอธิบายลับ", "มาตรา 65", '"correct"', "is-right", "is-wrong", "data-correct", '"feedback"', "data-right"]
# Where the order is the subject itself and says nothing of the key: ถูก before ผิด, the words of a text, the steps of
# a process, a chart of accounts; and where nothing is chosen.
ORDER_OF_NATURE = {
    "true_false", "mark_words", "control_check", "journal_entry", "trial_balance", "cash_count",
    "blanks", "short_answer", "number", "essay",
}  # fmt: skip
KEEPS_ORDER_WHEN_TOLD = {"single_choice", "multiple_choice"}  # the author decides: shuffled unless the quiz says no


@pytest.fixture
def every(quiz: Quiz) -> None:
    questions = [sample_question(code, number, content="ถามอะไร") for number, code in enumerate(CODES)]
    quiz.questions.set(questions)


def found_in(words: list[str], *replies: Any) -> list[str]:
    """The words found in any byte of the replies, headers too, as they are or as HTML or JSON writes them."""
    sent = b"\n".join(reply.serialize_headers() + reply.content for reply in replies)
    return [word for word in words if any(one.encode() in sent for one in (word, escape(word), ascii(word)[1:-1]))]


def test_every_kind_says_what_its_secrets_are() -> None:
    assert sorted(SECRETS) == CODES
    assert set(CODES) > ORDER_OF_NATURE


@pytest.mark.django_db
@pytest.mark.parametrize("layout", ["all", "one"])
@pytest.mark.usefixtures("every")
def test_no_byte_before_grading_tells_a_word_of_any_key(
    malee: Client, enrollment: Enrollment, lesson: LessonPage, begin: Begin, save: Save, layout: str
) -> None:
    start = "/tests/control/final-test/"
    replies = [malee.get(start), malee.get("/courses/control/final-test/")]
    sitting = begin(layout=layout)
    address = f"/sittings/{sitting.pk}/"
    responses = list(sitting.responses.select_related("question"))
    pages = [address] + [f"{address}?q={place}" for place in range(1, len(responses) + 2)]
    replies += [malee.get(page) for page in pages]
    for response in responses:
        replies.append(save(sitting, response.position, []))  # an empty one
        replies.append(save(sitting, response.position, ["nonsense"] * 50))
        replies.append(malee.post(f"{address}go/", {"position": response.position}))
    replies += [malee.get(address), malee.get(f"{address}result/"), malee.get("/my/"), malee.get(start)]
    statuses = {reply.status_code for reply in replies}
    assert statuses <= {200, 302, 409, 422}
    words = [*EVERYWHERE, *(word for secrets in SECRETS.values() for word in secrets)]
    assert found_in(words, *replies) == []
    private = [
        reply for reply in replies if reply.status_code == 200 and reply.request["PATH_INFO"].startswith("/sitt")
    ]
    assert {("no-store" in reply["Cache-Control"]) for reply in private} == {True}


@pytest.mark.django_db
@pytest.mark.usefixtures("every")
def test_after_grading_the_same_words_are_there(malee: Client, begin: Begin) -> None:
    """The guard above sees what it looks for."""
    Quiz.objects.update(pass_mark=1)
    sitting = begin()
    form = {}
    for response in sitting.responses.select_related("question"):
        if response.question.kind != "essay":
            form[f"q{response.position}"] = sample_values(response)
    malee.post(f"/sittings/{sitting.pk}/submit/", form)
    result = malee.get(f"/sittings/{sitting.pk}/result/")
    unseen = [code for code, words in SECRETS.items() if words and not found_in(words, result)]
    assert unseen == ["drag_text"], "it says why only of a wrong word"
    assert found_in(EVERYWHERE[:2], result) == EVERYWHERE[:2]


@pytest.mark.django_db
@pytest.mark.usefixtures("every")
def test_a_right_and_a_wrong_answer_get_the_very_same_reply(begin: Begin, save: Save) -> None:
    sitting = begin()
    replies = Counter()
    for response in sitting.responses.select_related("question"):
        full = SAMPLES[response.question.kind][3] is None or response.position % 2 == 0
        reply = save(sitting, response.position, sample_values(response, full=full))
        headers = sorted(item for item in reply.headers.items() if item[0] != "Expires")
        replies[reply.status_code, reply.content, *headers] += 1
    assert len(replies) == 1


# --- order and tokens ----------------------------------------------------------------------------
class Controls(HTMLParser):
    """What can be chosen in a page: the values of each group of radios or ticks, and of each list."""

    def __init__(self) -> None:
        super().__init__()
        self.groups: dict[str, list[str]] = {}
        self.lists: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "input" and found.get("type") in {"radio", "checkbox"}:
            self.groups.setdefault(str(found.get("name")), []).append(str(found.get("value")))
        elif tag == "select":
            self.lists.append([])
        elif tag == "option" and found.get("value"):
            self.lists[-1].append(str(found["value"]))


def presented(code: str, seed: int) -> dict[str, Any]:
    """How the sample of a kind is laid before one learner."""
    body = kind_of(code).clean_body(SAMPLES[code][1])
    return kind_of(code).present(body, Random(seed), shuffle=code in KEEPS_ORDER_WHEN_TOLD)


def laid_out(code: str, seed: int) -> tuple[Controls, list[str]]:
    """The controls of a learner's page, and the values that are right."""
    kind, presentation = kind_of(code), presented(code, seed)
    body = kind.clean_body(SAMPLES[code][1])
    shown = kind.shown(body, presentation, None)
    question = {"position": 1, "field": "q1", "shown": shown, "format": "plain", "figure": None, "content": "ถาม"}
    controls = Controls()
    controls.feed(render_to_string(kind.template, {"question": question}))
    return controls, kind.values(body, presentation, SAMPLES[code][2])


TIMES = 300


@pytest.mark.parametrize("code", sorted(set(CODES) - ORDER_OF_NATURE))
def test_the_right_one_stands_everywhere_equally_often(code: str) -> None:
    """Though the quiz says not to shuffle, where the author's order is the key."""
    places: dict[Any, Counter[int]] = {}
    sizes: dict[Any, int] = {}
    for seed in range(TIMES):
        controls, right = laid_out(code, seed)
        for name, values in controls.groups.items():
            for number, value in enumerate(sorted(set(right) & set(values))):
                places.setdefault((name, number), Counter())[values.index(value)] += 1
                sizes[name, number] = len(values)
        for number, (values, value) in enumerate(zip(controls.lists, right, strict=False)):
            if value in values:
                places.setdefault(number, Counter())[values.index(value)] += 1
                sizes[number] = len(values)
    assert places, "nothing can be chosen"
    for control, counts in places.items():
        expected = sum(counts.values()) / sizes[control]
        assert sorted(counts) == list(range(sizes[control])), (control, counts)
        assert 0.6 * expected < min(counts.values()) <= max(counts.values()) < 1.5 * expected, (control, counts)


@pytest.mark.parametrize("code", CODES)
def test_tokens_are_new_for_each_learner_and_their_alphabet_is_no_order(code: str) -> None:
    tokens = [presented(code, seed).get("tokens", {}) for seed in range(TIMES)]
    if not tokens[0]:
        return
    given = [token for each in tokens for token in each.values()]
    assert len(set(given)) > 0.99 * len(given)
    first = Counter(min(each, key=lambda identifier: each[identifier]) for each in tokens)
    expected = TIMES / len(tokens[0])
    assert set(first) == set(tokens[0])
    assert max(first.values()) < 2.5 * expected
