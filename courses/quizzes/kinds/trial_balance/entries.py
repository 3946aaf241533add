"""Entries as authors write them: what happened, its debits and credits below, an empty line between two entries."""

import re
from typing import Any

from courses.quizzes.kinds.bookkeeping import lines_from, lines_text

_BETWEEN = re.compile(r"\n\s*\n")


def entries_from(text: str) -> list[dict[str, Any]]:
    entries = []
    for block in _BETWEEN.split(text.replace("\r\n", "\n").strip()):
        said, _newline, lines = block.strip().partition("\n")
        if said:
            entries.append({"text": said.strip(), "lines": lines_from(lines)})
    return entries


def entries_text(entries: list[dict[str, Any]], accounts: list[dict[str, str]]) -> str:
    return "\n\n".join(f"{entry['text']}\n{lines_text(entry['lines'], accounts)}" for entry in entries)
