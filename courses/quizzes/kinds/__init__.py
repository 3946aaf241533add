"""One module per question kind; adding a kind is adding a module here and its two templates.

Each module has a `KIND`: an object with the methods of `Kind`.
"""

from courses.quizzes.kinds.registry import Kind, Mark, kind_choices, kind_of, kinds

__all__ = ["Kind", "Mark", "kind_choices", "kind_of", "kinds"]
