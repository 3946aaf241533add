"""After grading, a learner sees what was chosen, what was right, and why."""

from courses.quizzes.kinds import kind_of

BODY = {
    "choices": [
        {"id": "c1", "text": "ก", "correct": True, "feedback": "นับทุกสิ้นวัน"},
        {"id": "c2", "text": "ข", "correct": False, "feedback": ""},
        {"id": "c3", "text": "ค", "correct": True, "feedback": ""},
    ]
}


def test_choices_are_reviewed_in_the_order_they_were_shown() -> None:
    reviewed = kind_of("multiple_choice").review(BODY, {"order": ["c3", "c2", "c1"]}, ["c1", "c2"])
    assert reviewed["choices"] == [
        {"text": "ค", "chosen": False, "correct": True, "feedback": ""},
        {"text": "ข", "chosen": True, "correct": False, "feedback": ""},
        {"text": "ก", "chosen": True, "correct": True, "feedback": "นับทุกสิ้นวัน"},
    ]


def test_no_answer_is_reviewed_as_nothing_chosen() -> None:
    reviewed = kind_of("single_choice").review(BODY, {"order": ["c1", "c2", "c3"]}, None)
    assert [choice["chosen"] for choice in reviewed["choices"]] == [False, False, False]


def test_a_statement_is_reviewed_with_both_answers() -> None:
    kind = kind_of("true_false")
    for answer, chosen in (("true", [True, False]), ("false", [False, True]), (None, [False, False])):
        reviewed = kind.review({"correct": False}, {}, answer)
        assert [choice["chosen"] for choice in reviewed["choices"]] == chosen
        assert [choice["correct"] for choice in reviewed["choices"]] == [False, True]
