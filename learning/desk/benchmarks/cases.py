"""What is measured, by name. Each issue adds its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from certification.flows import Achievement, issue_certificate
from certification.models import Certificate, CertificateDesign
from courses.catalog.models import LessonPage
from courses.quizzes.kinds import kind_of
from learning.desk.benchmarks.measuring import Measured, Request, measure
from learning.desk.benchmarks.population import TOKEN
from learning.enrollments.models import Enrollment
from learning.people.models import User
from learning.sittings.flows import open_sitting

BARE = Request("/bare/")


@dataclass(frozen=True)
class Stage:
    """Who asks, and how often."""

    learner: User
    enrollment: Enrollment
    cookies: str
    rounds: int
    warm_up: int

    @property
    def bare_signed_in(self) -> Request:
        return Request("/bare-signed-in/", cookies=self.cookies)


def lesson_page(stage: Stage) -> Measured:
    """A lesson read by somebody who is enrolled, against a bare view for somebody signed in."""
    page = Request("/courses/internal-control/cash-count/", cookies=stage.cookies)
    return measure("lesson-page", lambda turn: page, stage.bare_signed_in, rounds=stage.rounds, warm_up=stage.warm_up)


def quiz_answer(stage: Stage) -> Measured:
    """One answer saved, each time another choice; the write is committed."""
    lesson = LessonPage.objects.get(slug="final-test", quiz__uid__startswith="internal-control--")
    sitting = open_sitting(stage.enrollment, lesson, by=stage.learner)
    responses = sitting.responses.select_related("question").order_by("position")
    response = next(r for r in responses if r.question.kind == "single_choice")
    question = response.question
    choices = kind_of(question.kind).shown(question.body, response.presentation, None)["choices"]
    address = f"/sittings/{sitting.pk}/answers/{response.position}/"

    def answer(turn: int) -> Request:
        form = {"answer": choices[turn % len(choices)]["value"], "revision": turn, "csrfmiddlewaretoken": TOKEN}
        return Request(address, cookies=stage.cookies, form=form)

    return measure("quiz-answer", answer, stage.bare_signed_in, rounds=stage.rounds, warm_up=stage.warm_up)


def catalog(stage: Stage) -> Measured:
    """The catalog for a visitor."""
    return measure("catalog", lambda turn: Request("/courses/"), BARE, rounds=stage.rounds, warm_up=stage.warm_up)


def search(stage: Stage) -> Measured:
    """A search in the catalog, each time another word."""
    words = ["บัญชี", "ตรวจนับเงินสด", "ทุนสำรอง", "กรรมการ", "หลักการสหกรณ์", "ทุจริต"]
    return measure(
        "search",
        lambda turn: Request(f"/courses/?q={words[turn % len(words)]}"),
        BARE,
        rounds=stage.rounds,
        warm_up=stage.warm_up,
    )


def certificate_page(stage: Stage) -> Measured:
    """The check of a certificate by its code, each time another one, for a visitor."""
    design = CertificateDesign.objects.get(slug="standard")
    codes = [_certificate(design, stage.learner, number).code for number in range(50)]
    return measure(
        "certificate-page",
        lambda turn: Request(f"/v/{codes[turn % len(codes)]}"),
        BARE,
        rounds=stage.rounds,
        warm_up=stage.warm_up,
    )


def _certificate(design: CertificateDesign, learner: User, number: int) -> Certificate:
    achievement = Achievement(
        holder=learner,
        holder_name=f"นางมาลี ใจดี {number}",
        holder_role="กรรมการ สหกรณ์การเกษตรทุ่งรวงทอง จำกัด",
        course_title="การควบคุมภายในสำหรับคณะกรรมการดำเนินการ",
        hours=Decimal(6),
        started_on=date(2026, 11, 20),
        completed_on=date(2026, 11, 23),
    )
    with transaction.atomic():
        return issue_certificate(design, achievement, by=learner)


CASES: dict[str, Callable[[Stage], Measured]] = {
    "lesson-page": lesson_page,
    "quiz-answer": quiz_answer,
    "catalog": catalog,
    "search": search,
    "certificate-page": certificate_page,
}
