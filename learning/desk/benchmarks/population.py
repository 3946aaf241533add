"""A database as large as asked: the shipped courses, many learners, their enrollments and finished lessons."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.utils.module_loading import import_string

from courses import packs
from courses.catalog.models import CoursePage, LessonPage
from courses.packs.flows import load_pack
from courses.packs.reading import read_pack
from learning.desk.cast import welcome_cast
from learning.desk.opening import open_academy
from learning.enrollments.flows import enroll
from learning.enrollments.models import Enrollment
from learning.organizations.choices import Kind, Position
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.places.flows import load_places
from learning.progress.models import LessonCompletion

LIBRARY = Path(packs.__file__).parent / "library"


def populate(enrollments: int) -> tuple[User, Enrollment]:
    """Fill an empty database; gives a learner in the midst of a course and that enrollment."""
    load_places()
    index = open_academy()
    for folder in sorted(LIBRARY.iterdir()):
        if (folder / "course.toml").exists():
            load_pack(read_pack(folder), index)
    malee = welcome_cast()["malee"]
    courses = list(CoursePage.objects.order_by("path"))
    _crowd(courses, enrollments)
    course = CoursePage.objects.get(slug="internal-control")
    seat = Membership.objects.filter(user=malee, position=Position.BOARD_MEMBER).get()
    enrollment = enroll(course, membership=seat, by=malee)
    for lesson in LessonPage.objects.child_of(course).order_by("path")[:3]:
        LessonCompletion.objects.create(enrollment=enrollment, lesson=lesson)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return malee, enrollment


def _crowd(courses: list[CoursePage], enrollments: int) -> None:
    people = -(-enrollments // len(courses))
    User.objects.bulk_create(
        [User(username=f"learner-{n}", first_name=f"ผู้เรียน {n}") for n in range(people)], batch_size=2000
    )
    users = list(User.objects.filter(username__startswith="learner-").values_list("pk", flat=True))
    organization = Organization.objects.filter(kind=Kind.AGRICULTURAL).first()
    assert organization is not None
    Enrollment.objects.bulk_create(
        (
            Enrollment(
                user_id=user,
                course=course,
                organization=organization,
                position=Position.MEMBER,
                province_id=organization.province_id,
                district_id=organization.district_id,
            )
            for user in users
            for course in courses
        ),
        batch_size=2000,
    )
    first_lessons = {
        course.pk: LessonPage.objects.child_of(course).order_by("path").values_list("pk", flat=True)[0]
        for course in courses
    }
    LessonCompletion.objects.bulk_create(
        (
            LessonCompletion(enrollment_id=pk, lesson_id=first_lessons[course])
            for pk, course in Enrollment.objects.values_list("pk", "course_id")
        ),
        batch_size=2000,
    )


def signed_in(user: User) -> str:
    """The cookies of somebody who is signed in, with a token for forms."""
    engine: type[SessionBase] = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
    session = engine()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.set_expiry(timedelta(days=1))
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={TOKEN}"


TOKEN = "benchmark0benchmark0benchmark0be"  # noqa: S105  any 32 letters: the form and the cookie must agree
