"""People on their way through a course."""

from courses.catalog.models import CoursePage, LessonPage
from learning.enrollments.flows import enroll
from learning.enrollments.models import Enrollment
from learning.people.models import User
from learning.progress.flows import finish_reading
from learning.sittings.flows import PostedAnswer, open_sitting, submit_sitting
from learning.sittings.models import Sitting
from tests.cast import Cast
from tests.factories.sittings import right_values, wrong_values


def enroll_malee(cast: Cast, course: CoursePage) -> Enrollment:
    """Malee learns as a board member of her cooperative."""
    return enroll(course, membership=cast.board_seat, by=cast.malee)


def lessons_of(course: CoursePage) -> list[LessonPage]:
    return list(LessonPage.objects.child_of(course).order_by("path"))


def read_everything(enrollment: Enrollment, *, by: User) -> None:
    """Every lesson but the ones that reading does not complete."""
    for lesson in lessons_of(enrollment.course):
        if lesson.quiz_id is None and not lesson.needs_workshop:
            finish_reading(enrollment, lesson, by=by)


def sit_test(enrollment: Enrollment, *, by: User, right: bool = True) -> Sitting:
    """Open the course's test, answer everything right (or wrong), hand it in."""
    lesson = next(lesson for lesson in lessons_of(enrollment.course) if lesson.quiz_id)
    sitting = open_sitting(enrollment, lesson, by=by)
    values = right_values if right else wrong_values
    answers = {
        response.position: PostedAnswer(values(response), response.revision)
        for response in sitting.responses.select_related("question")
    }
    return submit_sitting(sitting.pk, answers=answers, by=by)
