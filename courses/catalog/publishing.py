"""What follows when Wagtail publishes, unpublishes, moves or renames a page."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from courses.catalog.flows import forget_lesson, prepare_course, prepare_lesson, renew_outline
from courses.catalog.models import CoursePage, LessonPage


@receiver(page_published, sender=LessonPage)
def lesson_published(instance: LessonPage, **kwargs: Any) -> None:
    prepare_lesson(instance)


@receiver(page_unpublished, sender=LessonPage)
def lesson_unpublished(instance: LessonPage, **kwargs: Any) -> None:
    forget_lesson(instance)


@receiver(pre_delete, sender=LessonPage)
def lesson_deleted(instance: LessonPage, **kwargs: Any) -> None:
    """Only a lesson that nobody has opened can be deleted; its course's list forgets it too."""
    forget_lesson(instance)


@receiver(page_published, sender=CoursePage)
@receiver(page_unpublished, sender=CoursePage)
def course_changed(instance: CoursePage, **kwargs: Any) -> None:
    renew_outline(instance)


@receiver(page_slug_changed, sender=CoursePage)
def course_renamed(instance: CoursePage, **kwargs: Any) -> None:
    prepare_course(instance)


@receiver(post_page_move)
def page_moved(instance: Any, **kwargs: Any) -> None:
    """A lesson that changes its place (or its course) changes the lists it left and entered."""
    page = instance.specific
    if isinstance(page, LessonPage):
        for parent in {kwargs["parent_page_before"].pk, kwargs["parent_page_after"].pk}:
            course = CoursePage.objects.filter(pk=parent).first()
            if course:
                prepare_course(course)
