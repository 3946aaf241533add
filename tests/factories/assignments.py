"""Assignments, opened and walked as an officer and the worker would."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from courses.catalog.models import CoursePage
from learning.enrollments.assigning import Walk, walk_audience
from learning.enrollments.flows import Audience, open_assignment
from learning.enrollments.models import Assignment
from learning.people.models import User


def make_assignment(
    by: User, courses: Sequence[CoursePage], audience: Audience, *, starts_on: date, **terms: Any
) -> Assignment:
    """Sixty days from the day it begins, unless told otherwise; not walked yet."""
    values = {"title": "ควบคุมภายในสำหรับกรรมการ", "due_days": 60, **terms}
    return open_assignment(courses=courses, audience=audience, starts_on=starts_on, by=by, **values)


def walk(assignment: Assignment, day: date) -> Walk:
    """As the hourly job does, on that day."""
    return walk_audience(Assignment.objects.get(pk=assignment.pk), day=day)
