"""Authors choose a kind, then fill in its form; what they write is checked by the kind, and parts keep their ids."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from courses.quizzes.kinds import kinds
from courses.quizzes.kinds.choice import MAX_CHOICES
from courses.quizzes.models import Category, Question, SubCategory
from tests.cast import Cast
from tests.factories.quizzes import make_question

pytestmark = pytest.mark.django_db

NAME = "wagtailsnippets_quizzes_question"


@pytest.fixture
def wipa(client: Client, cast: Cast) -> Client:
    client.force_login(cast.wipa)
    return client


def add_url(kind: str = "single_choice") -> str:
    return reverse(f"{NAME}:add_kind", args=[kind])


def edit_url(question: Question) -> str:
    return reverse(f"{NAME}:edit", args=[question.pk])


def form(*choices: tuple[str, bool], **changes: Any) -> dict[str, Any]:
    category, _ = Category.objects.get_or_create(category="เงินสด")
    values = {
        "uid": "new",
        "difficulty": "easy",
        "format": "plain",
        "tags": "",
        "category": category.pk,
        "sub_category": "",
        "content": "นับเงินสดเมื่อใด",
        "figure": "",
        "explanation": "",
        "source": "",
    }
    for number, (text, right) in enumerate(choices, 1):
        values[f"choice_{number}_text"] = text
        if right:
            values[f"choice_{number}_correct"] = "on"
    return {**values, **changes}


def sent_again(question: Question, **changes: Any) -> dict[str, Any]:
    choices = [(choice["text"], choice["correct"]) for choice in question.body["choices"]]
    same = {name: getattr(question, name) for name in ("uid", "content", "explanation", "source", "format")}
    return form(*choices, **{**same, "category": question.category_id, **changes})


def test_every_kind_is_offered_with_its_name_and_when_to_choose_it(wipa: Client) -> None:
    page = wipa.get(reverse(f"{NAME}:add"))
    assert [kind.code for _url, kind in page.context["kinds"]] == list(kinds())
    assert [url for url, kind in page.context["kinds"]] == [add_url(code) for code in kinds()]


def test_every_kind_has_a_form_that_opens_with_its_own_fields(wipa: Client) -> None:
    for code, kind in kinds().items():
        page = wipa.get(add_url(code))
        assert page.status_code == 200, code
        assert [name for name in kind.form_fields() if name not in page.context["form"].fields] == [], code


def test_a_kind_that_is_not_there_is_not_found(wipa: Client) -> None:
    assert wipa.get(add_url("crossword")).status_code == 404


def test_a_question_is_made_of_its_lines(wipa: Client) -> None:
    response = wipa.post(add_url(), form(("ทุกสิ้นวัน", True), ("", False), ("ทุกสิ้นปี", False), tags="เงินสด, ควบคุม"))
    assert response.status_code == 302
    question = Question.objects.get(uid="new")
    assert (question.kind, question.version, question.body) == (
        "single_choice",
        1,
        {
            "choices": [
                {"id": "c1", "text": "ทุกสิ้นวัน", "correct": True, "feedback": ""},
                {"id": "c2", "text": "ทุกสิ้นปี", "correct": False, "feedback": ""},
            ]
        },
    )
    assert sorted(question.tags.names()) == ["ควบคุม", "เงินสด"]


def test_an_identifier_is_made_when_none_is_written(wipa: Client) -> None:
    for number in (1, 2):
        sent = form(uid="", statement_is_true="true", content=f"ข้อ {number}")
        assert wipa.post(add_url("true_false"), sent).status_code == 302
    uids = list(Question.objects.values_list("uid", flat=True))
    assert len(set(uids)) == 2
    assert [uid for uid in uids if not uid.startswith("q-") or len(uid) != 12] == []


def test_a_statement_is_true_or_false(wipa: Client) -> None:
    assert wipa.post(add_url("true_false"), form(statement_is_true="false")).status_code == 302
    assert Question.objects.get(uid="new").body == {"correct": False}


@pytest.mark.parametrize(
    ("kind", "choices", "field"),
    [
        ("single_choice", [], "choice_1_text"),
        ("single_choice", [("ก", True)], "choice_1_text"),
        ("single_choice", [("ก", True), ("ข", True)], "choice_1_text"),
        ("single_choice", [("ก", False), ("ข", False)], "choice_1_text"),
        ("single_choice", [("ก", True), ("ก", False)], "choice_1_text"),
        ("multiple_choice", [("ก", False), ("ข", False)], "choice_1_text"),
        ("true_false", [], "statement_is_true"),
    ],
)
def test_what_cannot_be_asked_is_refused_beside_the_fields_of_its_kind(
    wipa: Client, kind: str, choices: list[tuple[str, bool]], field: str
) -> None:
    response = wipa.post(add_url(kind), form(*choices))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not Question.objects.exists()


def test_an_empty_question_and_a_foreign_sub_category_are_refused(wipa: Client) -> None:
    other = SubCategory.objects.create(category=Category.objects.create(category="อื่น"), sub_category="ย่อย")
    sent = form(("ก", True), ("ข", False), content=" ")
    assert list(wipa.post(add_url(), sent).context["form"].errors) == ["content"]
    sent = form(("ก", True), ("ข", False), sub_category=other.pk)
    assert list(wipa.post(add_url(), sent).context["form"].errors) == ["sub_category"]


def test_formatted_text_is_kept_without_what_could_harm(wipa: Client) -> None:
    sent = form(("ก", True), ("ข", False), format="html", content='<p onclick="x()">นับ<script>x()</script></p>')
    assert wipa.post(add_url(), sent).status_code == 302
    assert Question.objects.get(uid="new").content == "<p>นับ</p>"
    nothing = form(("ก", True), ("ข", False), uid="none", format="html", content="<script>x()</script>")
    assert list(wipa.post(add_url(), nothing).context["form"].errors) == ["content"]


def test_an_edit_keeps_the_ids_of_the_choices_and_makes_a_version(wipa: Client) -> None:
    question = make_question()
    page = wipa.get(edit_url(question)).content.decode()
    assert [text for text in "กขคง" if f'value="{text}"' not in page] == []
    changed = form(("ก", False), ("ข ใหม่", True), ("ค", False), ("ง", False), uid=question.uid)
    assert wipa.post(edit_url(question), changed).status_code == 302
    question.refresh_from_db()
    before = question.versions.get(number=1).body["choices"]
    assert [choice["id"] for choice in question.body["choices"]] == [choice["id"] for choice in before]
    assert [choice["text"] for choice in question.body["choices"]] == ["ก", "ข ใหม่", "ค", "ง"]
    assert question.version == 2


def test_the_kind_of_a_question_never_changes(wipa: Client) -> None:
    question = make_question()
    assert wipa.post(edit_url(question), sent_again(question, kind="true_false")).status_code == 302
    question.refresh_from_db()
    assert (question.kind, question.version) == ("single_choice", 1)


def test_what_an_h5p_package_said_survives_an_edit(wipa: Client) -> None:
    question = make_question()
    question.body = {**question.body, "h5p": {"library": "H5P.MultiChoice 1.16", "params": {"a": 1}}}
    question.save()
    assert wipa.post(edit_url(question), sent_again(question, content="ใหม่")).status_code == 302
    question.refresh_from_db()
    assert question.body["h5p"] == {"library": "H5P.MultiChoice 1.16", "params": {"a": 1}}


def test_a_question_of_a_pack_with_all_the_choices_there_can_be_loses_none(wipa: Client) -> None:
    body = {"choices": [{"text": f"ข้อ {number}", "correct": number == 1} for number in range(1, MAX_CHOICES + 1)]}
    question = make_question(body=body)
    assert wipa.post(edit_url(question), sent_again(question)).status_code == 302
    question.refresh_from_db()
    assert (len(question.body["choices"]), question.version) == (MAX_CHOICES, 1)


def test_a_question_that_is_there_already_is_saved_with_a_warning(wipa: Client) -> None:
    twin = make_question(content="นับเงินสดเมื่อใด", body={"choices": [{"text": "ก", "correct": True}, {"text": "ข"}]})
    with translation.override("en"):
        page = wipa.post(add_url(), form((" ก", True), ("ข", False), content="นับเงินสด เมื่อใด?"), follow=True)
    warnings = [str(message) for message in page.context["messages"] if message.level_tag == "warning"]
    assert len(warnings) == 1
    assert f">{twin.uid}</a>" in warnings[0]
    form_page = wipa.get(edit_url(Question.objects.get(uid="new")))
    assert f">{twin.uid}</a>" in form_page.content.decode()


def test_who_may_only_look_adds_nothing(client: Client, cast: Cast) -> None:
    client.force_login(cast.malee)
    assert client.get(add_url()).status_code == 302
    assert client.post(add_url(), form(("ก", True), ("ข", False))).status_code == 302
    assert not Question.objects.exists()
