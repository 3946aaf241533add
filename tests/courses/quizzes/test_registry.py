"""Adding a kind is adding a module: the registry finds it."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from courses.quizzes import kinds as package
from courses.quizzes.kinds import kind_choices, kind_of, kinds


def test_the_registry_holds_every_folder_with_a_kind() -> None:
    folder = Path(package.__file__).parent
    folders = [path.parent.name for path in folder.glob("*/__init__.py") if "\nKIND = " in path.read_text()]
    assert list(kinds()) == sorted(folders)
    assert [(code, kind.code) for code, kind in kinds().items()] == [(code, code) for code in kinds()]


def test_an_unknown_kind_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        kind_of("riddle")


def test_the_choices_of_the_form_are_the_kinds_by_name() -> None:
    assert kind_choices() == [(code, kind.name) for code, kind in kinds().items()]


def test_a_new_folder_is_found_without_being_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = list(kinds())
    (tmp_path / "zz_riddle").mkdir()
    (tmp_path / "zz_riddle" / "__init__.py").write_text(
        "class Riddle:\n    code = 'riddle'\n    name = 'Riddle'\n\n\nKIND = Riddle()\n"
    )
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    kinds.cache_clear()
    try:
        assert list(kinds()) == [*before, "riddle"]
    finally:
        kinds.cache_clear()
        sys.modules.pop("courses.quizzes.kinds.zz_riddle", SimpleNamespace())
