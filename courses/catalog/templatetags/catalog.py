"""What the catalog's pages show besides their own fields."""

from typing import Any

from django import template
from django.db.models import QuerySet

from courses.catalog.listing import catalog_listing
from courses.catalog.models import CoursePage
from courses.catalog.queries import Outline, is_open_for_enrollment, outline_of, published_courses

register = template.Library()


@register.simple_tag(takes_context=True)
def listing(context: dict[str, Any]) -> dict[str, Any]:
    """The catalog as the address asks for it."""
    return catalog_listing(context["request"].GET)


@register.simple_tag(name="published_courses")
def published(limit: int = 6) -> QuerySet[CoursePage]:
    return published_courses()[:limit]


@register.simple_tag
def outline(course: CoursePage) -> Outline | None:
    """The lessons of a course; None before the first is published."""
    kept = getattr(course, "outline", None) if course.pk else None
    return outline_of(course.pk, kept.version) if kept else None


@register.simple_tag
def recommended_before(course: CoursePage) -> QuerySet[CoursePage]:
    """The published courses that are better taken before this one."""
    wanted = [item.requires_id for item in course.prerequisites.all()]
    return CoursePage.objects.live().filter(pk__in=wanted).order_by("path")


@register.filter
def enrollment_is_open(course: CoursePage) -> bool:
    return is_open_for_enrollment(course)
