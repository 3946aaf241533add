"""Pages of learners, groups, codes and assignments; the page that stands before a locked lesson."""

from learning.enrollments.views.learner import locked

__all__ = ["locked"]
