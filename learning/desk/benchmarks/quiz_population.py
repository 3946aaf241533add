"""A question bank, a test of 40 questions in a course, and many sittings of it, written in bulk."""

import random
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from courses.catalog.models import CoursePage, LessonPage
from courses.packs.flows import load_pack
from courses.packs.reading import read_pack
from courses.quizzes.kinds import kind_of
from courses.quizzes.models import Category, Question, QuestionVersion, Quiz, QuizDraw
from learning.desk.benchmarks.population import LIBRARY
from learning.desk.cast import welcome_cast
from learning.desk.opening import open_academy
from learning.enrollments.models import Enrollment
from learning.organizations.choices import Kind, Position
from learning.organizations.models import Organization
from learning.people.models import User
from learning.places.flows import load_places
from learning.places.models import TransferCenter
from learning.sittings.choices import SittingState
from learning.sittings.models import Response, Sitting

COURSE, LESSON = "internal-control", "final-test"
QUESTIONS = 40
SUBJECTS = 8
AT_ONCE = 2_000


def open_course() -> LessonPage:
    """An academy with one course; gives the lesson that ends with its test."""
    if not TransferCenter.objects.exists():
        load_places()
    index = open_academy()
    welcome_cast()
    if not CoursePage.objects.filter(slug=COURSE).exists():
        load_pack(read_pack(LIBRARY / COURSE), index)
    return LessonPage.objects.select_related("quiz").get(slug=LESSON, path__startswith=_course().path)


def _course() -> CoursePage:
    return CoursePage.objects.get(slug=COURSE)


def questions_in_the_bank(count: int) -> list[Question]:
    """Single choice, four choices, in eight subjects of equal size."""
    subjects = [Category.objects.get_or_create(category=f"เรื่องที่ {number}")[0] for number in range(1, SUBJECTS + 1)]
    kind = kind_of("single_choice")
    body = kind.clean_body({"choices": [{"text": f"ตัวเลือก {letter}", "correct": letter == "ก"} for letter in "กขคง"]})
    Question.objects.bulk_create(
        (
            Question(
                uid=f"bench-{number:05}",
                kind="single_choice",
                category=subjects[number % SUBJECTS],
                content=f"คำถามที่ {number} ของคลังข้อสอบ",
                explanation="เพราะยอดเงินสดในมือต้องตรงกับบัญชี",
                body=body,
                version=1,
            )
            for number in range(count)
        ),
        batch_size=AT_ONCE,
    )
    made = list(Question.objects.filter(uid__startswith="bench-").order_by("uid"))
    QuestionVersion.objects.bulk_create(
        (
            QuestionVersion(
                question=one, number=1, kind=one.kind, content=one.content, explanation=one.explanation, body=one.body
            )
            for one in made
        ),
        batch_size=AT_ONCE,
    )
    return made


def test_of_forty(quiz: Quiz, *, bank: int) -> Quiz:
    """The quiz of a lesson drawn from a bank of so many questions: five of each of eight subjects."""
    questions_in_the_bank(bank)
    quiz.questions.clear()
    quiz.max_questions, quiz.attempts_allowed, quiz.time_limit_minutes = None, 0, 60
    quiz.random_order = quiz.shuffle_choices = True
    quiz.save()
    for subject in Category.objects.filter(category__startswith="เรื่องที่"):
        QuizDraw.objects.create(quiz=quiz, category=subject, count=QUESTIONS // SUBJECTS)
    return quiz


test_of_forty.__test__ = False  # type: ignore[attr-defined]  no test of pytest's


def enrolled(count: int) -> list[Enrollment]:
    """So many learners of the course."""
    organization = Organization.objects.filter(kind=Kind.AGRICULTURAL).order_by("pk").first()
    assert organization is not None
    User.objects.bulk_create(
        (User(username=f"sitter-{number:05}", first_name=f"ผู้เรียน {number}") for number in range(count)),
        batch_size=AT_ONCE,
    )
    people = User.objects.filter(username__startswith="sitter-").order_by("username")
    course = _course()
    Enrollment.objects.bulk_create(
        (
            Enrollment(
                user=person,
                course=course,
                organization=organization,
                position=Position.MEMBER,
                province_id=organization.province_id,
                district_id=organization.district_id,
            )
            for person in people
        ),
        batch_size=AT_ONCE,
    )
    return list(Enrollment.objects.filter(user__in=people).select_related("user").order_by("user__username"))


def many_sittings(quiz: Quiz, lesson: LessonPage, enrollments: Sequence[Enrollment], *, seed: int = 1) -> None:
    """A graded sitting for each, all asked the same 40 questions; who is able answers more of them right."""
    lot = random.Random(seed)  # noqa: S311  a lot for a test
    versions = list(QuestionVersion.objects.filter(question__uid__startswith="bench-").order_by("pk")[:QUESTIONS])
    choices = [[choice["id"] for choice in version.body["choices"]] for version in versions]
    hardness = [lot.uniform(0.2, 0.9) for _version in versions]
    now = timezone.now()
    sittings, marks = [], []
    for number, enrollment in enumerate(enrollments):
        ability = lot.gauss(0, 0.25)
        right = [lot.random() < easy + ability for easy in hardness]
        percent = round(100 * sum(right) / len(right))
        marks.append(right)
        sittings.append(
            Sitting(
                user_id=enrollment.user_id,
                enrollment=enrollment,
                quiz=quiz,
                lesson=lesson,
                number=1,
                state=SittingState.GRADED,
                pass_mark=quiz.pass_mark,
                opened_at=now - timedelta(minutes=number),
                submitted_at=now,
                score=sum(right),
                max_score=len(right),
                percent=percent,
                passed=percent >= quiz.pass_mark,
            )
        )
    Sitting.objects.bulk_create(sittings, batch_size=AT_ONCE)
    one, none = Decimal(1), Decimal(0)
    Response.objects.bulk_create(
        (
            Response(
                sitting=sitting,
                position=place + 1,
                question=version,
                answer=[choices[place][0 if is_right else lot.randrange(1, len(choices[place]))]],
                revision=1,
                score=one if is_right else none,
                max_score=one,
            )
            for sitting, right in zip(sittings, marks, strict=True)
            for place, (version, is_right) in enumerate(zip(versions, right, strict=True))
        ),
        batch_size=AT_ONCE,
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
