"""Results that teach: weak subjects with the lessons to read again, and subjects over time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courses.catalog.models import CoursePage, LessonPage
from courses.quizzes.models import Category, Quiz
from learning.sittings.models import Allowance, Sitting
from learning.sittings.queries import responses_of
from learning.sittings.statistics.topics import (
    first_and_best_of,
    own_results,
    progress_by_subject,
    weak_topics,
)
from tests.cast import Cast
from tests.factories.catalog import make_course, make_lesson
from tests.factories.quizzes import make_question, make_quiz
from tests.factories.sittings import sit_free
from tests.sittings.statistics.test_counting import given

pytestmark = pytest.mark.django_db
Sat = Callable[..., list[Sitting]]
SUBJECTS = ("เงินสด", "เงินสด", "เอกสาร", "ลูกหนี้")


@pytest.fixture
def subjects(quiz: Quiz) -> dict[str, Category]:
    """The four questions ask about cash twice, papers, and debtors."""
    quiz.questions.set([make_question(n, uid=f"s-{n}", category=name) for n, name in enumerate(SUBJECTS, 1)])
    return {category.category: category for category in Category.objects.filter(category__in=SUBJECTS)}


def teach(slug: str, *categories: Category) -> LessonPage:
    lesson = LessonPage.objects.get(slug=slug, path__startswith=CoursePage.objects.get(slug="control").path)
    lesson.topics.set(categories)
    lesson.save()
    return lesson


def weak(sitting: Sitting) -> list[tuple[str, int, list[str]]]:
    sitting = Sitting.objects.select_related("enrollment__course").get(pk=sitting.pk)
    found = weak_topics(sitting, responses_of(sitting))
    return [(topic.category, topic.percent, [lesson.url for lesson in topic.lessons]) for topic in found]


def test_weak_subjects_name_the_lessons_that_teach_them(subjects: dict[str, Category], sat: Sat) -> None:
    teach("lesson-1", subjects["เงินสด"], subjects["เอกสาร"])
    teach("lesson-2", subjects["เงินสด"])
    sitting = sat(given("กขขก"))[0]
    assert weak(sitting) == [
        ("เอกสาร", 0, ["/courses/control/lesson-1/"]),
        ("เงินสด", 50, ["/courses/control/lesson-1/", "/courses/control/lesson-2/"]),
    ]


def test_sixty_percent_is_not_weak(quiz: Quiz, sat: Sat) -> None:
    quiz.questions.set([make_question(n, uid=f"five-{n}", category="เงินสด") for n in range(1, 6)])
    three, two = sat([["ก", "ก", "ก", "ข", "ข"], ["ก", "ก", "ข", "ข", "ข"]])
    assert (weak(three), weak(two)) == ([], [("เงินสด", 40, [])])


def test_lessons_of_other_courses_and_unpublished_ones_are_not_named(
    subjects: dict[str, Category], sat: Sat, course: CoursePage
) -> None:
    elsewhere = make_course("elsewhere", quiz=None)
    lesson = make_lesson(elsewhere, "cash")
    lesson.topics.set([subjects["เงินสด"]])
    lesson.save()
    teach("lesson-1", subjects["เงินสด"]).unpublish()
    teach("lesson-2", subjects["เอกสาร"])
    assert weak(sat(given("ขขกก"))[0]) == [("เงินสด", 0, [])]


def test_a_sitting_outside_a_course_has_subjects_and_no_lessons(cast: Cast, subjects: dict[str, Category]) -> None:
    teach("lesson-1", subjects["เงินสด"])
    quiz = make_quiz("free", questions=0)
    quiz.questions.set([make_question(9, uid="s-9", category="เงินสด")])
    assert weak(sit_free(quiz, by=cast.malee, right=0, shows_answers=True)) == [("เงินสด", 0, [])]


def test_it_costs_one_query_and_none_when_nothing_is_weak(
    subjects: dict[str, Category], sat: Sat, django_assert_num_queries: Any
) -> None:
    poor, good = (
        Sitting.objects.select_related("enrollment__course").get(pk=one.pk) for one in sat(given("ขขขข", "กกกก"))
    )
    for sitting, count in ((poor, 1), (good, 0)):
        responses = list(responses_of(sitting))
        with django_assert_num_queries(count):
            weak_topics(sitting, responses)


def test_the_result_leads_to_the_lessons(client: Client, cast: Cast, subjects: dict[str, Category], sat: Sat) -> None:
    teach("lesson-1", subjects["เงินสด"])
    sitting = sat(given("ขขกก"), people=[cast.malee])[0]
    client.force_login(cast.malee)
    page = client.get(f"/sittings/{sitting.pk}/result/")
    assert [topic.category for topic in page.context["weak_topics"]] == ["เงินสด"]
    section = page.content.decode().split('class="weak-topics"')[1].split("</section>")[0]
    assert section.count('href="/courses/control/lesson-1/"') == 1


def test_a_result_that_keeps_its_answers_back_names_no_subject(client: Client, cast: Cast, quiz: Quiz) -> None:
    sitting = sit_free(quiz, by=cast.malee, right=0)
    client.force_login(cast.malee)
    page = client.get(f"/sittings/{sitting.pk}/result/").content.decode()
    assert 'class="weak-topics"' not in page


# --- over time -----------------------------------------------------------------------------------
def test_subjects_add_up_all_own_results_from_the_earliest(cast: Cast, subjects: dict[str, Category], sat: Sat) -> None:
    sat(given("กขขก"), people=[cast.malee])
    sat(given("กกขก"), number=2, people=[cast.malee])
    sat(given("ขขขข"), people=[cast.krit])
    found = progress_by_subject(own_results(cast.malee))
    told = [(one.category, one.score, one.max_score, [point.percent for point in one.points]) for one in found]
    assert told == [
        ("ลูกหนี้", 2, 2, [100, 100]),
        ("เงินสด", 3, 4, [50, 100]),
        ("เอกสาร", 0, 2, [0, 0]),
    ]


def test_a_quiz_sat_again_shows_first_and_best(cast: Cast, quiz: Quiz, sat: Sat) -> None:
    for number, word in enumerate(("กขขข", "กกกข", "กกขข"), 1):
        sat(given(word), number=number, people=[cast.malee])
    found = first_and_best_of(own_results(cast.malee))
    assert [(one.title, one.sat_count, one.first, one.best) for one in found] == [(quiz.title, 3, 25, 75)]
    assert found[0].gain == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("moment", "day", "is_shown"),
    [
        ("at_once", None, True),
        ("never", None, False),
        ("from_day", None, False),
        ("from_day", -1, True),
        ("from_day", 1, False),
    ],
)
def test_marks_that_are_not_open_are_not_listed(
    cast: Cast, quiz: Quiz, sat: Sat, moment: str, day: int | None, is_shown: bool
) -> None:
    opens = timezone.now() + timedelta(days=day) if day else None
    Quiz.objects.filter(pk=quiz.pk).update(review_marks=moment, review_from=opens)
    sat(given("กขขข"), people=[cast.malee])
    assert len(own_results(cast.malee)) == is_shown


def test_marks_for_those_who_are_done_wait_for_a_pass_or_the_last_attempt(cast: Cast, quiz: Quiz, sat: Sat) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(review_marks="when_done", attempts_allowed=2)
    sat(given("กขขข"), people=[cast.malee])
    assert own_results(cast.malee) == []
    sat(given("กขขข"), number=2, people=[cast.malee])
    assert len(own_results(cast.malee)) == 2
    Allowance.objects.create(quiz=quiz, user=cast.malee, extra_attempts=1, reason="ไฟดับ", by=cast.wipa)
    assert own_results(cast.malee) == []
    sat(given("กกกก"), number=3, people=[cast.malee])
    assert [sitting.percent for sitting in own_results(cast.malee)] == [100, 25, 25]


def test_my_page_lists_my_results_and_nobody_elses(
    client: Client, cast: Cast, subjects: dict[str, Category], sat: Sat
) -> None:
    own = sat(given("กขขก"), people=[cast.malee])[0]
    other = sat(given("กกกก"), people=[cast.krit])[0]
    client.force_login(cast.malee)
    page = client.get("/my/tests/")
    assert [sitting.pk for sitting in page.context["page_obj"]] == [own.pk]
    assert [subject.category for subject, _line in page.context["subjects"]] == ["ลูกหนี้", "เงินสด", "เอกสาร"]
    html = page.content.decode()
    assert (f"/sittings/{own.pk}/result/" in html, str(other.pk) in html) == (True, False)
    assert page["Cache-Control"] == "private, no-cache"


def test_a_test_that_keeps_its_answers_back_is_listed_without_subjects(client: Client, cast: Cast, quiz: Quiz) -> None:
    sit_free(quiz, by=cast.malee, right=2)
    client.force_login(cast.malee)
    page = client.get("/my/tests/")
    assert (len(page.context["page_obj"]), page.context["subjects"]) == (1, [])


def test_without_results_it_says_so(client: Client, cast: Cast) -> None:
    client.force_login(cast.malee)
    page = client.get("/my/tests/")
    assert (page.status_code, 'class="empty"' in page.content.decode()) == (200, True)


def test_the_desk_leads_there(client: Client, cast: Cast, quiz: Quiz, sat: Sat) -> None:
    sat(given("กขขก"), people=[cast.malee])
    client.force_login(cast.malee)
    assert 'href="/my/tests/"' in client.get("/my/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_my_page_costs_six_queries(
    client: Client, cast: Cast, quiz: Quiz, sat: Sat, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(1, count + 1):
        sat(given("กขขข"), number=number, people=[cast.malee])
    client.force_login(cast.malee)
    # session · person · sittings · what was given · points by subject · the names of subjects
    with django_assert_num_queries(6):
        client.get("/my/tests/")
