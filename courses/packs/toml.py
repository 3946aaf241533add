"""A TOML table whose faults know their file and line."""

import re
import tomllib
from pathlib import Path
from typing import Any

from courses.packs.errors import PackError

FORMAT = 1
SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_TOML_LINE = re.compile(r"line (\d+)")


class Table:
    """The values of one table, asked by key; lines are counted from the file's first."""

    def __init__(self, file: str, text: str, values: dict[str, Any], first: int = 1, last: int | None = None) -> None:
        self.file, self.values, self.first = file, values, first
        self.lines = text.split("\n")[first - 1 : last]
        self.asked: set[str] = set()

    def line_of(self, key: str) -> int:
        for number, line in enumerate(self.lines, self.first):
            if re.match(rf"\s*(?:{re.escape(key)}\s*=|\[+(?:\w+\.)?{re.escape(key)}[].])", line):
                return number
        return self.first

    def error(self, key: str, sentence: str) -> PackError:
        return PackError(self.file, self.line_of(key), sentence)

    def get(self, key: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        self.asked.add(key)
        if key not in self.values:
            if default is ...:
                raise PackError(self.file, self.first, f"“{key}” is missing. Add a line: {key} = …")
            return default
        value = self.values[key]
        wanted = kind if isinstance(kind, tuple) else (kind,)
        if type(value) not in wanted:  # true is no number, and a moment is no day
            raise self.error(key, f"“{key}” should be {' or '.join(k.__name__ for k in wanted)}; it is {value!r}.")
        return value

    def text(self, key: str, default: Any = ..., *, longest: int | None = None) -> str:
        value = self.get(key, str, default).strip()
        if default is ... and not value:
            raise self.error(key, f"“{key}” is empty. Write something.")
        self._short_enough(key, value, longest)
        return value

    def slug(self, key: str, *, longest: int) -> str:
        value = self.text(key, longest=longest)
        if not SLUG.match(value):
            raise self.error(key, f"“{key}” has small Latin letters, digits and hyphens only.")
        return value

    def one_of(self, key: str, values: list[str], default: Any = ...) -> str:
        value = self.text(key, default)
        if value not in values:
            raise self.error(key, f"“{key}” is {value!r}; it should be one of: {', '.join(values)}.")
        return value

    def number(self, key: str, low: int, high: int, default: Any = ...) -> int:
        value = self.get(key, int, default)
        if not low <= value <= high:
            raise self.error(key, f"“{key}” is {value}; it should be between {low} and {high}.")
        return value

    def texts(self, key: str, default: Any = ..., *, longest: int | None = None) -> tuple[str, ...]:
        value = self.get(key, list, default)
        if not all(isinstance(item, str) and item.strip() for item in value):
            raise self.error(key, f"“{key}” should be a list of texts, none of them empty.")
        for item in value:
            self._short_enough(key, item.strip(), longest)
        return tuple(item.strip() for item in value)

    def known_format(self) -> None:
        if self.get("format", int) != FORMAT:
            raise self.error("format", f"This reader knows format = {FORMAT}.")

    def nothing_else(self) -> None:
        for key in self.values:
            if key not in self.asked:
                raise self.error(key, f"“{key}” is not known here. Check its spelling or remove it.")

    def _short_enough(self, key: str, value: str, longest: int | None) -> None:
        if longest and len(value) > longest:
            raise self.error(key, f"“{key}” has {len(value)} characters; {longest} are allowed. Shorten it.")


def text_of(path: Path, name: str) -> str:
    """A text file of a pack, called `name` in errors; lines end with \\n. Raises PackError."""
    if path.is_symlink():
        raise PackError(name, 1, "A link to another place is not allowed. Put the file itself here.")
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PackError(name, 1, "This file is missing. Make it; the format is described in docs/authors.md.") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise PackError(name, line, "This line is not UTF-8. Save the file as UTF-8.") from None
    except OSError as error:
        raise PackError(name, 1, f"This file cannot be read: {error.strerror}. Put a text file here.") from None


def table_of(path: Path, name: str) -> Table:
    """A whole TOML file as one table. Raises PackError."""
    text = text_of(path, name)
    return Table(name, text, parsed(text, name))


def parsed(text: str, name: str, first: int = 1) -> dict[str, Any]:
    """The values of TOML that begins on line `first` of its file. Raises PackError."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise PackError(
            name, line + first - 1, f"This is not TOML: {error}. Check quotation marks and brackets."
        ) from None
