"""Content within content: every object with a `library` is one, whatever the path that leads there."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
_LIBRARY = re.compile(r"^(?P<name>[\w.-]{1,255}) (?P<version>\d{1,5}\.\d{1,5})$", re.ASCII)


@dataclass(frozen=True)
class Node:
    """One piece of content: the library with its version, its parameters, where it stands."""

    library: str
    params: dict[str, Any]
    path: Path = ()
    metadata: dict[str, Any] | None = None
    identifier: str = ""

    @property
    def name(self) -> str:
        return self.library.split(" ")[0]

    @property
    def title(self) -> str:
        title = (self.metadata or {}).get("title")
        return title if isinstance(title, str) else ""

    def inner(self) -> Iterator["Node"]:
        """What stands directly within this one, in its order."""
        above = self.path and (*self.path, "params")
        for key, part in self.params.items():  # parameters may have a key called "library" themselves
            yield from _nodes(part, (*above, key))


def machine_name(library: Any) -> str:
    """The name in "H5P.Blanks 1.14"; nothing for what is no library."""
    match = _LIBRARY.match(library) if isinstance(library, str) else None
    return match["name"] if match else ""


def _nodes(value: Any, path: Path) -> Iterator[Node]:
    if isinstance(value, dict):
        if machine_name(value.get("library")):
            params, metadata = value.get("params"), value.get("metadata")
            yield Node(
                library=value["library"],
                params=params if isinstance(params, dict) else {},
                path=path,
                metadata=metadata if isinstance(metadata, dict) else None,
                identifier=str(value.get("subContentId") or "")[:64],
            )
            return
        for key, part in value.items():
            if isinstance(part, dict | list):
                yield from _nodes(part, (*path, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            if isinstance(part, dict | list):
                yield from _nodes(part, (*path, number))


def written(path: Path) -> str:
    """A path as it is kept: "questions/0"."""
    return "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in path)


def read(path: str, content: Any) -> Path:
    """The path back, by the content that it leads through. Raises LookupError when it leads nowhere."""
    parts: list[str | int] = []
    here = content
    for word in path.split("/") if path else ():
        part: str | int = word.replace("~1", "/").replace("~0", "~")
        if isinstance(here, list):
            part = int(word)
        here = here[part]
        parts.append(part)
    return tuple(parts)


def at(content: Any, path: Path) -> Any:
    """What stands at a path. Raises LookupError."""
    for part in path:
        content = content[part]
    return content


def replaced(content: Any, path: Path, make: Callable[[Any], Any]) -> Any:
    """The content with another value at a path; what is not on the way there is shared, not copied."""
    if not path:
        return make(content)
    copy: Any = list(content) if isinstance(content, list) else dict(content)
    copy[path[0]] = replaced(content[path[0]], path[1:], make)
    return copy
