from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db.models import TextChoices
from django.utils.module_loading import module_has_submodule


def tables() -> Iterator[dict[str, frozenset[str]]]:
    """Every table of transitions in the `choices` of an installed app, from the top floor down."""
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, "choices"):
            choices = vars(import_module(f"{config.name}.choices"))
            yield from (value for name, value in choices.items() if name.endswith("TRANSITIONS"))


def states_of(table: dict[str, frozenset[str]]) -> type[TextChoices]:
    """The states that a table moves between."""
    return type(next(iter(table)))  # type: ignore[return-value]


def diagram(table: dict[str, frozenset[str]]) -> str:
    """ACTIVE → COMPLETED | LAPSED;  LAPSED → ACTIVE: in the order in which the states are declared."""
    states = states_of(table)
    return ";  ".join(
        f"{state.name} → {' | '.join(to.name for to in states if to in table[state])}"
        for state in states
        if state in table
    )


class Command(BaseCommand):
    help = "Print the states of every flow from its table of transitions, as docs/architecture.md shows them."

    def handle(self, *args: Any, **options: Any) -> None:
        found = {states_of(table).__name__.removesuffix("State"): diagram(table) for table in tables()}
        width = max(map(len, found))
        for name, drawn in found.items():
            self.stdout.write(f"{name:<{width}}  {drawn}")
