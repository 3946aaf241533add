"""A PDF on standard input, its facts as JSON on standard output."""

import json
import os
import resource
import sys
from typing import Any

from certification.checking.apart.limits import CPU_SECONDS, MAX_ANSWER, MEMORY_BYTES

GIVES_WAY = 15  # niceness: however many files are sent, the pages of the site come first


def read_paper(content: bytes) -> dict[str, Any]:
    """All that can be said of a file without asking anybody. Never raises."""
    from certification.checking.apart.signatures import read_signatures
    from certification.checking.apart.structure import read_structure

    facts = read_structure(content)
    if facts["problem"] == "too-big" or facts.get("is_encrypted"):
        return {**facts, "signature_problem": "", "signatures": []}
    return {**facts, **read_signatures(content)}


def main() -> None:
    os.nice(GIVES_WAY)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        facts = read_paper(sys.stdin.buffer.read())
    except (MemoryError, RecursionError):
        facts = {"problem": "too-demanding"}
    told = json.dumps(facts)
    sys.stdout.write(told if len(told) <= MAX_ANSWER else json.dumps({"problem": "too-demanding"}))


if __name__ == "__main__":
    main()
