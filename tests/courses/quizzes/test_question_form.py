"""Authors write a question in lines; what they write is checked by its kind, and a choice keeps its id."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.quizzes.forms import LINES
from courses.quizzes.kinds.choice import MAX_CHOICES
from courses.quizzes.models import Category, Question
from tests.cast import Cast
from tests.factories.quizzes import make_question

pytestmark = pytest.mark.django_db

ADD = "wagtailsnippets_quizzes_question:add"
EDIT = "wagtailsnippets_quizzes_question:edit"


@pytest.fixture
def wipa(client: Client, cast: Cast) -> Client:
    client.force_login(cast.wipa)
    return client


def form(*choices: tuple[str, bool], **changes: Any) -> dict[str, Any]:
    category, _ = Category.objects.get_or_create(category="เงินสด")
    values = {
        "uid": "new",
        "kind": "single_choice",
        "difficulty": "easy",
        "category": category.pk,
        "sub_category": "",
        "content": "นับเงินสดเมื่อใด",
        "figure": "",
        "explanation": "",
        "source": "",
        "statement_is_true": "unknown",
    }
    for number, (text, right) in enumerate(choices, 1):
        values[f"choice_{number}_text"] = text
        if right:
            values[f"choice_{number}_correct"] = "on"
    return {**values, **changes}


def test_a_question_is_made_of_its_lines(wipa: Client) -> None:
    assert wipa.get(reverse(ADD)).status_code == 200
    response = wipa.post(reverse(ADD), form(("ทุกสิ้นวัน", True), ("", False), ("ทุกสิ้นปี", False)))
    assert response.status_code == 302
    question = Question.objects.get(uid="new")
    assert (question.version, question.body) == (
        1,
        {
            "choices": [
                {"id": "c1", "text": "ทุกสิ้นวัน", "correct": True, "feedback": ""},
                {"id": "c2", "text": "ทุกสิ้นปี", "correct": False, "feedback": ""},
            ]
        },
    )


def test_a_statement_is_true_or_false(wipa: Client) -> None:
    response = wipa.post(reverse(ADD), form(kind="true_false", statement_is_true="false"))
    assert response.status_code == 302
    assert Question.objects.get(uid="new").body == {"correct": False}


@pytest.mark.parametrize(
    ("changes", "choices"),
    [
        ({}, []),
        ({}, [("ก", True)]),
        ({}, [("ก", True), ("ข", True)]),
        ({}, [("ก", False), ("ข", False)]),
        ({}, [("ก", True), ("ก", False)]),
        ({"kind": "multiple_choice"}, [("ก", False), ("ข", False)]),
        ({"kind": "true_false"}, []),
        ({"kind": ""}, [("ก", True), ("ข", False)]),
        ({"kind": "essay"}, [("ก", True), ("ข", False)]),
    ],
)
def test_what_cannot_be_asked_is_refused_at_the_kind(
    wipa: Client, changes: dict[str, Any], choices: list[tuple[str, bool]]
) -> None:
    response = wipa.post(reverse(ADD), form(*choices, **changes))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["kind"]
    assert not Question.objects.exists()


def test_an_edit_keeps_the_ids_of_the_choices_and_makes_a_version(wipa: Client) -> None:
    question = make_question()
    address = reverse(EDIT, args=[question.pk])
    page = wipa.get(address).content.decode()
    assert [text for text in "กขคง" if f'value="{text}"' not in page] == []
    changed = form(("ก", False), ("ข ใหม่", True), ("ค", False), ("ง", False), uid=question.uid)
    assert wipa.post(address, changed).status_code == 302
    question.refresh_from_db()
    before = question.versions.get(number=1).body["choices"]
    assert [choice["id"] for choice in question.body["choices"]] == [choice["id"] for choice in before]
    assert [choice["text"] for choice in question.body["choices"]] == ["ก", "ข ใหม่", "ค", "ง"]
    assert question.version == 2


def test_a_question_of_a_pack_with_all_the_choices_there_can_be_loses_none(wipa: Client) -> None:
    assert LINES == MAX_CHOICES
    body = {"choices": [{"text": f"ข้อ {number}", "correct": number == 1} for number in range(1, MAX_CHOICES + 1)]}
    question = make_question(body=body)
    address = reverse(EDIT, args=[question.pk])
    sent = form(*[(choice["text"], choice["correct"]) for choice in question.body["choices"]], uid=question.uid)
    sent = {**sent, "content": question.content, "explanation": question.explanation, "source": question.source}
    assert wipa.post(address, sent).status_code == 302
    question.refresh_from_db()
    assert (len(question.body["choices"]), question.version) == (MAX_CHOICES, 1)
