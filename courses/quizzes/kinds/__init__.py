"""One folder per question kind; adding a kind is adding a folder here, nothing else (CONTRIBUTING.md).

Each folder has a `KIND`: an instance of a subclass of `Kind`, and its templates; static files where it needs them.
"""

from courses.quizzes.kinds.kind import H5PContent, Kind, Mark, Read
from courses.quizzes.kinds.registry import h5p_scores, kind_choices, kind_of, kind_reading, kinds

__all__ = ["H5PContent", "Kind", "Mark", "Read", "h5p_scores", "kind_choices", "kind_of", "kind_reading", "kinds"]
