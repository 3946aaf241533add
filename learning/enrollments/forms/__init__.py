"""Choosing as whose member one learns; forms of officers and coordinators."""

from learning.enrollments.forms.assignments import AssignmentForm
from learning.enrollments.forms.codes import CodeForm, TypedCodeForm
from learning.enrollments.forms.group import CourseChoiceForm, LearnersFilter, ids_written
from learning.enrollments.forms.learner import EnrollForm, MembershipChoice

__all__ = [
    "AssignmentForm",
    "CodeForm",
    "CourseChoiceForm",
    "EnrollForm",
    "LearnersFilter",
    "MembershipChoice",
    "TypedCodeForm",
    "ids_written",
]
