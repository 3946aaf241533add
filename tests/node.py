"""Node, for programs that nobody here wrote: the one on PATH, or the one that the start of the site has fetched."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
FETCHED = ROOT / ".tools" / "node-programs"


def node(script: Path, given: Any) -> Any:
    """What a module prints as JSON, given JSON on its standard input; the test fails where the module does."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), str(FETCHED)])
    program = shutil.which("node", path=path)
    if program is None:
        pytest.fail("Node is not on this machine. It comes with deploy/demo, or: sudo apt-get install nodejs")
    done = subprocess.run(
        [program, str(script)],
        input=json.dumps(given),
        cwd=ROOT,
        env={"PATH": path, "NODE_NO_WARNINGS": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
