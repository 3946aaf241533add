"""What the admin's own form asks of a block: a pack may not bring in what an author could not save again."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks

from courses.catalog.blocks import LessonBlocks

_KINDS = LessonBlocks().child_blocks


def faults_in(kind: str, value: Any) -> Iterator[str]:
    """A sentence for every text of a pack's block that is missing or too long, and for too many items."""
    yield from _faults(_KINDS[kind], value, kind)


def _faults(block: Any, value: Any, name: str) -> Iterator[str]:
    if isinstance(block, blocks.StructBlock):
        for part, child in block.child_blocks.items():
            if part in value:
                yield from _faults(child, value[part], part)
    elif isinstance(block, blocks.ListBlock):
        most = block.meta.max_num
        if most and len(value) > most:
            yield f"There are {len(value)} {name}; {most} are allowed. Remove some."
        for item in value:
            yield from _faults(block.child_block, item, name)
    elif isinstance(block, blocks.RichTextBlock):
        if block.field_options["required"] and not value:
            yield f"The {name} is empty. Write something."
    elif isinstance(block, blocks.FieldBlock) and isinstance(value, str):
        longest = getattr(block.field, "max_length", None)
        if block.required and not value.strip():
            yield f"The {name} is empty. Write something."
        if longest and len(value) > longest:
            yield f"The {name} has {len(value)} characters; {longest} are allowed. Shorten it."
