"""What a kind shows after grading, its explanations taken out; pure."""

from typing import Any

# How kinds call their words about an answer in `review()`.
REASONS = frozenset({"feedback", "reason", "reasons", "why", "explanation", "sample", "hint", "remark", "remarks"})


def without_reasons(shown: Any) -> Any:
    """The same with every explanation left empty, however deep it stands."""
    if isinstance(shown, dict):
        return {name: _empty(value) if name in REASONS else without_reasons(value) for name, value in shown.items()}
    if isinstance(shown, (list, tuple)):
        return [without_reasons(value) for value in shown]
    return shown


def _empty(value: Any) -> Any:
    return type(value)() if isinstance(value, (str, list, tuple, dict)) else None
