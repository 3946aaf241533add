"""Essays: the machine marks its part, a person the rest; a second marker, a third when two are far apart."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from courses.quizzes.models import Quiz
from learning.desk.opening import AUTHORS
from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.progress.models import LessonCompletion
from learning.sittings.flows import mark_response, set_marking_rule
from learning.sittings.models import Marking, MarkingRule, Response, Sitting
from learning.sittings.queries.marking import criteria_of, marked_on, next_marking, settled, waiting_for
from tests.cast import Cast
from tests.factories.quizzes import make_question
from tests.factories.sittings import right_values

pytestmark = pytest.mark.django_db
Begin = Callable[..., Sitting]
RUBRIC = [{"id": "r1", "criterion": "บอกความเสี่ยง", "points": 3}, {"id": "r2", "criterion": "บอกวิธีแก้", "points": 1}]
TEXT = "คนเดียวรับเงินและลงบัญชี จึงควรแบ่งหน้าที่"


@pytest.fixture
def handed_in(malee: Client, begin: Begin, quiz: Quiz) -> Sitting:
    """One choice (right) and one essay of four points, handed in by malee."""
    essay = make_question(
        50,
        kind="essay",
        body={
            "points": 4,
            "rubric": RUBRIC,
            "keywords": [{"keyword": "แบ่งหน้าที่", "points": 1}],
            "sample": "ตัวอย่างคำตอบลับ",
        },
    )
    quiz.questions.set([quiz.questions.first(), essay])
    sitting = begin(random_order=False)
    return hand_in(malee, sitting)


def hand_in(client: Client, sitting: Sitting, text: str = TEXT) -> Sitting:
    form: dict[str, Any] = {}
    for response in sitting.responses.select_related("question"):
        is_essay = response.question.kind == "essay"
        form[f"q{response.position}"] = [text] if is_essay else right_values(response)
    client.post(f"/sittings/{sitting.pk}/submit/", form)
    sitting.refresh_from_db()
    return sitting


@pytest.fixture
def markers(cast: Cast) -> list[User]:
    """Wipa and two more who write tests."""
    others = [User.objects.create_user(f"marker-{number}", first_name="ผู้ตรวจ") for number in (2, 3)]
    for other in others:
        other.groups.add(Group.objects.get(name=AUTHORS))
    return [cast.wipa, *others]


def essay_of(sitting: Sitting) -> Response:
    return sitting.responses.select_related("question", "sitting").get(question__kind="essay")


def give(sitting: Sitting, by: User, first: str, second: str = "0", comment: str = "") -> Marking:
    response = essay_of(sitting)
    most = {one.id: one.most for one in criteria_of(response)}
    points = {"r1": Decimal(first), "r2": Decimal(second)}
    return mark_response(response, points=points, most=most, comment=comment, by=by)


# --- waiting -------------------------------------------------------------------------------------
def test_an_essay_waits_and_what_the_machine_marked_is_kept(malee: Client, handed_in: Sitting) -> None:
    facts = (handed_in.state, handed_in.score, handed_in.max_score, handed_in.percent, handed_in.passed)
    assert facts == ("in_review", 1, 5, None, None)
    assert essay_of(handed_in).awaits_person is True
    page = malee.get(f"/sittings/{handed_in.pk}/result/").content.decode()
    assert ('data-waits="marking"' in page, "ตัวอย่างคำตอบลับ" in page) == (True, False)
    assert LessonCompletion.objects.count() == 0


def test_an_empty_essay_waits_for_nobody(malee: Client, handed_in: Sitting, begin: Begin) -> None:
    Sitting.objects.all().delete()
    sitting = hand_in(malee, begin(), text="  ")
    assert (sitting.state, sitting.score, sitting.passed) == ("graded", 1, False)


def test_no_further_attempt_while_one_is_being_marked(malee: Client, handed_in: Sitting) -> None:
    reply = malee.post("/tests/control/final-test/")
    assert (reply.status_code, reply.context["refusal"].way_on) == (409, f"/sittings/{handed_in.pk}/result/")
    assert 'data-action="begin"' not in malee.get("/tests/control/final-test/").content.decode()


# --- marking -------------------------------------------------------------------------------------
def test_the_last_mark_grades_the_sitting_and_a_pass_completes_the_lesson(
    cast: Cast, malee: Client, handed_in: Sitting
) -> None:
    give(handed_in, cast.wipa, "2.5", "1", "ดีมาก ลองยกตัวอย่าง")
    handed_in.refresh_from_db()
    facts = (handed_in.state, handed_in.score, handed_in.percent, handed_in.passed)
    assert facts == ("graded", Decimal("4.5"), 90, True)
    assert LessonCompletion.objects.count() == 1
    assert "ลองยกตัวอย่าง" in malee.get(f"/sittings/{handed_in.pk}/result/").content.decode()


def test_points_beyond_a_criterion_and_half_a_rubric_are_refused(cast: Cast, handed_in: Sitting) -> None:
    response = essay_of(handed_in)
    most = {one.id: one.most for one in criteria_of(response)}
    for points in ({"r1": Decimal(4), "r2": Decimal(0)}, {"r1": Decimal(1)}, {"r1": Decimal(-1), "r2": Decimal(1)}):
        with pytest.raises(Refused) as refused:
            mark_response(response, points=points, most=most, comment="", by=cast.wipa)
        assert refused.value.status == 422
    assert Marking.objects.count() == 0


def test_nobody_marks_their_own_and_nobody_without_the_right(cast: Cast, handed_in: Sitting) -> None:
    for person in (cast.malee, cast.somchai):
        with pytest.raises(Refused) as refused:
            give(handed_in, person, "1")
        assert refused.value.status == 403
    cast.malee.groups.add(Group.objects.get(name=AUTHORS))
    author = User.objects.get(pk=cast.malee.pk)
    with pytest.raises(Refused):
        give(handed_in, author, "1")
    assert waiting_for(author).count() == 0


def test_what_is_marked_is_not_marked_again(cast: Cast, handed_in: Sitting, markers: list[User]) -> None:
    give(handed_in, cast.wipa, "1")
    with pytest.raises(Refused):
        give(handed_in, markers[1], "3")
    assert Marking.objects.count() == 1


# --- two markers ---------------------------------------------------------------------------------
@pytest.fixture
def two(cast: Cast, handed_in: Sitting) -> MarkingRule:
    return set_marking_rule(handed_in.quiz, is_blind=True, needs_second=True, tolerance=Decimal(1), by=cast.wipa)


def test_of_two_who_agree_the_mean_counts(two: MarkingRule, handed_in: Sitting, markers: list[User]) -> None:
    give(handed_in, markers[0], "3", "0.5")
    assert essay_of(handed_in).awaits_person is True
    with pytest.raises(Refused):
        give(handed_in, markers[0], "3")
    assert [waiting_for(one).count() for one in markers] == [0, 1, 1]
    give(handed_in, markers[1], "3", "0")
    assert (essay_of(handed_in).score, Sitting.objects.get().state) == (Decimal("3.25"), "graded")


def test_of_two_far_apart_a_third_decides(two: MarkingRule, handed_in: Sitting, markers: list[User]) -> None:
    give(handed_in, markers[0], "3", "1")
    give(handed_in, markers[1], "1", "0")
    assert (essay_of(handed_in).awaits_person, Sitting.objects.get().state) == (True, "in_review")
    give(handed_in, markers[2], "2", "0")
    assert list(Marking.objects.values_list("kind", flat=True)) == ["first", "second", "deciding"]
    assert (essay_of(handed_in).score, Sitting.objects.get().state) == (Decimal(2), "graded")


def test_the_second_marker_sees_neither_the_name_nor_what_the_first_gave(
    client: Client, two: MarkingRule, handed_in: Sitting, markers: list[User]
) -> None:
    give(handed_in, markers[0], "2.75", "0.25", "คะแนนลับของคนแรก")
    client.force_login(markers[1])
    pages = [client.get("/office/marking/"), client.get(f"/office/marking/{essay_of(handed_in).pk}/")]
    said = "".join(page.content.decode() for page in pages)
    assert [word in said for word in ("มาลี", "2.75", "คะแนนลับ", "แบ่งหน้าที่")] == [False, False, False, True]


def test_a_rule_that_wants_one_marker_again_settles_what_one_has_marked(
    cast: Cast, two: MarkingRule, handed_in: Sitting
) -> None:
    give(handed_in, cast.wipa, "3")
    set_marking_rule(handed_in.quiz, is_blind=False, needs_second=False, tolerance=Decimal(1), by=cast.wipa)
    assert Sitting.objects.get().state == "graded"


@pytest.mark.parametrize(
    ("scores", "needs_second", "lacking", "points"),
    [
        ([], False, "first", None),
        (["2"], False, None, "2"),
        (["2"], True, "second", None),
        (["2", "3"], True, None, "2.5"),
        (["2", "2.25"], True, None, "2.13"),
        (["2", "3.01"], True, "deciding", None),
        (["2", "4", "3.5"], True, None, "3.5"),
    ],
)
def test_what_the_markings_come_to(scores: list[str], needs_second: bool, lacking: Any, points: Any) -> None:
    kinds = ["first", "second", "deciding"]
    given = [Marking(kind=kind, score=Decimal(score)) for kind, score in zip(kinds, scores, strict=False)]
    rule = MarkingRule(needs_second=needs_second, tolerance=Decimal(1))
    assert next_marking(given, rule) == lacking
    assert settled(given, rule) == (None if points is None else Decimal(points))


# --- the desk ------------------------------------------------------------------------------------
def test_the_desk_lists_the_oldest_first_and_marks_one_after_the_other(
    client: Client, cast: Cast, handed_in: Sitting
) -> None:
    client.force_login(cast.wipa)
    address = f"/office/marking/{essay_of(handed_in).pk}/"
    assert address in client.get("/office/marking/").content.decode()
    page = client.get(address).content.decode()
    assert [word in page for word in ("มาลี", TEXT, "บอกความเสี่ยง", "แบ่งหน้าที่", "ตัวอย่างคำตอบลับ")] == [True] * 5
    assert client.post(address, {"points_1": "9", "points_2": "1"}).status_code == 422
    assert client.post(address, {"points_1": "3", "points_2": "1", "comment": ""})["Location"] == "/office/marking/"
    assert (Sitting.objects.get().percent, client.get(address).status_code) == (100, 404)


def test_the_desk_is_closed_to_who_does_not_write_tests(client: Client, cast: Cast, handed_in: Sitting) -> None:
    address = f"/office/marking/{essay_of(handed_in).pk}/"
    for person in (cast.malee, cast.somchai, cast.krit):
        client.force_login(person)
        replies = [client.get("/office/marking/"), client.get(address), client.post(address, {"points_1": 1})]
        assert [reply.status_code for reply in replies] == [403] * 3
    assert Marking.objects.count() == 0


@pytest.mark.parametrize("count", [1, 30])
def test_the_desk_costs_the_same_with_many_answers(
    client: Client, cast: Cast, handed_in: Sitting, django_assert_num_queries: Any, count: int
) -> None:
    essay = essay_of(handed_in)
    for place in range(10, 9 + count):
        Response.objects.create(
            sitting=handed_in, position=place, question=essay.question, answer="ก", awaits_person=True, max_score=4
        )
    client.force_login(cast.wipa)
    # session · person · permissions (2) · duties · how many · which · quizzes
    with django_assert_num_queries(8):
        page = client.get("/office/marking/")
    assert page.content.decode().count("data-response=") == count


# --- what the learner is told ------------------------------------------------------------------------
def test_the_points_of_each_line_stand_beside_the_rubric(cast: Cast, malee: Client, handed_in: Sitting) -> None:
    give(handed_in, cast.wipa, "2.5", "1")
    review = malee.get(f"/sittings/{handed_in.pk}/result/").context["reviews"][1]
    assert review["marking"] == {"points": {"r1": Decimal("2.5"), "r2": Decimal(1)}}


def test_of_two_markers_the_mean_of_each_line_is_told_and_of_three_what_the_last_gave(
    two: MarkingRule, handed_in: Sitting, markers: list[User]
) -> None:
    first, second, third = markers
    give(handed_in, first, "2", "0")
    give(handed_in, second, "3", "0")
    essay = essay_of(handed_in)
    assert marked_on([essay])[essay.pk].points == {"r1": Decimal("2.5"), "r2": Decimal(0)}
    Marking.objects.create(response=essay, marker=third, kind="deciding", points={"r1": "1", "r2": "1"}, score=2)
    assert marked_on([essay])[essay.pk].points == {"r1": Decimal(1), "r2": Decimal(1)}


def test_a_marker_is_heard_also_where_the_right_answers_are_never_shown(
    cast: Cast, malee: Client, handed_in: Sitting
) -> None:
    Quiz.objects.update(review_answers="never")
    give(handed_in, cast.wipa, "2.5", "1", "ลองยกตัวอย่าง")
    page = malee.get(f"/sittings/{handed_in.pk}/result/")
    assert page.context["reviews"] == []
    assert "ลองยกตัวอย่าง" in page.content.decode()
