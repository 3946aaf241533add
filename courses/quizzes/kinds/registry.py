"""Finds the kinds by their folders."""

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from courses.quizzes.kinds.kind import Kind

FOLDER = Path(__file__).parent
Score = Callable[[dict[str, Any], Any], tuple[float, float]]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its code, in the order of their folders' names."""
    package = import_module("courses.quizzes.kinds")
    found: dict[str, Kind] = {}
    for module in sorted(name for _, name, _ in pkgutil.iter_modules(package.__path__)):
        kind = getattr(import_module(f"{package.__name__}.{module}"), "KIND", None)
        if kind is not None:
            found[kind.code] = kind
    return found


def kind_of(code: str) -> Kind:
    """The kind with this code; KeyError when no folder has it."""
    return kinds()[code]


def kind_choices() -> list[tuple[str, Any]]:
    return [(code, kind.name) for code, kind in kinds().items()]


@cache
def kind_reading() -> dict[str, Kind]:
    """The kind that reads a type of H5P content, by machine name; single choice is told apart by the kind itself."""
    return {library: kind for kind in kinds().values() for library in kind.reads}


@cache
def h5p_scores() -> dict[str, Score]:
    """How each H5P library scores a state, by machine name: `score(params, state)` gives points and their maximum."""
    return {library: score for kind in kinds().values() for library, score in kind.scores.items()}
