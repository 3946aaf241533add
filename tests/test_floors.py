"""The floors of the house: nothing points up, neither by an import nor by a relation in the database.

import-linter (.importlinter) holds the floors for imports; a foreign key written as text hides from it, so
the models themselves are walked here. The rooms inside an app are walked in the source.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Field, Model

ROOT = Path(settings.BASE_DIR)
# From the ground up; apps on one line are siblings and do not point at each other.
FLOORS = [
    ["cms"],
    ["certification"],
    ["courses.quizzes"],
    ["courses.packages", "courses.h5p"],
    ["courses.catalog"],
    ["courses.packs"],
    ["learning.kernel"],
    ["learning.places"],
    ["learning.people"],
    ["learning.organizations"],
    ["learning.duties"],
    ["learning.planning", "learning.notices", "learning.register"],
    ["learning.enrollments"],
    ["learning.progress"],
    ["learning.sittings"],
    ["learning.workshops"],
    ["learning.reports", "learning.records"],
    ["learning.desk"],
]
# Entry comes first; a room imports only rooms that stand behind it.
ROOMS = [
    ["urls"],
    ["views", "schedule", "wagtail_hooks"],
    ["forms"],
    ["flows"],
    ["tasks"],
    ["rules"],
    ["queries"],
    ["models"],
    ["choices"],
]


def level(ladder: list[list[str]], name: str) -> int | None:
    """The place of a name on a ladder; None when it does not stand on it."""
    return next((place for place, names in enumerate(ladder) if name in names), None)


def own_apps() -> list[AppConfig]:
    return [
        config
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(ROOT / config.name.split(".")[0])
    ]


def may_point(source: str, target: str) -> bool:
    """Whether a model of one app may point at a model of another: its own, or one on a lower floor."""
    here, there = level(FLOORS, source), level(FLOORS, target)
    return source == target or here is None or there is None or there < here


def relations(model: type[Model]) -> Iterator[Field]:
    """Every relation that a model itself declares, also through a generic or a many-to-many key."""
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        if field.related_model and field.related_model != "self":
            yield field


def test_every_app_of_ours_has_its_floor() -> None:
    assert [config.name for config in own_apps() if level(FLOORS, config.name) is None] == []


def test_no_relation_points_up() -> None:
    people = get_user_model()
    up = [
        f"{model._meta.label}.{field.name} points up at {field.related_model._meta.label}"
        for config in own_apps()
        for model in config.get_models(include_auto_created=True)
        for field in relations(model)
        if field.related_model is not people
        and not may_point(config.name, apps.get_app_config(field.related_model._meta.app_label).name)
    ]
    assert up == []


@pytest.mark.parametrize(
    ("source", "target", "allowed"),
    [
        ("learning.enrollments", "courses.catalog", True),
        ("learning.enrollments", "learning.enrollments", True),
        ("courses.catalog", "learning.enrollments", False),
        ("certification", "courses.catalog", False),
        ("learning.sittings", "learning.workshops", False),
        ("cms", "certification", False),
        ("cms", "wagtail.images", True),
    ],
)
def test_the_floors_allow_down_and_refuse_up(source: str, target: str, allowed: bool) -> None:
    assert may_point(source, target) is allowed


def room(package: str, module: str) -> str | None:
    """The room of an app that a dotted name lies in: `learning.people.views.page` is `views`."""
    if not module.startswith(f"{package}."):
        return None
    name = module.removeprefix(f"{package}.").split(".")[0]
    return name if level(ROOMS, name) is not None else None


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything a module imports, also inside functions and under TYPE_CHECKING."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def imports_to_an_upper_room(package: str, folder: Path) -> list[str]:
    wrong = []
    for path in sorted(folder.rglob("*.py")):
        here = room(package, ".".join([package, *path.relative_to(folder).with_suffix("").parts]))
        for line, name in imported(path) if here else ():
            there = room(package, name)
            if there and level(ROOMS, there) < level(ROOMS, here):
                wrong.append(f"{path.name}:{line} ({here}) imports {name} ({there})")
    return wrong


def test_no_room_imports_a_room_above_it() -> None:
    assert [wrong for config in own_apps() for wrong in imports_to_an_upper_room(config.name, Path(config.path))] == []


def test_an_import_from_queries_to_flows_is_found(tmp_path: Path) -> None:
    (tmp_path / "queries.py").write_text("def f():\n    from learning.people.flows import sign_up\n")
    (tmp_path / "flows.py").write_text("from learning.people import queries\n")
    found = imports_to_an_upper_room("learning.people", tmp_path)
    assert found == ["queries.py:2 (queries) imports learning.people.flows.sign_up (flows)"]
