"""Course packs as an author would write them: small, complete, and easy to break in one place."""

import io
from pathlib import Path

from PIL import Image

COURSE = """\
format = 1
slug = "cash-count"
title = "การตรวจนับเงินสด"
summary = "นับเงินสดให้ตรงกับสมุดทุกสิ้นวัน"
topic = "internal_control"
audience = ["board"]
hours = 1.5
certificate_design = "standard"
cover = "images/box.svg"
cover_alt = "กล่องเงินมีแม่กุญแจ"
"""
LESSON = """\
+++
title = "นับเงินสด"
minutes = 10
+++

นับ**ทุกสิ้นวัน** ต่อหน้าผู้ถือเงิน

![กล่องเงินปิดอยู่](images/box.svg "กล่องเงิน")
"""
TEST = """\
+++
title = "แบบทดสอบ"
minutes = 5
+++

::: quiz final
:::
"""
BANK = """\
format = 1

[[quiz]]
key = "final"
title = "แบบทดสอบท้ายหลักสูตร"

[[question]]
key = "count-1"
kind = "single_choice"
category = "เงินสด"
content = "นับเงินสดเมื่อใด"
explanation = "นับทุกสิ้นวัน"
choice = [{ text = "ทุกสิ้นวัน", correct = true }, { text = "ทุกสิ้นปี" }]

[[question]]
key = "count-2"
kind = "true_false"
category = "เงินสด"
content = "ใบยืมเงินนับเป็นเงินสด"
explanation = "ใบยืมไม่ใช่เงินสด"
correct = false
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30" width="40" height="30"><path d="M2 8h36v20H2z"/></svg>'
)
FILES: dict[str, str | bytes] = {
    "course.toml": COURSE,
    "lessons/01-count.md": LESSON,
    "lessons/02-final-test.md": TEST,
    "quiz.toml": BANK,
    "images/box.svg": SVG,
}


def write_pack_files(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Path:
    """A good pack with some of its files changed, added, or (None) left out."""
    for name, content in {**FILES, **(changes or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def lesson(text: str) -> str:
    """A lesson file of this text; its first line is the sixth of the file."""
    return f'+++\ntitle = "บทหนึ่ง"\nminutes = 10\n+++\n\n{text}\n'


def png(color: str = "green") -> bytes:
    """A picture of 4 by 3 pixels."""
    out = io.BytesIO()
    Image.new("RGB", (4, 3), color).save(out, "PNG")
    return out.getvalue()


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
