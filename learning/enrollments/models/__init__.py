"""Enrollments, what happened to them, assignments, and codes to enroll by."""

from learning.enrollments.models.assignment import Assignment, AssignmentCourse, Obligation
from learning.enrollments.models.code import EnrollmentCode
from learning.enrollments.models.enrollment import Enrollment, EnrollmentEvent

__all__ = ["Assignment", "AssignmentCourse", "Enrollment", "EnrollmentCode", "EnrollmentEvent", "Obligation"]
