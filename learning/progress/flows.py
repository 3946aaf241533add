"""Completing lessons; the last one completes the enrollment."""

from http import HTTPStatus

from django.db import transaction
from django.utils.translation import gettext as _

from courses.catalog.models import CoursePage, LessonPage
from learning.enrollments.flows import complete_enrollment
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import current_enrollment
from learning.enrollments.rules import is_lesson_of
from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.progress.models import LessonCompletion
from learning.progress.queries import progress_of


@transaction.atomic
def finish_reading(enrollment: Enrollment, lesson: LessonPage, *, by: User) -> None:
    """A lesson to read is done when its reader says so; one with a test when it is passed, one that needs a
    workshop when somebody has attended.
    """
    if lesson.quiz_id is not None:
        raise Refused(
            _("This lesson is done when you pass its test."),
            way_on=f"/courses/{enrollment.course.slug}/{lesson.slug}/",
            way_on_label=_("To the test"),
        )
    if lesson.needs_workshop:
        raise Refused(
            _("This lesson is done when you have attended a workshop of this course."),
            way_on=f"/workshops/?course={enrollment.course.slug}",
            way_on_label=_("Find a workshop"),
        )
    complete_lesson(enrollment, lesson, by=by)


@transaction.atomic
def complete_lesson(enrollment: Enrollment, lesson: LessonPage, *, by: User) -> None:
    """Record a lesson as done; twice is once. With nothing left the enrollment is completed."""
    if not is_lesson_of(enrollment, lesson):
        raise Refused(_("This lesson is not part of the course."), status=HTTPStatus.NOT_FOUND)
    enrollment = _locked(enrollment)
    done = LessonCompletion(enrollment=enrollment, lesson=lesson)
    LessonCompletion.objects.bulk_create([done], ignore_conflicts=True)  # one query where get_or_create has four
    _complete_when_nothing_is_left(enrollment, by=by)


@transaction.atomic
def complete_workshop_lessons(user: User, course: CoursePage, *, by: User) -> int:
    """Record the workshop lessons of a person's current enrollment as done, and give how many were not yet.

    With nothing left the enrollment is completed. Twice is once; 0 for who is not enrolled.
    """
    found = current_enrollment(user, course.pk)
    if found is None:
        return 0
    enrollment = _locked(found)
    progress = progress_of(enrollment)
    new = [line for line in progress.outline.lessons if line.needs_workshop and line.id not in progress.done]
    LessonCompletion.objects.bulk_create(LessonCompletion(enrollment=enrollment, lesson_id=line.id) for line in new)
    if new:
        _complete_when_nothing_is_left(enrollment, by=by)
    return len(new)


@transaction.atomic
def settle_enrollment(enrollment: Enrollment, *, by: User) -> Enrollment:
    """Complete an enrollment with nothing left: the lesson that was missing has been taken off the shelf."""
    return _complete_when_nothing_is_left(_locked(enrollment), by=by)


def _locked(enrollment: Enrollment) -> Enrollment:
    return (
        Enrollment.objects.select_for_update(of=("self",))
        .select_related("course__outline", "course__certificate_design", "organization", "user")
        .get(pk=enrollment.pk)
    )


def _complete_when_nothing_is_left(enrollment: Enrollment, *, by: User) -> Enrollment:
    if enrollment.is_open and progress_of(enrollment).is_complete:
        complete_enrollment(enrollment, by=by)
    return enrollment
