"""What holds for kinds of several parts, beside what test_every_kind asks of all; called from the tests of each."""

import json
from random import Random
from typing import Any

from hypothesis import strategies as st

from courses.quizzes.kinds import Mark, kind_of
from tests.factories.kinds import SAMPLES

NONSENSE = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.floats() | st.text(max_size=4) | st.sampled_from(["s1", "i1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def sample(code: str) -> tuple[Any, dict[str, Any], Any, Any]:
    _content, body, full, partial = SAMPLES[code]
    return kind_of(code), kind_of(code).clean_body(body), full, partial


def marks_are(code: str, *, full: float, partial: float) -> None:
    kind, body, all_right, partly = sample(code)
    most = kind.max_score(body)
    assert kind.grade(body, all_right) == Mark(full, most)
    assert kind.grade(body, partly) == Mark(partial, most)
    assert kind.grade(body, None) == Mark(0, most)


def the_page_holds_no_order_and_no_id(code: str, *secrets: str) -> None:
    """Nothing shown names an id of the body, and nothing lies in the author's order in every sitting."""
    kind, body, full, _partial = sample(code)
    orders = set()
    for seed in range(12):
        presentation = kind.present(body, Random(seed), shuffle=False)
        shown = kind.shown(body, presentation, full)
        page = json.dumps(shown, ensure_ascii=False)
        assert [word for word in (*secrets, '"id": "', "correct", "right") if word in page] == []
        tokens = presentation["tokens"]
        orders.add(tuple(sorted(tokens, key=lambda key: tokens[key])))
    assert len(orders) > 1


def no_answer_is_too_odd(code: str, values: list[str], answer: Any) -> None:
    kind, body, _full, _partial = sample(code)
    presentation = kind.present(body, Random(1))
    tokens = list(presentation.get("tokens", {}).values())
    for given in (values, [*tokens[:2], *values], tokens, tokens[:1] * 2):
        try:
            kept = kind.clean_answer(body, presentation, given)
        except ValueError:
            continue
        assert kind.clean_answer(body, presentation, kind.values(body, presentation, kept)) == kept
        mark = kind.grade(body, kept)
        assert 0 <= mark.score <= mark.max_score
    mark = kind.grade(body, answer)
    assert 0 <= mark.score <= mark.max_score
    kind.values(body, presentation, answer)
    kind.shown(body, presentation, answer)
    kind.review(body, presentation, answer)
    kind.to_state(body, answer)
