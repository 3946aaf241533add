"""Every write of enrollments, codes and assignments, one function per verb."""

from learning.enrollments.flows.assigning import (
    Audience,
    close_assignment,
    open_assignment,
    pass_due_days,
    remind,
    walk_audience,
)
from learning.enrollments.flows.codes import check_code, close_code, open_code, use_code
from learning.enrollments.flows.enrolling import (
    certify_enrollment,
    complete_enrollment,
    enroll,
    enroll_members,
    lapse,
    remember_lesson,
    withdraw,
)

__all__ = [
    "Audience",
    "certify_enrollment",
    "check_code",
    "close_assignment",
    "close_code",
    "complete_enrollment",
    "enroll",
    "enroll_members",
    "lapse",
    "open_assignment",
    "open_code",
    "pass_due_days",
    "remember_lesson",
    "remind",
    "use_code",
    "walk_audience",
    "withdraw",
]
