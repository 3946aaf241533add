"""The text of a lesson to its blocks: directives and prose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from courses.packs.errors import PackError
from courses.packs.inline import read_plain
from courses.packs.limits import faults_in
from courses.packs.prose import html_from_lines

Block = tuple[str, Any]

_FENCE = re.compile(r"^(?P<colons>:{3,})\s*(?P<rest>.*)$")
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"')
_IMAGE = re.compile(r'^!\[(?P<alt>(?:\\.|[^\]\\])*)\]\((?P<path>[^\s)]+)(?: "(?P<caption>(?:\\.|[^"\\])*)")?\)$')
_STEP = re.compile(r"^\d+\. \*\*(?P<title>(?:\\.|[^*\\])+)\*\*(?: (?P<text>.*))?$")
_CHOICE = re.compile(r"^- \[(?P<mark>[ x])\] (?P<text>(?:\\.|[^|\\])+?)(?: \| (?P<feedback>.+))?$")
_ESCAPED = re.compile(r"\\.")
_FIELD = re.compile(r"^(?P<name>video|captions|audio|document): (?P<value>\S.*)$")
CALLOUTS = ("note", "tip", "warning", "law")
MEDIA = {"video": ("video", "captions"), "audio": ("audio",), "document": ("document",)}  # the files of each


@dataclass
class _Lines:
    """Lines with their number in the file."""

    file: str
    lines: list[tuple[int, str]]

    def error(self, number: int, sentence: str) -> PackError:
        return PackError(self.file, number, sentence)


def blocks_from_text(text: str, *, file: str, first: int = 1) -> list[Block]:
    """The blocks of a lesson; images and files are named by their path in the pack. Raises PackError."""
    numbered = list(enumerate(text.split("\n"), first))
    return list(_blocks(_Lines(file, numbered), inside_example=False))


def _blocks(source: _Lines, *, inside_example: bool) -> Iterator[Block]:
    prose: list[tuple[int, str]] = []
    index = 0

    def spoken() -> Iterator[Block]:
        if any(line.strip() for _, line in prose):
            while not prose[0][1].strip():
                prose.pop(0)
            html = html_from_lines([line for _, line in prose], file=source.file, first=prose[0][0])
            yield "text", html
        prose.clear()

    while index < len(source.lines):
        number, line = source.lines[index]
        fence, image = _FENCE.match(line), _IMAGE.match(line)
        if fence:
            yield from spoken()
            if not fence["rest"]:
                raise source.error(number, "This ::: closes nothing. Remove it, or write what it opens.")
            end = _closing(source, index, fence["colons"])
            inner = _Lines(source.file, source.lines[index + 1 : end])
            yield _directive(fence["rest"], inner, number, inside_example=inside_example)
            index = end
        elif image:
            yield from spoken()
            yield _checked("image", _image_value(image), source, number)
        elif line.startswith("!["):
            raise source.error(number, 'An image is written ![what it shows](images/file.svg "caption").')
        else:
            prose.append((number, line))
        index += 1
    yield from spoken()


def _closing(source: _Lines, start: int, colons: str) -> int:
    for index in range(start + 1, len(source.lines)):
        if source.lines[index][1].rstrip() == colons:
            return index
    raise source.error(
        source.lines[start][0], f"This block is never closed. Close it with {colons} on a line of its own."
    )


def _image_value(match: re.Match[str]) -> dict[str, str]:
    return {
        "path": match["path"],
        "alt": read_plain(match["alt"]),
        "caption": read_plain(match["caption"] or ""),
    }


def _directive(rest: str, inner: _Lines, number: int, *, inside_example: bool) -> Block:
    name, _, arguments = rest.partition(" ")
    if name not in READERS or (inside_example and name not in ("table", "steps")):
        known = ", ".join(sorted(READERS if not inside_example else ("table", "steps")))
        raise inner.error(number, f"“{name}” is not known here. Use one of: {known}.")
    return _checked(name, READERS[name](arguments, inner, number), inner, number)


def _checked(kind: str, value: Any, source: _Lines, number: int) -> Block:
    for fault in faults_in(kind, value):
        raise source.error(number, fault)
    return kind, value


def _title(arguments: str, inner: _Lines, number: int) -> str:
    match = _QUOTED.search(arguments)
    if not match or not match[1].strip():
        raise inner.error(number, 'Give it a title in quotation marks: "…".')
    return read_plain(match[1])


def _prose(inner: _Lines) -> str:
    if not inner.lines:
        return ""
    return html_from_lines([line for _, line in inner.lines], file=inner.file, first=inner.lines[0][0])


def _read_callout(arguments: str, inner: _Lines, number: int) -> dict[str, str]:
    kind = arguments.split(" ", 1)[0]
    if kind not in CALLOUTS:
        raise inner.error(number, f"A callout is one of: {', '.join(CALLOUTS)}.")
    return {"kind": kind, "title": _title(arguments, inner, number), "text": _prose(inner)}


def _cells(line: str) -> list[str]:
    line = line.strip().removeprefix("|")
    cells, cell, escaped = [], "", False
    for sign in line:
        if sign == "|" and not escaped:
            cells.append(cell.strip())
            cell = ""
        else:
            cell += sign
        escaped = sign == "\\" and not escaped
    return cells + ([cell.strip()] if cell.strip() else [])


def _is_total(row: list[str]) -> bool:
    """A line of totals has every cell that says something in bold."""
    said = [cell for cell in row if cell]
    return bool(said) and all(len(cell) > 4 and cell.startswith("**") and cell.endswith("**") for cell in said)


def _read_table(arguments: str, inner: _Lines, number: int) -> dict[str, Any]:
    rows = [(n, line) for n, line in inner.lines if line.strip()]
    if len(rows) < 3:
        raise inner.error(number, "A table has a line of heads, a line of dashes, and at least one row.")
    marks = _cells(rows[1][1])
    if not all(re.fullmatch(r":?-+:?", mark) for mark in marks):
        raise inner.error(rows[1][0], "Under the heads stands a line of dashes: |---|--:|.")
    said = [rows[0], *rows[2:]]
    data = [_cells(line) for _, line in said]
    for (n, _), row in zip(said, data, strict=True):
        if len(row) != len(marks):
            raise inner.error(n, f"This row has {len(row)} cells and the table {len(marks)} columns. Make them equal.")
    totals = [index for index, row in enumerate(data) if index and _is_total(row)]
    for index in totals:
        data[index] = [cell[2:-2] for cell in data[index]]
    for (n, _), row in zip(said, data, strict=True):
        if any("**" in _ESCAPED.sub("", cell) for cell in row):
            raise inner.error(n, "A cell has no mark-up. Bold is for a line of totals: then every cell of it is bold.")
    right = [column for column, mark in enumerate(marks) if mark.endswith(":") and not mark.startswith(":")]
    data = [[read_plain(cell) for cell in row] for row in data]
    return {"caption": _title(arguments, inner, number), "data": data, "right": right, "totals": totals}


def _read_steps(arguments: str, inner: _Lines, number: int) -> dict[str, Any]:
    steps = []
    for n, line in inner.lines:
        if not line.strip():
            continue
        match = _STEP.match(line)
        if not match:
            raise inner.error(n, "A step is written: 1. **What** how it is done.")
        steps.append({"title": read_plain(match["title"]), "text": read_plain(match["text"] or "")})
    if not steps:
        raise inner.error(number, "There is no step in it. Write at least one: 1. **What** how it is done.")
    return {"title": _title(arguments, inner, number), "steps": steps}


def _read_example(arguments: str, inner: _Lines, number: int) -> dict[str, Any]:
    content = list(_blocks(inner, inside_example=True))
    if not content:
        raise inner.error(number, "This example is empty. Write what happens in it.")
    return {"title": _title(arguments, inner, number), "content": content}


def _read_check(arguments: str, inner: _Lines, number: int) -> dict[str, Any]:
    rows = [(n, line) for n, line in inner.lines if line.strip()]
    if len(rows) < 3:
        raise inner.error(number, "A self-check has a question and at least two choices.")
    choices = []
    for n, line in rows[1:]:
        match = _CHOICE.match(line)
        if not match:
            raise inner.error(n, "A choice is written: - [x] text | why (x marks the right one).")
        choices.append(
            {
                "text": read_plain(match["text"]),
                "correct": match["mark"] == "x",
                "feedback": read_plain(match["feedback"] or ""),
            }
        )
    if not any(choice["correct"] for choice in choices):
        raise inner.error(number, "No choice is right. Mark one with [x].")
    return {"question": read_plain(rows[0][1]), "choices": choices}


def _read_media(kind: str) -> Any:
    names = MEDIA[kind]

    def read(arguments: str, inner: _Lines, number: int) -> dict[str, str]:
        value = {"title": _title(arguments, inner, number)}
        body = list(inner.lines)
        while body and (match := _FIELD.match(body[0][1])):
            if match["name"] not in names:
                raise inner.error(body[0][0], f"A block “{kind}” has no “{match['name']}”. Remove this line.")
            value[match["name"]] = match["value"].strip()
            body.pop(0)
        for name in names:
            if name not in value:
                raise inner.error(number, f"Name the file: {name}: files/….")
        transcript = _prose(_Lines(inner.file, body))
        if kind == "document" and transcript:
            raise inner.error(body[0][0], "A document has no text of its own. Write it above or below the block.")
        if kind != "document":
            if not transcript:
                raise inner.error(number, "Write the transcript below: not everybody can hear.")
            value["transcript"] = transcript
        return value

    return read


def _read_quiz(arguments: str, inner: _Lines, number: int) -> dict[str, str]:
    key = arguments.strip()
    if not re.fullmatch(r"[a-z0-9-]+", key):
        raise inner.error(number, "Name the quiz by its key in quiz.toml: ::: quiz final.")
    return {"key": key}


READERS: dict[str, Any] = {
    "callout": _read_callout,
    "table": _read_table,
    "steps": _read_steps,
    "example": _read_example,
    "check": _read_check,
    **{kind: _read_media(kind) for kind in MEDIA},
    "quiz": _read_quiz,
}
