"""Getting a lesson ready when it is published, and forgetting it when it is not."""

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Sum
from django.utils import timezone, translation

from courses.catalog.models import CourseOutline, CoursePage, LessonPage, PreparedLesson


@transaction.atomic
def prepare_lesson(lesson: LessonPage) -> None:
    """Print the body of a published lesson once and keep it; the list of its course is renewed."""
    if not lesson.live:
        forget_lesson(lesson)
        return
    course = CoursePage.objects.get(pk=lesson.get_parent().pk)
    with translation.override(settings.LANGUAGE_CODE):
        html = str(lesson.body.render_as_block({"page": lesson}))
    PreparedLesson.objects.update_or_create(
        lesson=lesson,
        defaults={
            "course": course,
            "path": f"{course.slug}/{lesson.slug}",
            "title": lesson.title,
            "summary": lesson.summary,
            "minutes": lesson.minutes,
            "quiz": lesson.quiz,
            "needs_workshop": lesson.needs_workshop,
            "html": html,
            "prepared_at": timezone.now(),
        },
    )
    renew_outline(course)


@transaction.atomic
def forget_lesson(lesson: LessonPage) -> None:
    """A lesson that is no longer published is no longer kept ready; what people did stays."""
    prepared = PreparedLesson.objects.filter(lesson=lesson).select_related("course").first()
    if prepared:
        course = prepared.course
        prepared.delete()
        renew_outline(course)


@transaction.atomic
def renew_outline(course: CoursePage) -> None:
    """Count again and raise the version, so that every process reads the list anew."""
    facts = PreparedLesson.objects.filter(course=course).aggregate(count=Count("pk"), minutes=Sum("minutes"))
    counted = {"lesson_count": facts["count"], "minutes": facts["minutes"] or 0}
    outline, _created = CourseOutline.objects.get_or_create(course=course)
    CourseOutline.objects.filter(pk=outline.pk).update(version=F("version") + 1, **counted)


@transaction.atomic
def prepare_course(course: CoursePage) -> None:
    """Prepare every published lesson again: after a move, a new address, or new templates."""
    PreparedLesson.objects.filter(course=course).delete()
    for lesson in LessonPage.objects.child_of(course).live().order_by("path"):
        prepare_lesson(lesson)
    renew_outline(course)
