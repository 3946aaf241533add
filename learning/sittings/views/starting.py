"""The page before a test."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from courses.catalog.models import CoursePage, LessonPage
from courses.quizzes.queries import question_count
from learning.enrollments.views import locked
from learning.people.models import User
from learning.progress.views import unpublished
from learning.sittings.flows import begin_test, close_by_clock, count_pass_at
from learning.sittings.models import Sitting
from learning.sittings.queries import attempts_at, extra_in, lesson_with_test, reading_at, sittings_of
from learning.sittings.rules import is_overdue, review_of
from learning.sittings.wording import when_open


@login_required
@never_cache
def start(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """How it works, what was tried; POST begins or goes on."""
    page = lesson_with_test(course, lesson)
    if page is None or page.quiz is None:
        raise Http404
    if request.method == "POST":
        sitting = begin_test(page, by=request.user)  # type: ignore[arg-type]
        if sitting is not None:
            return redirect("sittings:sit", sitting_id=sitting.pk)
    enrollment = reading_at(request.user, page).first()  # type: ignore[arg-type]
    if enrollment is None:
        return locked(request, CoursePage.objects.get(slug=course, path=page.path[: -page.steplen]))
    quiz, parent, now = page.quiz, enrollment.course, timezone.now()
    sittings = _settled(list(sittings_of(enrollment, quiz)), page, by=request.user)  # type: ignore[arg-type]
    open_one = next((s for s in sittings if s.is_open), None)
    if open_one is None and not (parent.live and page.live):
        return unpublished(request, parent, lesson=page if parent.live else None)
    extra = extra_in(enrollment)
    attempts = attempts_at(quiz, sittings, extra=extra, now=now)
    review = review_of(quiz, is_done=attempts.is_done, shows_answers=True, now=now)
    context = {
        "lesson": page,
        "course": parent,
        "quiz": quiz,
        "enrollment": enrollment,
        "sittings": sittings,
        "open_sitting": open_one,
        "waiting_sitting": next((s for s in sittings if s.is_in_review), None),
        "passed_sitting": next((s for s in sittings if s.passed), None),
        "attempts": attempts,
        "attempts_left": attempts.left,
        "minutes": extra.minutes_of(quiz.time_limit_minutes),
        "question_count": question_count(quiz),
        "review": review,
        "answers_when": when_open(quiz, quiz.review_answers),
    }
    return render(request, "sittings/start.html", context)


def _settled(sittings: list[Sitting], lesson: LessonPage, *, by: User) -> list[Sitting]:
    """The attempts as they stand now: one whose time has run out is closed, and a pass counts at this lesson too."""
    now = timezone.now()
    settled = [close_by_clock(one) if one.is_open and is_overdue(one, now) else one for one in sittings]
    if passed := next((one for one in settled if one.passed), None):
        count_pass_at(lesson, passed, by=by)
    return settled
