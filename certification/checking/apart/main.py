"""A PDF on standard input, its facts as JSON on standard output."""

import asyncio
import json
import sys
from typing import Any

from certification.checking.apart import confinement
from certification.checking.apart.limits import MAX_ANSWER


def read_paper(content: bytes, runner: asyncio.Runner) -> dict[str, Any]:
    """All that can be said of a file without asking anybody. Never raises."""
    from certification.checking.apart.signatures import read_signatures
    from certification.checking.apart.structure import read_structure

    facts = read_structure(content)
    if facts["problem"] == "too-big" or facts.get("is_encrypted"):
        return {**facts, "signature_problem": "", "signatures": []}
    return {**facts, **read_signatures(content, runner)}


def main() -> None:
    """Everything that opens a file comes first: what is loaded, what is given, the loop that pyHanko runs in."""
    confinement.bound()
    try:
        from certification.checking.apart import loaded  # noqa: F401

        content = sys.stdin.buffer.read()
        with asyncio.Runner() as runner:
            runner.get_loop()
            confinement.shut()
            facts = read_paper(content, runner)
    except (MemoryError, RecursionError):
        facts = {"problem": "too-demanding"}
    told = json.dumps(facts)
    sys.stdout.write(told if len(told) <= MAX_ANSWER else json.dumps({"problem": "too-demanding"}))


if __name__ == "__main__":
    main()
