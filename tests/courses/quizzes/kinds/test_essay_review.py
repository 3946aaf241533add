"""What a learner reads once an essay has been marked."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from courses.quizzes.kinds import kind_of
from tests.factories.kinds import SAMPLES

KIND = kind_of("essay")
BODY = SAMPLES["essay"][1]


def seen(marking: Any) -> str:
    review = {"shown": KIND.review(BODY, {}, "<b>ตอบ</b>"), "format": "plain", "marking": marking}
    with override("en"):
        return " ".join(render_to_string(KIND.review_template, {"review": review}).split())


def test_points_of_each_criterion_and_the_words_of_who_marked() -> None:
    page = seen({"points": {"r1": 2.5, "r2": 0}, "comment": "ยกตัวอย่างให้ชัดขึ้น"})
    assert [text in page for text in ("2.5 / 3", "0 / 2", "ยกตัวอย่างให้ชัดขึ้น", "&lt;b&gt;ตอบ")] == [True] * 4


def test_before_it_is_marked_only_what_is_looked_for() -> None:
    page = seen(None)
    assert " / 3" not in page
    assert "บอกความเสี่ยงของการทุจริต" in page
