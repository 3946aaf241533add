"""Without OR-Tools everything but the solver works, and the solver says what is missing."""

import subprocess
import sys
from pathlib import Path

import pytest

from learning.workshops.proposing.exact import SolverMissing, optimise
from tests.workshops.proposing.scenes import ask, scene


def test_a_missing_solver_is_named_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ortools", "ortools.sat", "ortools.sat.python", "ortools.sat.python.cp_model"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(SolverMissing, match=r"pip install -r requirements/planning\.txt"):
        optimise(scene(ask()))


def test_nothing_imports_the_solver_before_it_is_asked(root: Path) -> None:
    program = (
        "import sys\n"
        "from learning.workshops.proposing import checking, exact, greedy, repair, words\n"
        "print([name for name in sys.modules if name.split('.')[0] in {'ortools', 'numpy', 'pandas'}])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
