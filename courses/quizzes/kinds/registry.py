"""Finds the kinds by their modules."""

import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from random import Random
from typing import Any, Protocol


@dataclass(frozen=True)
class Mark:
    """Points earned of points possible for one question."""

    score: float
    max_score: float


class Kind(Protocol):
    """What a question kind knows. All of it is pure: no database, clock or request."""

    code: str
    name: Any  # a lazy translation

    def clean_body(self, body: dict[str, Any]) -> dict[str, Any]:
        """The body in its canonical form; raises ValidationError with a sentence for the author."""
        ...

    def present(self, body: dict[str, Any], random: Random | None) -> dict[str, Any]:
        """How the question is laid before one learner: the order of its choices. Never the key."""
        ...

    def choices(self, body: dict[str, Any], presentation: dict[str, Any]) -> list[dict[str, str]]:
        """The choices as shown, each with `id` and `text`; nothing that tells the right one."""
        ...

    def clean_answer(self, body: dict[str, Any], raw: list[str]) -> Any:
        """The answer to keep, from the posted values; None for no answer; ValueError for nonsense."""
        ...

    def grade(self, body: dict[str, Any], answer: Any) -> Mark:
        """Points for an answer kept earlier; no answer earns none."""
        ...

    def review(self, body: dict[str, Any], presentation: dict[str, Any], answer: Any) -> list[dict[str, Any]]:
        """The choices with what was chosen and what was right. Only after grading."""
        ...


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its code, in the order of their modules' names."""
    package = import_module("courses.quizzes.kinds")
    found: dict[str, Kind] = {}
    for module in sorted(name for _, name, _ in pkgutil.iter_modules(package.__path__)):
        kind = getattr(import_module(f"{package.__name__}.{module}"), "KIND", None)
        if kind is not None:
            found[kind.code] = kind
    return found


def kind_of(code: str) -> Kind:
    """The kind with this code; KeyError when no module has it."""
    return kinds()[code]


def kind_choices() -> list[tuple[str, Any]]:
    return [(code, kind.name) for code, kind in kinds().items()]
