"""The text of a lesson from its blocks: always the same for the same blocks, and it reads back as them."""

from typing import Any

from courses.packs.inline import escape_plain, protect_start
from courses.packs.lessons import MEDIA, Block
from courses.packs.prose import text_from_html


def text_from_blocks(blocks: list[Block], *, fence: str = ":::") -> str:
    """The text of a lesson, always the same for the same blocks."""
    return "\n\n".join(part for part in (_written(kind, value, fence) for kind, value in blocks) if part)


def _quoted(text: str) -> str:
    return '"' + escape_plain(text, also='"') + '"'


def _written(kind: str, value: Any, fence: str) -> str:
    match kind:
        case "text":
            return text_from_html(value)
        case "image":
            caption = f" {_quoted(value['caption'])}" if value["caption"] else ""
            return f"![{escape_plain(value['alt'], also=']')}]({value['path']}{caption})"
        case "callout":
            return (
                f"{fence} callout {value['kind']} {_quoted(value['title'])}\n{text_from_html(value['text'])}\n{fence}"
            )
        case "table":
            return f"{fence} table {_quoted(value['caption'])}\n{_written_table(value)}\n{fence}"
        case "steps":
            lines = [
                f"{n}. **{escape_plain(step['title'], also='*')}**"
                + (f" {escape_plain(step['text'])}" if step["text"] else "")
                for n, step in enumerate(value["steps"], 1)
            ]
            return f"{fence} steps {_quoted(value['title'])}\n" + "\n".join(lines) + f"\n{fence}"
        case "example":
            inside = text_from_blocks(value["content"])
            return f"{fence}: example {_quoted(value['title'])}\n{inside}\n{fence}:"
        case "check":
            lines = [
                f"- [{'x' if choice['correct'] else ' '}] {escape_plain(choice['text'], also='|')}"
                + (f" | {escape_plain(choice['feedback'])}" if choice["feedback"] else "")
                for choice in value["choices"]
            ]
            question = protect_start(escape_plain(value["question"]))
            return f"{fence} check\n{question}\n" + "\n".join(lines) + f"\n{fence}"
        case "quiz":
            return f"{fence} quiz {value['key']}\n{fence}"
        case "video" | "audio" | "document":
            fields = [f"{name}: {value[name]}" for name in MEDIA[kind]]
            transcript = text_from_html(value.get("transcript", ""))
            body = "\n".join(fields) + (f"\n\n{transcript}" if transcript else "")
            return f"{fence} {kind} {_quoted(value['title'])}\n{body}\n{fence}"
    raise ValueError(f"no way to write a block of kind {kind}")


def _written_table(value: Any) -> str:
    rows = []
    for index, row in enumerate(value["data"]):
        cells = [escape_plain(cell, also="|*") for cell in row]
        if index and index in value["totals"]:
            cells = [f"**{cell}**" if cell else "" for cell in cells]
        rows.append("| " + " | ".join(cells) + " |")
    columns = range(len(value["data"][0]))
    marks = "|" + "|".join("--:" if column in value["right"] else "---" for column in columns) + "|"
    return "\n".join([rows[0], marks, *rows[1:]])
