"""What a question says, whatever its spelling: the same for a question that is in the bank twice."""

import hashlib
import json
import re
from typing import Any

from cms.thai.digits import to_arabic
from cms.thai.words import normalise
from courses.quizzes.markup import plain_text

_NO_WORDS = re.compile(r"[\W_]+")
NOT_SAID = frozenset({"id", "h5p", "feedback", "tip"})


def fingerprint(kind: str, content: str, body: dict[str, Any]) -> str:
    """SHA-256 in hex of the kind, the question and its choices: digits, spelling, blanks and order do not count."""
    said = sorted(_plain(text) for text in _texts(body))
    return hashlib.sha256(json.dumps([kind, _plain(content), said], ensure_ascii=False).encode()).hexdigest()


def _plain(text: str) -> str:
    return _NO_WORDS.sub("", to_arabic(normalise(plain_text(text))).casefold())


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, part in sorted(value.items()) if key not in NOT_SAID for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [str(value)]
