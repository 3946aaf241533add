"""Adding a kind is adding a folder, nothing else: no other code of the project names a kind."""

import ast
from pathlib import Path

from django.conf import settings

from courses.quizzes.kinds import kinds

ROOT = Path(settings.BASE_DIR)

# What reads or writes the formats of others has to say which kind they mean; a benchmark measures one.
MAY_NAME = ("courses/quizzes/kinds", "courses/quizzes/reading", "courses/quizzes/export", "courses/quizzes/django_quiz")
MAY_NAME += ("learning/desk/benchmarks",)
ALSO_WORDS = {"number", "summary"}  # kinds whose names the code uses for other things


def named_in(path: Path) -> set[str]:
    """The codes of kinds that stand in a module as text."""
    texts = {node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)}
    return {text for text in texts if isinstance(text, str)} & (kinds().keys() - ALSO_WORDS)


def test_no_other_code_names_a_kind() -> None:
    named = {}
    for top in ("learning", "courses", "certification", "cms"):
        for path in sorted((ROOT / top).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            if not place.startswith(MAY_NAME) and "/migrations/" not in place and (found := named_in(path)):
                named[place] = found
    assert named == {}


def test_a_module_that_names_one_is_found(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('if question.kind == "journal_entry":\n    pass\n')
    assert named_in(module) == {"journal_entry"}
