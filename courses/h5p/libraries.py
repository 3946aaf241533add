"""Which libraries content needs where it is played: the ones it names, and all that these need in turn.

Versions are those of the newest question set (1.21) and of what it lists, from the `library.json` of each. Libraries
of editors are left out, since a player must not load them.
"""

from collections.abc import Iterable
from typing import Any

from courses.h5p.walking import Node, machine_name

_QUESTION = ("H5P.Question 1.5", "H5P.JoubelUI 1.3", "FontAwesome 4.5")
# What each needs itself, by machine name.
NEEDS: dict[str, tuple[str, ...]] = {
    "H5P.QuestionSet": ("H5P.JoubelUI 1.3", "H5P.Video 1.6", "H5P.Question 1.5", "FontAwesome 4.5"),
    "H5P.Column": (),
    "H5P.MultiChoice": _QUESTION,
    "H5P.TrueFalse": (*_QUESTION, "H5P.FontIcons 1.0"),
    "H5P.Blanks": (*_QUESTION, "H5P.TextUtilities 1.3"),
    "H5P.DragText": (*_QUESTION, "jQuery.ui 1.10"),
    "H5P.MarkTheWords": _QUESTION,
    "H5P.Essay": ("H5P.Question 1.5", "H5P.JoubelUI 1.3", "H5P.TextUtilities 1.3"),
    "H5P.DragQuestion": (*_QUESTION, "jQuery.ui 1.10"),
    "H5P.Summary": _QUESTION,
    "H5P.SingleChoiceSet": (*_QUESTION, "H5P.SoundJS 1.0"),
    "H5P.AdvancedText": (),
    "H5P.Image": (),
    "H5P.Question": ("H5P.JoubelUI 1.3", "FontAwesome 4.5"),
    "H5P.JoubelUI": ("FontAwesome 4.5", "H5P.Transition 1.0", "H5P.FontIcons 1.0"),
}
# What a set of questions takes; the rest goes into a column.
SET = "H5P.QuestionSet 1.21"
COLUMN = "H5P.Column 1.18"
IMAGE = "H5P.Image 1.1"
IN_A_SET = frozenset(
    f"H5P.{name}"
    for name in ("MultiChoice", "DragQuestion", "Blanks", "MarkTheWords", "DragText", "TrueFalse", "Essay",
                 "MultiMediaChoice")
)  # fmt: skip
CONTENT_TYPES = {
    "H5P.MultiChoice": "Multiple Choice",
    "H5P.TrueFalse": "True/False Question",
    "H5P.Blanks": "Fill in the Blanks",
    "H5P.DragText": "Drag the Words",
    "H5P.MarkTheWords": "Mark the Words",
    "H5P.Essay": "Essay",
    "H5P.DragQuestion": "Drag and Drop",
    "H5P.Summary": "Summary",
    "H5P.SingleChoiceSet": "Single Choice Set",
    "H5P.Image": "Image",
}


def dependencies(root: Node, known: Iterable[dict[str, Any]] = ()) -> list[dict[str, Any]]:
    """`preloadedDependencies` of this content. `known` are those that it came with: they stay as they are."""
    found: dict[tuple[str, int, int], dict[str, Any]] = {}
    named = {_key(node.library): None for node in _all(root) if machine_name(node.library)}
    for one in known:
        key = (str(one["machineName"]), int(one["majorVersion"]), int(one["minorVersion"]))
        is_another_main = key[0] == root.name and key not in named and _key(root.library) in named
        if not key[0].startswith("H5PEditor.") and not is_another_main:
            found[key] = dict(one)
    for key in named:  # content is played by exactly the version it names, and may name several of one library
        found.setdefault(key, _dependency(key))
    names = {name for name, _major, _minor in found}
    left = [need for name, _major, _minor in named for need in NEEDS.get(name, ())]
    seen: set[str] = set()
    while left:
        library = left.pop(0)
        name = machine_name(library)
        if name in seen:
            continue
        seen.add(name)
        if name not in names:
            found[_key(library)] = _dependency(_key(library))
        left.extend(NEEDS.get(name, ()))
    return list(found.values())


def _key(library: str) -> tuple[str, int, int]:
    """Name and version of "H5P.Blanks 1.14"."""
    name, version = library.split(" ")
    major, minor = version.split(".")
    return name, int(major), int(minor)


def _dependency(key: tuple[str, int, int]) -> dict[str, Any]:
    return {"machineName": key[0], "majorVersion": key[1], "minorVersion": key[2]}


def _all(root: Node) -> Iterable[Node]:
    """Content and everything within it, media included."""
    yield root
    for inner in root.inner():
        yield from _all(inner)
