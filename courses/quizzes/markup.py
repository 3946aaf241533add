"""HTML in the texts of questions: what is let through, and how it is turned to plain text and back."""

import html
import re
from functools import lru_cache

import nh3

INLINE = frozenset({"b", "strong", "i", "em", "u", "s", "sub", "sup", "code", "br", "span"})
BLOCK = INLINE | {
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "caption",
    "h3",
    "h4",
}
ATTRIBUTES = {"th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
_ENDS_A_LINE = re.compile(r"(?i)<br\s*/?>|</(?:p|div|li|tr|h[1-6]|blockquote|pre)\s*>")
_TAGS = re.compile(r"<[^>]*>")


@lru_cache(maxsize=8192)
def clean_html(text: str, *, inline: bool = False) -> str:
    """The harmless part of a text; scripts, styles, forms, links, pictures and frames go, the words of links stay.

    `inline` leaves only what may stand inside a label or an option.
    """
    tags = INLINE if inline else BLOCK
    cleaned = nh3.clean(
        text, tags=set(tags), attributes=ATTRIBUTES, clean_content_tags={"script", "style", "iframe", "object", "svg"}
    )
    return cleaned.strip()


def plain_text(text: str) -> str:
    """The words of HTML, each paragraph on a line of its own."""
    broken = _ENDS_A_LINE.sub("\n", text)
    words = html.unescape(_TAGS.sub("", nh3.clean(broken, tags=set()) if "<" in broken else broken))
    lines = (" ".join(line.split()) for line in words.split("\n"))
    return "\n".join(line for line in lines if line)


def as_html(text: str) -> str:
    """Plain text as HTML: escaped, a paragraph for each line."""
    lines = [line for line in text.split("\n") if line.strip()]
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines)
