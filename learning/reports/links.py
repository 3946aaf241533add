"""Addresses of reports that keep what was asked."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import reverse

from learning.reports.question import Days, Question


def report_url(slug: str, question: Question, *, area: str | None = None, course: int | None = None) -> str:
    """Another report, or the same of another area or course, of the same days."""
    asked = {"area": area or question.within.code, **days_asked(question.days)}
    chosen = question.course_id if course is None else course
    if chosen:
        asked["course"] = str(chosen)
    return f"{reverse('reports:report', args=[slug])}?{urlencode(asked)}"


def organization_urls(question: Question) -> Callable[[int], str]:
    """From the line of an organization: to its people where they may be seen, else to its own dashboard.

    A province has a thousand lines: the address is resolved once and the number put in.
    """
    if question.within.sees_people:
        before, after = reverse("enrollments:learners", args=[0]).split("0")
        return lambda organization: f"{before}{organization}{after}"
    dashboard = reverse("reports:dashboard")
    return lambda organization: f"{dashboard}?area=o{organization}"


def days_asked(days: Days) -> dict[str, str]:
    """The fields of the form that ask for these days again."""
    if days.until is None:
        return {}
    if days.since is None:
        return {"period": "day", "on": days.until.isoformat()}
    return {"period": "days", "since": days.since.isoformat(), "on": days.until.isoformat()}
