"""Keeps readers who are not enrolled out of lessons, however they came to the address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page

from courses.catalog.models import CoursePage, LessonPage
from learning.enrollments.rules import may_read_as_author, may_read_lessons
from learning.enrollments.views import locked


@hooks.register("before_serve_page", order=10)
def only_enrolled_readers(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    if not isinstance(page, LessonPage):
        return None
    course = CoursePage.objects.get(pk=page.get_parent().pk)
    if may_read_lessons(request.user, course.pk) or may_read_as_author(request.user):
        return None
    return locked(request, course)


@hooks.register("register_log_actions")
def enrollment_actions(actions: Any) -> None:
    actions.register_action("enrollments.enroll", _("Enroll"), _("Enrolled in a course"))
    actions.register_action("enrollments.complete", _("Complete"), _("Completed a course"))
    actions.register_action("enrollments.certify", _("Issue a certificate"), _("Issued a certificate afterwards"))
    actions.register_action("enrollments.withdraw", _("Withdraw"), _("Left a course"))
    actions.register_action("enrollments.lapse", _("Put aside"), _("Put an enrollment aside"))
    actions.register_action("enrollments.enroll_members", _("Enroll members"), _("Enrolled members of an organization"))
    actions.register_action("enrollments.assign", _("Assign"), _("Assigned learning"))
    actions.register_action("enrollments.close_assignment", _("Close"), _("Closed an assignment"))
    actions.register_action("enrollments.open_code", _("Make a code"), _("Made an enrollment code"))
    actions.register_action("enrollments.close_code", _("Close a code"), _("Closed an enrollment code"))
